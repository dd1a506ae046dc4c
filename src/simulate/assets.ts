import type { Names } from './names.ts'
import type { Random } from './random.ts'
import type { Sizes } from './sizes.ts'

/**
 * A token of the simulated world.
 *
 * Amounts are two exact integers, `hi` in millionths of a token and `lo` in base units below a millionth
 * (value = hi * loLimit + lo), so that ordinary double-precision integers carry 18 decimals without ever rounding.
 */
export interface SimulatedAsset {
  readonly index: number
  /** Contract. */
  readonly address: string
  readonly symbol: string
  readonly name: string
  readonly decimals: 6 | 18
  /** Base units per millionth of a token: 1 or 10^12. */
  readonly loLimit: number
  /** Millionths of a token that one dollar buys. */
  readonly perDollar: number
  /** Of 1,000 ordinary choices of an asset, how many fall on it. */
  readonly weight: number
  readonly stable: boolean
  readonly fake: boolean
  /** Decimal zeros written after every value: fake tokens move numbers that no real supply has. */
  readonly zeros: number
}

interface Kind {
  readonly symbol: string
  readonly name: string
  readonly decimals: 6 | 18
  readonly price: number
  readonly weight: number
}

const MAIN: readonly Kind[] = [
  { symbol: 'WETH', name: 'Wrapped Ether', decimals: 18, price: 1_850, weight: 340 },
  { symbol: 'USDT', name: 'Tether USD', decimals: 6, price: 1, weight: 280 },
  { symbol: 'USDC', name: 'USD Coin', decimals: 6, price: 1, weight: 180 },
  { symbol: 'DAI', name: 'Dai Stablecoin', decimals: 18, price: 1, weight: 60 },
]

/** Names of two syllables, none of them a token that exists by intention. */
const FIRST = ['Bor', 'Cel', 'Dra', 'Eno', 'Fal', 'Gri', 'Hel', 'Iro', 'Jun', 'Kel']
const SECOND = ['ax', 'ion', 'um', 'eth', 'ora']

const FAKE_NAMES = ['USDT', 'ETH', 'CLAIM', 'USDC', 'BONUS', 'VISIT']

export const WETH = 0
export const USDT = 1
export const USDC = 2
export const DAI = 3

export function createAssets(sizes: Sizes, names: Names, random: Random): SimulatedAsset[] {
  const kinds: Kind[] = MAIN.slice(0, Math.min(MAIN.length, sizes.assets))
  const others = sizes.assets - kinds.length
  for (let i = 0; i < others; i++) {
    const name = `${FIRST[i % FIRST.length]}${SECOND[Math.floor(i / FIRST.length) % SECOND.length]}`
    kinds.push({
      symbol: name.toUpperCase().slice(0, 5),
      name,
      decimals: 18,
      price: Math.floor(random.heavy(20, 700, 12)) / 100,
      weight: Math.max(1, Math.floor(140 / others)),
    })
  }
  const assets: SimulatedAsset[] = kinds.map((kind, index) => ({
    index,
    address: names.contract(index),
    symbol: kind.symbol,
    name: kind.name,
    decimals: kind.decimals,
    loLimit: kind.decimals === 6 ? 1 : 1e12,
    perDollar: 1e6 / kind.price,
    weight: kind.weight,
    stable: kind.price === 1,
    fake: false,
    zeros: 0,
  }))
  for (let i = 0; i < sizes.fakeTokens; i++) {
    const index = assets.length
    assets.push({
      index,
      address: names.contract(index),
      symbol: FAKE_NAMES[i % FAKE_NAMES.length] ?? 'FAKE',
      name: `Imitation ${i + 1}`,
      decimals: 18,
      loLimit: 1e12,
      perDollar: 1e6,
      weight: 0,
      stable: false,
      fake: true,
      zeros: i % 2 === 1 ? 15 : 0,
    })
  }
  return assets
}

/** An amount as one exact integer of base units. */
export function baseUnits(asset: SimulatedAsset, hi: number, lo: number): bigint {
  return (BigInt(hi) * BigInt(asset.loLimit) + BigInt(lo)) * 10n ** BigInt(asset.zeros)
}

/** Asset by weight: a table of 1,024 places. */
export function weightTable(assets: readonly SimulatedAsset[]): Uint8Array {
  const table = new Uint8Array(1024)
  const total = assets.reduce((sum, asset) => sum + asset.weight, 0)
  let at = 0
  let sum = 0
  for (const asset of assets) {
    sum += asset.weight
    const end = Math.round((sum / total) * 1024)
    table.fill(asset.index, at, end)
    at = end
  }
  return table
}
