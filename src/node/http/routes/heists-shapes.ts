import { Type } from 'typebox'
import { type Heist, READINGS, type Source } from '../../../cases/index.ts'
import { orNull } from './case-shapes.ts'

const Text = Type.String()
const When = Type.Object({ text: Text, precision: Text }, { title: 'When' })
const Cents = Type.String({ description: 'cents, a decimal number' })
const Sourced = { source: Type.String({ description: 'id of one of the sources' }), note: orNull(Text) }

export const HeistSource = Type.Object(
  {
    id: Text,
    title: Text,
    publisher: Text,
    url: Text,
    original: orNull(Text),
    published: orNull(When),
    read: When,
    readAs: Type.Enum([...READINGS]),
  },
  { title: 'HeistSource' },
)

const Denial = Type.Object({ id: Text, by: Text, when: When, says: Text, ...Sourced }, { title: 'HeistDenial' })
const UsdClaim = Type.Object({ by: Text, cents: Cents, qualifier: Text, ...Sourced })
const standing = {
  standing: Type.Enum(['official', 'analyst', 'suspected']),
  contested: orNull(Type.String({ description: 'why it stays out of the low account' })),
  chains: Type.Array(Text, { description: 'CAIP-2' }),
  seedChains: Type.Array(Text, { description: 'chains that a trace can begin on' }),
}

/** A theft in a list. */
export const HeistLine = Type.Object(
  {
    id: Text,
    victim: Text,
    kind: Text,
    date: When,
    usd: Type.Array(Type.Object({ by: Text, cents: Cents, qualifier: Text })),
    ...standing,
  },
  { title: 'HeistLine' },
)

/** A theft with everything that is claimed of it, and the sources and denials that it names. */
export const HeistShown = Type.Object(
  {
    register: Type.String({ description: 'SHA-256 of the register' }),
    id: Text,
    victim: Text,
    kind: Text,
    dates: Type.Array(Type.Object({ when: When, ...Sourced })),
    amounts: Type.Array(Type.Object({ asset: Text, symbol: Text, amount: Text, ...Sourced })),
    usd: Type.Array(UsdClaim),
    attribution: Type.Array(Type.Object({ by: Text, kind: Text, when: When, confidence: Text, actor: orNull(Text), ...Sourced })),
    disputed: Type.Array(Type.Object({ about: Text, by: Text, when: orNull(When), says: Text, ...Sourced })),
    denials: Type.Array(Denial),
    outcomes: Type.Array(
      Type.Object({
        state: Text,
        event: Text,
        by: Text,
        when: When,
        cents: orNull(Cents),
        qualifier: Text,
        asset: orNull(Text),
        amount: orNull(Text),
        ...Sourced,
      }),
    ),
    addresses: Type.Array(Type.Object({ chain: Text, address: Text, role: Text, ...Sourced })),
    transactions: Type.Array(Type.Object({ chain: Text, hash: Text, what: Text, ...Sourced })),
    seedsNote: orNull(Text),
    note: orNull(Text),
    sources: Type.Array(HeistSource),
    ...standing,
  },
  { title: 'Heist' },
)

const Sums = Type.Object(
  { stolen: Cents, laundered: Cents, mixed: Cents, frozen: Cents, recovered: Cents, held: Cents },
  { title: 'HeistSums' },
)
const Reasons = Type.Array(Type.Object({ id: Text, reason: Text }))

/** The yearly account. */
export const AccountShown = Type.Object(
  {
    basis: Type.Object({ kind: Type.Enum(['lowest', 'highest', 'publisher']), by: Type.Optional(Text) }),
    digest: Text,
    years: Type.Array(Type.Object({ year: Text, heists: Type.Integer(), withoutFigure: Type.Array(Text), sums: Sums })),
    total: Type.Object({ heists: Type.Integer(), sums: Sums }),
    leftOut: Reasons,
    contested: Reasons,
  },
  { title: 'HeistAccount' },
)

/** The record years by source. */
export const RecordYears = Type.Object(
  {
    register: Text,
    items: Type.Array(
      Type.Object({
        by: Text,
        year: Text,
        cents: Cents,
        saysSo: Type.Boolean({ description: 'whether the publisher itself calls it a record' }),
        years: Type.Integer({ description: 'years that the source has a figure for' }),
      }),
    ),
  },
  { title: 'HeistRecordYears' },
)

/** Ids of every source that a theft's facts were typed from. */
export function sourcesOf(heist: Heist, denials: readonly { readonly source: string }[], sources: readonly Source[]): Source[] {
  const { dates, amounts, usd, attribution, disputed, outcomes, addresses, transactions } = heist
  const named = new Set(
    [dates, amounts, usd, attribution, disputed, outcomes, addresses, transactions, denials].flat().map(({ source }) => source),
  )
  return sources.filter(({ id }) => named.has(id))
}
