import { CordonError } from '../chain/index.ts'

/** Exit codes of `cordon`; docs/cli.md explains them to users. */
export const EXIT = {
  ok: 0,
  /** The work failed, or what was verified differs. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A file, ledger, seed or tag was refused; nothing was changed. */
  refused: 3,
  /** Ctrl-C, as shells have it (128 + SIGINT). */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Errors that come from values on the command line. */
const USAGE = new Set(['cli/usage', 'trace/bad-parameter', 'trace/bad-fraction', 'simulate/bad-parameter'])

/** Errors that are nobody's input: the machine or Cordon itself could not do the work. */
const FAILED = new Set([
  'cli/not-writable',
  'trace/not-conserved',
  'ledger/disk-full',
  'ledger/not-writable',
  'ledger/big-endian',
  'ledger/order',
])

/** The exit code that an error stands for. Every other `CordonError` means that an input was refused. */
export function exitCodeOf(error: unknown): ExitCode {
  if (isAbort(error)) return EXIT.interrupted
  if (!(error instanceof CordonError)) return EXIT.failed
  if (USAGE.has(error.code)) return EXIT.usage
  return FAILED.has(error.code) ? EXIT.failed : EXIT.refused
}

/** True for what `AbortSignal.throwIfAborted` throws. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

/** A wrong command line, for what commander cannot see. */
export function usage(message: string, remedy: string): CordonError {
  return new CordonError('cli/usage', message, { remedy })
}
