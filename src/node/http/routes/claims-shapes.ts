import { type TOptional, type TSchema, Type } from 'typebox'
import { CLAIM_SUBJECTS, CONFIDENCES, CREDIBILITIES, READINGS, RELIABILITIES } from '../../../cases/index.ts'
import { objectOf } from '../shapes.ts'
import { closed, orNull } from './case-shapes.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const When = Type.String({ maxLength: 20, description: 'UTC, as far as it is known: 2024, 2024-05, 2024-05-31, 2024-05-31T04:26Z' })
const Reliability = Type.Enum([...RELIABILITIES], {
  description: 'of the source, Admiralty Code: A completely reliable to E unreliable, F not judged',
})
const Credibility = Type.Enum([...CREDIBILITIES], { description: 'of what it says: 1 confirmed to 5 improbable, 6 not judged' })

const source = {
  title: text(500),
  publisher: orNull(text(200)),
  url: orNull(text(2000)),
  original: orNull(text(2000)),
  published: orNull(When),
  read: orNull(When),
  readAs: orNull(Type.Enum([...READINGS])),
  sha256: orNull(Type.String({ description: 'of the file that holds what was read' })),
  reliability: Reliability,
  credibility: Credibility,
}
const said = { subject: orNull(text(200)), says: text(10_000), when: orNull(When), note: orNull(text(10_000)) }
const claim = {
  ...said,
  claimant: text(200),
  about: Type.Enum([...CLAIM_SUBJECTS]),
  confidence: orNull(Type.Enum([...CONFIDENCES], { description: 'how firmly the claimant puts it' })),
}
const denial = { ...said, by: text(200) }

const SourceGiven = Type.Object({ ...optional(source), title: source.title }, { ...closed, title: 'SourceGiven' })
const Source = Type.Object(source, { title: 'ClaimSource' })

/** What a person gives; what may be left out is null, and what nobody judged is F6. */
export const ClaimGiven = Type.Object(
  { ...optional(claim), claimant: claim.claimant, about: claim.about, says: claim.says, source: SourceGiven },
  { ...closed, title: 'ClaimGiven' },
)
export const DenialGiven = Type.Object(
  { ...optional(denial), by: denial.by, says: denial.says, source: SourceGiven },
  { ...closed, title: 'DenialGiven' },
)

export const Claim = objectOf(Type.Object({ ...claim, source: Source }, { title: 'ClaimBody' }), 'Claim')
export const Denial = objectOf(Type.Object({ ...denial, source: Source }, { title: 'DenialBody' }), 'Denial')

type Optional<T extends Record<string, TSchema>> = { [K in keyof T]: TOptional<T[K]> }

function optional<T extends Record<string, TSchema>>(fields: T): Optional<T> {
  return Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, Type.Optional(type)])) as unknown as Optional<T>
}
