import { type MeasuredRow, writeRows } from './rows.ts'

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench\`; do not edit. Peers run in the same run on the same machine, which is shared and noisy: read the ratios. The rows of 100 M transfers are made by
\`npm run bench -- --transfers 100000000 --folder DIR import reach trace\`. Cold rows were taken in a fresh process, whose code is not compiled yet: most of what
they take beyond the warm row is that, as the row of a fresh process with its files in memory shows where it stands beside them. The rows of a node's load and of its kills are made by \`npm run load -- --record\` and \`npm run torture -- --record\`.`

/** Writes rows to docs/benchmarks.{md,json}; rows of other ids stay. */
export function writeBenchmarks(rows: readonly MeasuredRow[]): void {
  writeRows('benchmarks', INTRODUCTION, rows)
}
