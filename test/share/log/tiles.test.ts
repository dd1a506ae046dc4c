import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatEntries,
  hasTile,
  leafHash,
  newTiles,
  parseEntries,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  readTile,
  type Tile,
  tilePath,
  tileReader,
} from '../../../src/share/log/index.ts'
import { hex, type Log, numbered } from './tree.ts'

async function tilesOf(log: Log, size: number): Promise<Map<string, Uint8Array>> {
  const tiles = new Map<string, Uint8Array>()
  for (const tile of newTiles(0, size)) tiles.set(tilePath(tile), await readTile(log.reader, tile))
  return tiles
}

function served(tiles: ReadonlyMap<string, Uint8Array>): (wanted: readonly Tile[]) => Promise<readonly Uint8Array[]> {
  return async (wanted) => wanted.map((tile) => tiles.get(tilePath(tile))!)
}

describe('tile paths (C2SP tlog-tiles)', () => {
  it('are those of the specification', () => {
    const known: readonly [string, Tile][] = [
      ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
      ['tile/0/x001/067.p/3', { level: 0, index: 1067, width: 3 }],
      ['tile/0/000', { level: 0, index: 0, width: 256 }],
      ['tile/63/x999/999.p/255', { level: 63, index: 999_999, width: 255 }],
      ['tile/5/x123/x456/078.p/2', { level: 5, index: 123_456_078, width: 2 }],
      ['tile/entries/x003/x057/500', { level: 'entries', index: 3_057_500, width: 256 }],
    ]
    for (const [path, tile] of known) {
      expect(tilePath(tile)).toBe(path)
      expect(parseTilePath(path)).toEqual(tile)
    }
  })

  it('come back for every tile', () => {
    const tile = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (each) => {
        expect(parseTilePath(tilePath(each))).toEqual(each)
      }),
    )
  })

  it('are refused where they name a tile otherwise, or something else', () => {
    for (const path of [
      '',
      'tile/0',
      'tile/0/1',
      'tile/0/01',
      'tile/0/0001',
      'tile/00/001',
      'tile/01/001',
      'tile/64/001',
      'tile/-1/001',
      'tile/5/123/456/078',
      'tile/0/x000/001',
      'tile/0/x001/x002',
      'tile/0/001.p/0',
      'tile/0/001.p/01',
      'tile/0/001.p/256',
      'tile/0/001.p/257',
      'tile/0/001.p/',
      'tile/0/001.p',
      'tile/0/001/',
      '/tile/0/001',
      'tile/0/../001',
      'tile/0/001\n',
      'tile/0/٠٠١',
      'tile/data/001',
      'checkpoint',
      `tile/0/${'x999/'.repeat(6)}999`,
      'tile/0/x999/x999/x999/x999/x999/999',
    ]) {
      expect(parseTilePath(path), path).toBeNull()
    }
  })
})

