import type { NetworkName } from '../../../chain/index.ts'
import { type BlockHeader, HEADER_BYTES, hasWork, readHeader, targetOf } from '../wire/index.ts'

/** The fields of a header as Esplora tells them. Hashes are hex as people write them. */
export interface HeaderFields {
  readonly version: number
  readonly previous: string
  readonly merkleRoot: string
  readonly time: number
  readonly bits: number
  readonly nonce: number
}

/** The header whose 80 bytes say this: its hash is computed from them. */
export function headerOf(fields: HeaderFields): BlockHeader {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.writeInt32LE(fields.version | 0, 0)
  bytes.write(fields.previous, 4, 'hex')
  bytes.write(fields.merkleRoot, 36, 'hex')
  bytes.subarray(4, 36).reverse()
  bytes.subarray(36, 68).reverse()
  bytes.writeUInt32LE(fields.time, 68)
  bytes.writeUInt32LE(fields.bits, 72)
  bytes.writeUInt32LE(fields.nonce, 76)
  return readHeader(bytes, 0)
}

/**
 * Heights of the main network from which no block has been easier than half of the one named here (nBits as the block has them: May 2014, difficulty 8.0e9, and May 2019, 6.4e12). Without this, whoever makes
 * up a block could give it the difficulty of the first days.
 */
const HARDER: readonly (readonly [height: number, bits: number])[] = [
  [300_025, 0x1900896c],
  [574_200, 0x172c4e11],
]

/** What is wrong with a header's proof of work at a height, or null: its hash must not exceed its own target, nor that target what the network allows there. */
export function workFault(header: BlockHeader, height: number, network: NetworkName): string | null {
  if (!hasWork(header, network)) return 'its hash does not have the work that it claims, or that is less than the network asks'
  const [, bits] = (network === 'main' ? HARDER.findLast(([from]) => height >= from) : undefined) ?? []
  if (bits !== undefined && (targetOf(header.bits) as bigint) > 2n * (targetOf(bits) as bigint))
    return `it took far less work than any block of height ${height} on this network`
  return null
}
