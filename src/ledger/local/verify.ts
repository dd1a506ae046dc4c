import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { CordonError, type Work } from '../../chain/index.ts'
import { popcount, rankOf } from './bits.ts'
import { ContentHasher, ledgerHash } from './content.ts'
import { hashFees } from './fees.ts'
import { runJobs } from './jobs.ts'
import { CHUNK_ROWS, type Direction, otherFile, type StoredFile, type StoredManifest } from './layout.ts'
import { defaultReadMode } from './mapping.ts'
import { rehash } from './rehash.ts'
import { Segment } from './segment.ts'
import { type AnyManifest, readManifest } from './store.ts'
import { WIDE, wideAt } from './value.ts'
import { ADDRESS_WORDS, finish, HASH_WORDS, mix } from './words.ts'

/** Something that is not as it must be, and where. */
export interface Problem {
  /** File within the ledger's folder. */
  readonly file: string
  readonly what: string
}

export interface VerifyReport {
  /** True when there is no problem. */
  readonly sound: boolean
  /** At most MOST_PROBLEMS of each file. */
  readonly problems: readonly Problem[]
  readonly manifest: AnyManifest
  readonly files: number
  readonly bytes: number
}

const MOST_PROBLEMS = 5
const PAUSE_EVERY = 1 << 20

/**
 * Checks a ledger from the ground: every file against its hash, every column against what it must satisfy, both directions against each
 * other, and the content against the ledger's hash. Finds bit rot, cut files, and faults of the program that wrote it.
 *
 * @throws CordonError `ledger/not-a-ledger`, `ledger/newer-schema`, or when the manifest itself cannot be read
 */
