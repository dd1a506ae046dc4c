import { createHash, randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { IncomingFees } from '../batch.ts'
import { ABSENT } from '../ledger.ts'
import { Dictionary } from './dictionary.ts'
import { FileWriter, writeFile } from './files.ts'
import { growingU32 } from './growing.ts'
import { runJobs } from './jobs.ts'
import type { Segment } from './segment.ts'
import { ADDRESS_WORDS, HASH_WORDS, sameKey, swap } from './words.ts'

/**
 * Fees lie by payer address, not by account: most payers of a ledger of token transfers call a contract and send nothing themselves, and
 * giving them account numbers would make the numbering depend on which files were imported when.
 */
export interface FeeResult {
  readonly fees: number
  readonly payers: number
}

/**
 * Writes the fee columns of a segment: payers by rising address, and for each its fees in the order of the source.
 * `findTx` gives a transaction's number within the segment, -1 where it moved nothing.
 */
export async function takeFees(
  incoming: AsyncIterable<IncomingFees>,
  folder: string,
  options: { readonly findTx: (hash: Uint32Array) => number; readonly memory: number; readonly signal?: AbortSignal | undefined },
): Promise<FeeResult> {
  const dictionary = new Dictionary(randomInt(2 ** 32))
  const keys = growingU32()
  const writers = ['tmp.fee.key', 'tmp.fee.tx', 'tmp.fee.amount'].map((name) => new FileWriter(join(folder, name)))
  const [keyWriter, txWriter, amountWriter] = writers as [FileWriter, FileWriter, FileWriter]
  const hash = new Uint32Array(HASH_WORDS)
  let fees = 0
  try {
    for await (const batch of incoming) {
      options.signal?.throwIfAborted()
      const n = batch.length
      const payers = new Uint32Array(n)
      const txs = new Uint32Array(n)
      const [p0, p1, p2] = batch.payer
      for (let i = 0; i < n; i++) {
        const a = i * 2
        const words = [p0[a + 1], p0[a], p1[a + 1], p1[a], p2[i]] as [number, number, number, number, number]
        const before = dictionary.size
        const id = dictionary.add(dictionary.hash(...words), ...words)
        if (id === before) for (const word of words) keys.push(swap(word))
        payers[i] = id
        for (let k = 0; k < 4; k++) {
          const word = batch.hash[k] as Uint32Array
          hash[k * 2] = swap(word[a + 1] as number)
          hash[k * 2 + 1] = swap(word[a] as number)
        }
        const tx = options.findTx(hash)
        txs[i] = tx === -1 ? ABSENT : tx
      }
      keyWriter.write(payers)
      txWriter.write(txs)
      amountWriter.write(batch.amount.subarray(0, n * 2))
      fees += n
    }
    for (const writer of writers) writer.close()
  } finally {
    for (const writer of writers) writer.abandon()
  }
  const payers = dictionary.size
  if (fees === 0) return { fees, payers }
  const order = byAddress(keys.taken(), payers)
  const sorted = new Uint32Array(payers * ADDRESS_WORDS)
  for (let i = 0; i < payers; i++) {
    const at = (order[i] as number) * ADDRESS_WORDS
    for (let k = 0; k < ADDRESS_WORDS; k++) sorted[i * ADDRESS_WORDS + k] = keys.data[at + k] as number
  }
  writeFile(join(folder, 'fee.payer'), sorted)
  writeFile(join(folder, 'tmp.fee.order'), order)
  await runJobs(
    [
      {
        kind: 'sort',
        phase: 'sorting fees',
        rows: fees,
        groups: payers,
        accounts: payers,
        orderFile: join(folder, 'tmp.fee.order'),
        keyFile: join(folder, 'tmp.fee.key'),
        otherFile: join(folder, 'tmp.fee.tx'),
        assetFile: null,
        wordFile: join(folder, 'tmp.fee.amount'),
        target: {
          start: join(folder, 'fee.start'),
          row: null,
          other: join(folder, 'fee.tx'),
          asset: null,
          word: join(folder, 'fee.amount'),
        },
        assetWidth: 1,
        memory: options.memory,
      },
    ],
    { threads: fees > 1_000_000, signal: options.signal },
  )
  return { fees, payers }
}

/** Order of keys by address: by their first four bytes in one native sort of (bytes, number) pairs, ties by the rest. */
function byAddress(keys: Uint32Array, count: number): Uint32Array {
  const pairs = new BigUint64Array(count)
  const halves = new Uint32Array(pairs.buffer)
  for (let i = 0; i < count; i++) {
    halves[i * 2] = i
    halves[i * 2 + 1] = swap(keys[i * ADDRESS_WORDS] as number)
  }
  pairs.sort()
  const order = Uint32Array.from({ length: count }, (_, i) => halves[i * 2] as number)
  for (let first = 0; first < count; ) {
    let end = first + 1
    while (end < count && halves[end * 2 + 1] === halves[first * 2 + 1]) end++
    if (end - first > 1) order.subarray(first, end).sort((a, b) => compareAddresses(keys, a, keys, b))
    first = end
  }
  return order
}

/** Order of two addresses by their bytes. */
export function compareAddresses(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  for (let k = 0; k < ADDRESS_WORDS; k++) {
    const x = swap(a[i * ADDRESS_WORDS + k] as number)
    const y = swap(b[j * ADDRESS_WORDS + k] as number)
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}

/** What an address paid in a segment. */
export function feesPaid(segment: Segment, key: Uint32Array): bigint {
  if (segment.record.fees === 0) return 0n
  const payers = segment.u32('fee.payer')
  let low = 0
  let high = segment.record.payers
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareAddresses(payers, middle, key, 0) < 0) low = middle + 1
    else high = middle
  }
  if (low === segment.record.payers || !sameKey(payers, low * ADDRESS_WORDS, key, 0, ADDRESS_WORDS)) return 0n
  return sumOf(segment, low)
}

