import { createHash } from 'node:crypto'
import { CordonError, canonicalJson } from '../../chain/index.ts'

/** The rules by which a label is read. Another set of rules gets another name, and a node that does not know it opens nothing. */
export const POLICY = 'cordon-1'

/** The labels of the Traffic Light Protocol 2.0 (FIRST, August 2022), from the widest to the narrowest. */
export const TLPS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const

export type Tlp = (typeof TLPS)[number]

/** Nations that take part without further configuration, ISO 3166-1 alpha-3. */
export const NATIONS: readonly string[] = ['USA', 'JPN', 'KOR']

/**
 * Who may read a record, from its birth. Sets are sorted by code unit and hold nothing twice (`canonicalLabel`). `docs/release.md` has the whole table.
 */
export type Label = {
  readonly policy: typeof POLICY
  readonly tlp: Tlp
  /** Trigraphs. A reader of any of these nations is let in, as far as the TLP lets nations open. */
  readonly nations: readonly string[]
  /** Codes of organisations. A reader of any of these is let in: "or" with the nations. */
  readonly organisations: readonly string[]
  /** The reader must be read into every one of them, whoever he is. */
  readonly caveats: readonly string[]
  /** UUIDs in lower case. Where there are any, the reader must be one of them, whoever he is. */
  readonly persons: readonly string[]
  /** The organisation that made the record, and the only one that can let others in. */
  readonly originator: string
  /** UTC, `2027-01-31T23:59:59.999Z`. From this instant on the record is the originator's alone; null: no end. */
  readonly expires: string | null
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** The label of a record about which nothing was said: its originator's alone. */
export function defaultLabel(originator: string): Label {
  return { policy: POLICY, tlp: 'AMBER+STRICT', nations: [], organisations: [], caveats: [], persons: [], originator, expires: null }
}

/** 0 for CLEAR to 4 for RED. */
export function tlpRank(tlp: Tlp): number {
  return TLPS.indexOf(tlp)
}

/** Milliseconds since 1970 of an instant as `Date.toISOString` writes it; NaN for everything else, 31 February included. */
export function instantOf(text: string): number {
  if (!INSTANT.test(text)) return Number.NaN
  const time = new Date(text)
  return !Number.isNaN(time.getTime()) && time.toISOString() === text ? time.getTime() : Number.NaN
}

/**
 * Whether a label says something that can be enforced. One that does not (another policy, an unknown TLP, a field that is missing or of another type, RED that names nobody) opens to nobody, not even to
 * its originator: what the rule was meant to be is not known.
 */
export function isSound(label: unknown): label is Label {
  if (typeof label !== 'object' || label === null) return false
  const { policy, tlp, nations, organisations, caveats, persons, originator, expires } = label as { [field in keyof Label]: unknown }
  return (
    policy === POLICY &&
    (TLPS as readonly unknown[]).includes(tlp) &&
    isTexts(nations) &&
    isTexts(organisations) &&
    isTexts(caveats) &&
    isTexts(persons) &&
    persons.every((person) => UUID.test(person)) &&
    (tlp !== 'RED' || persons.length > 0) &&
    typeof originator === 'string' &&
    originator !== '' &&
    (expires === null || (typeof expires === 'string' && !Number.isNaN(instantOf(expires))))
  )
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '')
}

/**
 * The one spelling of a label: sets sorted and without repeats, the originator left out of the organisations (it reads anyway, and longer).
 *
 * @throws CordonError `release/garbled-label`
 */
export function canonicalLabel(label: Label): Label {
  if (!isSound(label)) {
    throw new CordonError('release/garbled-label', 'the label of a record says nothing that can be enforced', {
      remedy: 'The record stays closed to everybody. Restore its label from the record of what was done, or from a backup.',
    })
  }
  const { policy, tlp, originator, expires } = label
  return {
    policy,
    tlp,
    nations: setOf(label.nations),
    organisations: setOf(label.organisations).filter((code) => code !== originator),
    caveats: setOf(label.caveats),
    persons: setOf(label.persons),
    originator,
    expires,
  }
}

function setOf(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort()
}

/**
 * SHA-256, in hex, of the canonical label as canonical JSON. Equal labels have equal hashes.
 *
 * @throws CordonError `release/garbled-label`
 */
export function labelHash(label: Label): string {
  return createHash('sha256')
    .update(canonicalJson(canonicalLabel(label)))
    .digest('hex')
}
