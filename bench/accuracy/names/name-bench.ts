import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { DEFAULT_SETTING } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'
import type { MeasuredRow } from '../../rows.ts'
import { correctedLabel, halfOf, WRONG_LABELS } from '../name-bench-labels.ts'
import { DATA } from './lists.ts'
import { readTable } from './table.ts'

/** F1 that the tool which the cases come from reports for itself on its own cases. */
const PEER_F1 = 0.79

const KINDS: Readonly<Record<string, EntryKind>> = {
  Person: 'person',
  Company: 'organisation',
  Organization: 'organisation',
  LegalEntity: 'unknown',
  Vessel: 'vessel',
}

export interface BenchCase {
  readonly name1: string
  readonly name2: string
  readonly same: boolean
  readonly labelled: boolean
  readonly half: 0 | 1
  readonly score: number
}

export async function benchCases(): Promise<readonly BenchCase[]> {
  const rows = await readTable(`${DATA}names/name_bench_cases.csv`)
  return rows.map((row) => {
    const one = { name1: row.name1 ?? '', name2: row.name2 ?? '', isMatch: row.is_match === 'true' }
    const kind = KINDS[row.schema ?? ''] ?? 'unknown'
    const score = scoreNamePair(prepareName(one.name1, kind, null), prepareName(one.name2, kind, null), () => 1)
    return { ...one, same: correctedLabel(one), labelled: one.isMatch, half: halfOf(one), score }
  })
}

/** Precision, recall and their harmonic mean. */
export function f1(cases: readonly BenchCase[], threshold: number, label: (one: BenchCase) => boolean): number {
  const hit = cases.filter(({ score }) => score >= threshold)
  const right = hit.filter(label).length
  const positives = cases.filter(label).length
  const [precision, recall] = [right / hit.length, right / positives]
  return (2 * precision * recall) / (precision + recall)
}

/** The threshold, in steps of 0.01, with the best F1. */
export function bestThreshold(cases: readonly BenchCase[]): number {
  let best = 0.5
  for (let threshold = 0.3; threshold < 1; threshold += 0.01) {
    if (f1(cases, threshold, ({ same }) => same) > f1(cases, best, ({ same }) => same)) best = threshold
  }
  return Math.round(best * 100) / 100
}

export function benchRows(cases: readonly BenchCase[]): { readonly rows: MeasuredRow[]; readonly notes: readonly string[] } {
  const [even, odd] = [cases.filter(({ half }) => half === 0), cases.filter(({ half }) => half === 1)]
  const chosen = bestThreshold(even)
  const { alert } = DEFAULT_SETTING
  const row = (id: string, what: string, data: string, value: number, target: string | null): MeasuredRow => ({
    id,
    what,
    data,
    value,
    unit: 'F1',
    target,
    peer: 'nomenklatura, as its own report has it',
    peerValue: PEER_F1,
    ratio: value / PEER_F1,
  })
  const same = ({ same: label }: BenchCase): boolean => label
  return {
    rows: [
      row(
        'names.bench',
        `Labelled name pairs, labels corrected, at ${chosen} (chosen on half 0)`,
        `${odd.length} pairs, half 1`,
        f1(odd, chosen, same),
        '>= 0.7901',
      ),
      row(
        'names.bench.default',
        `The same at the default alert score of ${alert}`,
        `${cases.length} pairs`,
        f1(cases, alert, same),
        '>= 0.7901',
      ),
      row(
        'names.bench.labelled',
        `The same with the labels as the file has them, at ${chosen}`,
        `${odd.length} pairs, half 1`,
        f1(odd, chosen, ({ labelled }) => labelled),
        null,
      ),
    ],
    notes: ['## Labels that do not stand', ...Object.entries(WRONG_LABELS).map(([pair, reason]) => `- ${pair}: ${reason}`)],
  }
}
