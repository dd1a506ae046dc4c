import type { Family } from './assets.ts'
import { parseCallSign } from './call-sign.ts'
import { countriesContradict, parseDocument } from './document.ts'
import { type ExactIndex, findKey, postingsOf } from './exact-index.ts'
import { countryOfDetail, DOCUMENT_KINDS, type DocumentKind, familyOfDetail, identifierKey, OWN } from './identifier-index.ts'
import { type ImoNumber, parseImo } from './imo.ts'
import { type Mmsi, parseMmsi } from './mmsi.ts'
import { normaliseWallet, type Wallet } from './wallet.ts'
import { walletKey } from './wallet-key.ts'

/**
 * How a listed wallet meets the one asked for. `address`: the same address. `other-reading`: nothing says on which chain the text is meant, and on the listed chain it is the listed address.
 * `same-key`: another address under the same key or script, on another chain or in another form. `as-written`: no valid address, but the list has the same text.
 */
export type WalletRelation = 'address' | 'other-reading' | 'same-key' | 'as-written'

export interface WalletHit {
  readonly ordinal: number
  /** Which of the entry's `wallets`. */
  readonly item: number
  readonly family: Family | null
  readonly relation: WalletRelation
}

export interface WalletFinding {
  /** Strongest first, then in the order of the index. */
  readonly hits: readonly WalletHit[]
  /** The address as it was understood; null where its shape alone was read, because nothing is listed under it. Then no checksum was tested: a mistyped address looks the same. */
  readonly wallet: Wallet | null
}

const NOTHING: WalletFinding = Object.freeze({ hits: Object.freeze([]), wallet: null })

/** Looks a wallet up by its shape, and reads it wholly where something is listed under it or its shape is not plain. For many wallets; `screenWallet` is for one. */
export function findWallet(index: ExactIndex, text: string, asset: string | null = null): WalletFinding {
  const key = walletKey(text)
  if (key !== null && findKey(index, key) < 0) return NOTHING
  return screenWallet(index, text, asset)
}

/** Looks a wallet up and says whether it is a wallet at all: where `wallet.fault` is not null, no hit means nothing. */
export function screenWallet(index: ExactIndex, text: string, asset: string | null = null): WalletFinding {
  const wallet = normaliseWallet(text, asset)
  const hits: WalletHit[] = []
  const seen = new Set<string>()
  for (const key of wallet.keys) {
    for (const { ordinal, item, mark, detail } of postingsOf(index, key)) {
      const place = `${ordinal} ${item}`
      if (seen.has(place)) continue
      seen.add(place)
      const family = familyOfDetail(detail)
      hits.push({ ordinal, item, family, relation: relationOf(wallet, family, mark) })
    }
  }
  return { hits: hits.sort((a, b) => RANK[a.relation] - RANK[b.relation]), wallet }
}

const RANK: Readonly<Record<WalletRelation, number>> = { address: 0, 'as-written': 1, 'other-reading': 2, 'same-key': 3 }

function relationOf(wallet: Wallet, listed: Family | null, mark: number): WalletRelation {
  if (wallet.family === null || listed === null) return 'as-written'
  if (mark !== OWN) return 'same-key'
  if (wallet.family === listed) return 'address'
  return wallet.readings.includes(listed) ? 'other-reading' : 'same-key'
}

export interface IdentifierHit {
  readonly ordinal: number
  /** Which of the entry's `identifiers`. */
  readonly item: number
}

export interface ShipFinding {
  readonly hits: readonly IdentifierHit[]
  /** Null where the text is no IMO number: then no hit means nothing. */
  readonly imo: ImoNumber | null
}

const NO_HITS: readonly IdentifierHit[] = Object.freeze([])

/** Ships under an IMO number. A company of the same seven digits is never among them. */
export function findShip(index: ExactIndex, text: string): ShipFinding {
  const imo = parseImo(text)
  return { imo, hits: imo === null ? NO_HITS : hitsOf(index, `imo:${imo.number}`) }
}

/** Companies and registered owners under an IMO number; never a ship. */
export function findCompany(index: ExactIndex, text: string): ShipFinding {
  const imo = parseImo(text)
  return { imo, hits: imo === null ? NO_HITS : hitsOf(index, `imo-company:${imo.number}`) }
}

export function findMmsi(index: ExactIndex, text: string): { readonly hits: readonly IdentifierHit[]; readonly mmsi: Mmsi | null } {
  const mmsi = parseMmsi(text)
  return { mmsi, hits: mmsi === null ? NO_HITS : hitsOf(index, `mmsi:${mmsi.number}`) }
}

export function findCallSign(index: ExactIndex, text: string): { readonly hits: readonly IdentifierHit[]; readonly sign: string | null } {
  const sign = parseCallSign(text)?.sign ?? null
  return { sign, hits: sign === null ? NO_HITS : hitsOf(index, `call-sign:${sign}`) }
}

function hitsOf(index: ExactIndex, key: string): readonly IdentifierHit[] {
  if (findKey(index, key) < 0) return NO_HITS
  return postingsOf(index, key).map(({ ordinal, item }) => ({ ordinal, item }))
}

export interface DocumentQuery {
  readonly number: string
  /** Null asks among papers of all kinds. */
  readonly kind: DocumentKind | null
  /** Country of issue, ISO 3166-1 alpha-2, or null. */
  readonly country: string | null
}

export interface DocumentHit extends IdentifierHit {
  readonly kind: DocumentKind
  /** The country that the list gives, or null. */
  readonly country: string | null
  /** Whether both countries are known and the same; where one is missing the number alone agrees. */
  readonly countryAgrees: boolean
}

export interface DocumentFinding {
  readonly hits: readonly DocumentHit[]
  /** The same number issued by another country: another paper, told so that nobody wonders. */
  readonly contradicted: readonly DocumentHit[]
  /** Canonical number; null where the text holds none: then no hit means nothing. */
  readonly number: string | null
}

export function findDocument(index: ExactIndex, { number, kind, country }: DocumentQuery): DocumentFinding {
  const hits: DocumentHit[] = []
  const contradicted: DocumentHit[] = []
  for (const each of kind === null ? DOCUMENT_KINDS : [kind]) {
    const key = identifierKey(each, number)
    for (const { ordinal, item, detail } of typeof key === 'string' ? postingsOf(index, key) : []) {
      const listed = countryOfDetail(detail)
      const hit = {
        ordinal,
        item,
        kind: each,
        country: listed,
        countryAgrees: listed !== null && country !== null && !countriesContradict(listed, country),
      }
      if (countriesContradict(listed, country)) contradicted.push(hit)
      else hits.push(hit)
    }
  }
  return { hits, contradicted, number: parseDocument(number)?.number ?? null }
}
