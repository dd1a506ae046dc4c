import type { AccountId, Row } from '../ledger.ts'
import { isStart, transactionOf } from './bits.ts'
import { ContentHasher } from './content.ts'
import { readRows } from './gather.ts'
import { CHUNK_ROWS } from './layout.ts'
import type { Segment } from './segment.ts'
import { readValue, WIDE } from './value.ts'
import { ADDRESS_WORDS, HASH_WORDS, lowerBound } from './words.ts'

const PART_ROWS = 1 << 14

/** A hasher that has taken in a whole ledger, its unfinished last run read again: what an append goes on from. */
export function resumeHasher(segments: readonly Segment[], chunks: readonly string[]): ContentHasher {
  const end = segments.at(-1)?.endRow ?? 0
  const whole = Math.floor(end / CHUNK_ROWS)
  const hasher = new ContentHasher(chunks.slice(0, whole))
  rehash(segments, whole * CHUNK_ROWS, end, hasher)
  return hasher
}

/**
 * Feeds rows from `first` (where a run begins) to `end` into a hasher, from the columns on disk. A last run that is not full is left
 * unfinished.
 */
export function rehash(segments: readonly Segment[], first: Row, end: Row, hasher: ContentHasher): void {
  let account = accountsBefore(segments, first)
  for (const segment of segments) {
    const stop = Math.min(end, segment.endRow)
    for (let row = Math.max(first, segment.firstRow); row < stop; ) {
      const next = Math.min(stop, row + PART_ROWS, row + hasher.room)
      feed(segment, row - segment.firstRow, next - segment.firstRow, hasher)
      row = next
      if (hasher.room > 0) continue
      account = feedAccounts(segments, account, accountsBefore(segments, row), hasher)
      hasher.finish()
    }
  }
  feedAccounts(segments, account, accountsBefore(segments, end), hasher)
}

/** Rows `[first, end)` of a segment. */
function feed(segment: Segment, first: number, end: number, hasher: ContentHasher): void {
  const { blockRow, blockNumber, blockTime, starts, txHashes, index, wide } = segment
  for (let block = lowerBound(blockRow, first); block < blockRow.length && (blockRow[block] as number) < end; block++) {
    const time = blockTime[block] as number
    hasher.startBlock((blockRow[block] as number) - first, blockNumber[block] as number, Number.isNaN(time) ? -1 : time)
  }
  const rows = new Uint32Array(end - first)
  const indexes = new Int32Array(rows.length).fill(-1)
  for (let i = 0; i < rows.length; i++) {
    rows[i] = first + i
    if (index !== null) indexes[i] = index[first + i] as number
    if (isStart(starts.bits, first + i)) hasher.startTransaction(i, txHashes, transactionOf(starts, first + i) * HASH_WORDS)
  }
  const batch = readRows(segment, rows)
  const value = new Uint32Array(rows.length * 4)
  for (let i = 0; i < rows.length; i++) {
    const low = batch.word[i * 2] as number
    const high = batch.word[i * 2 + 1] as number
    if (high < WIDE) {
      value[i * 4] = low
      value[i * 4 + 1] = high
      continue
    }
    const whole = readValue(low, high, wide)
    for (let k = 0; k < 4; k++) value[i * 4 + k] = Number((whole >> BigInt(k * 32)) & 0xffff_ffffn)
    if (whole >= 1n << 128n) hasher.large(i, whole >> 128n)
  }
  hasher.append(batch.from, batch.to, batch.asset, indexes, value)
}

function feedAccounts(segments: readonly Segment[], first: AccountId, end: AccountId, hasher: ContentHasher): AccountId {
  for (const { record, accountKeys } of segments) {
    const from = Math.max(first, record.firstAccount) - record.firstAccount
    const to = Math.min(end, record.firstAccount + record.accounts) - record.firstAccount
    if (from < to) hasher.addAccounts(accountKeys.slice(from * ADDRESS_WORDS, to * ADDRESS_WORDS))
  }
  return end
}

/** Accounts that appear before `row`. Their first rows rise with their numbers, so it is found by halving. */
function accountsBefore(segments: readonly Segment[], row: Row): number {
  const last = segments.at(-1)
  let low = 0
  let high = last === undefined ? 0 : last.record.firstAccount + last.record.accounts
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (firstAppearance(segments, middle) < row) low = middle + 1
    else high = middle
  }
  return low
}

function firstAppearance(segments: readonly Segment[], account: AccountId): Row {
  const segment = segments.findLast(({ record }) => record.accounts > 0 && record.firstAccount <= account)
  if (segment === undefined) return 0
  const group = segment.group(account)
  let first = segment.record.rows
  for (const { start, row } of [segment.out, segment.in]) {
    const at = start[group] as number
    if (at < (start[group + 1] as number)) first = Math.min(first, row[at] as number)
  }
  return segment.firstRow + first
}
