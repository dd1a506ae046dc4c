import type { BitcoinTransaction } from '../../../ledger/index.ts'
import type { SwapMemo } from './memo.ts'
import { thorchainSwap } from './thorchain.ts'

export type { SwapMemo } from './memo.ts'
export { printable, pushedBytes } from './push.ts'

/** Protocols whose memos are read; a new one is one file beside these and one name here. */
const PROTOCOLS: readonly ((tx: Pick<BitcoinTransaction, 'data' | 'outputs'>) => SwapMemo | null)[] = [thorchainSwap]

/** The swap that a transaction asks for in an OP_RETURN, or null. */
export function swapMemo(tx: Pick<BitcoinTransaction, 'data' | 'outputs'>): SwapMemo | null {
  if (tx.data.length === 0) return null
  for (const read of PROTOCOLS) {
    const memo = read(tx)
    if (memo !== null) return memo
  }
  return null
}
