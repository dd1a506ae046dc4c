import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { importLedger } from '../../src/ledger/index.ts'

/**
 * One measurement in a process of its own, so that its peak memory is its own: `import DIR FILE...` or `peer DIR FILE...`.
 * Prints one line of JSON.
 */
const [what, directory, ...files] = process.argv.slice(2) as [string, string, ...string[]]
const began = performance.now()
const seconds = (since: number): number => (performance.now() - since) / 1000

/** Highest resident memory of this process so far. */
function peakBytes(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024
}

if (what === 'import') {
  const phases: { phase: string; at: number }[] = []
  const report = await importLedger({
    paths: files,
    directory,
    progress: ({ phase }) => {
      if (phases.at(-1)?.phase !== phase) phases.push({ phase, at: seconds(began) })
    },
  })
  const { transfers, accounts, hash } = report.manifest
  console.log(JSON.stringify({ seconds: seconds(began), peakBytes: peakBytes(), bytes: report.bytes, transfers, accounts, hash, phases }))
} else {
  // The same rows with 20-byte addresses, sorted by sender and then by receiver: what one would do with DuckDB alone. Its integers end at 2^128; the few
  // values beyond stay text, so that nothing is lost there either.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '4GB', temp_directory: directory })
  const connection = await instance.connect()
  const each: number[] = []
  for (const key of ['f', 't']) {
    const since = performance.now()
    const out = join(directory, `by-${key}.parquet`)
    rmSync(out, { force: true })
    await connection.run(
      `COPY (SELECT unhex(substr(from_address, 3)) AS f, unhex(substr(to_address, 3)) AS t, row_number() OVER () AS p, unhex(substr(token_address, 3)) AS a,
        try_cast(value AS UHUGEINT) AS v, CASE WHEN v IS NULL THEN value END AS wide, unhex(substr(transaction_hash, 3)) AS h FROM read_parquet([${files.map((file) => `'${file}'`).join(', ')}])
        ORDER BY ${key}, p) TO '${out}'`,
    )
    each.push(seconds(since))
  }
  console.log(JSON.stringify({ seconds: seconds(began), peakBytes: peakBytes(), each }))
}
