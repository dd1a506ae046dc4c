import { parseArgs } from 'node:util'
import { NO_POSTGRES } from '../../test/node/postgres.ts'
import { writeBenchmarks } from '../benchmarks.ts'
import { type MeasuredRow, measured, median } from '../rows.ts'
import { type TortureReport, torture } from './torture-run.ts'

/** `npm run torture [-- --kills 1000 --database embedded|server|both --seed N --record]`: kills nodes while they write and looks whether anything that was acknowledged is lost. `--record` writes the figures into docs/benchmarks. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    database: { type: 'string', default: 'both' },
    seed: { type: 'string', default: '1' },
    audit: { type: 'string', default: '100' },
    record: { type: 'boolean', default: false },
  },
})
const kinds = (['embedded', 'server'] as const).filter((kind) => values.database === 'both' || values.database === kind)
if (kinds.length === 0) throw new Error('--database is embedded, server or both')
const kills = Math.ceil(Number(values.kills) / kinds.length)
let bad = 0
for (const database of kinds) {
  if (database === 'server' && NO_POSTGRES !== null) {
    process.stdout.write(`server: left out, ${NO_POSTGRES}\n`)
    continue
  }
  const began = performance.now()
  const report = await torture({
    database,
    kills,
    seed: Number(values.seed),
    auditEvery: Number(values.audit),
    say: (text) => process.stderr.write(`${text}\n`),
  })
  process.stdout.write(described(database, report, (performance.now() - began) / 1000))
  if (values.record) writeBenchmarks(rowsOf(database, report))
  bad += report.lost.length + report.findings.length
}
process.exitCode = bad === 0 ? 0 : 1

function described(database: string, report: TortureReport, seconds: number): string {
  const { kills: deaths, acknowledged, unanswered, checkpoints, audits, lost, findings, starts } = report
  const sorted = starts.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  const total = Object.values(deaths).reduce((sum, n) => sum + n, 0)
  const kinds = Object.entries(deaths).filter(([, n]) => n > 0)
  return [
    `${database}: ${total} kills in ${Math.round(seconds)} s (${kinds.map(([kind, n]) => `${kind} ${n}`).join(', ')})`,
    `  acknowledged writes ${acknowledged}, requests without an answer ${unanswered}, checkpoints kept ${checkpoints}, audits ${audits}`,
    `  lost ${lost.length}, findings ${findings.length}`,
    `  start after a kill: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
    ...[...lost, ...findings].slice(0, 50).map((text) => `  ${text}`),
    '',
  ].join('\n')
}

function rowsOf(database: string, { kills, acknowledged, lost, findings, starts }: TortureReport): MeasuredRow[] {
  const total = Object.values(kills).reduce((sum, n) => sum + n, 0)
  const data = `${total} kills during writes, start and signing, ${acknowledged} acknowledged writes; ${database} database`
  const row = (name: string, what: string, value: number, unit: string, target: string | null) =>
    measured({ id: `node/torture/${database}/${name}`, what, data, value, unit, target })
  return [
    row('lost', 'acknowledged writes that were lost, changed or doubled by kills of a node', lost.length, '', '<= 0'),
    row('findings', 'findings of the audit after kills of a node', findings.length, '', '<= 0'),
    row('start', 'start of a node after a kill, to its first answer, median', median(starts), 'ms', null),
  ]
}
