/**
 * Runs one task of package.json's scripts: sets up first, then starts the tool on the pinned Node by its full path.
 * Plain JavaScript for Node >= 20. Usage: node scripts/run.mjs TASK [ARGUMENT...]
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findRuntime, noRuntime } from '../bin/runtime.mjs'
import { start } from '../bin/start.mjs'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Each task's program and first arguments, from the root. All are started by Node, so that no shell looks for `node`. */
const TASKS = {
  start: ['src/cli/main.ts', 'node', 'start'],
  test: ['scripts/test.mjs'],
  demo: ['examples/demo.ts'],
  'demo:bitcoin': ['examples/bitcoin.ts'],
  cordon: ['src/cli/main.ts'],
  lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  types: ['node_modules/@typescript/native/bin/tsc', '--project', 'tsconfig.json'],
  layers: ['scripts/layers.mjs'],
  unused: ['node_modules/knip/bin/knip.js'],
  build: ['scripts/build.mjs'],
  client: ['scripts/make-client.ts'],
  load: ['bench/node/load.ts'],
  sbom: ['scripts/sbom.mjs'],
  bench: ['bench/bench.ts'],
  accuracy: ['bench/accuracy.ts'],
  torture: ['bench/node/torture.ts'],
}

const [task, ...args] = process.argv.slice(2)
const program = TASKS[task]
if (program === undefined) {
  process.stderr.write(`usage: node scripts/run.mjs ${Object.keys(TASKS).join('|')} [ARGUMENT...]\n`)
  process.exitCode = 2
} else if (!(await setUp(root))) {
  process.stderr.write('Setting up failed; npm has said why above.\n')
  process.exitCode = 1
} else {
  const runtime = findRuntime(join(root, 'package.json'))
  if (runtime === null) {
    process.stderr.write(`${noRuntime()}\n`)
    process.exitCode = 1
  } else {
    process.exitCode = await start(runtime, [join(root, program[0]), ...program.slice(1), ...args], {
      // `cordon` takes files relative to where its user stands; the tools work on the project.
      cwd: task === 'cordon' ? (process.env.INIT_CWD ?? process.cwd()) : root,
    })
  }
}
