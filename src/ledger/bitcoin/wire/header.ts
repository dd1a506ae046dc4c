import type { NetworkName } from '../../../chain/index.ts'
import { type Origin, wireError } from './cursor.ts'
import { sha256d } from './sha256d.ts'

export const HEADER_BYTES = 80

/** A block's header. Hashes are 32 bytes in the order in which blocks hold them. */
export interface BlockHeader {
  readonly version: number
  readonly previous: Uint8Array
  readonly merkleRoot: Uint8Array
  /** Unix seconds. */
  readonly time: number
  readonly bits: number
  readonly nonce: number
  readonly hash: Uint8Array
}

/** The easiest target that a network allows, in compact form (Bitcoin Core, `kernel/chainparams.cpp`, `powLimit`). */
const EASIEST: Readonly<Record<NetworkName, number>> = { main: 0x1d00ffff, test: 0x1d00ffff, regtest: 0x207fffff }

/**
 * The header at byte `at`, its proof of work not looked at.
 *
 * @throws CordonError `bitcoin/truncated-block`
 */
export function readHeader(bytes: Uint8Array, at: number, origin: Origin = {}): BlockHeader {
  if (bytes.length - at < HEADER_BYTES) {
    const what = `a block's header takes ${HEADER_BYTES} bytes, and ${Math.max(0, bytes.length - at)} are left`
    throw wireError('bitcoin/truncated-block', what, origin, at, 'The bytes are cut off or damaged: fetch them again.')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_BYTES)
  const hash = new Uint8Array(32)
  sha256d.whole(bytes, at, at + HEADER_BYTES, hash, 0)
  return {
    version: view.getInt32(0, true),
    previous: bytes.slice(at + 4, at + 36),
    merkleRoot: bytes.slice(at + 36, at + 68),
    time: view.getUint32(68, true),
    bits: view.getUint32(72, true),
    nonce: view.getUint32(76, true),
    hash,
  }
}

/** What a compact target (nBits) means, or null where it means none: negative, zero, or above 2^256. */
export function targetOf(bits: number): bigint | null {
  const size = bits >>> 24
  const mantissa = bits & 0x7f_ffff
  const target = size <= 3 ? BigInt(mantissa >>> (8 * (3 - size))) : BigInt(mantissa) << BigInt(8 * (size - 3))
  const negative = mantissa !== 0 && (bits & 0x80_0000) !== 0
  return negative || target === 0n || target >= 1n << 256n ? null : target
}

/** Hashes that a block of this target takes on average: 2^256 / (target + 1). 0 for a target that is none. */
export function workOf(bits: number): bigint {
  const target = targetOf(bits)
  return target === null ? 0n : (1n << 256n) / (target + 1n)
}

/** Whether the header's hash is as small as its own target says, and that target one that the network allows: on regtest it never changes. */
export function hasWork(header: BlockHeader, network: NetworkName): boolean {
  if (network === 'regtest' && header.bits !== EASIEST.regtest) return false
  const target = targetOf(header.bits)
  return target !== null && target <= (targetOf(EASIEST[network]) as bigint) && numberOf(header.hash) <= target
}

function numberOf(hash: Uint8Array): bigint {
  return BigInt(`0x${hashHex(hash)}`)
}

/** A hash as people write it: hex, the bytes in reverse. */
export function hashHex(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}
