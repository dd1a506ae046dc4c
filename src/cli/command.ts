import { Command } from 'commander'
import type { Work } from '../chain/index.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { toJson } from './json.ts'
import { progressLine } from './progress.ts'
import type { Terminal } from './terminal.ts'

/** What a command found: `value` for machines, `text` for people. */
export interface Outcome {
  readonly value: unknown
  readonly text: string
  /** `EXIT.ok` unless told otherwise: a verification that differs ends with `EXIT.failed`, and still has a result. */
  readonly exit?: ExitCode
}

/** One run of the program: its terminal, and the exit code that the command leaves. */
export interface Session {
  readonly terminal: Terminal
  exit: ExitCode
}

/** A subcommand with the options and help that all of them have. */
export function command(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name)
    .description(summary)
    .option('--json', 'write the result as JSON on stdout, errors as JSON on stderr')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`)
}

/**
 * Gives a command its work. Progress goes to the terminal's line, the result alone to stdout.
 * Arguments of the command come as one list, in order; an optional one that was left off is undefined.
 */
export function perform<O>(
  target: Command,
  session: Session,
  work: (options: O, operands: readonly unknown[], work: Work) => Promise<Outcome>,
): Command {
  return target.action(async (...given: unknown[]) => {
    const { terminal } = session
    const options = target.opts<O & { json?: boolean }>()
    const line = progressLine({ write: terminal.err, columns: terminal.columns, now: terminal.now })
    // Commander ends the list with the options and the command itself.
    const operands = given.slice(0, -2)
    let outcome: Outcome
    try {
      outcome = await work(options, operands, { progress: line.report, signal: terminal.signal })
    } finally {
      line.clear()
    }
    terminal.out(options.json ? toJson(outcome.value) : `${outcome.text}\n`)
    session.exit = outcome.exit ?? EXIT.ok
  })
}
