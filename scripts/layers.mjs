/**
 * Checks that imports run one way between the rooms of `src/`, by .dependency-cruiser.cjs.
 * Usage: node scripts/layers.mjs [ROOT]   (ROOT holds `src/`; the project by default)
 *
 * dependency-cruiser without a TypeScript compiler that it knows reads no .ts file at all and reports success, so every file must be seen.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const root = resolve(process.argv[2] ?? home)

const run = spawnSync(
  process.execPath,
  [
    join(home, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
    'src',
    '--config',
    join(home, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
)
if (run.error) throw run.error
if (!run.stdout.startsWith('{')) {
  process.stderr.write(run.stdout + run.stderr)
  process.exit(1)
}
const { modules, summary } = JSON.parse(run.stdout)
const seen = new Set(modules.map((module) => module.source))
const unseen = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !seen.has(file))
for (const violation of summary.violations) {
  const { name, severity, comment } = violation.rule
  process.stdout.write(`${severity} ${name}: ${violation.from} → ${violation.to}${comment ? `\n  ${comment}` : ''}\n`)
}
for (const file of unseen) process.stdout.write(`error not-read: ${file} was not read, so its imports were not checked\n`)
const sources = [...seen].filter((file) => /^src\/.*\.ts$/.test(file)).length
process.stdout.write(`${sources} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations\n`)
if (summary.error > 0 || unseen.length > 0 || sources === 0) process.exitCode = 1
