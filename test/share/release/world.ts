import type { Label, Reader, Tlp } from '../../../src/share/release/index.ts'
import { TLPS } from '../../../src/share/release/index.ts'

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Random = ReturnType<typeof randomFrom>

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!
}

/** A subset; often empty, often whole. */
export function some<T>(random: Random, values: readonly T[]): T[] {
  const share = pick(random, [0, 0, 0.15, 0.35, 0.6, 1])
  return values.filter(() => random() < share)
}

export const NATION_OF: ReadonlyMap<string, string> = new Map([
  ['FBI', 'USA'],
  ['USSS', 'USA'],
  ['NPA', 'JPN'],
  ['KNPA', 'KOR'],
  ['KNP', 'KOR'],
  ['UPBIT-CO', 'KOR'],
  ['BINANCE', 'ARE'],
])
/** Codes that look like the others: another case, a Cyrillic А, a blank, a beginning, a name that every JavaScript object has. */
export const LOOK_ALIKE_ORGANISATIONS = ['fbi', 'FBI ', 'NРA', 'KNPA2', '__proto__', 'constructor']
export const LOOK_ALIKE_NATIONS = ['usa', 'USА', 'US', 'USA ', 'KO', 'PRK', 'length']
export const CAVEATS = ['LAZARUS', 'SINBAD', 'WIRETAP', 'lazarus', 'LAZARUS ']
export const PERSONS = [0, 1, 2, 3, 4, 5].map((at) => `0190c2f0-0000-7000-8000-00000000000${at}`)
export const INSTANTS = ['2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2027-06-30T12:00:00.000Z']

/** Every instant, a millisecond before it and after it, and far off. */
export const CLOCK = [
  ...new Set(INSTANTS.flatMap((text) => [-1, 0, 1].map((step) => Date.parse(text) + step))),
  Date.parse('1999-01-01T00:00:00.000Z'),
  Date.parse('2999-01-01T00:00:00.000Z'),
].sort((a, b) => a - b)

export const ORGANISATIONS = [...NATION_OF.keys()]
const ALL_ORGANISATIONS = [...ORGANISATIONS, ...LOOK_ALIKE_ORGANISATIONS]
const ALL_NATIONS = [...new Set(NATION_OF.values()), ...LOOK_ALIKE_NATIONS]

/** Any sound label, also those that contradict themselves and would be refused at birth. */
export function randomLabel(random: Random): Label {
  const tlp = pick<Tlp>(random, TLPS)
  const persons = some(random, PERSONS)
  return {
    policy: 'cordon-1',
    tlp,
    nations: random() < 0.8 ? some(random, ['USA', 'JPN', 'KOR']) : some(random, ALL_NATIONS),
    organisations: random() < 0.8 ? some(random, ORGANISATIONS) : some(random, ALL_ORGANISATIONS),
    caveats: random() < 0.5 ? [] : some(random, CAVEATS),
    persons: tlp === 'RED' && persons.length === 0 ? [pick(random, PERSONS)] : random() < 0.5 && tlp !== 'RED' ? [] : persons,
    originator: random() < 0.9 ? pick(random, ORGANISATIONS) : pick(random, ALL_ORGANISATIONS),
    expires: random() < 0.5 ? null : pick(random, INSTANTS),
  }
}

/** A label near another one: one field differs. */
export function nearLabel(random: Random, label: Label): Label {
  const other = randomLabel(random)
  const field = pick(random, ['nations', 'organisations', 'caveats', 'persons', 'originator', 'expires', 'tlp'] as const)
  const near = { ...label, [field]: other[field] }
  return near.tlp === 'RED' && near.persons.length === 0 ? { ...near, persons: [PERSONS[0]!] } : near
}

export function randomReader(random: Random): Reader {
  const organisation = random() < 0.85 ? pick(random, ORGANISATIONS) : pick(random, ALL_ORGANISATIONS)
  return {
    person: pick(random, [...PERSONS, '0190c2f0-0000-7000-8000-0000000000ff']),
    organisation,
    nation: random() < 0.8 ? (NATION_OF.get(organisation) ?? null) : pick(random, [...ALL_NATIONS, null]),
    caveats: some(random, CAVEATS),
    community: random() < 0.65 ? 'member' : 'subscriber',
    disabled: random() < 0.04,
  }
}
