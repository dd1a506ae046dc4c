/** Deposit addresses given out so far, and whose they are. */
export interface Deposits {
  /** Deposit address of an honest account at its own exchange, by the account's number; 0 while there is none. */
  readonly ofAccount: Uint32Array
  readonly length: number
  readonly account: Uint32Array
  /** Index of the exchange (`Exchange.index`). */
  readonly exchange: Uint8Array
  /** Customer's account. */
  readonly owner: Uint32Array
  add(account: number, exchange: number, owner: number): void
  /** Index of the exchange that a deposit address belongs to. */
  exchangeOf(account: number): number
}

export function createDeposits(accounts: number): Deposits {
  const state = {
    ofAccount: new Uint32Array(accounts),
    length: 0,
    account: new Uint32Array(1024),
    exchange: new Uint8Array(1024),
    owner: new Uint32Array(1024),
    add(account: number, exchange: number, owner: number) {
      const at = state.length
      if (at === state.account.length) {
        state.account = widened(state.account, new Uint32Array(at * 2))
        state.exchange = widened(state.exchange, new Uint8Array(at * 2))
        state.owner = widened(state.owner, new Uint32Array(at * 2))
      }
      state.account[at] = account
      state.exchange[at] = exchange
      state.owner[at] = owner
      state.length = at + 1
    },
    /** Accounts are numbered in the order that they are given out, so the list is sorted. */
    exchangeOf(account: number) {
      let low = 0
      let high = state.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (state.account[middle]! < account) low = middle + 1
        else high = middle
      }
      if (state.account[low] !== account) throw new Error(`account ${account} is no deposit address`)
      return state.exchange[low]!
    },
  }
  return state
}

function widened<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
