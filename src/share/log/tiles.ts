import { CordonError } from '../../chain/index.ts'
import { parseCount } from './bytes.ts'
import { HASH_BYTES, type Hash, nodeHash } from './merkle.ts'
import type { HashReader, NodeId } from './nodes.ts'

/** Hashes in a full tile, and entries in a full bundle: C2SP tlog-tiles, 2^8. */
export const TILE_WIDTH = 256

const TILE_HEIGHT = 8

/**
 * A tile of the log as C2SP tlog-tiles serves it: `width` consecutive hashes of subtrees of 256^level entries, or (level `entries`) `width` consecutive entries.
 * The first is number `index * 256`. A width below 256 makes it partial.
 */
export type Tile = {
  /** 0 to 63, or `entries`. */
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256. */
  readonly width: number
}

/** Path of a tile below a log's prefix, e.g. `tile/0/x001/067.p/3`. */
export function tilePath(tile: Tile): string {
  const groups = [String(tile.index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(tile.index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`
  return `tile/${tile.level}/${groups.join('/')}${partial}`
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/

/** The tile that a path names, or null where it is not exactly a path that `tilePath` gives. Safe for paths out of a request. */
export function parseTilePath(path: string): Tile | null {
  const [, level = '', groups = '', partial] = PATH.exec(path) ?? []
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : (parseCount(partial) ?? 0),
  }
  if (typeof tile.level === 'number' && tile.level > 63) return null
  if (!Number.isSafeInteger(tile.index) || tile.width < 1 || tile.width > TILE_WIDTH) return null
  // A width of 256 written out, a level `00` or a leading `x000` names a tile by a second name.
  return tilePath(tile) === path ? tile : null
}

/** Whether a log of `size` entries has a tile: what lies beyond it must not be served. */
export function hasTile(tile: Tile, size: number): boolean {
  const level = tile.level === 'entries' ? 0 : tile.level
  return tile.index * TILE_WIDTH + tile.width <= Math.floor(size / 256 ** level)
}

/**
 * Tiles of hashes that come to be when a log grows from one size to another: every tile completed on the way, and the partial ones at the right edge of the new size. The bundles of entries that come
 * to be are those of level 0, with level `entries`.
 */
export function newTiles(from: number, to: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0, scale = 1; Math.floor(to / scale) > 0; level++, scale *= TILE_WIDTH) {
    const had = Math.floor(from / scale)
    const has = Math.floor(to / scale)
    if (had === has) continue
    const full = Math.floor(has / TILE_WIDTH)
    for (let index = Math.floor(had / TILE_WIDTH); index < full; index++) tiles.push({ level, index, width: TILE_WIDTH })
    if (has % TILE_WIDTH > 0) tiles.push({ level, index: full, width: has % TILE_WIDTH })
  }
  return tiles
}

/** The bytes of a tile of hashes, from stored subtrees. Throws `log/hash-missing`, or `log/not-a-tile` for a bundle of entries. */
export async function readTile(reader: HashReader, tile: Tile): Promise<Uint8Array> {
  const { level } = tile
  if (level === 'entries') throw notATile(tile, 'it is a bundle of entries')
  const nodes = Array.from({ length: tile.width }, (_, i) => ({ level: level * TILE_HEIGHT, index: tile.index * TILE_WIDTH + i }))
  const hashes = await reader(nodes)
  for (let i = 0; i < tile.width; i++) {
    if (hashes[i]?.length !== HASH_BYTES) throw notATile(tile, `its hash ${i} is not there`)
  }
  return Buffer.concat(hashes.slice(0, tile.width))
}

/**
 * Reads subtrees out of the tiles of a log of `size` entries. What it reads is as good as the tiles: prove with it, then check the proof against a signed root.
 *
 * @param fetchTiles the bytes of tiles in the order asked: of the partial tile asked for, or of the full one that took its place
 * @throws CordonError (the reader) `log/not-a-tile` where a tile is not of its length, or a subtree is outside the log
 */
export function tileReader(size: number, fetchTiles: (tiles: readonly Tile[]) => Promise<readonly Uint8Array[]>): HashReader {
  return async (nodes) => {
    const wanted = new Map<string, Tile>()
    for (const node of nodes) {
      const tile = tileOf(node, size)
      wanted.set(tilePath(tile), tile)
    }
    const tiles = [...wanted.values()]
    const fetched = await fetchTiles(tiles)
    const bytesOf = new Map(tiles.map((tile, i) => [tilePath(tile), wholeTile(tile, fetched[i])]))
    return nodes.map((node) => nodeIn(bytesOf.get(tilePath(tileOf(node, size)))!, node))
  }
}

function tileOf(node: NodeId, size: number): Tile {
  const level = Math.floor(node.level / TILE_HEIGHT)
  const inTile = 2 ** (node.level % TILE_HEIGHT)
  const index = Math.floor((node.index * inTile) / TILE_WIDTH)
  const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH)
  const tile = { level, index, width }
  if ((node.index + 1) * inTile > index * TILE_WIDTH + width) throw notATile(tile, `a log of ${size} entries does not reach it`)
  return tile
}

function wholeTile(tile: Tile, bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw notATile(tile, 'it is not there')
  if (bytes.length !== tile.width * HASH_BYTES && bytes.length !== TILE_WIDTH * HASH_BYTES) {
    throw notATile(tile, `it has ${bytes.length} bytes in place of ${tile.width * HASH_BYTES}`)
  }
  return bytes
}

function nodeIn(bytes: Uint8Array, node: NodeId): Hash {
  const count = 2 ** (node.level % TILE_HEIGHT)
  const first = (node.index * count) % TILE_WIDTH
  let row = Array.from({ length: count }, (_, i) => bytes.subarray((first + i) * HASH_BYTES, (first + i + 1) * HASH_BYTES))
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!))
  return row[0]!
}

function notATile(tile: Tile, what: string): CordonError {
  return new CordonError('log/not-a-tile', `The tile ${tilePath(tile)} cannot be used: ${what}.`, {
    place: { file: tilePath(tile) },
    remedy: 'Fetch it again from the log, or from a mirror; a log must serve every tile of the sizes that it signed.',
  })
}
