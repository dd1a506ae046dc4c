import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FileStore } from '../../../src/node/files/index.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'
import { patch, sha256, upload } from './work.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-full-'))

/** A small disk of its own, or null where this process may not mount one. */
function smallDisk(name: string, megabytes: number): string | null {
  const folder = join(root, name)
  mkdirSync(folder)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0 ? folder : null
}

const disks = [smallDisk('store', 2), smallDisk('node', 160)]
const missing = disks.includes(null) ? 'this process may not mount a small disk' : null

afterAll(() => {
  for (const disk of disks) if (disk !== null) spawnSync('umount', [disk])
  rmSync(root, { recursive: true, force: true })
})

describe.skipIf(missing !== null)(`a full disk${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  it('takes no content, leaves nothing behind, gives what it has, and takes content again when there is room', async () => {
    const store = await FileStore.open(disks[0] as string, 0)
    const small = await store.put([Buffer.from('small')], 100)
    await expect(store.put([Buffer.alloc(2 ** 20, 1), Buffer.alloc(2 ** 20, 2), Buffer.alloc(2 ** 20, 3)], 2 ** 30)).rejects.toMatchObject({
      code: 'node/disk-full',
    })
    expect(await readdir(join(disks[0] as string, 'unfinished'))).toEqual([])
    expect((await store.rehash(small.sha256)).sha256).toBe(sha256('small'))
    expect((await store.put([Buffer.alloc(2 ** 20)], 2 ** 30)).bytes).toBe(2 ** 20)
  })

  it('of a node refuses uploads with 507, keeps reading, and goes on where it was when there is room', async () => {
    const disk = disks[1] as string
    const world: NodeWorld = await nodeWorld({
      change: (config) => ({ ...config, data: join(disk, 'data'), limits: { ...config.limits, reserveMiB: 0 } }),
    })
    try {
      const ann = await world.someone('Ann', ['analyst'])
      const kept = await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, 'kept.txt', 'kept') })
      const bytes = Buffer.alloc(8 * 2 ** 20, 'x')
      const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'large', sha256: sha256(bytes) })
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 4 * 2 ** 20))
      const announced = await ann.ask('POST', '/api/v1/uploads', { name: 'x', bytes: bytes.length })
      expect([announced.status, announced.json.code]).toEqual([507, 'node/disk-full'])
      const sent = await patch(world, ann, json.id, 0, bytes, { 'transfer-encoding': 'chunked' }).catch(() => null)
      expect(sent === null || sent.status === 507, sent?.text).toBe(true)
      expect((await ann.ask('GET', `/api/v1/files/${kept.json.id}/content`)).status).toBeLessThan(600)
      rmSync(join(disk, 'filler'))
      expect((await ann.ask('GET', `/api/v1/files/${kept.json.id}/content`)).text).toBe('kept')
      const { offset } = (await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json
      expect(offset).toBeLessThan(bytes.length)
      const rest = await patch(world, ann, json.id, offset, bytes.subarray(offset), { 'upload-complete': '?1' })
      expect(rest.json, rest.text).toMatchObject({ state: 'complete', sha256: sha256(bytes) })
    } finally {
      await world.close()
    }
  })

  it('is not reached by uploads: the reserve is left to the record', async () => {
    const { bavail, bsize } = statfsSync(disks[1] as string)
    const store = await FileStore.open(join(disks[1] as string, 'reserved'), bavail * bsize)
    await expect(store.put([Buffer.from('x')], 100)).rejects.toMatchObject({ code: 'node/disk-full' })
  })
})
