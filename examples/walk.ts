import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from '../src/cli/run.ts'

/** What a step is for, and the command that does it. */
export type Step = readonly [what: string, command: readonly string[]]

/** Runs commands one after the other in an empty folder, each shown before it runs, and says where the report is. Ends the process where one fails. */
export async function walk(folder: string, steps: readonly Step[], report: string): Promise<void> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const terminal = {
    out: (text: string) => process.stdout.write(text),
    err: (text: string) => process.stderr.write(text),
    columns: () => (process.stderr.isTTY ? process.stderr.columns || 80 : null),
    now: () => performance.now(),
    signal: stop.signal,
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [what, command] of steps) {
    terminal.out(`\n${what}\n$ cordon ${command.join(' ')}\n\n`)
    const exit = await run(command, terminal)
    if (exit !== 0) process.exit(exit)
  }
  terminal.out(`\nThe report: ${resolve(report)}\nOpen it in a browser; it needs no network.\n`)
}
