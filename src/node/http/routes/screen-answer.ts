import { type TSchema, Type } from 'typebox'

/** A value or null. As a list of types, which is written out faster than a union. */
export function orNull<S extends TSchema>(schema: S) {
  const { type } = schema as unknown as { readonly type: string }
  return Type.Unsafe<Type.Static<S> | null>({ ...schema, type: [type, 'null'] })
}

const Score = (description: string) => Type.Number({ minimum: 0, description })
const Kind = Type.Enum(['person', 'organisation', 'vessel', 'aircraft', 'unknown'])

/** A date as a list gives it: every day from `from` to `to`. */
export const ListedDate = Type.Object(
  { from: orNull(Type.String()), to: orNull(Type.String()), circa: Type.Boolean(), text: Type.String() },
  { title: 'ListedDate', description: 'every day from `from` to `to`; both null for a date that does not exist' },
)

export const ListedCountry = Type.Object({ code: orNull(Type.String()), text: Type.String() }, { title: 'ListedCountry' })

export const ListedName = Type.Object(
  {
    full: Type.String(),
    family: orNull(Type.String()),
    given: orNull(Type.String()),
    quality: Type.Enum(['primary', 'strong', 'weak']),
    type: Type.Enum(['primary', 'aka', 'fka', 'nka', 'original-script']),
  },
  { title: 'ListedName' },
)

const Reason = Type.Object(
  {
    about: Type.Enum(['name', 'birth', 'country', 'sex', 'paper', 'wallet', 'vessel', 'alias', 'decision']),
    rule: Type.String(),
    query: Type.String(),
    listed: Type.String(),
    effect: Type.Enum(['agrees', 'costs', 'contradicts', 'missing', 'says']),
    weight: Type.Number(),
  },
  { title: 'Reason' },
)

const Hit = Type.Object(
  {
    list: Type.String(),
    version: Type.String(),
    entry: Type.String(),
    kind: Kind,
    primary: Type.String({ description: 'the entry’s primary name' }),
    matched: orNull(ListedName),
    asked: orNull(Type.String()),
    score: Score('0 to 1: name and evidence together; no probability'),
    nameScore: Score('0 to 1: the name alone'),
    ofacCompatible: Score('0 to 100, after the manner of OFAC’s own search'),
    alert: Type.Boolean(),
    held: orNull(Type.String({ description: 'weak-alias, below-alert or suppressed: why a hit does not alert' })),
    reasons: Type.Array(Reason),
    programmes: Type.Array(Type.String()),
    legalBasis: Type.Array(Type.String()),
    listedOn: orNull(ListedDate),
    births: Type.Array(ListedDate),
    countries: Type.Array(ListedCountry),
  },
  { title: 'Hit' },
)

const Paper = Type.Object({ kind: Type.String(), value: Type.String(), country: orNull(Type.String()) })

const ScreenQuery = Type.Object(
  {
    name: Type.String(),
    family: orNull(Type.String()),
    given: orNull(Type.String()),
    otherNames: Type.Array(Type.String()),
    kind: orNull(Type.String()),
    birth: orNull(ListedDate),
    countries: Type.Array(Type.String()),
    sex: orNull(Type.String()),
    papers: Type.Array(Paper),
  },
  { title: 'ScreenQuery' },
)

export const Setting = Type.Object(
  { list: Type.Number(), alert: Type.Number(), weakAlerts: Type.Boolean(), limit: Type.Integer() },
  { title: 'ScreenSetting' },
)

export const ListInService = Type.Object(
  {
    list: Type.String(),
    version: Type.String(),
    published: orNull(Type.String()),
    imported: Type.String(),
    confirmed: Type.String(),
    entries: Type.Integer(),
  },
  { title: 'ListInService' },
)

/** What screening found, on which lists, in which versions, by which matcher. */
export const ScreenAnswer = Type.Object(
  {
    query: ScreenQuery,
    at: Type.String(),
    matcher: Type.String(),
    setting: Setting,
    lists: Type.Array(ListInService),
    outcome: Type.Enum(['potential-match', 'no-potential-match', 'not-screened']),
    hits: Type.Array(Hit),
    notes: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
  },
  {
    title: 'ScreenAnswer',
    description: 'without hits: no potential match on these lists as of these versions, never that somebody is cleared',
  },
)

const VesselQuery = Type.Object(
  {
    imo: orNull(Type.String()),
    mmsi: orNull(Type.String()),
    callSign: orNull(Type.String()),
    name: orNull(Type.String()),
    flag: orNull(Type.String()),
  },
  { title: 'VesselQuery' },
)

/** The question as it was put: of a name or a ship its `query`, of a wallet its `address` and `asset`. */
export const ScreenAsk = Type.Object(
  {
    about: Type.Enum(['name', 'wallet', 'vessel']),
    query: Type.Optional(Type.Union([ScreenQuery, VesselQuery])),
    address: Type.Optional(Type.String()),
    asset: Type.Optional(orNull(Type.String())),
  },
  { title: 'ScreenAsk' },
)

export const Explanation = Type.Object(
  {
    language: Type.Enum(['en', 'fr', 'ko', 'ja']),
    text: Type.String(),
    hits: Type.Array(Type.Object({ standing: Type.String(), reasons: Type.Array(Type.String()) }), {
      description: 'in the order of the answer’s hits',
    }),
  },
  { title: 'Explanation' },
)

/** A decision that an answer's reasons name as `#record`. */
export const NamedDecision = Type.Object({ record: Type.Integer(), decision: Type.String({ format: 'uuid' }) }, { title: 'NamedDecision' })
