import { SCRIPT_TYPES } from '../../../chain/index.ts'
import { ABSENT } from '../../ledger.ts'
import { type Report, rising } from '../../local/verify.ts'
import { expectedBitcoinBytes, KEY_WORDS } from './layout.ts'
import type { BitcoinSegment } from './segment.ts'

/** Bytes of an entry in the files whose number of entries varies. */
const ENTRY_BYTES: Readonly<Record<string, number>> = {
  'account.bucket': 4,
  'tx.bucket': 4,
  'tx.slot': 4,
  'spend.output': 4,
  'spend.tx': 4,
  'paid.output': 4,
  'script.account': 4,
  'script.start': 8,
  'script.bytes': 1,
  'data.output': 4,
  'data.start': 8,
  'data.bytes': 1,
}

/**
 * Whether every column of a segment can be read on its own: offsets that rise and end where they must, numbers of things that there are. What compares columns with one another may rely on it:
 * no loop is then longer than the columns are.
 */
export function checkColumns(segment: BitcoinSegment, report: Report): void {
  if (!sizesAreWhole(segment, report)) return
  const { record } = segment
  const ends = { tx: record.firstTx + record.transactions, account: record.firstAccount + record.accounts }
  const column = (name: string): Uint32Array => segment.u32(name)
  checkStarts(column('tx.in'), 'tx.in', record.inputs, report)
  checkStarts(column('tx.out'), 'tx.out', record.outputs, report)
  checkStarts(column('tx.row'), 'tx.row', record.rows, report)
  checkStarts(column('paid.start'), 'paid.start', column('paid.output').length, report)
  rising(column('block.height'), 'block.height', report, true)
  rising(column('block.tx'), 'block.tx', report, true)
  if (record.blocks > 0 && column('block.tx')[0] !== 0) report('block.tx', 'the first block does not begin with the first transaction')
  if ((column('block.tx').at(-1) ?? 0) > record.transactions) report('block.tx', 'the last block begins after the last transaction')
  checkNumbers(column('out.account'), 'out.account', { from: 0, end: ends.account, absent: true }, report)
  checkNumbers(column('foreign.account'), 'foreign.account', { from: 0, end: ends.account, absent: true }, report)
  checkNumbers(column('out.spender'), 'out.spender', { from: record.firstTx, end: ends.tx, absent: true }, report)
  checkNumbers(column('foreign.tx'), 'foreign.tx', { from: record.firstTx, end: ends.tx }, report)
  checkNumbers(column('spend.tx'), 'spend.tx', { from: record.firstTx, end: ends.tx }, report)
  checkNumbers(column('spend.output'), 'spend.output', { from: 0, end: record.firstOutput }, report)
  rising(column('spend.output'), 'spend.output', report, true)
  if (column('spend.output').length !== column('spend.tx').length) report('spend.tx', 'does not have an entry for each of spend.output')
  const { active } = segment
  if (active !== null) {
    rising(active, 'active', report, true)
    checkNumbers(active, 'active', { from: 0, end: ends.account }, report)
  }
  checkOutputs(segment, report)
  checkTypes(segment, report)
  checkTexts(segment, 'script', report)
  checkTexts(segment, 'data', report)
  checkNumbers(column('script.account'), 'script.account', { from: record.firstAccount, end: ends.account }, report)
  checkNumbers(column('data.output'), 'data.output', { from: record.firstOutput, end: record.firstOutput + record.outputs }, report)
  checkIndex(segment, 'account', record.accounts, report)
  checkIndex(segment, 'tx', record.transactions, report)
}

/** Without this there are no columns to speak of. */
function sizesAreWhole({ record }: BitcoinSegment, report: Report): boolean {
  const fixed = expectedBitcoinBytes(record)
  let whole = true
  const say: Report = (name, what) => {
    report(name, what)
    whole = false
  }
  for (const [name, { bytes }] of Object.entries(record.files)) {
    if (name in fixed) continue
    const width = ENTRY_BYTES[name]
    if (width === undefined) say(name, 'is no file of a Bitcoin ledger')
    else if (bytes % width !== 0) say(name, `has ${bytes} bytes, which is no whole number of entries`)
  }
  for (const name of Object.keys(ENTRY_BYTES)) if (record.files[name] === undefined) say(name, 'is not in the manifest')
  return whole
}

function checkStarts(starts: Uint32Array, name: string, end: number, report: Report): void {
  rising(starts, name, report, false)
  if (starts[0] !== 0 || starts.at(-1) !== end) report(name, `runs from ${starts[0]} to ${starts.at(-1)} and should run from 0 to ${end}`)
}

function checkNumbers(
  column: Uint32Array,
  name: string,
  { from, end, absent = false }: { readonly from: number; readonly end: number; readonly absent?: boolean },
  report: Report,
): void {
  const wrong = column.findIndex((number) => (number < from || number >= end) && !(absent && number === ABSENT))
  if (wrong !== -1) report(name, `entry ${wrong} is ${column[wrong]}, and there are ${from} to ${end - 1} here`)
}

/** Each input spends an output of this segment, of one before it, or from before the ledger; the last kind in the order of the inputs, each once. */
function checkOutputs(segment: BitcoinSegment, report: Report): void {
  const { record } = segment
  const end = record.firstOutput + record.outputs
  let foreign = 0
  for (const [i, output] of segment.u32('in.output').entries()) {
    if (output < end) continue
    if (segment.foreignAt(output) === foreign) foreign += 1
    else {
      report('in.output', `entry ${i} is ${output}: no output that there is by then, nor the next from before the ledger`)
      return
    }
  }
  if (foreign !== record.foreign) report('in.output', `spends ${foreign} outputs from before the ledger, and ${record.foreign} are kept`)
}

function checkTypes(segment: BitcoinSegment, report: Report): void {
  const keys = segment.u32('account.key')
  for (let a = 0; a < segment.record.accounts; a++) {
    const type = keys[a * KEY_WORDS] as number
    if (type >= SCRIPT_TYPES.length) {
      report('account.key', `account ${a} of the segment has the script type ${type}`)
      return
    }
  }
}

/** Scripts kept whole: one after the other, each with its account or output. */
function checkTexts(segment: BitcoinSegment, kind: 'script' | 'data', report: Report): void {
  const of = kind === 'script' ? 'script.account' : 'data.output'
  const start = segment.f64(`${kind}.start`)
  const bytes = segment.u8(`${kind}.bytes`).length
  rising(segment.u32(of), of, report, true)
  if (start.length !== segment.u32(of).length + 1) report(`${kind}.start`, `does not have an entry for each of ${of}, and one for the end`)
  else if (start[0] !== 0 || start.at(-1) !== bytes) report(`${kind}.start`, `does not run from 0 to ${bytes}`)
  const wrong = start.findIndex((at, k) => !Number.isSafeInteger(at) || (k > 0 && at < (start[k - 1] as number)))
  if (wrong !== -1) report(`${kind}.start`, `entry ${wrong} is no whole number from the one before on`)
}

function checkIndex(segment: BitcoinSegment, name: 'account' | 'tx', count: number, report: Report): void {
  const bucket = segment.u32(`${name}.bucket`)
  const slot = segment.u32(`${name}.slot`)
  if (slot.length !== count) report(`${name}.slot`, `has ${slot.length} entries for ${count} keys`)
  if (!Number.isInteger(Math.log2(bucket.length - 1)))
    report(`${name}.bucket`, `has ${bucket.length - 1} buckets, which is no power of two`)
  checkStarts(bucket, `${name}.bucket`, slot.length, report)
  checkNumbers(slot, `${name}.slot`, { from: 0, end: count }, report)
}
