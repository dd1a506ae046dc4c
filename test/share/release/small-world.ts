import { type Label, mayRead, type Reader, TLPS, type Tlp } from '../../../src/share/release/index.ts'
import { PERSONS, pick, type Random, some } from './world.ts'

const ORGANISATIONS = ['FBI', 'KNPA', 'NPA']
const NATIONS = ['KOR', 'USA']
const CAVEATS = ['LAZARUS', 'SINBAD']
const NAMED = PERSONS.slice(0, 2)
const ENDS = ['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']

/** A label over so few names that every reader who could tell two of them apart can be listed. */
export function smallLabel(random: Random): Label {
  const tlp = pick<Tlp>(random, TLPS)
  const persons = some(random, NAMED)
  return {
    policy: 'cordon-1',
    tlp,
    nations: some(random, NATIONS),
    organisations: some(random, ORGANISATIONS),
    caveats: some(random, CAVEATS),
    persons: tlp === 'RED' && persons.length === 0 ? NAMED : persons,
    originator: pick(random, ORGANISATIONS),
    expires: random() < 0.5 ? null : pick(random, ENDS),
  }
}

type Moment = { readonly reader: Reader; readonly now: Date }

/** One reader for each way of being in or out of the sets of small labels (with one of every kind whom no label names), before, between and after the ends. */
export const EVERYBODY: readonly Moment[] = [...NAMED, PERSONS[5]!].flatMap((person) =>
  [...ORGANISATIONS, 'OTHER'].flatMap((organisation) =>
    [...NATIONS, 'XXX'].flatMap((nation) =>
      (['member', 'subscriber'] as const).flatMap((community) =>
        [[], ['LAZARUS'], ['SINBAD'], CAVEATS].flatMap((caveats) =>
          ['2025-06-01T00:00:00.000Z', ENDS[0]!, '2026-06-01T00:00:00.000Z', ENDS[1]!].map((at) => ({
            reader: { person, organisation, nation, community, caveats, disabled: false },
            now: new Date(at),
          })),
        ),
      ),
    ),
  ),
)

/** Who passes: one byte for each of `EVERYBODY`. */
export function audience(label: Label): Uint8Array {
  return Uint8Array.from(EVERYBODY, ({ reader, now }) => (mayRead(reader, label, now) ? 1 : 0))
}
