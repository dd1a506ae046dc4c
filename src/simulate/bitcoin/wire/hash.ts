import { hash } from 'node:crypto'

export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}

/** What Bitcoin calls a hash of transactions, headers and Merkle nodes. */
export function doubleSha256(bytes: Uint8Array): Buffer {
  return sha256(sha256(bytes))
}

/** A hash as people write it: the reverse of the order in blocks. */
export function hashText(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}

/** The root of a tree whose odd rows repeat their last hash. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  let row = Buffer.concat(leaves)
  while (row.length > 32) {
    const count = row.length / 32
    const next = Buffer.alloc(Math.ceil(count / 2) * 32)
    for (let k = 0; k < count; k += 2) {
      const left = row.subarray(k * 32, k * 32 + 32)
      const pair = k + 1 < count ? row.subarray(k * 32, k * 32 + 64) : Buffer.concat([left, left])
      next.set(doubleSha256(pair), k * 16)
    }
    row = next
  }
  return row
}
