import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

interface Skipped {
  readonly file: string
  readonly name: string
  readonly reason: string
}

/** What became of the tests of one file. */
interface FileResult {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skipped[]
}

/**
 * Writes what became of each file's tests to the file that CORDON_TEST_RESULTS names, for `scripts/test.mjs`: the errors that belong to no test, and the files whose process V8 aborted.
 * A file that fails before its tests can be told counts as one failure.
 */
class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const to = process.env.CORDON_TEST_RESULTS
    if (!to) return
    const aborted = errors.flatMap(abortedFile).map((file) => modules.find(({ moduleId }) => moduleId === file)?.relativeModuleId ?? file)
    const files = Object.fromEntries(
      modules.map((module) => [module.relativeModuleId, resultOf(module, aborted.includes(module.relativeModuleId))]),
    )
    writeFileSync(to, JSON.stringify({ files, errors: errors.length, aborted }))
  }
}

function resultOf(module: TestModule, isAborted: boolean): FileResult {
  let passed = 0
  let failed = 0
  const skipped: Skipped[] = []
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') passed++
    else if (result.state === 'skipped')
      skipped.push({ file: module.relativeModuleId, name: test.fullName, reason: reason(test.options.mode, result.note) })
    // A test that never came to a result did not pass; that its process ended is an error of its own.
    else if (result.state === 'failed' || !isAborted) failed++
  }
  return { passed, failed: failed === 0 && module.state() === 'failed' ? 1 : failed, skipped }
}

/** The file that a process ran when V8 aborted it: it then ends by SIGTRAP. */
function abortedFile(error: unknown): readonly string[] {
  const { message, cause } = error as { message?: string; cause?: { message?: string } }
  const found = /exited unexpectedly with signal SIGTRAP .* while running test file (.+)$/.exec(cause?.message ?? message ?? '')
  return found === null ? [] : [found[1] as string]
}

function reason(mode: string | undefined, note: string | undefined): string {
  if (note) return note
  return mode === 'todo' ? 'not written yet' : "its file's condition for running is not met on this machine"
}

// Vitest loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: see above
export default CountReporter