describe('tiles of a log', () => {
  it('of 70,000 entries are 273 full ones and a partial one of 112, one full and one of 17, and one of 1', () => {
    const tiles = newTiles(0, 70_000)
    expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273)
    expect(tiles.filter(({ width }) => width < 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
    expect(tiles.filter(({ level, width }) => level === 1 && width === 256)).toEqual([{ level: 1, index: 0, width: 256 }])
    expect(newTiles(0, 256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ])
    expect(newTiles(0, 0)).toEqual([])
  })

  it('that come to be in steps are, at the last step, those of the whole log; none is made twice', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(steps, (growth) => {
        const made = new Set<string>()
        let size = 0
        for (const more of growth) {
          for (const path of newTiles(size, size + more).map(tilePath)) {
            expect(made.has(path)).toBe(false)
            made.add(path)
          }
          size += more
        }
        for (const tile of newTiles(0, size)) {
          expect(made.has(tilePath(tile))).toBe(true)
          expect(hasTile(tile, size)).toBe(true)
        }
      }),
    )
  })

  it('beyond the log are not there', () => {
    expect(hasTile({ level: 0, index: 0, width: 5 }, 5)).toBe(true)
    expect(hasTile({ level: 'entries', index: 0, width: 6 }, 5)).toBe(false)
    expect(hasTile({ level: 1, index: 0, width: 1 }, 255)).toBe(false)
    expect(hasTile({ level: 1, index: 0, width: 1 }, 256)).toBe(true)
  })

  it('give the same proofs as the stored subtrees', async () => {
    const log = numbered(700)
    for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 700]) {
      const tiles = await tilesOf(log, size)
      const reader = tileReader(size, served(tiles))
      for (const index of [0, 1, 127, 254, 255, 256, 300, 511, 512, 699].filter((each) => each < size)) {
        expect((await proveInclusion(reader, index, size)).map(hex)).toEqual((await proveInclusion(log.reader, index, size)).map(hex))
        const first = index + 1
        expect((await proveConsistency(reader, first, size)).map(hex)).toEqual((await proveConsistency(log.reader, first, size)).map(hex))
      }
    }
  })

  it('may be full ones in the place of partial ones that are gone', async () => {
    const log = numbered(256)
    const full = await tilesOf(log, 256)
    const reader = tileReader(200, async (wanted) => wanted.map((tile) => full.get(tilePath({ ...tile, width: 256 }))!))
    expect((await proveInclusion(reader, 7, 200)).map(hex)).toEqual((await proveInclusion(log.reader, 7, 200)).map(hex))
  })

  it('are refused where they are not there, or not of their length, or outside the log', async () => {
    const log = numbered(300)
    const tiles = await tilesOf(log, 300)
    const code = { code: 'log/not-a-tile' }
    await expect(
      proveInclusion(
        tileReader(300, async () => []),
        0,
        300,
      ),
    ).rejects.toThrow(expect.objectContaining(code))
    const short = tileReader(300, async (wanted) => wanted.map((tile) => tiles.get(tilePath(tile))!.subarray(1)))
    await expect(proveInclusion(short, 0, 300)).rejects.toThrow(expect.objectContaining(code))
    await expect(tileReader(300, served(tiles))([{ level: 0, index: 300 }])).rejects.toThrow(expect.objectContaining(code))
    await expect(tileReader(300, served(tiles))([{ level: 8, index: 1 }])).rejects.toThrow(expect.objectContaining(code))
    await expect(readTile(log.reader, { level: 0, index: 1, width: 256 })).rejects.toThrow(expect.objectContaining(code))
    await expect(readTile(log.reader, { level: 'entries', index: 0, width: 1 })).rejects.toThrow(expect.objectContaining(code))
  })
})

describe('bundles of entries (C2SP tlog-tiles)', () => {
  it('hold each entry after its length, big-endian, and give the leaves of the tile of level 0', async () => {
    expect(hex(formatEntries([Buffer.from('a'), new Uint8Array(0), Buffer.alloc(258, 0x62)]))).toBe(
      `000161${'0000'}${'0102'}${'62'.repeat(258)}`,
    )
    const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 })
    fc.assert(
      fc.property(entries, (each) => {
        expect(parseEntries(formatEntries(each), each.length).map(hex)).toEqual(each.map(hex))
      }),
      {
        numRuns: 30,
      },
    )
    const log = numbered(3)
    const tile = await readTile(log.reader, { level: 0, index: 0, width: 3 })
    expect(hex(Buffer.concat(parseEntries(formatEntries(log.entries), 3).map(leafHash)))).toBe(hex(tile))
  })

  it('are refused where they end early, or hold fewer or more', () => {
    const bundle = formatEntries([Buffer.from('one'), Buffer.from('two')])
    for (const [bytes, width] of [
      [bundle, 1],
      [bundle, 3],
      [bundle.subarray(0, -1), 2],
      [bundle.subarray(0, 6), 2],
      [new Uint8Array(0), 1],
      [Buffer.concat([bundle, Uint8Array.of(0)]), 2],
    ] as const) {
      expect(() => parseEntries(bytes, width)).toThrow(expect.objectContaining({ code: 'log/bad-bundle' }))
    }
    expect(() => formatEntries([])).toThrow(expect.objectContaining({ code: 'log/bad-bundle' }))
    expect(() => formatEntries(Array.from({ length: 257 }, () => new Uint8Array(1)))).toThrow(
      expect.objectContaining({ code: 'log/bad-bundle' }),
    )
    expect(formatEntries([new Uint8Array(65_535)])).toHaveLength(65_537)
    expect(() => formatEntries([new Uint8Array(65_536)])).toThrow(expect.objectContaining({ code: 'log/entry-too-long' }))
  })
})
