import { feeRate, pay } from '../paying.ts'
import { type BitcoinWorld, receivingAddress, total } from '../world.ts'
import { anyUser, userWith } from './people.ts'

/** An order to a cross-chain swap service: the memo, what is wanted, and for whom. */
export interface SwapOrder {
  readonly memo: string
  readonly asset: string
  readonly destination: string
}

const ASSETS = [
  ['ETH.ETH', 'ETH.ETH'],
  ['e', 'ETH.ETH'],
  ['ETH.USDT-EC7', 'ETH.USDT'],
  ['AVAX.USDC-48A6E', 'AVAX.USDC'],
  ['BSC.BNB', 'BSC.BNB'],
] as const
const VERBS = ['=', '=', 's', 'SWAP'] as const

/** A memo in the grammar of THORChain's docs (`SWAP:ASSET:DESTADDR:LIM/INTERVAL/QUANTITY:AFFILIATE:FEE`), within the 80 bytes that Bitcoin relays as data. */
export function swapOrder(w: BitcoinWorld, asset?: string): SwapOrder {
  const [short, full] = ASSETS.find(([, name]) => name === asset) ?? ASSETS[w.random.below(ASSETS.length)]!
  const destination = `0x${hexDigits(w, 40)}`
  const limit = w.random.oneIn(2) ? '0/1/0' : String(1_000_000 + w.random.below(9_000_000))
  const memo = `${VERBS[w.random.below(VERBS.length)]}:${short}:${destination}:${limit}${w.random.oneIn(3) ? ':t:30' : ''}`
  return { memo: memo.slice(0, 80), asset: full, destination }
}

/** Someone swaps bitcoin for an asset of another chain: value to the vault, then the order, then change. */
export function swapOut(w: BitcoinWorld): void {
  const user = userWith(w, 3 * w.sizes.unit)
  if (user === null) return
  const value = Math.floor(total(user.coins) * (0.2 + 0.6 * w.random.unit()))
  pay(w, user, [{ address: w.cast.vault.address, value }], { data: Buffer.from(swapOrder(w).memo), dataAt: 1 })
}

/** The vault pays someone who gave an asset of another chain; the data names the transaction there. */
export function swapIn(w: BitcoinWorld): void {
  const { vault } = w.cast
  const held = total(vault.coins)
  if (held < 10 * w.sizes.unit) return
  const value = Math.floor(held * 0.3 * w.random.unit()) + 10_000
  const memo = `OUT:${hexDigits(w, 64).toUpperCase()}`
  pay(w, vault, [{ address: receivingAddress(w, anyUser(w)), value }], { data: Buffer.from(memo), dataAt: 2, feeRate: feeRate(w) })
}

function hexDigits(w: BitcoinWorld, length: number): string {
  return Array.from({ length }, () => w.random.below(16).toString(16)).join('')
}
