/**
 * Runs the tests. Arguments are those of `vitest run`.
 *
 * V8 sometimes aborts a process of tests by itself while code is compiled and freed in threads (`Check failed: jit_page.has_value()`, SIGTRAP; nodejs/node 64500). No test has failed then, and none has passed:
 * the files that such a process ran are run once more, in sight. Every other end of a process is a failure, and so is a second abort.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from '../bin/start.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const results = join(tmpdir(), `cordon-tests-${process.pid}.json`)

async function run(args) {
  rmSync(results, { force: true })
  const code = await start(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
    cwd: root,
    env: { ...process.env, CORDON_TEST_RESULTS: results },
  })
  try {
    return { code, ...JSON.parse(readFileSync(results, 'utf8')) }
  } catch {
    // Vitest ended before its reporter: its exit code says so.
    return { code, files: {}, errors: 0, aborted: [] }
  } finally {
    rmSync(results, { force: true })
  }
}

const first = await run(process.argv.slice(2))
let { code, files, errors } = first
const others = Object.entries(first.files).some(([file, { failed }]) => failed > 0 && !first.aborted.includes(file))
if (first.aborted.length > 0) {
  console.log(`\nV8 aborted the process of ${first.aborted.join(', ')}: run again, once\n`)
  const again = await run(first.aborted)
  files = { ...files, ...again.files }
  errors += again.errors - first.aborted.length
  code = again.code !== 0 || others || errors > 0 ? 1 : 0
}
const of = Object.values(files)
const counts = {
  passed: of.reduce((sum, { passed }) => sum + passed, 0),
  failed: errors + of.reduce((sum, { failed }) => sum + failed, 0),
  skipped: of.flatMap(({ skipped }) => skipped),
}
for (const { file, name, reason } of counts.skipped) console.log(`skipped: ${file} > ${name}: ${reason}`)
if (process.env.CORDON_TEST_COUNTS) writeFileSync(process.env.CORDON_TEST_COUNTS, JSON.stringify(counts))
process.exitCode = code
