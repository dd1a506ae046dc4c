import { ONSET_CLASSES } from './onset-classes.ts'
import type { KoreanName } from './parse.ts'
import type { Position } from './syllable.ts'

/**
 * Keys under which a Korean name is filed and looked for: two names that compare at all have a sequence of classes of onsets in common (onset-classes.ts).
 */
/** More sequences than this come from readings that fit anything. */
const MOST_KEYS = 64

export interface KoreanKeys {
  /** Family and given name. */
  readonly whole: readonly string[]
  /** The given name of a full name. */
  readonly given: readonly string[]
  /** The given name of a name that has no family name. */
  readonly alone: readonly string[]
}

export function koreanKeys(names: readonly KoreanName[]): KoreanKeys {
  const whole = new Set<string>()
  const given = new Set<string>()
  const alone = new Set<string>()
  for (const name of names) {
    if (name.family.length === 0) for (const key of sequences(name.given)) alone.add(`a${key}`)
    else {
      for (const key of sequences([...name.family, ...name.given])) whole.add(`w${name.family.length}${key}`)
      for (const key of sequences(name.given)) given.add(`g${key}`)
    }
  }
  return { whole: cut(whole), given: cut(given), alone: cut(alone) }
}

function cut(keys: ReadonlySet<string>): readonly string[] {
  return [...keys].slice(0, MOST_KEYS)
}

function sequences(positions: readonly Position[]): readonly string[] {
  let keys = ['']
  for (const position of positions) {
    const letters = new Set<string>()
    for (const { looseOnset } of position)
      for (const [letter, onsets] of ONSET_CLASSES) if ((looseOnset & onsets) !== 0) letters.add(letter)
    keys = keys.flatMap((key) => [...letters].map((letter) => key + letter))
  }
  return keys
}
