import { CordonError } from '../../chain/index.ts'
import { FileWriter, fileBytes, readParts, writeFile } from './files.ts'
import { formatKey, hashKey, sameKey } from './words.ts'

/**
 * From a key (address, transaction hash) to its number: keys are sorted by the top bits of their hash into buckets of about two;
 * `bucket` holds where each begins, `slot` the numbers. A look-up reads two neighbours in `bucket` and then the keys themselves.
 * 6 bytes a key. An attacker who mines keys into one bucket makes that bucket slow and nothing else.
 */
export interface KeyIndex {
  readonly keys: Uint32Array
  readonly words: number
  /** Words of a key that its bucket is made of; all when left out. */
  readonly hashed?: number
  readonly bucket: Uint32Array
  readonly slot: Uint32Array
}

/** Number of the key within its segment, or -1. The last one where a key stands twice. */
export function findKey({ keys, words, hashed = words, bucket, slot }: KeyIndex, key: Uint32Array, at = 0): number {
  if (bucket.length < 2) return -1
  const b = hashKey(key, at, hashed) >>> shiftOf(bucket.length - 1)
  const first = bucket[b] as number
  for (let i = (bucket[b + 1] as number) - 1; i >= first; i--) {
    const id = slot[i] as number
    if (sameKey(keys, id * words, key, at, words)) return id
  }
  return -1
}

/** Bits to drop from a hash; there are at least two buckets, because a shift by 32 would be none. */
function shiftOf(buckets: number): number {
  return 32 - Math.log2(buckets)
}

function bucketsFor(keys: number): number {
  let buckets = 2
  while (buckets * 2 < keys && buckets < 2 ** 31) buckets *= 2
  return buckets
}

function isZero(keys: Uint32Array, at: number, words: number): boolean {
  for (let k = 0; k < words; k++) if (keys[at + k] !== 0) return false
  return true
}

const PART_KEYS = 1 << 16

export interface KeyIndexJob {
  readonly kind: 'key-index'
  readonly keysFile: string
  readonly words: number
  /** As `KeyIndex.hashed`. */
  readonly hashed?: number
  readonly bucketFile: string
  readonly slotFile: string
  /** Leave the zero key out, which may stand for several things (transfers outside any transaction). */
  readonly skipZero: boolean
  /** Keys may stand twice (two Bitcoin coinbases have the ids of earlier ones, BIP 30); all must differ when left out. */
  readonly repeats?: boolean
  readonly memory: number
}

/**
 * Writes the index of a file of keys by counting sort: hashes, counts, prefix sums, scatter. Where hashes and slots of all of them at once would pass `memory`, hashes are made anew for each of
 * several bands of slots.
 *
 * @throws CordonError `ledger/scattered-transaction` when a key stands twice
 */
export function buildKeyIndex(job: KeyIndexJob): void {
  const { words } = job
  const count = fileBytes(job.keysFile) / (words * 4)
  const buckets = bucketsFor(count)
  const shift = shiftOf(buckets)
  const bucket = new Uint32Array(buckets + 1)
  const part = new Uint32Array(PART_KEYS * words)
  // Per key: its hash, the hash that spares nearly all comparisons of whole keys, and its slot.
  const kept = count * 12 <= job.memory ? new Uint32Array(count) : null
  eachHash(job, part, (hash, id) => {
    if (kept !== null) kept[id] = hash
    const b = (hash >>> shift) + 1
    bucket[b] = (bucket[b] as number) + 1
  })
  for (let b = 0; b < buckets; b++) bucket[b + 1] = (bucket[b + 1] as number) + (bucket[b] as number)
  writeFile(job.bucketFile, bucket)

  const writer = new FileWriter(job.slotFile)
  try {
    const most = Math.max(1 << 16, Math.floor(job.memory / 8))
    for (let first = 0; first < buckets; ) {
      let end = first + 1
      while (end < buckets && (bucket[end + 1] as number) - (bucket[first] as number) <= most) end++
      scatterBand(job, bucket, shift, { first, end }, kept, part, writer)
      first = end
    }
    writer.close()
  } finally {
    writer.abandon()
  }
}

