import { type MeasuredRow, measured } from '../../rows.ts'
import type { AliasPair } from './alias-pairs.ts'
import { scoreOfNames } from './alias-pairs.ts'
import type { EntryPair } from './lists.ts'
import type { BenchCase } from './name-bench.ts'

interface Judged {
  readonly score: number
  readonly same: boolean
  readonly weight: number
}

/**
 * How far scores are from the share of pairs at that score that are spellings of one name (expected calibration error over ten bins), on half 1 of all labelled pairs. Pairs of each source that are the same and
 * pairs that are not weigh as much as each other.
 */
export function calibrationRows(
  pairs: readonly AliasPair[],
  persons: readonly EntryPair[],
  cases: readonly BenchCase[],
): { readonly rows: MeasuredRow[]; readonly notes: readonly string[] } {
  const sources: readonly (readonly { readonly score: number; readonly same: boolean }[])[] = [
    [
      ...pairs.filter(({ half, otherName }) => half === 1 && !otherName).map(({ a, b }) => ({ score: scoreOfNames(a, b), same: true })),
      ...persons.filter(({ half, homonym }) => half === 1 && !homonym).map(({ score }) => ({ score, same: false })),
    ],
    cases.filter(({ half }) => half === 1),
  ]
  const judged: Judged[] = sources.flatMap((items) => {
    const same = items.filter((item) => item.same).length
    return items.map(({ score, same: is }) => ({ score, same: is, weight: is ? 0.5 / same : 0.5 / (items.length - same) }))
  })
  const bins = Array.from({ length: 10 }, (_, i) => judged.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === i))
  let error = 0
  let total = 0
  const notes = ['## Calibration on half 1: score, share that is the same name, pairs']
  for (const bin of bins) {
    const weight = sum(bin, (one) => one.weight)
    if (weight === 0) continue
    const told = sum(bin, (one) => one.weight * one.score) / weight
    const is = sum(bin, (one) => (one.same ? one.weight : 0)) / weight
    error += weight * Math.abs(told - is)
    total += weight
    notes.push(`- ${told.toFixed(2)}: ${is.toFixed(2)} (${bin.length})`)
  }
  return {
    rows: [
      measured({
        id: 'names.calibration',
        what: 'Expected calibration error of name scores',
        data: `${judged.length} labelled pairs, half 1`,
        value: error / total,
        unit: 'share',
        target: null,
      }),
    ],
    notes,
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
