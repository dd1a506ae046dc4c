import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeBackup, restoreBackup } from '../../../src/node/backup/index.ts'
import { auditNode, type Config, startNode } from '../../../src/node/index.ts'
import { signRecord } from '../../../src/node/record/checkpoints.ts'
import { DATABASES } from '../databases.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

// A new embedded database takes some seconds, on a busy machine many.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const PASSPHRASE = 'correct horse battery staple'
const FILE = Buffer.from('a file of the case')
const SHA256 = createHash('sha256').update(FILE).digest('hex')

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`a backup of ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let world: NodeWorld
    let analyst: Someone
    let folder: string
    let file: string
    let later: string
    let made: { id: string; version: number; hash: string; etag: string }[]
    let close: () => Promise<void>
    let databases = 0

    const backup = async (to: string, passphrase: string | null = PASSPHRASE) => {
      const { database, keys, config } = world.node.parts
      return await makeBackup({ database, keys, data: config.data, now: new Date(), version: '0.2.0' }, to, passphrase)
    }
    /** The configuration of another node, with an empty database of the same kind or of the other. */
    const elsewhere = (name: string, url: string | null = null): Config => ({
      ...world.node.parts.config,
      data: join(folder, name),
      database: { ...world.node.parts.config.database, url },
    })

    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      folder = await mkdtemp(join(tmpdir(), 'cordon-backup-'))
      world = await nodeWorld({ url: opened.url })
      await world.organisation('kr-npa', 'KOR')
      analyst = await world.someone('Ann', ['analyst'])
      const stored = await world.node.parts.files.put([FILE], 1000)
      expect(stored.sha256).toBe(SHA256)
      made = []
      for (const summary of ['a', '한국어 "quoted" \\ \n line', '🚢 {"a":[1,null]}', 'x'.repeat(20_000)]) {
        const { json, headers, status } = await analyst.ask('POST', '/api/v1/cases', { case: { title: 'kept', summary } })
        expect(status).toBe(201)
        made.push({ ...json, etag: headers.get('etag') })
      }
      await analyst.ask('PUT', `/api/v1/cases/${made[0]?.id}`, { title: 'changed' }, { 'if-match': made[0]?.etag as string })
      await analyst.ask('POST', `/api/v1/objects/${made[0]?.id}/links`, { target: made[1]?.id })
      file = join(folder, 'node.tar.gz')
      await backup(file)
      await analyst.ask('POST', '/api/v1/cases', { case: { title: 'after the backup' } })
      const { database, keys, config, clock } = world.node.parts
      later = (await signRecord({ database, keys, data: config.data, clock }, -1))?.note as string
    })
    afterAll(async () => {
      await world.close()
      await rm(folder, { recursive: true, force: true })
      await close()
    })

    it('holds no key in the clear, and is readable by its owner alone', async () => {
      const bytes = gunzipSync(await readFile(file)).toString('latin1')
      for (const name of await readdir(join(world.data, 'keys'))) {
        const secret = (await readFile(join(world.data, 'keys', name), 'utf8')).trim()
        expect(bytes.includes(secret)).toBe(false)
      }
    })

    it('is restored whole into an empty folder: every version, link and file; the record goes on and says so', async () => {
      const config = elsewhere('restored')
      const { audit, migrated } = await restoreBackup(file, config, PASSPHRASE, new Date())
      expect(audit).toMatchObject({ sound: true, objects: made.length })
      expect(migrated).toEqual([])
      const node = await startNode({ config: { ...config, listen: { ...config.listen, port: 0 } } })
      try {
        const { database, files } = node.parts
        for (const { id, hash } of made.slice(1)) {
          const [row] = await database.system((tx) =>
            tx.query<{ hash: string }>(`select encode(hash, 'hex') as hash from object where id = $1`, [id]),
          )
          expect(row?.hash).toBe(hash)
        }
        const parts: Buffer[] = []
        for await (const part of await files.read(SHA256)) parts.push(part)
        expect(Buffer.concat(parts)).toEqual(FILE)
        // Whoever was signed in is so no longer.
        const asked = await fetch(`${node.url}/api/v1/cases`, { headers: { cookie: analyst.cookie } })
        expect(asked.status).toBe(401)
      } finally {
        await node.stop()
      }
      expect(await auditNode(config, [])).toMatchObject({ sound: true })
    })

    it('does not hide what came after it: a checkpoint that was signed later is a finding', async () => {
      const config = elsewhere('older')
      await restoreBackup(file, config, PASSPHRASE, new Date())
      const { sound, findings } = await auditNode(config, [{ from: 'kept in Seoul', note: later }])
      expect(sound).toBe(false)
      expect(findings.map(({ what }) => what).join()).toMatch(/was signed/)
    })

    it('is restored into a database of the other kind', async () => {
      const other = DATABASES.find(({ name }) => name !== kind.name)
      if (other === undefined || other.missing !== null) return
      const opened = await other.open()
      try {
        const config = elsewhere(`other ${databases++}`, opened.url)
        const { audit } = await restoreBackup(file, config, PASSPHRASE, new Date())
        expect(audit).toMatchObject({ sound: true, objects: made.length })
        expect(await auditNode(config, [])).toMatchObject({ sound: true })
        if (opened.url !== null)
          await expect(restoreBackup(file, { ...config, data: join(folder, 'third') }, PASSPHRASE, new Date())).rejects.toMatchObject({
            code: 'backup/not-empty',
          })
      } finally {
        await opened.close()
      }
    })

    it('is made by the running node itself, into its own folder, for an administrator alone', async () => {
      expect((await analyst.ask('POST', '/api/v1/node/backups', {})).status).toBe(403)
      const administrator = await world.someone('Adm', ['administrator'])
      const { status, json } = await administrator.ask('POST', '/api/v1/node/backups', { passphrase: PASSPHRASE })
      expect(status).toBe(201)
      expect(json).toMatchObject({ keys: 'sealed', entries: expect.any(Number) })
      const config = elsewhere('by itself')
      const { audit } = await restoreBackup(join(world.data, 'backups', json.name), config, PASSPHRASE, new Date())
      expect(audit.sound).toBe(true)
      // Backups are not in backups.
      expect(await readdir(config.data)).not.toContain('backups')
    })

    it('is restored with keys that were kept elsewhere, and not without', async () => {
      const without = join(folder, 'without-keys.tar.gz')
      await backup(without, null)
      const config = elsewhere('own keys')
      await expect(restoreBackup(without, config, null, new Date())).rejects.toMatchObject({ code: 'backup/no-keys' })
      await mkdir(config.data)
      await expect(restoreBackup(without, config, PASSPHRASE, new Date())).rejects.toMatchObject({ code: 'backup/no-keys' })
      await mkdir(join(config.data, 'keys'))
      for (const name of await readdir(join(world.data, 'keys')))
        await writeFile(join(config.data, 'keys', name), await readFile(join(world.data, 'keys', name)))
      expect((await restoreBackup(without, config, null, new Date())).audit.sound).toBe(true)
    })

    it('is refused with the wrong passphrase, a short one, and where something is there already', async () => {
      await expect(restoreBackup(file, elsewhere('wrong'), 'wrong horse battery staple', new Date())).rejects.toMatchObject({
        code: 'backup/wrong-passphrase',
      })
      expect(await readdir(folder)).not.toContain('wrong')
      await expect(backup(join(folder, 'short.tar.gz'), 'short')).rejects.toMatchObject({ code: 'backup/short-passphrase' })
      await expect(backup(file)).rejects.toMatchObject({ code: 'backup/exists' })
      const full = elsewhere('full')
      await mkdir(full.data)
      await writeFile(join(full.data, 'something'), 'else')
      await expect(restoreBackup(file, full, PASSPHRASE, new Date())).rejects.toMatchObject({ code: 'backup/not-empty' })
      expect(await readFile(join(full.data, 'something'), 'utf8')).toBe('else')
    })

    it('is refused where one byte of it was changed, or its end is missing', async () => {
      const tar = gunzipSync(await readFile(file))
      const refused = async (bytes: Buffer, name: string) => {
        const path = join(folder, `${name}.tar.gz`)
        await writeFile(path, bytes)
        await expect(restoreBackup(path, elsewhere(name), PASSPHRASE, new Date())).rejects.toMatchObject({ code: 'backup/damaged' })
        expect(await readdir(folder)).not.toContain(name)
      }
      for (let n = 1; n <= 12; n++) {
        const changed = Buffer.from(tar)
        const at = Math.floor(((tar.length - 1024) * n) / 13)
        changed[at] = (changed[at] as number) ^ 1
        // What fills the last block of a file up carries nothing.
        if (tar[at] === 0) continue
        await refused(gzipSync(changed), `changed ${n}`)
      }
      await refused(gzipSync(tar.subarray(0, tar.length / 2)), 'cut')
      const whole = await readFile(file)
      await refused(whole.subarray(0, whole.length - 20), 'cut gzip')
      await refused(Buffer.from('no backup at all'), 'none')
      // A path that leads out of the folder.
      const outside = Buffer.from(tar)
      const header = tar.indexOf('data/', 0, 'latin1')
      outside.write('../../', header, 'latin1')
      await refused(gzipSync(withChecksum(outside, header)), 'outside')
    })
  })

function withChecksum(tar: Buffer, header: number): Buffer {
  let sum = 0
  for (let at = 0; at < 512; at++) sum += at >= 148 && at < 156 ? 0x20 : (tar[header + at] as number)
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148, 'latin1')
  return tar
}
