import { createHash } from 'node:crypto'
import { formatDecimal } from '../../chain/index.ts'
import { type FreezeDocument, freezeJson, noticeIn } from './json.ts'
import type { FreezeLanguage, FreezePoint, TlpLabel } from './request.ts'
import { type FreezeWordKey, type FreezeWords, freezeWords, phrase } from './words/index.ts'

export type SheetRow = {
  readonly label: string
  /** May have several lines where it is no code. */
  readonly value: string
  /** Hashes, addresses and numbers that are copied: one typeface width, never cut and never joined with other text. */
  readonly code: boolean
}

export type SheetBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Words of people, as they wrote them, in several lines. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'rows'; readonly rows: readonly SheetRow[] }

/** A request laid out for reading, before it is text or PDF. */
export type FreezeSheet = {
  readonly language: FreezeLanguage
  readonly title: string
  readonly tlp: TlpLabel
  /** What stands on every page beside the TLP label; empty for nothing. */
  readonly banner: string
  readonly caseNumber: string
  readonly agency: string
  /** ISO 8601 UTC; null for a preview. */
  readonly issuedAt: string | null
  readonly blocks: readonly SheetBlock[]
  /** SHA-256 of the JSON document, lower-case hexadecimal. */
  readonly sha256: string
}

/** Lays out a request in one language. Fixed words are translated; what people wrote stays as they wrote it, and the sheet says so. */
export function freezeSheet(document: FreezeDocument, language: FreezeLanguage): FreezeSheet {
  const words = freezeWords(language)
  const sha256 = createHash('sha256').update(freezeJson(document)).digest('hex')
  const { marking, asked } = document
  const banner = [...(document.issuedAt === null ? [words.draft] : []), ...(marking.needToKnow ? [words['need-to-know']] : [])]
  return {
    language,
    title: words[`title-${asked.kind}`],
    tlp: marking.tlp,
    banner: banner.join(' · '),
    caseNumber: document.caseNumber,
    agency: document.agency.name,
    issuedAt: document.issuedAt,
    blocks: [
      ...opening(document, words, language),
      ...deposits(document, words),
      ...story(document, words),
      ...standing(document, words),
      { kind: 'heading', text: words['section-integrity'] },
      { kind: 'paragraph', text: words.integrity },
      rows([code(words['json-hash'], sha256)]),
    ],
    sha256,
  }
}

function opening(document: FreezeDocument, words: FreezeWords, language: FreezeLanguage): SheetBlock[] {
  const { asked, agency, authority, requester, order, exchange, marking } = document
  return [
    rows([
      plain(words.to, exchange.jurisdiction === null ? exchange.legalName : `${exchange.legalName} (${exchange.jurisdiction})`),
      plain(words.channel, document.channel),
      plain(words['case-number'], document.caseNumber),
      code(words['our-reference'], document.id),
      plain(words.issued, document.issuedAt ?? words['not-issued']),
      plain(
        words.marking,
        [
          `TLP:${marking.tlp}`,
          ...(marking.needToKnow ? [words['need-to-know']] : []),
          ...(marking.note === null ? [] : [marking.note]),
        ].join(' · '),
      ),
    ]),
    { kind: 'paragraph', text: noticeIn(document, language) },
    { kind: 'heading', text: words['section-request'] },
    rows([
      plain(words.action, words[`action-${asked.kind}`]),
      plain(words.reach, words[`reach-${asked.reach}`]),
      plain(words.duration, durationOf(asked.durationHours, words)),
      ...(asked.records.length === 0 ? [] : [plain(words.records, asked.records.map((kind) => words[`record-${kind}`]).join(', '))]),
    ]),
    { kind: 'subheading', text: words.scope },
    { kind: 'quote', text: asked.scope },
    { kind: 'heading', text: words['section-agency'] },
    rows([
      plain(words.agency, agency.name),
      ...optional(words.unit, agency.unit),
      plain(words.country, agency.nation),
      ...optional(words.address, agency.address),
      plain(words['legal-basis'], authority.basis),
      plain(words['competent-authority'], authority.competentAuthority),
      plain(words.offence, authority.offence),
      plain(words.requester, `${requester.name}, ${requester.title}`),
      plain(words.email, requester.email),
      ...optional(words.phone, requester.phone),
      plain(words.proof, `${words[`proof-${requester.proof.kind}`]} (${requester.proof.reference})`),
      ...(requester.proof.file === null
        ? []
        : [plain(words.file, requester.proof.file.name), code(words['file-hash'], requester.proof.file.sha256)]),
    ]),
    { kind: 'heading', text: words['section-order'] },
    ...(order === null
      ? [{ kind: 'paragraph', text: words['no-order'] } as const]
      : [
          rows([
            plain(words['order-reference'], order.reference),
            plain(words['order-issuer'], order.issuedBy),
            plain(words['order-date'], order.issuedAt),
            plain(words.file, order.file.name),
            code(words['file-hash'], order.file.sha256),
          ]),
          { kind: 'subheading', text: words['order-text'] } as const,
          { kind: 'quote', text: order.text } as const,
        ]),
  ]
}

