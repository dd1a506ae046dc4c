import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

interface Skipped {
  readonly file: string
  readonly name: string
  readonly reason: string
}

/**
 * Lists the skipped tests with their reasons after a run and, when CORDON_TEST_COUNTS names a file, writes the true counts there as JSON.
 * A file that fails before its tests can be told counts as one failure.
 */
class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    const skipped: Skipped[] = []
    for (const module of modules) {
      let failedHere = 0
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') passed++
        else if (result.state === 'skipped')
          skipped.push({ file: module.relativeModuleId, name: test.fullName, reason: reason(test.options.mode, result.note) })
        // A test that never came to a result did not pass.
        else failedHere++
      }
      failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere
    }
    for (const { file, name, reason } of skipped) console.log(`skipped: ${file} > ${name}: ${reason}`)
    const to = process.env.CORDON_TEST_COUNTS
    if (to) writeFileSync(to, JSON.stringify({ passed, failed, skipped }))
  }
}

function reason(mode: string | undefined, note: string | undefined): string {
  if (note) return note
  return mode === 'todo' ? 'not written yet' : "its file's condition for running is not met on this machine"
}

// Vitest loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: see above
export default CountReporter
