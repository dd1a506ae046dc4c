import type { AccountId, RowWindow, TransferBatch, ValueColumn } from '../ledger.ts'
import { isStart, transactionOf } from './bits.ts'
import type { DirectionColumns, Segment } from './segment.ts'
import { readValue, spreadValue } from './value.ts'
import { ADDRESS_WORDS, lowerBound } from './words.ts'

export const BATCH_ROWS = 1 << 16
/** Entries that are gathered and sorted at once; more are taken in several windows of rows, so memory stays bounded whatever a hub holds. */
const GATHER_ROWS = 1 << 20
/** Accounts from which the disk is asked for everything beforehand. */
const PREFETCH_ACCOUNTS = 16

/** A batch of this ledger; value words are open to those who know them. */
export class BatchColumns implements TransferBatch {
  readonly length: number
  readonly row: Uint32Array
  readonly tx: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly asset: Uint32Array
  readonly word: Uint32Array
  readonly alone: Uint8Array
  readonly value: ValueColumn

  constructor(length: number, wide: Uint8Array) {
    const word = new Uint32Array(length * 2)
    this.length = length
    this.row = new Uint32Array(length)
    this.tx = new Uint32Array(length)
    this.from = new Uint32Array(length)
    this.to = new Uint32Array(length)
    this.asset = new Uint32Array(length)
    this.word = word
    this.alone = new Uint8Array(length)
    this.value = {
      length,
      get: (i) => readValue(word[i * 2] as number, word[i * 2 + 1] as number, wide),
      words: (target) => {
        for (let i = 0; i < length; i++) {
          if (!spreadValue(word[i * 2] as number, word[i * 2 + 1] as number, wide, target, i * 4)) return false
        }
        return true
      },
    }
  }
}

/** Every transfer of a segment that touches one of the accounts (rising, each once), in chain order. */
export function* gather(segment: Segment, accounts: Uint32Array, window: RowWindow): Generator<TransferBatch> {
  const first = Math.max(window.fromRow ?? 0, segment.firstRow) - segment.firstRow
  const end = Math.min(window.toRow ?? segment.endRow, segment.endRow) - segment.firstRow
  if (first >= end) return
  const groups = groupsOf(segment, accounts)
  if (groups.account.length === 0) return
  if (groups.account.length >= PREFETCH_ACCOUNTS) prefetch(segment, groups.group)
  yield* gatherWindow(segment, groups, first, end)
}

interface Groups {
  readonly account: Uint32Array
  readonly group: Uint32Array
}

function groupsOf(segment: Segment, accounts: Uint32Array): Groups {
  const { active } = segment
  if (active === null) {
    // The first segment: accounts are their own groups, and those above it are not in it.
    const inside = lowerBound(accounts, segment.record.active)
    const account = accounts.subarray(0, inside)
    return { account, group: account }
  }
  const account: number[] = []
  const group: number[] = []
  let low = 0
  for (const id of accounts) {
    low = lowerBound(active, id, low)
    if (active[low] !== id) continue
    account.push(id)
    group.push(low)
  }
  return { account: Uint32Array.from(account), group: Uint32Array.from(group) }
}

/** Asks the disk for all that the accounts will need, in one go: cold reads then wait for the disk once and not once for each account. */
function prefetch(segment: Segment, groups: Uint32Array): void {
  for (const group of groups) {
    segment.prefetch('out.start', group * 4, group * 4 + 8)
    segment.prefetch('in.start', group * 4, group * 4 + 8)
  }
  const width = segment.record.assetWidth
  for (const [columns, names] of [
    [segment.out, ['out.row', 'out.to', 'out.asset', 'out.word']],
    [segment.in, ['in.row', 'in.from', 'in.asset', 'in.word']],
  ] as const) {
    const { start } = columns
    for (const group of groups) {
      const from = start[group] as number
      const to = start[group + 1] as number
      if (from === to) continue
      segment.prefetch(names[0], from * 4, to * 4)
      segment.prefetch(names[1], from * 4, to * 4)
      segment.prefetch(names[2], from * width, to * width)
      segment.prefetch(names[3], from * 8, to * 8)
    }
  }
}

