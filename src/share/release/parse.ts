import { CordonError } from '../../chain/index.ts'
import { canonicalLabel, defaultLabel, type Label, POLICY, TLPS, type Tlp, UUID } from './label.ts'

/** What a label may name, by the configuration and the directory. */
export type Known = {
  readonly nations: ReadonlySet<string>
  readonly organisations: ReadonlySet<string>
  /** Give those alone that the person who writes may know of: a caveat's name can itself be a secret. */
  readonly caveats: ReadonlySet<string>
}

const FIELDS: readonly string[] = ['policy', 'tlp', 'nations', 'organisations', 'caveats', 'persons', 'originator', 'expires']
/** Most members of one set. */
const MOST = 500
/** Days and hours without seconds are refused: when a release ends must not depend on who reads it. */
const EXPIRY = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?Z$/

/**
 * The label of a record that is born in an organisation: what its maker said, or the originator alone where he said nothing. Policy, sets, originator and expiry may be left off.
 *
 * @throws CordonError `release/bad-label`, also where it names another originator
 */
export function labelAtBirth(value: unknown, organisation: string, known: Known, now: Date): Label {
  if (value === undefined || value === null) return defaultLabel(organisation)
  const fields = fieldsOf(value)
  if (fields.originator !== undefined && fields.originator !== organisation) {
    throw bad('originator', 'a record’s originator is the organisation in which it is made', 'Leave `originator` off.')
  }
  return parseLabel({ ...fields, originator: organisation }, known, now)
}

/**
 * Reads a label that somebody wrote, strictly: a label that contradicts itself or names somebody unknown is refused rather than mended, since a guess in either direction would be wrong. Messages repeat what
 * was written and never list organisations, caveats or persons.
 *
 * @param now the instant of writing; an expiry must lie after it
 * @throws CordonError `release/bad-label` with the field
 */
export function parseLabel(value: unknown, known: Known, now: Date): Label {
  const fields = fieldsOf(value)
  if (fields.policy !== undefined && fields.policy !== POLICY) {
    throw bad('policy', `${quoted(fields.policy)} is no release policy of this node`, `Write ${POLICY}, or leave it off.`)
  }
  const label: Label = {
    policy: POLICY,
    tlp: tlpOf(fields.tlp),
    nations: nationsOf(fields.nations, known.nations),
    organisations: knownIn(
      'organisations',
      fields.organisations,
      known.organisations,
      'organisation',
      'Write its code as in the directory.',
    ),
    caveats: knownIn('caveats', fields.caveats, known.caveats, 'caveat', 'Write it as it was told to you.'),
    persons: personsOf(fields.persons),
    originator: originatorOf(fields.originator, known.organisations),
    expires: expiresOf(fields.expires, now),
  }
  refuseContradictions(label)
  return canonicalLabel(label)
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw bad(
      'label',
      `a label is an object, not ${quoted(value)}`,
      'Write at least {"tlp": "AMBER+STRICT"}, or leave the label off: the record is then the originator’s alone.',
    )
  }
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field))
  if (unknown !== undefined) throw bad('label', `a label has no field ${quoted(unknown)}`, `Its fields are ${FIELDS.join(', ')}.`)
  return { ...value }
}

function tlpOf(value: unknown): Tlp {
  const tlp = TLPS.find((each) => each === value)
  if (tlp === undefined) throw bad('tlp', `${quoted(value)} is no label of TLP 2.0`, `Write one of ${TLPS.join(', ')}.`)
  return tlp
}

function textsOf(field: keyof Label, value: unknown): readonly string[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string')) {
    throw bad(field, `${field} is a list of texts, not ${quoted(value)}`, `Write ["…", "…"], or leave ${field} off.`)
  }
  if (value.length > MOST)
    throw bad(field, `${field} names ${value.length}, more than ${MOST}`, 'Name a nation instead, or make several records.')
  const repeated = value.find((text, at) => value.indexOf(text) !== at)
  if (repeated !== undefined) throw bad(field, `${quoted(repeated)} stands twice in ${field}`, 'Write it once.')
  return value
}

