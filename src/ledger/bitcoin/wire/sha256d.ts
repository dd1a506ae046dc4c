import { hash } from 'node:crypto'
import { createRequire } from 'node:module'

/**
 * SHA-256 twice, Bitcoin's hash (FIPS 180-4), of a great many short messages.
 *
 * Node's `crypto.hash` costs about a microsecond a call, most of it for finding the algorithm and making the result. OpenSSL's own steps cost a twentieth of that
 * when called directly, and for messages of a known length the padding can be laid ready. Where they cannot be called, `crypto.hash` gives the same answers.
 */
export interface Sha256d {
  /** Hash of `bytes[start..end)` into `target` at `at`. */
  readonly whole: (bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number) => void
  /**
   * Hash of `bytes[start..end)` without what lies in `[start + 4, from)` and `[to, end - 4)`: a transaction without its witness has its first four bytes
   * (version), its inputs and outputs, and its last four bytes (lock time).
   */
  readonly stripped: (bytes: Uint8Array, start: number, from: number, to: number, end: number, target: Uint8Array, at: number) => void
  /**
   * Hashes of `pairs` neighbouring pairs of 32 bytes, from the start of `bytes` on, side by side into `target`. `target` may be `bytes`.
   */
  readonly pairs: (bytes: Uint8Array, pairs: number, target: Uint8Array) => void
}

interface Steps {
  update(context: number, bytes: number, length: number): void
  final(digest: number, context: number): void
  transform(context: number, block: number): void
  address(bytes: Uint8Array): number
}

/** First 32 bits of the fractional parts of the square roots of the first eight primes: where SHA-256 begins. */
const INITIAL = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19] as const
const DIGEST_BYTES = 32
const BLOCK_BYTES = 64
/** `SHA256_CTX` of OpenSSL: eight words of state, a 64-bit length, sixteen words of data, what is filled of them, the digest's length. */
const CONTEXT_BYTES = 112
const LENGTH_LOW = 8
const LENGTH_HIGH = 9
const FILLED = 26
const DIGEST_LENGTH = 27

/** The fastest that this process can: OpenSSL's steps if they are there and give what `crypto.hash` gives, else `crypto.hash`. */
export const sha256d: Sha256d = native() ?? throughCrypto()

/** By `crypto.hash`, everywhere. */
export function throughCrypto(): Sha256d {
  let scratch = new Uint8Array(1 << 12)
  const twice = (message: Uint8Array, target: Uint8Array, at: number): void => {
    target.set(hash('sha256', hash('sha256', message, 'buffer'), 'buffer'), at)
  }
  return {
    whole(bytes, start, end, target, at) {
      within(bytes, start, end)
      twice(bytes.subarray(start, end), target, at)
    },
    stripped(bytes, start, from, to, end, target, at) {
      within(bytes, start, end)
      const length = 8 + to - from
      if (scratch.length < length) scratch = new Uint8Array(length)
      scratch.set(bytes.subarray(start, start + 4))
      scratch.set(bytes.subarray(from, to), 4)
      scratch.set(bytes.subarray(end - 4, end), 4 + to - from)
      twice(scratch.subarray(0, length), target, at)
    },
    pairs(bytes, pairs, target) {
      within(bytes, 0, BLOCK_BYTES * pairs)
      for (let pair = 0; pair < pairs; pair++) {
        twice(bytes.subarray(BLOCK_BYTES * pair, BLOCK_BYTES * (pair + 1)), target, DIGEST_BYTES * pair)
      }
    },
  }
}

/** By OpenSSL's steps, or null where this process cannot call them. */
export function native(): Sha256d | null {
  const steps = loadSteps()
  if (steps === null) return null
  const built = bySteps(steps)
  return agrees(built, throughCrypto()) ? built : null
}

function loadSteps(): Steps | null {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi')
    const library = koffi.load(null)
    return {
      update: library.func('void SHA256_Update(uintptr_t context, uintptr_t bytes, size_t length)'),
      final: library.func('void SHA256_Final(uintptr_t digest, uintptr_t context)'),
      transform: library.func('void SHA256_Transform(uintptr_t context, uintptr_t block)'),
      address: (bytes) => Number(koffi.address(bytes)),
    } as Steps
  } catch {
    // No prebuilt koffi for this platform, or a Node with another crypto library.
    return null
  }
}

