import { setImmediate } from 'node:timers/promises'
import { CordonError, type Work } from '../../../chain/index.ts'
import { ABSENT } from '../../ledger.ts'
import { checkFiles, Problems, type Report, rising, type VerifyReport } from '../../local/verify.ts'
import { foreignNumber } from '../columns.ts'
import { blocksOf } from './blocks-of.ts'
import { bitcoinLedgerHash, blockDigest, NO_DIGEST } from './digest.ts'
import { openBitcoinLedger } from './import.ts'
import { display } from './intake.ts'
import { KEY_WORDS, TXID_WORDS } from './layout.ts'
import type { LocalBitcoinLedger } from './ledger.ts'
import type { BitcoinSegment } from './segment.ts'

/**
 * Checks a Bitcoin ledger from the ground: every file against its hash, spends and outputs against each other in both directions, every key against its index, and each block's content against the digests that
 * the ledger's hash stands on.
 *
 * @throws CordonError `ledger/not-a-ledger`, `ledger/other-chain`, `ledger/newer-schema`, or when the manifest itself cannot be read
 */
export async function verifyBitcoinLedger(directory: string, work: Work = {}): Promise<VerifyReport> {
  const problems = new Problems()
  const ledger = await openBitcoinLedger(directory)
  const { manifest } = ledger
  try {
    await checkFiles(directory, manifest, problems, work)
    const before = problems.list.length
    for (const segment of ledger.segments)
      checkSegment(ledger, segment, (file, what) => problems.add(`${segment.record.name}/${file}`, what))
    if (problems.list.length === before) await checkDigests(ledger, problems, work)
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    problems.add(error.place.file ?? 'manifest.json', error.message)
  } finally {
    await ledger.close()
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

function checkSegment(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record, columns } = segment
  for (const name of ['tx.in', 'tx.out', 'tx.row', 'block.tx', 'paid.start']) rising(segment.u32(name), name, report, false)
  rising(segment.u32('block.height'), 'block.height', report, true)
  if (columns.txIn.at(-1) !== record.inputs) report('tx.in', `ends at ${columns.txIn.at(-1)} of ${record.inputs} inputs`)
  if (columns.txOut.at(-1) !== record.outputs) report('tx.out', `ends at ${columns.txOut.at(-1)} of ${record.outputs} outputs`)
  checkSpends(ledger, segment, report)
  checkPaid(ledger, segment, report)
  checkKeys(segment, report)
}

/** Each input's output names the input's transaction as its spender, and no other output of the segment names one. */
function checkSpends(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record, columns } = segment
  let within = 0
  for (let tx = 0; tx < record.transactions; tx++) {
    for (let i = columns.txIn[tx] as number; i < (columns.txIn[tx + 1] as number); i++) {
      const output = columns.inOutput[i] as number
      const spender = segment.hasOutput(output) || segment.foreignAt(output) !== -1 ? segment.spenderOf(output) : ledger.spenderOf(output)
      if (spender !== record.firstTx + tx)
        report('in.output', `input ${i} spends output ${output}, whose spender is transaction ${spender}`)
      if (segment.hasOutput(output)) within += 1
    }
  }
  const spent = segment.u32('out.spender').reduce((sum, spender) => (spender === ABSENT ? sum : sum + 1), 0)
  if (spent !== within) report('out.spender', `names spenders of ${spent} outputs and ${within} are spent`)
}

/** Every output of an account stands under that account, once. */
function checkPaid(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record } = segment
  const start = segment.u32('paid.start')
  const paid = segment.u32('paid.output')
  const { active } = segment
  let withAccount = 0
  for (let o = 0; o < record.outputs; o++) if (segment.u32('out.account')[o] !== ABSENT) withAccount += 1
  for (let f = 0; f < record.foreign; f++) if (ledger.accountOf(foreignNumber(record.firstForeign + f)) !== ABSENT) withAccount += 1
  if (paid.length !== withAccount) report('paid.output', `holds ${paid.length} outputs and should hold ${withAccount}`)
  const seen = new Set<number>()
  for (let g = 0; g < record.active; g++) {
    const account = active === null ? g : (active[g] as number)
    for (let p = start[g] as number; p < Math.min(start[g + 1] as number, paid.length); p++) {
      const output = paid[p] as number
      if (!segment.hasOutput(output) && segment.foreignAt(output) === -1)
        report('paid.output', `position ${p} names output ${output}, which is not of this segment`)
      else if (ledger.accountOf(output) !== account)
        report('paid.output', `position ${p}: output ${output} is not paid to account ${account}`)
      if (seen.has(output)) report('paid.output', `output ${output} stands twice`)
      seen.add(output)
    }
  }
}

function checkKeys(segment: BitcoinSegment, report: Report): void {
  const { record } = segment
  const keys = segment.u32('account.key')
  for (let a = 0; a < record.accounts; a++) {
    if (segment.findAccount(keys.subarray(a * KEY_WORDS, (a + 1) * KEY_WORDS)) !== record.firstAccount + a) {
      report('account.slot', `the key of account ${a} is not found under it`)
      return
    }
  }
  const txids = segment.u32('tx.hash')
  for (let t = 0; t < record.transactions; t++) {
    const txid = txids.subarray(t * TXID_WORDS, (t + 1) * TXID_WORDS)
    const found = segment.findTransaction(txid) - record.firstTx
    // A later coinbase may have the id of an earlier one, and is then what is found (BIP 30).
    if (
      found < t ||
      Buffer.compare(Buffer.from(txids.slice(found * TXID_WORDS, (found + 1) * TXID_WORDS).buffer), Buffer.from(txid.slice().buffer)) !== 0
    ) {
      report('tx.slot', `the id of transaction ${t} is not found under it`)
      return
    }
  }
}

async function checkDigests(ledger: LocalBitcoinLedger, problems: Problems, work: Work): Promise<void> {
  const { manifest } = ledger
  let digest: Uint8Array = NO_DIGEST
  let done = 0
  const total = ledger.segments.reduce((sum, { record }) => sum + record.blocks, 0)
  for (const segment of ledger.segments) {
    let block = 0
    for (const read of blocksOf(ledger, [segment])) {
      const first = (segment.u32('block.tx')[block] ?? 0) as number
      const from = segment.columns.txIn[first] as number
      const foreign = Array.from(read.prevIndex, (_, k) => k).filter(
        (k) => segment.foreignAt(segment.columns.inOutput[from + k] as number) !== -1,
      )
      digest = blockDigest(digest, read, foreign)
      if (Buffer.compare(digest, segment.u8('block.digest').subarray(block * 32, block * 32 + 32)) !== 0) {
        problems.add(
          `${segment.record.name}/block.digest`,
          `block ${display(read.hash)} (height ${read.height}) is not the one that was imported`,
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
