import { type Static, Type } from 'typebox'
import { LabelInput } from '../shapes.ts'

const closed = { additionalProperties: false } as const

/** Text that the database can hold: no U+0000, no half of a surrogate pair. */
const WHOLE = '^[^\\u0000\\p{Cs}]*$'

/** A text of at most so many characters. */
export function text(maxLength: number, description?: string) {
  return Type.String({ minLength: 1, maxLength, pattern: WHOLE, ...(description !== undefined && { description }) })
}

/** A field of a question. Rows of tables have empty ones: they say nothing, and are no reason to refuse all the others of a batch. */
function field(maxLength: number, description?: string) {
  return Type.String({ maxLength, pattern: WHOLE, ...(description !== undefined && { description }) })
}

export const ListId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$', description: 'id of a list, e.g. us-ofac-sdn' })

/** Longer names than are screened, so that the screening says how long one may be. */
const NAME = 2_000

export const KINDS = ['person', 'organisation', 'vessel', 'aircraft', 'unknown'] as const

const PAPERS = [
  'passport',
  'national-id',
  'tax-id',
  'registration',
  'imo-ship',
  'imo-company',
  'mmsi',
  'call-sign',
  'aircraft-tail',
  'aircraft-serial',
  'swift',
  'lei',
  'email',
  'phone',
  'website',
  'other',
] as const

const Setting = Type.Object(
  {
    list: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'show hits from this score on' })),
    alert: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'alert from this score on' })),
    weakAlerts: Type.Optional(Type.Boolean({ description: 'let hits on weak aliases alert by themselves' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'show at most so many hits' })),
  },
  closed,
)

/** The language of explanations. */
export const LanguageAsked = Type.Optional(
  Type.Enum(['en', 'fr', 'ko', 'ja'], { default: 'en', description: 'language of the explanation' }),
)

/** Which lists are asked, as they were when, and by what. */
export const WhichLists = {
  lists: Type.Optional(Type.Array(ListId, { minItems: 1, maxItems: 64, description: 'screen against these lists alone' })),
  at: Type.Optional(Type.String({ format: 'date-time', description: 'screen with the versions that were in service then' })),
  matcher: Type.Optional(Type.String({ pattern: '^cordon-\\d{1,6}$', description: 'refuse to answer unless this is the matcher' })),
}

/** By what is screened: common to single questions and batches. */
export const Frame = { language: LanguageAsked, setting: Type.Optional(Setting), ...WhichLists }

/** What single questions take besides the question. */
const Single = {
  ...Frame,
  customer: Type.Optional(text(200, 'your number of the customer: decisions on him hold back what they found to be false')),
  keep: Type.Optional(Type.Boolean({ default: false, description: 'keep question and answer, to decide on and to ask again' })),
  label: Type.Optional(LabelInput),
}

const NameFields = {
  name: Type.Optional(field(NAME, 'as it is written, in any script; "Family, Given" tells the parts apart')),
  family: Type.Optional(field(NAME)),
  given: Type.Optional(field(NAME)),
  otherNames: Type.Optional(
    Type.Array(text(NAME), { maxItems: 20, description: 'further names of the same customer, in other scripts too' }),
  ),
  kind: Type.Optional(Type.Enum(KINDS)),
  birth: Type.Optional(field(100, 'date or year of birth: 1946-05-30, 1946, circa 1946')),
  countries: Type.Optional(Type.Array(text(200), { maxItems: 20, description: 'nationalities, flags, countries: ISO codes or names' })),
  sex: Type.Optional(Type.Enum(['female', 'male'])),
  papers: Type.Optional(
    Type.Array(Type.Object({ kind: Type.Enum(PAPERS), value: text(200), country: Type.Optional(text(200)) }, closed), {
      maxItems: 20,
      description: 'documents and registration numbers',
    }),
  ),
}

const WalletFields = {
  address: field(500, 'the address; payment URIs and CAIP-10 ids are taken too'),
  asset: Type.Optional(field(40, 'asset or chain, e.g. ETH, XBT, USDT; every chain that the address may belong to without it')),
}

const VesselFields = {
  imo: Type.Optional(field(40, 'IMO ship number')),
  mmsi: Type.Optional(field(40)),
  callSign: Type.Optional(field(40)),
  name: Type.Optional(field(NAME, 'present or former name')),
  flag: Type.Optional(field(200, 'flag: ISO code or name')),
}

export const NameAsked = Type.Object({ ...NameFields, ...Single }, closed)
export const WalletAsked = Type.Object({ ...WalletFields, ...Single }, closed)
export const VesselAsked = Type.Object({ ...VesselFields, ...Single }, closed)

/** What the three have in common. */
export type SingleAsked = Pick<
  Static<typeof NameAsked>,
  'language' | 'setting' | 'lists' | 'at' | 'matcher' | 'customer' | 'keep' | 'label'
>

/** Rows of one inline batch at most. Larger files are uploaded. */
export const MOST_ROWS = 1_000

const row = { customer: Type.Optional(text(200)) }

export const BatchAsked = Type.Object(
  {
    ...Frame,
    questions: Type.Array(
      Type.Union([
        Type.Object({ about: Type.Literal('name'), ...row, ...NameFields }, closed),
        Type.Object({ about: Type.Literal('wallet'), ...row, ...WalletFields }, closed),
        Type.Object({ about: Type.Literal('vessel'), ...row, ...VesselFields }, closed),
      ]),
      { minItems: 1, maxItems: MOST_ROWS },
    ),
  },
  closed,
)
