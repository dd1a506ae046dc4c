import { balances, transfers } from './account.ts'
import { ledgerAt } from './open-ledgers.ts'
import { reach } from './reach.ts'
import { library, lookUp, lookUpTransaction } from './tags.ts'
import { transaction } from './transaction.ts'

export { useTags } from './tags.ts'

/** What the library answers. Each takes plain data and gives plain data. */
export const QUESTIONS = {
  manifest: async ({ folder }: { readonly folder: string }) => (await ledgerAt(folder)).manifest,
  balances,
  transfers,
  transaction,
  reach,
  lookUp,
  lookUpTransaction,
  library,
}
