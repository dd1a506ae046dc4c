import type { Random } from '../random.ts'
import type { Addresses, AddressNumber } from './addresses.ts'
import type { BitcoinSizes } from './sizes.ts'
import { COLD, drawSoftware, SERVICE, SOFTWARE, type Software, VAULT } from './software.ts'
import type { Owner, Wallet } from './world.ts'

/** A company that takes deposits at addresses of its customers' own and pays out of a hot wallet. */
export interface Exchange {
  readonly index: number
  readonly owner: Owner
  readonly name: string
  readonly hot: Wallet
  readonly hotAddresses: readonly AddressNumber[]
  readonly cold: Wallet
  readonly deposits: Wallet
  /** Whether the public knows its hot wallet. */
  readonly tagged: boolean
}

/** Everyone with a part of their own; users are the crowd. */
export interface Cast {
  readonly exchanges: readonly Exchange[]
  readonly miners: readonly Wallet[]
  readonly merchants: readonly Wallet[]
  readonly users: readonly Wallet[]
  /** A cross-chain swap service in the manner of THORChain: value to a vault, the order as data beside it. */
  readonly vault: Wallet
  /** They take fees of CoinJoins. */
  readonly coordinators: { readonly wasabi: Wallet; readonly whirlpool: Wallet }
}

const EXCHANGE_FIRST = ['Nord', 'Oak', 'Pear', 'Quill', 'Raven', 'Silt', 'Tern', 'Umber', 'Vale', 'Wren', 'Yarrow', 'Zinc']
const EXCHANGE_SECOND = ['desk', 'market', 'trade', 'mint']
const HOT_TYPES = ['p2wpkh', 'p2sh', 'p2wpkh', 'p2pkh', 'p2wsh'] as const
const MINER_TYPES = ['p2wpkh', 'p2pkh', 'p2tr', 'p2pk', 'p2sh'] as const

export function createCast(sizes: BitcoinSizes, addresses: Addresses, wallets: Wallet[], random: Random): Cast {
  const wallet = (owner: Owner, role: Wallet['role'], software: Software): Wallet => addWallet(wallets, owner, role, software)
  const fixed = (of: Wallet): AddressNumber => {
    of.address = addresses.add(of.software.type, of.number)
    return of.address
  }

  const exchanges = Array.from({ length: sizes.exchanges }, (_, index): Exchange => {
    const name = `${EXCHANGE_FIRST[index % EXCHANGE_FIRST.length]}${EXCHANGE_SECOND[Math.floor(index / EXCHANGE_FIRST.length) % EXCHANGE_SECOND.length]}`
    const owner: Owner = { id: `sim_${name.toLowerCase()}`, kind: 'exchange' }
    const software = { ...SERVICE, type: HOT_TYPES[index % HOT_TYPES.length]! }
    const hot = wallet(owner, 'hot', software)
    const hotAddresses = Array.from({ length: 1 + (index < 2 ? 2 : random.below(2)) }, () => fixed(hot))
    const cold = wallet(owner, 'cold', COLD)
    fixed(cold)
    const deposits = wallet(owner, 'deposit', { ...software, reuse: 0 })
    // Every sixth exchange is unknown to the public, as a share of hubs is on any chain.
    return { index, owner, name, hot, hotAddresses, cold, deposits, tagged: index % 6 !== 5 }
  })
  const miners = Array.from({ length: sizes.miners }, (_, i) => {
    const miner = wallet({ id: `miner-${i + 1}`, kind: 'miner' }, 'mining', { ...SERVICE, type: MINER_TYPES[i % MINER_TYPES.length]! })
    fixed(miner)
    return miner
  })
  const merchants = Array.from({ length: sizes.merchants }, (_, i) =>
    wallet({ id: `merchant-${i + 1}`, kind: 'merchant' }, 'wallet', { ...SOFTWARE[[3, 5, 0][i % 3]!]!, reuse: 0 }),
  )
  const vault = wallet({ id: 'sim_causeway', kind: 'swap service' }, 'vault', VAULT)
  fixed(vault)
  const coordinator = (id: string) => {
    const made = wallet({ id, kind: 'coordinator' }, 'wallet', { ...VAULT, reuse: id.endsWith('1') ? 1_000 : 0 })
    fixed(made)
    return made
  }
  const coordinators = { wasabi: coordinator('coordinator-1'), whirlpool: coordinator('coordinator-2') }
  const users = Array.from({ length: sizes.users }, (_, i) => wallet({ id: `user-${i + 1}`, kind: 'user' }, 'wallet', drawSoftware(random)))
  return { exchanges, miners, merchants, users, vault, coordinators }
}

export function addWallet(wallets: Wallet[], owner: Owner, role: Wallet['role'], software: Software): Wallet {
  const made: Wallet = { number: wallets.length, owner, role, software, coins: [], address: -1 }
  wallets.push(made)
  return made
}