export async function verifyLedger(directory: string, work: Work = {}): Promise<VerifyReport> {
  const manifest = await readManifest(directory)
  const problems = new Problems()
  await checkFiles(directory, manifest, problems, work)
  const segments: Segment[] = []
  try {
    for (const record of manifest.segments) segments.push(new Segment(join(directory, record.name), record, defaultReadMode()))
    checkCounts(manifest, problems)
    let sound = true
    for (const segment of segments) sound = (await checkSegment(segment, manifest, problems, work)) && sound
    // Columns that do not fit together would only lead the rest astray.
    if (sound) await checkContent(manifest, segments, problems, work)
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    problems.add(error.place.file ?? 'manifest.json', error.message)
  } finally {
    for (const segment of segments) segment.close()
  }
  const files = manifest.segments.flatMap((record) => Object.values(record.files))
  return {
    sound: problems.list.length === 0,
    problems: problems.list,
    manifest,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}

/** Problems found so far, bounded for each file. */
export class Problems {
  readonly list: Problem[] = []
  private readonly counts = new Map<string, number>()

  add(file: string, what: string): void {
    const count = (this.counts.get(file) ?? 0) + 1
    this.counts.set(file, count)
    if (count <= MOST_PROBLEMS) this.list.push({ file, what })
  }
}

/** Every file of every segment against its hash in the manifest. */
export async function checkFiles(directory: string, manifest: AnyManifest, problems: Problems, work: Work): Promise<void> {
  const segments: readonly { readonly name: string; readonly files: Readonly<Record<string, StoredFile>> }[] = manifest.segments
  const entries = segments.flatMap(({ name, files }) => Object.entries(files).map(([file, stored]) => ({ file: join(name, file), stored })))
  const total = entries.reduce((sum, { stored }) => sum + stored.bytes, 0)
  let done = 0
  const present = entries.filter(({ file }) => {
    const there = existsSync(join(directory, file))
    if (!there) problems.add(file, 'is missing')
    return there
  })
  // Small files need no thread of their own.
  for (let i = 0; i < present.length; ) {
    const group: typeof present = []
    let bytes = 0
    while (i < present.length && (group.length === 0 || bytes < 1 << 28)) {
      const entry = present[i++] as (typeof present)[number]
      group.push(entry)
      bytes += entry.stored.bytes
    }
    const hashes = await runJobs([{ kind: 'hash', files: group.map(({ file }) => join(directory, file)) }], {
      threads: bytes > 1 << 26,
      signal: work.signal,
    })
    for (const { file, stored } of group) {
      if (hashes[join(directory, file)] !== stored.sha256)
        problems.add(file, 'has changed since it was written: its SHA-256 is not the one in the manifest')
    }
    done += bytes
    work.progress?.({ phase: 'hashing files', done, total, unit: 'bytes' })
  }
}

/** The segments must follow on from each other and add up to what the manifest says. */
function checkCounts(manifest: StoredManifest, problems: Problems): void {
  let row = 0
  let tx = 0
  let account = 0
  for (const record of manifest.segments) {
    if (record.firstRow !== row || record.firstTx !== tx || record.firstAccount !== account) {
      problems.add('manifest.json', `${record.name} does not follow on from the segment before it`)
    }
    row += record.rows
    tx += record.transactions
    account += record.accounts
  }
  if (row !== manifest.transfers || tx !== manifest.transactions || account !== manifest.accounts) {
    problems.add('manifest.json', 'the counts of the segments do not add up to those of the ledger')
  }
  const hash = ledgerHash(manifest)
  if (hash !== manifest.hash) problems.add('manifest.json', `the ledger's hash is ${manifest.hash} and its content hashes give ${hash}`)
}

async function checkSegment(segment: Segment, manifest: StoredManifest, problems: Problems, work: Work): Promise<boolean> {
  const { record } = segment
  const before = problems.list.length
  const report = (file: string, what: string): void => problems.add(`${record.name}/${file}`, what)
  const accounts = record.firstAccount + record.accounts
  checkStarts(segment, report)
  rising(segment.blockRow, 'block.row', report, true)
  rising(segment.blockNumber, 'block.number', report, false)
  if (record.rows > 0 && segment.blockRow[0] !== 0) report('block.row', 'the first block does not begin with the first row')
  const { active } = segment
  if (active !== null) rising(active, 'active', report, true)
  const sums: [number, number][] = []
  for (const direction of ['out', 'in'] as const) {
    sums.push(await checkDirection(segment, direction, { accounts, assets: manifest.assets.length, report, work }))
  }
  const [out, into] = sums
  if (problems.list.length === before && (out?.[0] !== into?.[0] || out?.[1] !== into?.[1])) {
    report('in.row', 'the columns by sender and by receiver do not hold the same transfers')
  }
  checkKeys(segment, 'account', record.accounts, ADDRESS_WORDS, report)
  checkKeys(segment, 'tx', record.transactions, HASH_WORDS, report)
  return problems.list.length === before
}

export type Report = (file: string, what: string) => void

function checkStarts(segment: Segment, report: Report): void {
  const { bits, rank } = segment.starts
  const { rows, transactions } = segment.record
  let set = 0
  for (const word of bits) set += popcount(word)
  if (set !== transactions + 1) report('start.bits', `marks ${set - 1} transactions and the manifest counts ${transactions}`)
  if (rows > 0 && ((bits[0] as number) & 1) === 0) report('start.bits', 'the first row does not begin a transaction')
  if ((((bits[rows >>> 5] as number) >>> (rows & 31)) & 1) === 0) report('start.bits', 'the end is not marked')
  const wrong = rankOf(bits).findIndex((count, group) => count !== rank[group])
  if (wrong !== -1) report('start.rank', `entry ${wrong} does not count the bits before it`)
}

/** Reports the first entry that is not above (or not at least) the one before it. */
export function rising(column: Uint32Array, file: string, report: Report, strictly: boolean): void {
  for (let i = 1; i < column.length; i++) {
    const before = column[i - 1] as number
    const here = column[i] as number
    if (here < before || (strictly && here === before)) {
      report(file, `entry ${i} (${here}) is not above the one before (${before})`)
      return
    }
  }
}

/** Checks one direction; returns an order-free sum over its transfers, which must be the same for both. */
async function checkDirection(
  segment: Segment,
  direction: Direction,
  options: { readonly accounts: number; readonly assets: number; readonly report: Report; readonly work: Work },
): Promise<[number, number]> {
  const { accounts, assets, report, work } = options
  const { start, row, other, asset, word } = segment[direction]
  const { from, active, wide } = segment
  const { rows } = segment.record
  const groups = segment.record.active
  let sumA = 0
  let sumB = 0
  rising(start, `${direction}.start`, report, false)
  if (start[0] !== 0 || start[groups] !== rows)
    report(`${direction}.start`, `runs from ${start[0]} to ${start[groups]} and should run from 0 to ${rows}`)
  const seen = new Uint8Array(Math.ceil(rows / 8))
  let pause = PAUSE_EVERY
  for (let g = 0; g < groups; g++) {
    const account = active === null ? g : (active[g] as number)
    const end = Math.min(start[g + 1] as number, rows)
    let last = -1
    for (let p = start[g] as number; p < end; p++) {
      const r = row[p] as number
      const far = other[p] as number
      const low = word[p * 2] as number
      const high = word[p * 2 + 1] as number
      if (r >= rows) report(`${direction}.row`, `position ${p} names row ${r} of ${rows}`)
      else {
        if (r <= last) report(`${direction}.row`, `the rows of account ${account} do not rise at position ${p}`)
        if (((seen[r >>> 3] as number) >>> (r & 7)) & 1)
          report(`${direction}.row`, `row ${r} stands twice, the second time at position ${p}`)
        seen[r >>> 3] = (seen[r >>> 3] as number) | (1 << (r & 7))
        const sender = direction === 'out' ? account : far
        if (from[r] !== sender)
          report(direction === 'out' ? 'out.row' : otherFile('in'), `position ${p}: row ${r} was sent by account ${from[r]}, not ${sender}`)
      }
      if (far >= accounts) report(otherFile(direction), `position ${p} names account ${far} of ${accounts}`)
      if ((asset[p] as number) >= assets) report(`${direction}.asset`, `position ${p} names asset ${asset[p]} of ${assets}`)
      if (high >= WIDE) {
        const { offset, length } = wideAt(low, high)
        if (length < 8 || length > 32 || offset + length > wide.length)
          report(`${direction}.word`, `position ${p} points outside the long values`)
      }
      const key = mix(
        mix(mix(mix(mix(mix(0, r), direction === 'out' ? account : far), direction === 'out' ? far : account), asset[p] as number), low),
        high,
      )
      sumA = (sumA + finish(key)) % 0x1_0000_0000
      sumB = (sumB + finish(key ^ 0x5bd1e995)) % 0x1_0000_0000
      last = r
    }
    if (end < pause) continue
    pause = end + PAUSE_EVERY
    work.signal?.throwIfAborted()
    work.progress?.({
      phase: direction === 'out' ? 'checking by sender' : 'checking by receiver',
      done: end,
      total: rows,
      unit: 'transfers',
    })
    await setImmediate()
  }
  return [sumA, sumB]
}

/** Every key must be found again under its own number. */
function checkKeys(segment: Segment, name: 'account' | 'tx', count: number, words: number, report: Report): void {
  const bucket = segment.u32(`${name}.bucket`)
  const slot = segment.u32(`${name}.slot`)
  rising(bucket, `${name}.bucket`, report, false)
  if ((bucket.at(-1) ?? 0) !== slot.length) {
    report(`${name}.bucket`, `ends at ${bucket.at(-1)} and ${slot.length} entries lie in it`)
    return
  }
  const wrong = slot.findIndex((id) => id >= count)
  if (wrong !== -1) {
    report(`${name}.slot`, `entry ${wrong} names number ${slot[wrong]} of ${count}`)
    return
  }
  const keys = name === 'account' ? segment.accountKeys : segment.txHashes
  const first = name === 'account' ? segment.record.firstAccount : segment.record.firstTx
  for (let id = 0; id < count; id++) {
    const key = keys.subarray(id * words, (id + 1) * words)
    const found = name === 'account' ? segment.findAccount(key) : segment.findTransaction(key)
    if (found !== first + id && !(name === 'tx' && key.every((word) => word === 0))) {
      report(`${name}.slot`, `the key of number ${id} is not found under it`)
      return
    }
  }
}

async function checkContent(manifest: StoredManifest, segments: readonly Segment[], problems: Problems, work: Work): Promise<void> {
  const { chunks, fees } = manifest.content
  const expected = Math.ceil(manifest.transfers / CHUNK_ROWS)
  if (chunks.length !== expected) problems.add('manifest.json', `has ${chunks.length} content hashes and should have ${expected}`)
  for (const [i, chunk] of chunks.entries()) {
    const first = i * CHUNK_ROWS
    const end = Math.min(manifest.transfers, first + CHUNK_ROWS)
    const hasher = new ContentHasher()
    rehash(segments, first, end, hasher)
    hasher.finish()
    if (hasher.chunks[0] !== chunk)
      problems.add('manifest.json', `rows ${first} to ${end - 1} are not those that were imported: their content hash differs`)
    work.signal?.throwIfAborted()
    work.progress?.({ phase: 'hashing content', done: end, total: manifest.transfers, unit: 'transfers' })
    await setImmediate()
  }
  if (hashFees(segments) !== fees) problems.add('manifest.json', 'the fees are not those that were imported: their content hash differs')
}
