import { type Family, listedAsset } from './assets.ts'
import { type KeyHash, sameKeyForms } from './key-hash.ts'
import { type Reading, readings, tronReading } from './readings.ts'
import { writtenKey } from './wallet-key.ts'
import { bareText, type WalletFault, type WalletNote } from './wallet-text.ts'

/** An address as it was understood. */
export interface Wallet {
  /** The family of the asset or URI where they fit the text, else the likeliest; null where the text is no address. */
  readonly family: Family | null
  /** The address in its family's canonical form. */
  readonly address: string | null
  /** `family:address`: equal for two texts exactly where they are the same address. */
  readonly canonical: string | null
  /** All families that the text may mean: one where asset or URI names it, more where nothing does (`1…` is an address of Bitcoin, Bitcoin Cash and Bitcoin SV). Begins with `family`. */
  readonly readings: readonly Family[]
  /** Keys under which an index is asked: any one of them finds the address, but faulty texts are found only as they are written. */
  readonly keys: readonly string[]
  readonly hash: KeyHash | null
  readonly notes: readonly WalletNote[]
  /** Why it is no address; it is then screened as written, and a miss says nothing. */
  readonly fault: WalletFault | null
}

/**
 * Reads an address of any chain on the lists. Never throws: what is wrong stands in `fault`, what is doubtful in `notes`.
 *
 * @param text as a person, a list or a payment system wrote it; may be a payment URI or a CAIP-10 id
 * @param asset code of the asset as the list or the payment names it (`XBT`, `USDT`): a hint, which the text overrules. OFAC calls a TRON address bitcoin in one row.
 */
export function normaliseWallet(text: string, asset: string | null = null): Wallet {
  const bare = bareText(text)
  const notes = [...bare.notes]
  const known = asset === null || asset.trim() === '' ? null : listedAsset(asset)
  if (asset !== null && asset.trim() !== '' && known === null) {
    notes.push({ code: 'asset-unknown', text: `no asset is known as ${asset.slice(0, 40)}: the address alone says what it is` })
  }
  if (bare.fault !== null) return faulty(bare.text, notes, bare.fault)
  const named = bare.named ?? known?.families ?? null
  const possible = candidates(bare.text, named)
  const fitting = named === null ? possible : possible.filter((each) => named.includes(each.family))
  const chosen = fitting.length > 0 ? fitting : possible
  const first = chosen[0]
  if (first === undefined) return faulty(bare.text, notes, faultOf(bare.text))
  if (named !== null && fitting.length === 0) notes.push(mismatch(first.family, bare.named === null ? asset : 'what stands before it'))
  else if (known !== null && !known.families.includes(first.family)) notes.push(mismatch(first.family, asset))
  return {
    family: first.family,
    address: first.address,
    canonical: `${first.family}:${first.address}`,
    readings: chosen.map((each) => each.family),
    keys: first.keys,
    hash: first.hash,
    notes: [...notes, ...first.notes],
    fault: null,
  }
}

/** Keys under which a listed address is filed besides its own: other addresses of the same key or script. */
export function sameKeyKeys(wallet: Wallet): string[] {
  if (wallet.hash === null) return []
  const own = new Set(wallet.keys)
  return [...new Set(sameKeyForms(wallet.hash))].filter((key) => !own.has(key))
}

/** `normaliseWallet` finds more readings of `0x…` where the chain is named: TRON's own tools write its addresses so too. */
function candidates(text: string, named: readonly Family[] | null): Reading[] {
  const found = readings(text)
  const [first] = found
  return named?.length === 1 && named[0] === 'tron' && first?.family === 'evm' ? [tronReading(first), ...found] : found
}

function mismatch(family: Family, asset: string | null): WalletNote {
  return { code: 'asset-mismatch', text: `called ${asset}, but it is an address of ${family}: read as what it is` }
}

function faulty(text: string, notes: readonly WalletNote[], fault: WalletFault): Wallet {
  const keys = text === '' ? [] : [writtenKey(text)]
  return { family: null, address: null, canonical: null, readings: [], keys, hash: null, notes, fault }
}

function faultOf(text: string): WalletFault {
  if (/^0x/i.test(text)) {
    if (!/^0x[0-9a-f]*$/i.test(text)) return { code: 'not-an-address', text: '0x must be followed by hex digits alone' }
    return { code: 'wrong-length', text: `0x and ${text.length - 2} hex digits; an EVM address has 40` }
  }
  if (text.includes('.')) return { code: 'name-not-address', text: 'a name, not an address: look up what it stands for, and screen that' }
  const lower = text.toLowerCase()
  if (/^(?:(?:bc|ltc|btg|tb|bcrt|addr|stake)1[02-9ac-hj-np-z]{6,}|[qpzr][02-9ac-hj-np-z]{41})$/.test(lower)) {
    if (text !== lower && text !== text.toUpperCase())
      return { code: 'mixed-case', text: 'upper and lower case are mixed, which bech32 and CashAddr forbid' }
    return { code: 'bad-checksum', text: 'the checksum is wrong: a character is mistyped or missing' }
  }
  if (/^[1-9A-HJ-NP-Za-km-z]{25,110}$/.test(text)) {
    return {
      code: 'bad-checksum',
      text: 'the checksum or the length is wrong for every chain known here: a character is mistyped, missing, or in the wrong case',
    }
  }
  return { code: 'not-an-address', text: 'the form is that of no chain known here' }
}
