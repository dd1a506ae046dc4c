import type { MemoTransaction, SwapMemo } from './memo.ts'
import { thorchainSwap, thorchainVaultSpends } from './thorchain.ts'

export type { MemoTransaction, SwapMemo } from './memo.ts'
export { printable, pushedBytes } from './push.ts'

/** Protocols whose memos are read; a new one is one file beside these and one line here. */
const PROTOCOLS: readonly {
  readonly swap: (tx: MemoTransaction) => SwapMemo | null
  /** Whether the protocol's own vaults say of a transaction that they made it. */
  readonly vaultSpends: (tx: MemoTransaction) => boolean
}[] = [{ swap: thorchainSwap, vaultSpends: thorchainVaultSpends }]

/** The swap that a transaction asks for in an OP_RETURN, or null. */
export function swapMemo(tx: MemoTransaction): SwapMemo | null {
  if (tx.data.length === 0) return null
  for (const { swap } of PROTOCOLS) {
    const memo = swap(tx)
    if (memo !== null) return memo
  }
  return null
}

/**
 * Whether the spender of an output shows that it was no vault's: anybody may write a memo beside a payment to themselves, but what a protocol's vault spends carries the protocol's own memo.
 * False while nobody has spent it, and for a spender who imitates the vault's memo too.
 */
export function contradictsSwap(spender: MemoTransaction): boolean {
  return !PROTOCOLS.some(({ vaultSpends }) => vaultSpends(spender))
}
