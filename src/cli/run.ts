import { CommanderError } from 'commander'
import type { Session } from './command.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit.ts'
import { describeFailure, failureJson } from './failure.ts'
import { toJson } from './json.ts'
import { program } from './program.ts'
import type { Terminal } from './terminal.ts'

/** Runs `cordon` with arguments (without the program's own name) and answers with its exit code. Throws nothing. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const session: Session = { terminal, exit: EXIT.ok }
  const json = args.includes('--json')
  try {
    await program(session, json).parseAsync(args, { from: 'user' })
    return session.exit
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok
      if (json) {
        const message = error.message.replace(/^error: /, '')
        terminal.err(toJson({ error: { code: 'cli/usage', message, place: {}, remedy: 'See --help.' } }))
      }
      return EXIT.usage
    }
    terminal.err(json ? failureJson(error) : describeFailure(error))
    return exitCodeOf(error)
  }
}
