import { setImmediate } from 'node:timers/promises'
import { CordonError, type Work } from '../../../chain/index.ts'
import { checkFiles, Problems, type VerifyReport } from '../../local/verify.ts'
import { hashHex } from '../wire/header.ts'
import { blocksOf } from './blocks-of.ts'
import { checkColumns } from './check-columns.ts'
import { SEGMENT_CHECKS, type SegmentCheck } from './check-segment.ts'
import { bitcoinLedgerHash, blockDigest, NO_DIGEST } from './digest.ts'
import { bitcoinManifest } from './import.ts'
import type { BitcoinManifest } from './layout.ts'
import { LocalBitcoinLedger } from './ledger.ts'
import type { BitcoinSegment } from './segment.ts'

/**
 * Checks a Bitcoin ledger from the ground: every file against its hash, every column against what it must satisfy, spends and outputs against each other in both directions, every key against its
 * index, and each block's content against the digests that the ledger's hash stands on. Finds bit rot, cut files, and faults of the program that wrote it. What is found first ends the search
 * where the rest would only be led astray by it.
 *
 * @throws CordonError `ledger/not-a-ledger`, `ledger/other-chain`, `ledger/newer-schema`, or when the manifest itself cannot be read
 */
export async function verifyBitcoinLedger(directory: string, work: Work = {}): Promise<VerifyReport> {
  let manifest = await bitcoinManifest(directory)
  let problems: Problems
  for (;;) {
    problems = new Problems()
    await checkFiles(directory, manifest, problems, work)
    if (problems.list.length === 0) await checkContent(directory, manifest, problems, work)
    const now = await bitcoinManifest(directory)
    // A writer may have replaced segments meanwhile: files that are gone are no damage then, and what is to be checked is what is there now.
    if (problems.list.length === 0 || JSON.stringify(now) === JSON.stringify(manifest)) break
    manifest = now
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

async function checkContent(directory: string, manifest: BitcoinManifest, problems: Problems, work: Work): Promise<void> {
  let ledger: LocalBitcoinLedger | null = null
  try {
    ledger = new LocalBitcoinLedger(directory, manifest)
    checkCounts(manifest, problems)
    const checks: readonly SegmentCheck[] = [(_, segment, report) => checkColumns(segment, report), ...SEGMENT_CHECKS]
    for (const [done, check] of checks.entries()) {
      for (const segment of ledger.segments) {
        work.signal?.throwIfAborted()
        work.progress?.({ phase: 'comparing columns', done, total: checks.length, unit: 'comparisons' })
        await setImmediate()
        check(ledger, segment, (file, what) => problems.add(`${segment.record.name}/${file}`, what))
      }
      if (problems.list.length > 0) return
    }
    checkSummary(ledger, problems)
    await checkDigests(ledger, problems, work)
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    problems.add(error.place.file ?? 'manifest.json', error.message)
  } finally {
    await ledger?.close()
  }
}

/** The segments must follow on from each other and add up to what the manifest says. */
function checkCounts(manifest: BitcoinManifest, problems: Problems): void {
  const sums = { transactions: 0, inputs: 0, outputs: 0, foreign: 0, transfers: 0, accounts: 0, unknownValues: 0 }
  for (const record of manifest.segments) {
    const first = [record.firstTx, record.firstInput, record.firstOutput, record.firstForeign, record.firstRow, record.firstAccount]
    const before = [sums.transactions, sums.inputs, sums.outputs, sums.foreign, sums.transfers, sums.accounts]
    if (first.some((number, k) => number !== before[k]))
      problems.add('manifest.json', `${record.name} does not follow on from the segment before it`)
    sums.transactions += record.transactions
    sums.inputs += record.inputs
    sums.outputs += record.outputs
    sums.foreign += record.foreign
    sums.transfers += record.rows
    sums.accounts += record.accounts
    sums.unknownValues += record.unknownValues
  }
  for (const [name, sum] of Object.entries(sums))
    if (manifest[name as keyof typeof sums] !== sum)
      problems.add('manifest.json', `says ${manifest[name as keyof typeof sums]} ${name}, and its segments hold ${sum}`)
}

/** What the manifest says of heights, times and gaps, as the blocks have it. */
function checkSummary(ledger: LocalBitcoinLedger, problems: Problems): void {
  const { manifest } = ledger
  const say = (what: string): void => problems.add('manifest.json', what)
  let last = -1
  let first: number | null = null
  let gaps = 0
  let span: { first: number; last: number } | null = null
  let tip: string | null = null
  for (const segment of ledger.segments) {
    let missing = 0
    const times = segment.u32('block.time')
    for (const [block, height] of segment.u32('block.height').entries()) {
      const time = times[block] as number
      if (height <= last) say(`${segment.record.name} does not follow on from the segment before it: height ${height} comes after ${last}`)
      else if (first !== null) missing += height - last - 1
      first ??= height
      last = height
      span = span === null ? { first: time, last: time } : { first: Math.min(span.first, time), last: Math.max(span.last, time) }
      tip = hashHex(segment.u8('block.hash').subarray(block * 32, block * 32 + 32))
    }
    if (missing !== segment.record.gaps)
      say(`${segment.record.name} lacks ${missing} heights, and the manifest says ${segment.record.gaps}`)
    gaps += missing
  }
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  if (!same(manifest.blocks, first === null ? null : { first, last })) say(`its first and last height are not those of the blocks`)
  if (!same(manifest.time, span)) say(`its first and last time are not those of the blocks`)
  if (!same(manifest.tip, tip === null ? null : { height: last, hash: tip })) say(`its tip is not the last block`)
  if (manifest.genesis && (first !== 0 || gaps > 0 || manifest.foreign > 0))
    say('says that it holds the chain from genesis on, and it does not')
}

async function checkDigests(ledger: LocalBitcoinLedger, problems: Problems, work: Work): Promise<void> {
  const { manifest } = ledger
  let digest: Uint8Array = NO_DIGEST
  let done = 0
  const total = ledger.segments.reduce((sum, { record }) => sum + record.blocks, 0)
  for (const segment of ledger.segments) {
    let block = 0
    for (const read of blocksOf(ledger, [segment])) {
      digest = blockDigest(digest, read, foreignInputs(segment, block, read.prevIndex.length))
      if (Buffer.compare(digest, segment.u8('block.digest').subarray(block * 32, block * 32 + 32)) !== 0) {
        problems.add(
          `${segment.record.name}/block.digest`,
          `block ${hashHex(read.hash)} (height ${read.height}) is not the one that was imported`,
        )
        return
      }
      block += 1
      if (++done % 64 !== 0) continue
      work.signal?.throwIfAborted()
      work.progress?.({ phase: 'hashing content', done, total, unit: 'blocks' })
      await setImmediate()
    }
  }
  const hash = bitcoinLedgerHash(manifest.chain, digest)
  if (hash !== manifest.hash) problems.add('manifest.json', `the ledger's hash is ${manifest.hash} and its content gives ${hash}`)
}

/** Inputs of a block, counted in it, that spend what lies before the ledger. */
function foreignInputs(segment: BitcoinSegment, block: number, inputs: number): number[] {
  const from = segment.columns.txIn[segment.u32('block.tx')[block] as number] as number
  const foreign: number[] = []
  for (let k = 0; k < inputs; k++) if (segment.foreignAt(segment.columns.inOutput[from + k] as number) !== -1) foreign.push(k)
  return foreign
}
