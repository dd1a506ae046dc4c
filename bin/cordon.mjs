#!/usr/bin/env node
/** Starts `cordon` on the pinned Node: the sources in a working copy, the built files in a published package. */
import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findRuntime, noRuntime } from './runtime.mjs'
import { start } from './start.mjs'

const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const built = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const main = existsSync(source) ? source : built
const runtime = findRuntime()

if (runtime === null) {
  process.stderr.write(`${noRuntime()}\n`)
  process.exitCode = 1
} else if (realpathSync(runtime) === realpathSync(process.execPath)) {
  process.argv[1] = main
  await import(new URL(`file://${main}`).href)
} else {
  process.exitCode = await start(runtime, [main, ...process.argv.slice(2)])
}