function deposits(document: FreezeDocument, words: FreezeWords): SheetBlock[] {
  return [
    { kind: 'heading', text: words['section-points'] },
    ...document.points.flatMap((point): SheetBlock[] => [
      { kind: 'subheading', text: phrase(words, 'point', { id: point.id }) },
      rows(pointRows(point, words)),
    ]),
    { kind: 'heading', text: words['section-totals'] },
    ...document.totals.map((total) =>
      rows([
        code(words.asset, total.asset),
        code(words.amount, shown(total.amount, total.decimals, total.symbol)),
        code(words['base-units'], total.amount),
      ]),
    ),
  ]
}

function pointRows(point: FreezePoint, words: FreezeWords): SheetRow[] {
  return [
    code(words.transaction, point.txHash),
    code(words.chain, point.chain),
    code(words.block, point.block === null ? words.unknown : String(point.block)),
    code(words.time, point.time),
    code(words.from, point.from),
    code(words['deposit-address'], point.to),
    ...(point.memo === null ? [] : [code(words.memo, point.memo)]),
    code(words.asset, point.asset),
    code(words.amount, shown(point.amount, point.decimals, point.symbol)),
    code(words['base-units'], point.amount),
    code(words.usd, point.usd === null ? words.unknown : point.usd.amount),
    ...(point.usd === null ? [] : [plain(words['usd-source'], point.usd.source)]),
  ]
}

function story(document: FreezeDocument, words: FreezeWords): SheetBlock[] {
  const { nonDisclosure, treaty } = document
  return [
    { kind: 'heading', text: words['section-incident'] },
    rows([plain(words['incident-time'], document.incident.at)]),
    { kind: 'quote', text: document.incident.summary },
    { kind: 'heading', text: words['section-chronology'] },
    rows(document.chronology.map((event) => plain(event.time, event.text))),
    { kind: 'heading', text: words['section-non-disclosure'] },
    { kind: 'paragraph', text: words[nonDisclosure.asked ? 'non-disclosure-asked' : 'non-disclosure-not-asked'] },
    rows([...optional(words.basis, nonDisclosure.basis), ...optional(words.until, nonDisclosure.until)]),
    { kind: 'heading', text: words['section-treaty'] },
    treaty === null
      ? { kind: 'paragraph', text: words['no-treaty'] }
      : rows([plain(words['treaty-kind'], words[`treaty-${treaty.kind}`]), plain(words.reference, treaty.reference)]),
  ]
}

function standing(document: FreezeDocument, words: FreezeWords): SheetBlock[] {
  const original: FreezeWordKey = `language-${document.language}`
  return [
    { kind: 'heading', text: words['section-contacts'] },
    ...document.contacts.map((contact) =>
      rows([
        plain(words[`contact-${contact.role}`], contact.name),
        plain(words.email, contact.email),
        ...optional(words.phone, contact.phone),
        ...optional(words.hours, contact.hours),
      ]),
    ),
    { kind: 'heading', text: words['section-reply'] },
    { kind: 'paragraph', text: words['reply-text'] },
    { kind: 'paragraph', text: phrase(words, 'own-words', { language: words[original] }) },
  ]
}

function durationOf(hours: number | null, words: FreezeWords): string {
  if (hours === null) return words['no-duration']
  const days = hours % 24 === 0 ? String(hours / 24) : (hours / 24).toFixed(1)
  return phrase(words, 'duration-value', { hours: String(hours), days })
}

/** An amount with its decimals and its symbol, exact; base units where the decimals are unknown. */
function shown(amount: string, decimals: number | null, symbol: string | null): string {
  if (decimals === null || !/^[0-9]{1,90}$/.test(amount)) return amount
  return symbol === null ? formatDecimal(BigInt(amount), decimals) : `${formatDecimal(BigInt(amount), decimals)} ${symbol}`
}

const plain = (label: string, value: string): SheetRow => ({ label, value, code: false })
const code = (label: string, value: string): SheetRow => ({ label, value, code: true })
const optional = (label: string, value: string | null): SheetRow[] => (value === null || value === '' ? [] : [plain(label, value)])
const rows = (list: readonly SheetRow[]): SheetBlock => ({ kind: 'rows', rows: list })
