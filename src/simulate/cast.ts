import { DAI, type SimulatedAsset, USDC, USDT, WETH } from './assets.ts'
import type { Random } from './random.ts'
import type { Sizes } from './sizes.ts'

/** A company that takes deposits at addresses of its customers' own and pays out of hot wallets. */
export interface Exchange {
  readonly index: number
  readonly id: string
  readonly name: string
  /** `instant`: swaps without an account; takes in one asset and pays another out to any address. */
  readonly kind: 'exchange' | 'instant'
  readonly hots: readonly number[]
  readonly cold: number
  /** Whether the public knows its hot wallets. */
  readonly tagged: boolean
}

export interface Pool {
  readonly account: number
  readonly a: number
  readonly b: number
  readonly tagged: boolean
}

/** Contracts that other people's money is mixed in. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly kind: 'mixer' | 'bridge' | 'lending' | 'router'
  readonly account: number
  readonly tagged: boolean
}

/** Everyone with a part of their own; users are the crowd. */
export interface Cast {
  /** Companies first, instant exchangers last. */
  readonly exchanges: readonly Exchange[]
  readonly instants: readonly Exchange[]
  readonly pools: readonly Pool[]
  readonly poolsOf: readonly (readonly Pool[])[]
  readonly routers: readonly Service[]
  readonly lenders: readonly Service[]
  readonly bridges: readonly Service[]
  readonly mixers: readonly Service[]
  readonly merchants: readonly number[]
  readonly payers: readonly number[]
  readonly bots: readonly number[]
  readonly spammers: readonly number[]
  /** First user; users are numbered on from it. */
  readonly firstUser: number
  /** First number that nobody has yet. */
  readonly next: number
}

const EXCHANGE_FIRST = ['Nord', 'Oak', 'Pear', 'Quill', 'Raven', 'Silt', 'Tern', 'Umber', 'Vale', 'Wren', 'Yarrow', 'Zinc']
const EXCHANGE_SECOND = ['desk', 'market', 'trade', 'mint']

export function createCast(sizes: Sizes, assets: readonly SimulatedAsset[], random: Random): Cast {
  let next = 1
  const take = () => next++
  const several = (n: number) => Array.from({ length: n }, take)

  const company = (index: number, kind: Exchange['kind'], hots: number, tagged: boolean): Exchange => {
    const name = `${EXCHANGE_FIRST[index % EXCHANGE_FIRST.length]}${EXCHANGE_SECOND[Math.floor(index / EXCHANGE_FIRST.length) % EXCHANGE_SECOND.length]}`
    return { index, id: `sim_${name.toLowerCase()}`, name, kind, hots: several(hots), cold: take(), tagged }
  }
  // Every sixth exchange is unknown to the public, as a share of hubs is on any chain.
  const exchanges = Array.from({ length: sizes.exchanges }, (_, i) =>
    company(i, 'exchange', 1 + (i < 3 ? 2 : random.below(2)), i % 6 !== 5),
  )
  const instants = [0, 1].map((i) => company(sizes.exchanges + i, 'instant', 1, i === 0))

  const pools: Pool[] = []
  const pool = (a: number, b: number) => pools.push({ account: take(), a, b, tagged: pools.length % 4 !== 3 })
  pool(WETH, USDT)
  pool(WETH, USDC)
  pool(USDC, USDT)
  pool(WETH, DAI)
  pool(DAI, USDC)
  for (const asset of assets) if (!asset.fake && asset.index > DAI) pool(WETH, asset.index)
  pool(WETH, USDC)
  const poolsOf = assets.map((asset) => pools.filter((p) => p.a === asset.index || p.b === asset.index))

  const service = (kind: Service['kind'], name: string, tagged: boolean): Service => ({
    id: `sim_${name.toLowerCase().replaceAll(' ', '_')}`,
    name,
    kind,
    account: take(),
    tagged,
  })
  return {
    exchanges,
    instants,
    pools,
    poolsOf,
    routers: [service('router', 'Meander Router', true), service('router', 'Ford Router', false)],
    lenders: [service('lending', 'Granary Lending', true), service('lending', 'Larder Lending', false)],
    bridges: [service('bridge', 'Causeway Bridge', true), service('bridge', 'Isthmus Bridge', true)],
    mixers: [service('mixer', 'Fogbank Mixer', true)],
    merchants: several(sizes.merchants),
    payers: several(sizes.payers),
    bots: several(sizes.bots),
    spammers: several(2 + sizes.fakeTokens),
    firstUser: next,
    next: next + sizes.users,
  }
}
