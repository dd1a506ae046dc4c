import { ABSENT } from '../../ledger.ts'
import type { Report } from '../../local/verify.ts'
import { sameKey } from '../../local/words.ts'
import { foreignNumber } from '../columns.ts'
import { KEY_WORDS, TXID_WORDS } from './layout.ts'
import type { LocalBitcoinLedger } from './ledger.ts'
import { keyOfScript } from './names.ts'
import { rowsOf } from './rows.ts'
import type { BitcoinSegment } from './segment.ts'

/** One comparison of a segment's columns with each other and with those of earlier segments. All columns have passed `checkColumns`. */
export type SegmentCheck = (ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report) => void

/** In order; what comes later relies on what went before. */
export const SEGMENT_CHECKS: readonly SegmentCheck[] = [checkSpends, checkKeys, checkPaid, checkRows]

/** Each input's output names the input's transaction as its spender, nothing else names one, and no output is spent twice. */
function checkSpends(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record, columns } = segment
  let within = 0
  let earlier = 0
  for (let tx = 0; tx < record.transactions; tx++) {
    for (let i = columns.txIn[tx] as number; i < (columns.txIn[tx + 1] as number); i++) {
      const output = columns.inOutput[i] as number
      if (segment.hasOutput(output)) within += 1
      else if (segment.foreignAt(output) === -1) earlier += 1
      // Asked of the whole ledger, the first segment that spends an output answers: a second one would see a spender that is not its own.
      const spender = ledger.spenderOf(output)
      if (spender !== record.firstTx + tx)
        report('in.output', `input ${i} spends output ${output}, whose spender is transaction ${spender}`)
    }
  }
  const spent = segment.u32('out.spender').reduce((sum, spender) => (spender === ABSENT ? sum : sum + 1), 0)
  if (spent !== within) report('out.spender', `names spenders of ${spent} outputs and ${within} are spent`)
  const named = segment.u32('spend.output').length
  if (named !== earlier) report('spend.output', `names ${named} outputs and ${earlier} are spent`)
}

/** Every key is what its script gives, is found under its own number, and is in no earlier segment. */
function checkKeys(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record } = segment
  const keys = segment.u32('account.key')
  for (let a = 0; a < record.accounts; a++) {
    if (ledger.findAccount(keys.subarray(a * KEY_WORDS, (a + 1) * KEY_WORDS)) !== record.firstAccount + a) {
      report('account.slot', `the key of account ${a} of the segment is not found under it`)
      return
    }
    if (!sameKey(keyOfScript(segment.scriptOf(record.firstAccount + a)), 0, keys, a * KEY_WORDS, KEY_WORDS)) {
      report('account.key', `the key of account ${a} of the segment is not that of its script`)
      return
    }
  }
  const txids = segment.u32('tx.hash')
  for (let t = 0; t < record.transactions; t++) {
    const found = segment.findTransaction(txids.subarray(t * TXID_WORDS, (t + 1) * TXID_WORDS)) - record.firstTx
    // A later coinbase may have the id of an earlier one, and is then what is found (BIP 30).
    if (found < t || !sameKey(txids, found * TXID_WORDS, txids, t * TXID_WORDS, TXID_WORDS)) {
      report('tx.slot', `the id of transaction ${t} of the segment is not found under it`)
      return
    }
  }
  const hashes = segment.u32('foreign.hash')
  const indexes = segment.u32('foreign.index')
  for (let k = 0; k < record.foreign; k++) {
    const outpoint = hashes.subarray(k * TXID_WORDS, (k + 1) * TXID_WORDS)
    if (ledger.findForeign(outpoint, indexes[k] as number) !== foreignNumber(record.firstForeign + k)) {
      report('foreign.hash', `output ${k} from before the ledger is spent twice`)
      return
    }
  }
}

/** The outputs of each account stand under it, all of them, foreign ones first and each kind in chain order; and as many as it spends are counted. */
function checkPaid(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const { record, active, columns } = segment
  const start = segment.u32('paid.start')
  const paid = segment.u32('paid.output')
  for (let g = 0; g < record.active; g++) {
    const account = active === null ? g : (active[g] as number)
    let before = -1
    for (let p = start[g] as number; p < (start[g + 1] as number); p++) {
      const output = paid[p] as number
      const foreign = segment.foreignAt(output)
      if (foreign === -1 && !segment.hasOutput(output)) {
        report('paid.output', `position ${p} names output ${output}, which is not of this segment`)
        return
      }
      if (ledger.accountOf(output) !== account) report('paid.output', `position ${p}: output ${output} is not paid to account ${account}`)
      const place = foreign === -1 ? record.foreign + output - record.firstOutput : foreign
      if (place <= before) report('paid.output', `position ${p}: output ${output} stands after a later one, or twice`)
      before = place
    }
  }
  let withAccount = 0
  for (const column of [columns.outAccount, segment.u32('foreign.account')])
    for (const account of column) if (account !== ABSENT) withAccount += 1
  if (paid.length !== withAccount) report('paid.output', `holds ${paid.length} outputs and should hold ${withAccount}`)
  const spends = new Uint32Array(record.active)
  for (const output of columns.inOutput) {
    const account = ledger.accountOf(output)
    if (account === ABSENT) continue
    const group = segment.group(account)
    if (group === -1) {
      report('active', `account ${account} is spent from and is not in it`)
      return
    }
    spends[group] = (spends[group] as number) + 1
  }
  const wrong = segment.u32('paid.spent').findIndex((count, g) => count !== spends[g])
  if (wrong !== -1) report('paid.spent', `entry ${wrong} does not count the inputs of its account`)
}

/** Transfers are numbered as inputs matched with outputs give them. */
function checkRows(ledger: LocalBitcoinLedger, segment: BitcoinSegment, report: Report): void {
  const rows = rowsOf({ ...segment.columns, satoshisOf: (output) => ledger.satoshisOf(output) }, segment.u8('tx.hash'))
  const wrong = segment.u32('tx.row').findIndex((row, tx) => row !== rows[tx])
  if (wrong !== -1) report('tx.row', `entry ${wrong} does not count the transfers before it`)
}
