import type { AccountId } from '../ledger.ts'

/**
 * Whom value comes from or goes to where no locking script is behind it. They have numbers that no ledger gives to a script, and names that are no addresses.
 */
export const PSEUDO_ACCOUNTS = {
  /** Payer of what a coinbase creates: new coins and the fees of its block. */
  issuance: 0xffff_fffd,
  /** Inputs of which the ledger does not know the value or the script, and what stands for the known inputs of such a transaction as receiver. */
  unknown: 0xffff_fffc,
  /** OP_RETURN outputs: nobody can spend them. */
  unspendable: 0xffff_fffb,
} as const satisfies Record<string, AccountId>

const NAMES = new Map<AccountId, string>(Object.entries(PSEUDO_ACCOUNTS).map(([name, account]) => [account, name]))

/** Name of a pseudo-account, or null for every other number. */
export function pseudoName(account: AccountId): string | null {
  return NAMES.get(account) ?? null
}