function sumOf(segment: Segment, payer: number): bigint {
  const start = segment.u32('fee.start')
  const amount = segment.u32('fee.amount')
  const end = start[payer + 1] as number
  let total = 0n
  let low = 0
  let high = 0
  for (let i = start[payer] as number; i < end; i++) {
    low += amount[i * 2] as number
    high += amount[i * 2 + 1] as number
    if ((i & 0xf_ffff) === 0) {
      total += BigInt(low) + (BigInt(high) << 32n)
      low = 0
      high = 0
    }
  }
  return total + BigInt(low) + (BigInt(high) << 32n)
}

/**
 * SHA-256 over (address, number of fees, sum as 16 bytes) of every payer by rising address, over all segments together, so that it does
 * not matter in how many parts the fees came. Null when there are none.
 */
export function hashFees(segments: readonly Segment[]): string | null {
  const paid = segments.filter((segment) => segment.record.fees > 0)
  if (paid.length === 0) return null
  const hash = createHash('sha256')
  const record = new Uint32Array(ADDRESS_WORDS + 5)
  const bytes = new Uint8Array(record.buffer)
  const at = paid.map(() => 0)
  for (;;) {
    let least = -1
    for (const [s, segment] of paid.entries()) {
      const i = at[s] as number
      if (i === segment.record.payers) continue
      const smallest = paid[least]
      if (smallest === undefined || compareAddresses(segment.u32('fee.payer'), i, smallest.u32('fee.payer'), at[least] as number) < 0)
        least = s
    }
    const first = paid[least]
    if (first === undefined) return hash.digest('hex')
    const key = first.u32('fee.payer').slice((at[least] as number) * ADDRESS_WORDS, ((at[least] as number) + 1) * ADDRESS_WORDS)
    let count = 0
    let sum = 0n
    for (const [s, segment] of paid.entries()) {
      const i = at[s] as number
      if (i === segment.record.payers || !sameKey(segment.u32('fee.payer'), i * ADDRESS_WORDS, key, 0, ADDRESS_WORDS)) continue
      const start = segment.u32('fee.start')
      count += (start[i + 1] as number) - (start[i] as number)
      sum += sumOf(segment, i)
      at[s] = i + 1
    }
    record.set(key)
    record[5] = count
    for (let k = 0; k < 4; k++) record[6 + k] = Number((sum >> BigInt(k * 32)) & 0xffff_ffffn)
    hash.update(bytes)
  }
}