function* gatherWindow(segment: Segment, groups: Groups, first: number, end: number): Generator<TransferBatch> {
  const whole = first === 0 && end === segment.record.rows
  const ranges = new Uint32Array(groups.group.length * 4)
  const total =
    findRanges(segment.out, groups.group, first, end, whole, ranges, 0) + findRanges(segment.in, groups.group, first, end, whole, ranges, 2)
  if (total === 0) return
  if (total > GATHER_ROWS && end - first > BATCH_ROWS) {
    const middle = first + Math.floor((end - first) / 2)
    yield* gatherWindow(segment, groups, first, middle)
    yield* gatherWindow(segment, groups, middle, end)
    return
  }
  yield* emit(segment, collect(segment, groups, ranges, total))
}

/** Positions of each group's transfers inside the window of rows, as (from, to) at 4i + offset. Returns how many there are. */
function findRanges(
  columns: DirectionColumns,
  groups: Uint32Array,
  first: number,
  end: number,
  whole: boolean,
  ranges: Uint32Array,
  offset: number,
): number {
  const { start, row } = columns
  let total = 0
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as number
    let from = start[group] as number
    let to = start[group + 1] as number
    if (!whole && from < to) {
      to = lowerBound(row, end, from, to)
      from = lowerBound(row, first, from, to)
    }
    ranges[i * 4 + offset] = from
    ranges[i * 4 + offset + 1] = to
    total += to - from
  }
  return total
}

/** Transfers as they were found, account by account, not yet in chain order. */
interface Entries {
  readonly length: number
  readonly row: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly asset: Uint32Array
  readonly word: Uint32Array
}

/** Copies all columns while an account's transfers lie side by side; picking them up in chain order would miss the cache for each one. */
function collect(segment: Segment, groups: Groups, ranges: Uint32Array, total: number): Entries {
  const row = new Uint32Array(total)
  const from = new Uint32Array(total)
  const to = new Uint32Array(total)
  const asset = new Uint32Array(total)
  const word = new Uint32Array(total * 2)
  const { out, in: into } = segment
  const members = memberTest(groups.account)
  let n = 0
  for (let i = 0; i < groups.account.length; i++) {
    const id = groups.account[i] as number
    const outEnd = ranges[i * 4 + 1] as number
    for (let p = ranges[i * 4] as number; p < outEnd; p++) {
      row[n] = out.row[p] as number
      from[n] = id
      to[n] = out.other[p] as number
      asset[n] = out.asset[p] as number
      word[n * 2] = out.word[p * 2] as number
      word[n * 2 + 1] = out.word[p * 2 + 1] as number
      n++
    }
    const inEnd = ranges[i * 4 + 3] as number
    for (let p = ranges[i * 4 + 2] as number; p < inEnd; p++) {
      const sender = into.other[p] as number
      // A transfer between two of the accounts has been found by its sender.
      if (members(sender)) continue
      row[n] = into.row[p] as number
      from[n] = sender
      to[n] = id
      asset[n] = into.asset[p] as number
      word[n * 2] = into.word[p * 2] as number
      word[n * 2 + 1] = into.word[p * 2 + 1] as number
      n++
    }
  }
  return { length: n, row, from, to, asset, word }
}

/** Whether an account is one of those asked for. */
function memberTest(accounts: Uint32Array): (account: AccountId) => boolean {
  const only = accounts[0]
  if (accounts.length === 1) return (account) => account === only
  if (accounts.length <= 8) return (account) => accounts.includes(account)
  let capacity = 32
  while (capacity < accounts.length * 3) capacity *= 2
  const mask = capacity - 1
  const table = new Uint32Array(capacity).fill(0xffff_ffff)
  for (const account of accounts) {
    let slot = Math.imul(account, 0x9e3779b1) & mask
    while (table[slot] !== 0xffff_ffff) slot = (slot + 1) & mask
    table[slot] = account
  }
  return (account) => {
    let slot = Math.imul(account, 0x9e3779b1) & mask
    for (;;) {
      const entry = table[slot] as number
      if (entry === account) return true
      if (entry === 0xffff_ffff) return false
      slot = (slot + 1) & mask
    }
  }
}

