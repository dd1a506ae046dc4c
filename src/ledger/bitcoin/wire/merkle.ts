import { sha256d } from './sha256d.ts'

export interface MerkleTree {
  readonly root: Uint8Array
  /**
   * True where two neighbours that are hashed together are the same. The tree repeats the last hash of an odd row, so a list whose end is repeated has the root of the
   * list without: another block with the same header (CVE-2012-2459). Honest blocks never have it: no two transactions are the same.
   */
  readonly repeated: boolean
}

const HASH_BYTES = 32
const PAIR_BYTES = 64

let row = new Uint8Array(1 << 12)

/**
 * Root of the Merkle tree over hashes of 32 bytes each, side by side.
 *
 * @throws RangeError for no hashes
 */
export function merkleTree(hashes: Uint8Array): MerkleTree {
  let count = hashes.length / HASH_BYTES
  if (count < 1) throw new RangeError('a Merkle tree of nothing')
  if (row.length < hashes.length / 2 + 2 * PAIR_BYTES) row = new Uint8Array(hashes.length / 2 + 4 * PAIR_BYTES)
  const last = new Uint8Array(PAIR_BYTES)
  const lastHash = new Uint8Array(HASH_BYTES)
  let from = hashes
  let repeated = false
  while (count > 1) {
    const pairs = count >>> 1
    for (let pair = 0; pair < pairs && !repeated; pair++) repeated = isRepeated(from, PAIR_BYTES * pair)
    const odd = (count & 1) === 1
    // Rows are hashed in place, so what an odd row repeats is kept first.
    if (odd) {
      const start = HASH_BYTES * (count - 1)
      for (let i = 0; i < HASH_BYTES; i++) last[i] = last[i + HASH_BYTES] = from[start + i] as number
      sha256d.pairs(last, 1, lastHash)
    }
    sha256d.pairs(from, pairs, row)
    if (odd) row.set(lastHash, HASH_BYTES * pairs)
    from = row
    count = pairs + (odd ? 1 : 0)
  }
  return { root: from.slice(0, HASH_BYTES), repeated }
}

function isRepeated(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < HASH_BYTES; i++) if (bytes[at + i] !== bytes[at + HASH_BYTES + i]) return false
  return true
}
