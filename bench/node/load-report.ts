import { type MeasuredRow, measured } from '../rows.ts'
import type { LoadResult, Sample } from './load-plan.ts'

/** What a load must reach. */
export const TARGET = { p99: 100, growth: 0.1 } as const

/** A percentile of sorted values (nearest rank). */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

/** How memory went over a run: least squares in MiB a minute, and the growth from the second fifth to the last, by their medians. The first fifth is left out: caches fill and code is compiled. */
export function memoryOf(samples: readonly Sample[]): {
  readonly slope: number
  readonly growth: number
  readonly first: number
  readonly last: number
} {
  const later = samples.slice(Math.floor(samples.length / 5))
  const n = later.length
  const x = later.reduce((sum, { second }) => sum + second, 0) / n
  const y = later.reduce((sum, { rssMiB }) => sum + rssMiB, 0) / n
  const above = later.reduce((sum, { second, rssMiB }) => sum + (second - x) * (rssMiB - y), 0)
  const below = later.reduce((sum, { second }) => sum + (second - x) ** 2, 0)
  const middle = (part: readonly Sample[]) => part.map(({ rssMiB }) => rssMiB).sort((a, b) => a - b)[part.length >> 1] ?? Number.NaN
  const fifth = Math.max(1, Math.floor(samples.length / 5))
  const [first, last] = [middle(samples.slice(fifth, 2 * fifth)), middle(samples.slice(-fifth))]
  return { slope: (above / below) * 60, growth: last / first - 1, first, last }
}

/** Rows of a load for the benchmarks: `id` of the database, `data` what was asked of it. */
export function rowsOf(id: string, data: string, { doors }: LoadResult, samples: readonly Sample[]): MeasuredRow[] {
  const all = doors.flatMap(({ times }) => times).sort((a, b) => a - b)
  const failed = doors.reduce((sum, { errors }) => sum + Object.values(errors).reduce((of, each) => of + each, 0), 0)
  const { growth, last } = memoryOf(samples)
  const cpu = samples.reduce((sum, each) => sum + each.cpu, 0) / samples.length
  const row = (name: string, what: string, value: number, unit: string, target: string | null) =>
    measured({ id: `node/load/${id}/${name}`, what: `mixed load on a node, ${what}`, data, value, unit, target })
  return [
    row('p50', 'median of an answer', percentile(all, 0.5), 'ms', null),
    row('p99', '99th percentile of an answer, from when it was due', percentile(all, 0.99), 'ms', `<= ${TARGET.p99}`),
    row('wrong', 'answers that were not what they should be', failed, '', '<= 0'),
    row('memory', 'memory (RSS) at the end', last, 'MiB', null),
    row('growth', 'growth of memory, from the second fifth of the time to the last', growth * 100, '%', `<= ${TARGET.growth * 100}`),
    row('processor', 'processor of the node', cpu * 100, '% of a core', null),
  ]
}

/** The report of a load, and whether it reached what it must. */
export function reportOf(
  { doors, sent, most, events, streamsLost }: LoadResult,
  samples: readonly Sample[],
  perSecond: number,
): { readonly text: string; readonly reached: boolean } {
  const rows = doors
    .filter(({ times }) => times.length > 0)
    .map(({ door, times, errors }) => ({ door, sorted: [...times].sort((a, b) => a - b), errors }))
  const all = rows.flatMap(({ sorted }) => sorted).sort((a, b) => a - b)
  const wrong = doors.flatMap(({ door, errors }) => Object.entries(errors).map(([what, count]) => ({ door, what, count })))
  const failed = wrong.reduce((sum, { count }) => sum + count, 0)
  const memory = memoryOf(samples)
  const line = (name: string, sorted: readonly number[], errors: number) =>
    `${name.padEnd(32)}${String(sorted.length).padStart(8)}${[0.5, 0.95, 0.99, 1].map((part) => percentile(sorted, part).toFixed(1).padStart(9)).join('')}${String(errors).padStart(8)}`
  const every = Math.max(1, Math.floor(samples.length / 12))
  const p99 = percentile(all, 0.99)
  const delays = samples.map(({ delayP99 }) => delayP99).sort((a, b) => a - b)
  const cpu = samples.reduce((sum, each) => sum + each.cpu, 0) / samples.length
  const text = [
    `${'door (ms from when it was due)'.padEnd(32)}${'counted'.padStart(8)}${['p50', 'p95', 'p99', 'max'].map((head) => head.padStart(9)).join('')}${'errors'.padStart(8)}`,
    ...rows.map(({ door, sorted, errors }) =>
      line(
        door,
        sorted,
        Object.values(errors).reduce((sum, each) => sum + each, 0),
      ),
    ),
    line('all', all, failed),
    '',
    ...wrong.map(({ door, what, count }) => `error: ${door}: ${what}: ${count} times`),
    `${sent} requests at ${perSecond}/s, at most ${most} at once; ${events} events told, ${streamsLost} streams lost`,
    `processor of the node: ${(cpu * 100).toFixed(0)} % of one core; event loop late by ${percentile(delays, 0.5).toFixed(1)} ms (p99 of a second, median), ${percentile(delays, 1).toFixed(1)} ms at worst; once ${Math.max(...samples.map(({ delayMax }) => delayMax)).toFixed(0)} ms`,
    `memory (RSS): ${memory.first.toFixed(0)} MiB early, ${memory.last.toFixed(0)} MiB at the end (${(memory.growth * 100).toFixed(1)} %), ${memory.slope.toFixed(2)} MiB/min`,
    `over time: ${samples
      .filter(({ second }) => second % every === 0)
      .map(({ second, rssMiB, heapMiB }) => `${second}s ${rssMiB.toFixed(0)}/${heapMiB.toFixed(0)}`)
      .join('  ')} (MiB RSS/heap)`,
  ]
  const misses = [
    ...(p99 <= TARGET.p99 ? [] : [`p99 is ${p99.toFixed(1)} ms, more than ${TARGET.p99}`]),
    ...(memory.growth <= TARGET.growth ? [] : [`memory grew by more than ${TARGET.growth * 100} %`]),
    ...(failed === 0 ? [] : [`${failed} answers were not what they should be`]),
    ...(streamsLost === 0 ? [] : [`${streamsLost} event streams were lost`]),
  ]
  return {
    text: [...text, misses.length === 0 ? 'reached: p99, memory, no errors' : `missed: ${misses.join('; ')}`].join('\n'),
    reached: misses.length === 0,
  }
}
