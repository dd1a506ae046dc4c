import {
  amount,
  type Field,
  identifier,
  items,
  mapping,
  oneOf,
  optionalText,
  optionalWhen,
  owned,
  refuse,
  text,
  usd,
  webAddress,
  when,
} from './fields.ts'
import {
  ADDRESS_ROLES,
  ATTRIBUTION_KINDS,
  CONFIDENCES,
  type Denial,
  DISPUTE_SUBJECTS,
  type Heist,
  type Holding,
  OUTCOME_STATES,
  type Outcome,
  type PublishedTotal,
  QUALIFIERS,
  type Qualifier,
  READINGS,
  type Source,
  VICTIM_KINDS,
} from './heist.ts'
import { address, asset, chain, symbol, transactionHash } from './on-chain.ts'
import { isPeriod } from './when.ts'

type At = (key: string) => Field

const TOTAL = 'total'

export function readSource(field: Field): Source {
  const at = mapping(field, ['id', 'title', 'publisher', 'url', 'read', 'read_as'], ['original', 'published'])
  return {
    id: identifier(at('id')),
    title: text(at('title')),
    publisher: text(at('publisher')),
    url: webAddress(at('url')),
    original: at('original').value === null ? null : webAddress(at('original')),
    published: optionalWhen(at('published')),
    read: when(at('read')),
    readAs: oneOf(at('read_as'), READINGS),
  }
}

export function readDenial(field: Field): Denial {
  const at = mapping(field, ['id', 'by', 'when', 'says', 'source'], ['note'])
  return { id: identifier(at('id')), by: text(at('by')), when: when(at('when')), says: text(at('says')), ...sourced(at) }
}

export function readTotal(field: Field): PublishedTotal {
  const at = mapping(field, ['by', 'period', 'usd', 'published', 'source'], ['as', 'says_record', 'note'])
  const period = text(at('period'))
  if (!isPeriod(period))
    refuse(at('period'), `is "${period.slice(0, 40)}"`, 'A year, or from and to inclusive: 2017/2023, 2024-01/2025-09.')
  return {
    by: text(at('by')),
    period,
    cents: usd(at('usd')),
    qualifier: qualifier(at('as')),
    published: when(at('published')),
    saysRecord: at('says_record').value !== null && oneOf(at('says_record'), ['yes', 'no']) === 'yes',
    ...sourced(at),
  }
}

export function readHolding(field: Field): Holding {
  const at = mapping(field, ['by', 'when', 'usd', 'source'], ['as', 'note'])
  return { by: text(at('by')), when: when(at('when')), cents: usd(at('usd')), qualifier: qualifier(at('as')), ...sourced(at) }
}

const LISTS = ['amounts', 'usd', 'disputed', 'denials', 'outcomes', 'addresses', 'transactions']

export function readHeist(given: Field): Heist {
  const id = identifier(mapping(given, ['id', 'victim', 'kind', 'dates', 'attribution'], [...LISTS, 'seeds_note', 'note'])('id'))
  const field = owned(given, `heist ${id}`)
  const at = mapping(field, ['id', 'victim', 'kind', 'dates', 'attribution'], [...LISTS, 'seeds_note', 'note'])
  const heist: Heist = {
    id,
    victim: text(at('victim')),
    kind: oneOf(at('kind'), VICTIM_KINDS),
    dates: filled(at('dates')).map((item) => {
      const of = mapping(item, ['when', 'source'], ['note'])
      return { when: when(of('when')), ...sourced(of) }
    }),
    amounts: items(at('amounts')).map((item) => {
      const of = mapping(item, ['symbol', 'amount', 'source'], ['asset', 'note'])
      const short = symbol(of('symbol'))
      return { asset: of('asset').value === null ? short : asset(of('asset')), symbol: short, amount: amount(of('amount')), ...sourced(of) }
    }),
    usd: items(at('usd')).map((item) => {
      const of = mapping(item, ['by', 'usd', 'source'], ['as', 'note'])
      return { by: text(of('by')), cents: usd(of('usd')), qualifier: qualifier(of('as')), ...sourced(of) }
    }),
    attribution: filled(at('attribution')).map((item) => {
      const of = mapping(item, ['by', 'kind', 'when', 'confidence', 'source'], ['actor', 'note'])
      return {
        by: text(of('by')),
        kind: oneOf(of('kind'), ATTRIBUTION_KINDS),
        when: when(of('when')),
        confidence: oneOf(of('confidence'), CONFIDENCES),
        actor: optionalText(of('actor')),
        ...sourced(of),
      }
    }),
    disputed: items(at('disputed')).map((item) => {
      const of = mapping(item, ['about', 'by', 'says', 'source'], ['when', 'note'])
      return {
        about: oneOf(of('about'), DISPUTE_SUBJECTS),
        by: text(of('by')),
        when: optionalWhen(of('when')),
        says: text(of('says')),
        ...sourced(of),
      }
    }),
    denials: items(at('denials')).map(identifier),
    outcomes: items(at('outcomes')).map(readOutcome),
    addresses: items(at('addresses')).map((item) => {
      const of = mapping(item, ['chain', 'address', 'role', 'source'], ['note'])
      const on = chain(of('chain'))
      return { chain: on, address: address(of('address'), on), role: oneOf(of('role'), ADDRESS_ROLES), ...sourced(of) }
    }),
    transactions: items(at('transactions')).map((item) => {
      const of = mapping(item, ['chain', 'hash', 'what', 'source'], ['note'])
      const on = chain(of('chain'))
      return { chain: on, hash: transactionHash(of('hash'), on), what: text(of('what')), ...sourced(of) }
    }),
    seedsNote: optionalText(at('seeds_note')),
    note: optionalText(at('note')),
  }
  if (heist.addresses.length + heist.transactions.length === 0 && heist.seedsNote === null) {
    refuse(field, 'has neither addresses nor transactions', 'Say in seeds_note why a trace cannot begin here.')
  }
  return heist
}

function readOutcome(item: Field): Outcome {
  const of = mapping(item, ['state', 'by', 'when', 'source'], ['event', 'usd', 'as', 'asset', 'amount', 'note'])
  if (of('usd').value === null && of('amount').value === null)
    refuse(item, 'has neither usd nor amount', 'Give one of them, as the source does.')
  if ((of('asset').value === null) !== (of('amount').value === null))
    refuse(item, 'has an asset without amount, or the reverse', 'Give both.')
  return {
    state: oneOf(of('state'), OUTCOME_STATES),
    event: of('event').value === null ? TOTAL : identifier(of('event')),
    by: text(of('by')),
    when: when(of('when')),
    cents: of('usd').value === null ? null : usd(of('usd')),
    qualifier: qualifier(of('as')),
    asset: of('asset').value === null ? null : asset(of('asset')),
    amount: of('amount').value === null ? null : amount(of('amount')),
    ...sourced(of),
  }
}

function sourced(at: At): { source: string; note: string | null } {
  return { source: identifier(at('source')), note: optionalText(at('note')) }
}

function qualifier(field: Field): Qualifier {
  return field.value === null ? 'about' : oneOf(field, QUALIFIERS)
}

function filled(field: Field): Field[] {
  const list = items(field)
  return list.length > 0 ? list : refuse(field, 'is empty', 'Give at least one, with its source.')
}
