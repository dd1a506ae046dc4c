import type { AccountId, Ledger, Row } from '../ledger/index.ts'

export interface ReachOptions {
  /** Where value is at the start: each account from the given row on. */
  readonly from: ReadonlyMap<AccountId, Row>
  /** Accounts that are reached but not passed through. */
  readonly stops: (account: AccountId) => boolean
  /** Accounts passed through at most; the earliest reached come first. */
  readonly maxAccounts: number
  /** Row from which on nothing is looked at; none when left out. */
  readonly until?: Row
  /** Ask the disk early for what will be read next: pays where the ledger is not in memory yet. */
  readonly readAhead?: boolean
}

export interface Reach {
  /** Every account that value can have reached, with the row of its earliest arrival (the given row for the start). */
  readonly arrival: ReadonlyMap<AccountId, Row>
  /** Accounts whose outgoing transfers were read. */
  readonly passed: number
  readonly transfersRead: number
  /** True when `maxAccounts` ended the search. */
  readonly limited: boolean
}

/** Accounts asked for at once. */
const READ_AHEAD = 32

/**
 * Scout ahead of a trace: which accounts can stolen value have reached at all, and when first? Earliest arrival over transfers in chain order, whatever their
 * asset and amount: the reach of poison, a superset of every policy's. Each account is settled once, in order of its arrival (Dijkstra with rows for lengths), and its
 * outgoing transfers are read where they lie.
 *
 * Returns null for a ledger that cannot be read in place.
 */
export function scout(ledger: Ledger, options: ReachOptions): Reach | null {
  const outgoing = ledger.outgoing
  if (outgoing === undefined) return null
  const { stops, maxAccounts, until = Number.POSITIVE_INFINITY } = options
  const arrival = new Map<AccountId, Row>(options.from)
  const heap = new RowHeap()
  for (const [account, row] of options.from) heap.push(row - 1, account)
  const ahead = options.readAhead === true ? ledger.readAhead : undefined
  let waiting: AccountId[] = []
  let passed = 0
  let transfersRead = 0
  while (heap.size > 0) {
    const account = heap.account
    const after = heap.row
    heap.pop()
    // Entered again since: an earlier arrival has settled it.
    if (after > (arrival.get(account) as number)) continue
    if (passed === maxAccounts) return { arrival, passed, transfersRead, limited: true }
    if (passed > 0 && !options.from.has(account) && stops(account)) continue
    passed += 1
    for (const { firstRow, row, to, start, end } of outgoing(account)) {
      let i = start
      let above = end
      while (i < above) {
        const middle = (i + above) >>> 1
        if ((row[middle] as number) + firstRow <= after) i = middle + 1
        else above = middle
      }
      for (; i < end; i++) {
        const receiver = to[i] as number
        const at = (row[i] as number) + firstRow
        if (at >= until) break
        transfersRead += 1
        const known = arrival.get(receiver)
        if (known !== undefined && known <= at) continue
        if (known === undefined && ahead !== undefined && !stops(receiver)) waiting.push(receiver)
        arrival.set(receiver, at)
        heap.push(at, receiver)
      }
    }
    if (ahead !== undefined && waiting.length >= READ_AHEAD) {
      ahead(waiting)
      waiting = []
    }
  }
  return { arrival, passed, transfersRead, limited: false }
}

/** A binary heap of (row, account) in two growing arrays. */
class RowHeap {
  #rows = new Float64Array(1024)
  #accounts = new Uint32Array(1024)
  size = 0

  get row(): Row {
    return this.#rows[0] as number
  }

  get account(): AccountId {
    return this.#accounts[0] as number
  }

  push(row: Row, account: AccountId): void {
    if (this.size === this.#rows.length) {
      const rows = new Float64Array(this.size * 2)
      const accounts = new Uint32Array(this.size * 2)
      rows.set(this.#rows)
      accounts.set(this.#accounts)
      this.#rows = rows
      this.#accounts = accounts
    }
    const rows = this.#rows
    const accounts = this.#accounts
    let i = this.size++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if ((rows[parent] as number) <= row) break
      rows[i] = rows[parent] as number
      accounts[i] = accounts[parent] as number
      i = parent
    }
    rows[i] = row
    accounts[i] = account
  }

  pop(): void {
    const rows = this.#rows
    const accounts = this.#accounts
    const last = --this.size
    const row = rows[last] as number
    const account = accounts[last] as number
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= last) break
      if (child + 1 < last && (rows[child + 1] as number) < (rows[child] as number)) child += 1
      if ((rows[child] as number) >= row) break
      rows[i] = rows[child] as number
      accounts[i] = accounts[child] as number
      i = child
    }
    rows[i] = row
    accounts[i] = account
  }
}