/** Hash and number of every key of a file that is to be indexed. */
function eachHash(job: KeyIndexJob, part: Uint32Array, visit: (hash: number, id: number) => void): void {
  const { words, hashed = words, skipZero } = job
  readParts(job.keysFile, new Uint8Array(part.buffer), (filled, offset) => {
    let id = offset / (words * 4)
    for (let at = 0; at < filled / 4; at += words, id++) {
      if (skipZero && isZero(part, at, words)) continue
      visit(hashKey(part, at, hashed), id)
    }
  })
}

function scatterBand(
  job: KeyIndexJob,
  bucket: Uint32Array,
  shift: number,
  { first, end }: { readonly first: number; readonly end: number },
  kept: Uint32Array | null,
  part: Uint32Array,
  writer: FileWriter,
): void {
  const base = bucket[first] as number
  const slots = new Uint32Array((bucket[end] as number) - base)
  const hashes = new Uint32Array(slots.length)
  const next = bucket.slice(first, end)
  const place = (hash: number, id: number): void => {
    const b = hash >>> shift
    if (b < first || b >= end) return
    const position = next[b - first] as number
    next[b - first] = position + 1
    slots[position - base] = id
    hashes[position - base] = hash
  }
  if (kept !== null && !job.skipZero) for (let id = 0; id < kept.length; id++) place(kept[id] as number, id)
  else eachHash(job, part, place)
  const suspects: (readonly number[])[] = []
  for (let b = first; b < end && job.repeats !== true; b++)
    collectSuspects(hashes, slots, (bucket[b] as number) - base, (bucket[b + 1] as number) - base, suspects)
  if (suspects.length > 0) refuseRepeats(job, suspects)
  writer.write(slots)
}

/** Entries of a bucket that are compared in pairs; whoever mints keys can make a bucket of any size. */
const FEW = 16

/** Adds the numbers of keys in slots `from` to `to` whose hashes agree: a list for each such hash. */
function collectSuspects(hashes: Uint32Array, slots: Uint32Array, from: number, to: number, suspects: (readonly number[])[]): void {
  if (to - from <= FEW) {
    for (let i = from; i < to; i++) {
      for (let j = i + 1; j < to; j++) if (hashes[i] === hashes[j]) suspects.push([slots[i] as number, slots[j] as number])
    }
    return
  }
  const byHash = new Map<number, number[]>()
  for (let i = from; i < to; i++) {
    const alike = byHash.get(hashes[i] as number)
    if (alike === undefined) byHash.set(hashes[i] as number, [slots[i] as number])
    else alike.push(slots[i] as number)
  }
  for (const alike of byHash.values()) if (alike.length > 1) suspects.push(alike)
}

/** Reads the whole keys of those whose 32-bit hashes agree (one pair in four billion does by chance). */
function refuseRepeats(job: KeyIndexJob, suspects: readonly (readonly number[])[]): void {
  const { words } = job
  const wanted = [...new Set(suspects.flat())].sort((a, b) => a - b)
  const keys = new Map<number, string>()
  const part = new Uint32Array(PART_KEYS * words)
  let w = 0
  readParts(job.keysFile, new Uint8Array(part.buffer), (filled, offset) => {
    const first = offset / (words * 4)
    const end = first + filled / (words * 4)
    for (; w < wanted.length && (wanted[w] as number) < end; w++) {
      const id = wanted[w] as number
      keys.set(id, formatKey(part, (id - first) * words, words))
    }
  })
  for (const alike of suspects) {
    const seen = new Map<string, number>()
    for (const id of alike) {
      const key = keys.get(id) as string
      const other = seen.get(key)
      if (other !== undefined)
        throw new CordonError(
          'ledger/scattered-transaction',
          `transaction ${key} stands at two places in chain order (transactions ${other} and ${id} of this import)`,
          { remedy: 'the sources disagree on its block or position: import them apart, or leave one of them out' },
        )
      seen.set(key, id)
    }
  }
}
