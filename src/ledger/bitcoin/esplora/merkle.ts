import { sha256d } from './stripped.ts'

/** A leaf's place in a Merkle tree: its position from 0, and the hashes beside its path from the bottom up (Electrum's `blockchain.transaction.get_merkle`). */
export interface MerkleProof {
  readonly position: number
  readonly branch: readonly string[]
}

/**
 * Root that the proof leads to, or null where the position cannot be the leaf's own: past the tree's width, or that of the copy of a last leaf that Bitcoin
 * hashes with itself where a level is odd.
 *
 * @param txid the leaf, and all hashes, as people write them
 */
export function merkleRoot(txid: string, { position, branch }: MerkleProof): string | null {
  if (position >= 2 ** branch.length) return null
  let hash = read(txid)
  let at = position
  for (const text of branch) {
    const beside = read(text)
    const right = at % 2 === 1
    if (right && beside.equals(hash)) return null
    hash = Buffer.from(sha256d(Buffer.concat(right ? [beside, hash] : [hash, beside])))
    at = Math.floor(at / 2)
  }
  return hash.reverse().toString('hex')
}

function read(hash: string): Buffer {
  return Buffer.from(hash, 'hex').reverse()
}