function bySteps({ update, final, transform, address }: Steps): Sha256d {
  // One piece of memory that stays where it is: the context, a block that holds a digest with its padding, and the padding that follows 64 bytes.
  const memory = new ArrayBuffer(CONTEXT_BYTES + 2 * BLOCK_BYTES)
  const state = new Uint32Array(memory, 0, CONTEXT_BYTES / 4)
  const memoryView = new DataView(memory)
  const context = address(new Uint8Array(memory))
  const second = CONTEXT_BYTES
  const after64 = CONTEXT_BYTES + BLOCK_BYTES
  memoryView.setUint8(second + DIGEST_BYTES, 0x80)
  memoryView.setUint32(second + BLOCK_BYTES - 4, 8 * DIGEST_BYTES)
  memoryView.setUint8(after64, 0x80)
  memoryView.setUint32(after64 + BLOCK_BYTES - 4, 8 * BLOCK_BYTES)

  // Finding an address costs as much as a hash; a block is hashed transaction by transaction out of the same bytes.
  let known: Uint8Array | null = null
  let knownAddress = 0
  const addressOf = (bytes: Uint8Array): number => {
    if (known !== bytes) {
      // Reading `buffer` moves a small array out of the collector's heap, where it could be moved under our feet.
      knownAddress = bytes.buffer.byteLength === 0 ? 0 : address(bytes)
      known = bytes
    }
    return knownAddress
  }
  let targetBytes: Uint8Array | null = null
  let targetView: DataView = memoryView
  const viewOf = (target: Uint8Array): DataView => {
    if (targetBytes !== target) {
      targetView = new DataView(target.buffer, target.byteOffset, target.byteLength)
      targetBytes = target
    }
    return targetView
  }

  const begin = (): void => {
    for (let i = 0; i < 8; i++) state[i] = INITIAL[i] as number
  }
  const beginLong = (): void => {
    begin()
    state[LENGTH_LOW] = 0
    state[LENGTH_HIGH] = 0
    state[FILLED] = 0
    state[DIGEST_LENGTH] = DIGEST_BYTES
  }
  const again = (target: DataView, at: number): void => {
    begin()
    transform(context, context + second)
    for (let i = 0; i < 8; i++) target.setUint32(at + 4 * i, state[i] as number)
  }
  return {
    whole(bytes, start, end, target, at) {
      within(bytes, start, end)
      const from = addressOf(bytes)
      beginLong()
      update(context, from + start, end - start)
      final(context + second, context)
      again(viewOf(target), at)
    },
    stripped(bytes, start, from, to, end, target, at) {
      within(bytes, start, end)
      const base = addressOf(bytes)
      beginLong()
      update(context, base + start, 4)
      update(context, base + from, to - from)
      update(context, base + end - 4, 4)
      final(context + second, context)
      again(viewOf(target), at)
    },
    pairs(bytes, pairs, target) {
      within(bytes, 0, BLOCK_BYTES * pairs)
      const from = addressOf(bytes)
      const view = viewOf(target)
      for (let pair = 0; pair < pairs; pair++) {
        begin()
        transform(context, from + BLOCK_BYTES * pair)
        transform(context, context + after64)
        for (let i = 0; i < 8; i++) memoryView.setUint32(second + 4 * i, state[i] as number)
        again(view, DIGEST_BYTES * pair)
      }
    },
  }
}

/** Addresses know no bounds: whatever is out of them must not get that far. A detached array has length 0. */
function within(bytes: Uint8Array, start: number, end: number): void {
  if (!(start >= 0 && start <= end && end <= bytes.length)) throw new RangeError(`bytes ${start} to ${end} of ${bytes.length}`)
}

/** The layout of OpenSSL's context is public but not promised: believe it only where it gives the right answers. */
function agrees(one: Sha256d, other: Sha256d): boolean {
  const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * 167 + 13) & 255)
  const a = new Uint8Array(192)
  const b = new Uint8Array(192)
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 128, 400]) {
    one.whole(bytes, 400 - length, 400, a, 0)
    other.whole(bytes, 400 - length, 400, b, 0)
    one.stripped(bytes, 3, 9, 9 + (length >> 1), 300, a, 32)
    other.stripped(bytes, 3, 9, 9 + (length >> 1), 300, b, 32)
    one.pairs(bytes, 4, a.subarray(64))
    other.pairs(bytes, 4, b.subarray(64))
    if (Buffer.compare(a, b) !== 0) return false
  }
  return true
}
