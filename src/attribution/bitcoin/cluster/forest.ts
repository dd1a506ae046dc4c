import type { AccountId } from '../../../ledger/index.ts'

/**
 * Disjoint sets of accounts (Galler, Fischer 1964; path halving by Tarjan, van Leeuwen 1984) in four bytes an account. The root of a set is its smallest account:
 * links lead to smaller numbers only, and the roots do not depend on the order of unions. Account numbers rise with first appearance, so that linking by number
 * is linking by age, which keeps paths as short as linking at random does.
 */
export function newForest(accounts: number): Uint32Array {
  const parent = new Uint32Array(accounts)
  for (let account = 0; account < accounts; account++) parent[account] = account
  return parent
}

export function rootOf(parent: Uint32Array, account: AccountId): AccountId {
  for (;;) {
    const up = parent[account] as AccountId
    if (up === account) return account
    const above = parent[up] as AccountId
    if (above === up) return up
    parent[account] = above
    account = above
  }
}

/**
 * Turn a forest into a table of clusters in the same four bytes, in one pass: a member holds its root, which is smaller than itself; a root holds its own number plus
 * the members beside it, which is not. No unions after this.
 */
export function seal(parent: Uint32Array): void {
  for (let account = 0; account < parent.length; account++) {
    const up = parent[account] as AccountId
    if (up === account) continue
    // `up` is smaller, hence sealed already: a root, or a member that holds its root.
    const held = parent[up] as number
    const root = held >= up ? up : held
    parent[account] = root
    parent[root] = (parent[root] as number) + 1
  }
}

export function sealedRoot(sealed: Uint32Array, account: AccountId): AccountId {
  const held = sealed[account] as number
  return held >= account ? account : held
}

/** Members of the set whose root is given. */
export function sealedSize(sealed: Uint32Array, root: AccountId): number {
  return (sealed[root] as number) - root + 1
}