function knownIn(field: keyof Label, value: unknown, known: ReadonlySet<string>, noun: string, remedy: string): readonly string[] {
  const texts = textsOf(field, value)
  const stranger = texts.find((text) => !known.has(text))
  if (stranger !== undefined) throw bad(field, `${quoted(stranger)} is no ${noun} that this node knows`, remedy)
  return texts
}

function nationsOf(value: unknown, known: ReadonlySet<string>): readonly string[] {
  const texts = textsOf('nations', value)
  const stranger = texts.find((text) => !known.has(text))
  if (stranger !== undefined) {
    throw bad(
      'nations',
      `${quoted(stranger)} is no nation that this node knows`,
      `Write trigraphs in capitals: ${nationsInOrder([...known]).join(', ')}.`,
    )
  }
  return texts
}

function personsOf(value: unknown): readonly string[] {
  const texts = textsOf('persons', value)
  const stranger = texts.find((text) => !UUID.test(text))
  if (stranger !== undefined)
    throw bad('persons', `${quoted(stranger)} is no person’s number`, 'Write UUIDs in lower case, as the directory gives them.')
  return texts
}

function originatorOf(value: unknown, known: ReadonlySet<string>): string {
  if (typeof value !== 'string' || !known.has(value)) {
    throw bad(
      'originator',
      `${quoted(value)} is no organisation that this node knows`,
      'Write the code of the organisation in which the record was made.',
    )
  }
  return value
}

function expiresOf(value: unknown, now: Date): string | null {
  if (value === undefined || value === null) return null
  const parts = typeof value === 'string' ? EXPIRY.exec(value) : null
  const whole = parts === null ? '' : `${parts[1]}.${(parts[2] ?? '').padEnd(3, '0')}Z`
  const time = new Date(whole)
  // Date takes 31 February for 3 March.
  if (Number.isNaN(time.getTime()) || time.toISOString() !== whole) {
    throw bad('expires', `${quoted(value)} is no instant in UTC`, 'Write 2027-01-31T23:59:59Z, or null for no end.')
  }
  if (!(time.getTime() > now.getTime()))
    throw bad('expires', `the release would have ended at ${whole} already`, 'Write an instant to come, or release to nobody.')
  return whole
}

function refuseContradictions({ tlp, nations, organisations, caveats, persons, expires }: Label): void {
  const released = nations.length > 0 || organisations.length > 0
  if (tlp === 'RED' && persons.length === 0) {
    throw bad(
      'persons',
      'RED is for named persons, and none is named',
      'Name everybody who is to read it, yourself included, or write AMBER+STRICT.',
    )
  }
  if (tlp === 'RED' && released) {
    throw bad(
      nations.length > 0 ? 'nations' : 'organisations',
      'RED is for named persons: nations and organisations open nothing',
      'Leave them off, or write AMBER with persons.',
    )
  }
  if (tlp === 'AMBER+STRICT' && nations.length > 0) {
    throw bad('nations', 'AMBER+STRICT is for organisations: a nation opens nothing', 'Name its organisations, or write AMBER.')
  }
  if ((tlp === 'GREEN' || tlp === 'CLEAR') && persons.length > 0) {
    throw bad(
      'persons',
      `${tlp} may be passed on to others, so it cannot be for named persons alone`,
      'Write AMBER or RED, or name nobody.',
    )
  }
  if (tlp === 'CLEAR' && (caveats.length > 0 || expires !== null)) {
    throw bad(
      caveats.length > 0 ? 'caveats' : 'expires',
      'CLEAR may be told to the world: it has no caveat and no end',
      'Write GREEN or narrower, or leave it off.',
    )
  }
  if (expires !== null && tlp !== 'RED' && !released) {
    throw bad('expires', 'nothing is released, so nothing ends', 'Leave `expires` off, or name whom it is released to.')
  }
}

/** Trigraphs as they are shown: USA first, then in the order of the alphabet. */
export function nationsInOrder(nations: readonly string[]): readonly string[] {
  const others = nations.filter((nation) => nation !== 'USA').sort()
  return nations.includes('USA') ? ['USA', ...others] : others
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function bad(field: string, message: string, remedy: string): CordonError {
  return new CordonError('release/bad-label', message, { place: { field }, remedy })
}
