import { isCompanyNumber, isShipNumber } from '../identifiers/imo.ts'
import { squeezed } from './cells.ts'
import type { EntryKind, Identifier, ListedWallet } from './entry.ts'

/** Shapes of addresses that lists write into running text: EVM, Bitcoin (bech32 and base58), TRON. Without an asset before it an address gets that of its shape. */
const WALLETS =
  /(?<![0-9A-Za-z])(?:(0x[0-9a-fA-F]{40})|(bc1[02-9ac-hj-np-z]{11,71})|(T[1-9A-HJ-NP-Za-km-z]{33})|([13][1-9A-HJ-NP-Za-km-z]{25,34}))(?![0-9A-Za-z])/g
const ASSET_BEFORE = /(?<![A-Za-z])(XBT|BTC|ETH|USDT|USDC|TRX|LTC|BCH|BSV|BTG|DASH|ETC|XRP|ARB|BSC|BNB)[^0-9A-Za-z]{0,20}$/

/** Wallet addresses in a remark, with the asset named right before them: `XBT 1…`, `ETH：0x…`. */
export function walletsInText(text: string): ListedWallet[] {
  return [...text.matchAll(WALLETS)].map((found) => {
    const named = ASSET_BEFORE.exec(text.slice(Math.max(0, found.index - 30), found.index))?.[1]
    const shape = found[1] !== undefined ? 'ETH' : found[3] !== undefined ? 'TRX' : 'XBT'
    return { asset: named ?? shape, address: found[0] }
  })
}

/** IMO numbers in a remark: `IMO number: 8132835`, `IMO番号：８１３２８３５`. */
export function imoInText(text: string, kind: EntryKind): Identifier[] {
  const found = squeezed(text.normalize('NFKC')).matchAll(
    /\bI\.?M\.?O\.?\s?(?:ship|company|identification|registration|番号)?\s?(?:number|no\.?|#)?\s?(?:is)?\s?[:.]?\s?(\d{7})(?!\d)/gi,
  )
  return [...found].flatMap((one) => imoNumbers(one[1]!, kind))
}

/**
 * An IMO number of a list that does not say whether it is a ship's or a company's. A vessel's is a ship's; of others the check digit tells. One that is valid as both (1790183 of Ocean Maritime
 * Management is) or as neither is given as both, as a number looked for under the wrong kind would be missed.
 */
export function imoNumbers(value: string, kind: EntryKind): Identifier[] {
  const number = (of: 'imo-ship' | 'imo-company', note: string | null): Identifier => ({
    kind: of,
    value,
    country: null,
    issued: null,
    expires: null,
    note,
  })
  if (kind === 'vessel') return [number('imo-ship', null)]
  const [ship, company] = [isShipNumber(value), isCompanyNumber(value)]
  const note = 'the list does not say whether of a ship or a company'
  if (ship !== company) return [number(ship ? 'imo-ship' : 'imo-company', `${note}; told by the check digit`)]
  return [number('imo-ship', note), number('imo-company', note)]
}
