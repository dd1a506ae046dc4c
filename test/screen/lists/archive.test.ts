import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { type Member, memberBytes, ZIP_LIMITS } from '../../../src/screen/lists/zip.ts'
import { DATA, haveData } from '../shared.ts'
import { gather } from './xml-helpers.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-archive-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let count = 0
async function saved(bytes: Uint8Array, name = `${++count}.zip`): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

async function contents(path: string): Promise<string[]> {
  const files = await sourceFiles([path])
  return Promise.all(files.map(async (file) => `${file.name}=${Buffer.concat(await gather(file.open())).toString()}`))
}

async function refusal(bytes: Uint8Array): Promise<CordonError> {
  const error = await contents(await saved(bytes)).then(
    (found) => expect.unreachable(`read ${found.join()}`),
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(CordonError)
  expect((error as CordonError).code).toBe('list/archive')
  return error as CordonError
}

describe('files and archives become what readers read', () => {
  it('gives a plain file as it is, with its first 64 KiB', async () => {
    const path = await saved(Buffer.from(`<list>${' '.repeat(100_000)}</list>`), 'plain.xml')
    const [file] = await sourceFiles([path])
    expect(file).toMatchObject({ path, name: 'plain.xml', bytes: 100_013 })
    expect(file?.head).toHaveLength(65_536)
    expect(Buffer.concat(await gather(file?.open() ?? []))).toHaveLength(100_013)
  })

  it('gives the members of an archive, each as often as it is asked, with names that are labels only', async () => {
    const bytes = zipSync({
      'lists/': new Uint8Array(),
      '__MACOSX/lists/._sdn.xml': strToU8('junk'),
      'lists/sdn.xml': [strToU8('<list/>'), { level: 9 }],
      '../../etc/\u202epasswd': [strToU8('stored'), { level: 0 }],
      'empty.csv': new Uint8Array(),
    })
    const path = await saved(bytes)
    expect(await contents(path)).toEqual(['sdn.xml=<list/>', 'passwd=stored', 'empty.csv='])
    const [file] = await sourceFiles([path])
    expect(file).toMatchObject({ path: `${path}!sdn.xml`, bytes: 7 })
    expect(new TextDecoder().decode(file?.head)).toBe('<list/>')
    const twice = [await gather(file?.open() ?? []), await gather(file?.open() ?? [])].map((chunks) => Buffer.concat(chunks).toString())
    expect(twice).toEqual(['<list/>', '<list/>'])
  })

  it('leaves a workbook whole', async () => {
    const path = await saved(
      zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<workbook/>') }),
      'list.xlsx',
    )
    expect((await sourceFiles([path])).map(({ name }) => name)).toEqual(['list.xlsx'])
  })

  it('says which path cannot be read', async () => {
    for (const path of [join(folder, 'missing.xml'), folder])
      await expect(sourceFiles([path])).rejects.toMatchObject({ code: 'list/file', place: { file: path } })
  })

  it.skipIf(!haveData('lists/ofac_cons_enhanced_2025-01-10.zip'))(
    "opens the Treasury's archive of the Consolidated list (skipped where ../shared/data is missing)",
    async () => {
      const [file, ...more] = await sourceFiles([`${DATA}lists/ofac_cons_enhanced_2025-01-10.zip`])
      expect(more).toEqual([])
      expect(file).toMatchObject({ name: 'CONS_ENHANCED.XML', bytes: 3_420_879 })
      let bytes = 0
      for await (const chunk of file?.open() ?? []) bytes += chunk.length
      expect(bytes).toBe(3_420_879)
    },
  )
})

describe('hostile archives are refused', () => {
  const good = zipSync({ 'a.xml': strToU8('<list>something that can be packed packed packed packed</list>') }, { level: 9 })

  it('refuses an archive that is cut off', async () => {
    for (const length of [4, 30, good.length - 30, good.length - 1])
      expect((await refusal(good.subarray(0, length))).message).toMatch(/cut off|within it|damaged/)
  })

  it('refuses bombs by what their directory says, before anything is unpacked', async () => {
    const bomb = zipSync({ 'bomb.xml': new Uint8Array(50_000_000) }, { level: 9 })
    expect((await refusal(bomb)).message).toContain('bombs')
    const claims = (size: number) => patched(good, (view, central) => view.setUint32(central + 24, size, true))
    expect((await refusal(claims(0xfffffff0))).message).toContain('more than')
    expect((await refusal(claims(20_000_000))).message).toContain('bombs')
  })

  it('refuses a member that unpacks to more, or to less, than the directory says', async () => {
    for (const size of [10, 1_000])
      expect((await refusal(patched(good, (view, central) => view.setUint32(central + 24, size, true)))).message).toMatch(/holds/)
    expect((await refusal(patched(good, (view, central) => view.setUint32(central + 16, 1, true)))).message).toContain('damaged')
  })

  it('refuses a packed member that is said to have bytes and holds none', async () => {
    const empty = patched(good, (view, central) => {
      view.setUint32(central + 20, 0, true)
      view.setUint32(central + 24, 400, true)
    })
    expect((await refusal(empty)).message).toContain('holds none of them')
  })

  it('stops unpacking at the size that the directory says', async () => {
    const packed = deflateRawSync(Buffer.alloc(40_000_000))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    const path = await saved(Buffer.concat([local, packed]))
    const member: Member = { name: 'a', method: 'deflated', packed: packed.length, size: 100_000, crc: 0, offset: 0 }
    let read = 0
    const reading = async () => {
      for await (const chunk of memberBytes(path, member)) read += chunk.length
    }
    await expect(reading()).rejects.toMatchObject({ code: 'list/archive' })
    expect(read).toBeLessThan(200_000)
  })

  it('refuses members that share their bytes', async () => {
    const two = zipSync({ 'a.xml': strToU8('<list>aaaaaaaa</list>'), 'b.xml': strToU8('<list>aaaaaaaa</list>') }, { level: 9 })
    expect((await refusal(patched(two, (view, _, second) => view.setUint32(second + 42, 0, true)))).message).toContain('overlap')
  })

  it('refuses encrypted members, other methods, split archives and more members than it reads', async () => {
    expect((await refusal(patched(good, (view, central) => view.setUint16(central + 8, 1, true)))).message).toContain('encrypted')
    expect((await refusal(patched(good, (view, central) => view.setUint16(central + 10, 12, true)))).message).toContain('method 12')
    expect((await refusal(patched(good, (view) => view.setUint16(view.byteLength - 18, 1, true)))).message).toContain('split')
    const many = Object.fromEntries(Array.from({ length: ZIP_LIMITS.members + 1 }, (_, k) => [`${k}.txt`, new Uint8Array()]))
    expect((await refusal(zipSync(many))).message).toContain('members')
  })

  it('reads a mutated archive to the same contents or refuses it, and never fails otherwise', async () => {
    const bytes = zipSync({ 'a.xml': strToU8('<list>one two three four</list>'), 'b.xml': [strToU8('stored'), { level: 0 }] }, { level: 9 })
    const whole = ['<list>one two three four</list>', 'stored']
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const mutated = bytes.slice()
        mutated[at] = (mutated[at] ?? 0) ^ change
        try {
          // A byte of a name, a date or an attribute may change and nothing else; the signature at the start makes it a plain file.
          const found = await contents(await saved(mutated, 'mutated.zip'))
          if (at >= 4) expect(found.map((text) => text.slice(text.indexOf('=') + 1)).filter((text) => !whole.includes(text))).toEqual([])
        } catch (error) {
          if (!(error instanceof CordonError)) throw error
          expect(error.code).toBe('list/archive')
          refused++
        }
      }),
      { numRuns: 400 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})

/** A copy with fields of its directory changed: of the first member and the second, by the offsets of their headers. */
function patched(archive: Uint8Array, change: (view: DataView, first: number, second: number) => void): Uint8Array {
  const copy = Buffer.from(archive)
  const first = copy.readUInt32LE(copy.length - 6)
  const second = first + 46 + copy.readUInt16LE(first + 28) + copy.readUInt16LE(first + 30) + copy.readUInt16LE(first + 32)
  change(new DataView(copy.buffer, copy.byteOffset, copy.length), first, second)
  return copy
}
