import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { correctedLabel, halfOf, WRONG_LABELS } from '../../../bench/accuracy/name-bench-labels.ts'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { scoreNames } from '../../../src/screen/names/compare.ts'
import { foldName } from '../../../src/screen/names/fold.ts'
import { hasShared, shared } from '../../attribution/shared.ts'

const FILE = 'names/name_bench_cases.csv'
const KINDS: Readonly<Record<string, EntryKind>> = {
  Person: 'person',
  Company: 'organisation',
  Organization: 'organisation',
  Vessel: 'vessel',
}
/** Chosen on half 0. */
const THRESHOLD = 0.81

/** The first five columns of each row; quoted cells may hold commas and doubled quotes, none a line feed. */
function rows(): { readonly schema: string; readonly name1: string; readonly name2: string; readonly isMatch: boolean }[] {
  return readFileSync(shared(FILE), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      )
      return { schema: cells[1]!, name1: cells[2]!, name2: cells[3]!, isMatch: cells[4] === 'true' }
    })
}

function f1(pairs: readonly { readonly score: number; readonly label: boolean }[]): number {
  let both = 0
  let wrong = 0
  for (const { score, label } of pairs) {
    if (score >= THRESHOLD && label) both += 1
    else if (score >= THRESHOLD || label) wrong += 1
  }
  return (2 * both) / (2 * both + wrong)
}

describe.skipIf(!hasShared(FILE))('the 826 labelled pairs (skipped where ../shared/data is missing)', () => {
  const scored = (): { score: number; label: boolean; half: number; key: string; isMatch: boolean }[] =>
    rows().map((row) => {
      const kind = KINDS[row.schema] ?? 'unknown'
      return {
        score: scoreNames(foldName(row.name1, kind), foldName(row.name2, kind)),
        label: correctedLabel(row),
        half: halfOf(row),
        key: `${row.name1}|${row.name2}`,
        isMatch: row.isMatch,
      }
    })

  test('F1 is above .85 on the half that prices were chosen on and on the other, without the Korean engine', () => {
    const pairs = scored()
    expect(pairs.length).toBe(826)
    const halves = [0, 1].map((half) => f1(pairs.filter((pair) => pair.half === half)))
    console.log(
      `name_bench: F1 ${halves[0]!.toFixed(3)} (tuned half), ${halves[1]!.toFixed(3)} (other half), ${f1(pairs).toFixed(3)} (all)`,
    )
    for (const value of halves) expect(value).toBeGreaterThan(0.85)
  })

  test('Every label that is called wrong is in the file, as a match', () => {
    const pairs = scored()
    for (const key of Object.keys(WRONG_LABELS)) expect(pairs.filter((pair) => pair.key === key && pair.isMatch).length).toBeGreaterThan(0)
    expect(pairs.filter((pair) => pair.label !== pair.isMatch).every((pair) => Object.hasOwn(WRONG_LABELS, pair.key))).toBe(true)
  })
})