function* emit(segment: Segment, entries: Entries): Generator<TransferBatch> {
  const order = orderByRow(entries.row, entries.length)
  const { starts, wide, firstRow } = segment
  const { firstTx } = segment.record
  for (let begin = 0; begin < entries.length; begin += BATCH_ROWS) {
    const length = Math.min(BATCH_ROWS, entries.length - begin)
    const batch = new BatchColumns(length, wide)
    for (let i = 0; i < length; i++) {
      const e = order[begin + i] as number
      const row = entries.row[e] as number
      batch.row[i] = firstRow + row
      batch.tx[i] = firstTx + transactionOf(starts, row)
      batch.from[i] = entries.from[e] as number
      batch.to[i] = entries.to[e] as number
      batch.asset[i] = entries.asset[e] as number
      batch.word[i * 2] = entries.word[e * 2] as number
      batch.word[i * 2 + 1] = entries.word[e * 2 + 1] as number
      batch.alone[i] = isStart(starts.bits, row) && isStart(starts.bits, row + 1) ? 1 : 0
    }
    yield batch
  }
}

/** Order of entries by row. Rows differ. Few by insertion, many by radix sort of 11 bits at a time. */
function orderByRow(row: Uint32Array, length: number): Uint32Array {
  let order = new Uint32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  if (length < 64) {
    for (let i = 1; i < length; i++) {
      const e = order[i] as number
      const key = row[e] as number
      let j = i - 1
      while (j >= 0 && (row[order[j] as number] as number) > key) {
        order[j + 1] = order[j] as number
        j--
      }
      order[j + 1] = e
    }
    return order
  }
  let highest = 0
  for (let i = 0; i < length; i++) if ((row[i] as number) > highest) highest = row[i] as number
  let spare = new Uint32Array(length)
  const count = new Uint32Array(2049)
  for (let shift = 0; shift < 32 && highest >>> shift !== 0; shift += 11) {
    count.fill(0)
    for (let i = 0; i < length; i++) {
      const digit = (((row[i] as number) >>> shift) & 2047) + 1
      count[digit] = (count[digit] as number) + 1
    }
    for (let d = 0; d < 2048; d++) count[d + 1] = (count[d + 1] as number) + (count[d] as number)
    for (let i = 0; i < length; i++) {
      const e = order[i] as number
      const digit = ((row[e] as number) >>> shift) & 2047
      const at = count[digit] as number
      count[digit] = at + 1
      spare[at] = e
    }
    const last = order
    order = spare
    spare = last
  }
  return order
}

/** The given rows of a segment (within it, rising), looked up one by one through their senders. */
export function readRows(segment: Segment, rows: Uint32Array): BatchColumns {
  const { out, from, starts, wide, firstRow } = segment
  const batch = new BatchColumns(rows.length, wide)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const account = from[row] as number
    const p = positionOf(segment, account, row)
    batch.row[i] = firstRow + row
    batch.tx[i] = segment.record.firstTx + transactionOf(starts, row)
    batch.from[i] = account
    batch.to[i] = out.other[p] as number
    batch.asset[i] = out.asset[p] as number
    batch.word[i * 2] = out.word[p * 2] as number
    batch.word[i * 2 + 1] = out.word[p * 2 + 1] as number
    batch.alone[i] = isStart(starts.bits, row) && isStart(starts.bits, row + 1) ? 1 : 0
  }
  return batch
}

/** Position of a row among the transfers of its sender. */
function positionOf(segment: Segment, account: AccountId, row: number): number {
  const { out } = segment
  const group = segment.group(account)
  return lowerBound(out.row, row, out.start[group] as number, out.start[group + 1] as number)
}

/** Address words of an account that first appears in this segment. */
export function accountKey(segment: Segment, account: AccountId): Uint32Array {
  const at = (account - segment.record.firstAccount) * ADDRESS_WORDS
  return segment.accountKeys.subarray(at, at + ADDRESS_WORDS)
}
