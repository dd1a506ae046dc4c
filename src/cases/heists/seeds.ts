import { bitcoinNetwork, type ChainId } from '../../chain/index.ts'
import type { Seed } from '../../trace/index.ts'
import type { Heist, Register } from './heist.ts'

/** The chains that a trace of a theft can begin on, those with transactions first. */
export function seedChains(heist: Heist): ChainId[] {
  return [...new Set([...heist.transactions, ...heist.addresses.filter(({ role }) => role === 'received')].map(({ chain }) => chain))]
}

/**
 * The seeds of a theft on a chain: the transactions that took the money, where the register has them; else the addresses that received it from the victim. Never
 * both, which would count the same money twice. Empty where the register knows neither; `heist.seedsNote` says why.
 */
export function heistSeeds(heist: Heist, chain: ChainId): Seed[] {
  const transactions = heist.transactions.filter((each) => each.chain === chain)
  if (transactions.length > 0) return transactions.map(({ hash }) => ({ kind: 'transaction', transaction: hash }))
  return heist.addresses
    .filter((each) => each.chain === chain && each.role === 'received')
    .map(({ address }) => ({ kind: 'account', account: accountName(address, chain), asset: null, from: null }))
}

/** The same as text, a seed a line, as `cordon trace --seeds` takes it; remarks say which theft of which register. */
export function heistSeedText(register: Register, heist: Heist, chain: ChainId): string {
  const lines = heistSeeds(heist, chain).map((seed) =>
    seed.kind === 'transaction' || seed.kind === 'transfer' ? seed.transaction : seed.account,
  )
  return [`# ${heist.victim} (${heist.id}) on ${chain}`, `# register of heists, SHA-256 ${register.digest}`, ...lines, ''].join('\n')
}

/** As ledgers name accounts: EVM in lower case; bech32 in lower case and Base58 as it is. */
function accountName(address: string, chain: ChainId): string {
  if (bitcoinNetwork(chain) === null) return address.toLowerCase()
  return /^bc1/i.test(address) ? address.toLowerCase() : address
}
