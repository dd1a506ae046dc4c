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
const USAGE: ReadonlySet<string> = new Set([
  'cli/usage',
  'attribution/bad-parameter',
  'bitcoin/bad-option',
  'bitcoin/bad-url',
  'cases/bad-basis',
  'cases/no-seeds',
  'cases/no-such-heist',
  'esplora/bad-option',
  'esplora/bad-url',
  'ledger/bad-option',
  'list/bad-option',
  'list/four-eyes',
  'screen/bad-decision',
  'screen/bad-mapping',
  'screen/bad-parameter',
  'screen/bad-query',
  'screen/bad-setting',
  'screen/four-eyes',
  'screen/name-too-long',
  'simulate/size',
  'trace/bad-fraction',
  'trace/bad-parameter',
])

/** Errors that are nobody's input: the machine, whoever was asked over the network, or Cordon itself could not do the work. */
const FAILED: ReadonlySet<string> = new Set([
  // A node or server that could not be asked, or not any more: another time, another network or another limit may do.
  'bitcoin/node-error',
  'bitcoin/node-refused',
  'bitcoin/node-unreachable',
  'bitcoin/reorganised',
  'cli/not-writable',
  'esplora/closed',
  'esplora/rate-limited',
  'esplora/refused',
  'esplora/reorganised',
  'esplora/request-limit',
  'esplora/server-error',
  'esplora/timeout',
  'esplora/unreachable',
  'esplora/unsteady',
  'database/disk-full',
  'database/not-opened',
  'ledger/big-endian',
  'ledger/disk-full',
  'ledger/in-use',
  'ledger/not-writable',
  'ledger/order',
  'ledger/out-of-memory',
  'list/clock-behind',
  'list/disk-full',
  'list/in-use',
  'list/not-writable',
  'node/in-use',
  'node/no-node',
  'screen/clock-behind',
  'screen/disk-full',
  'screen/in-use',
  'screen/index',
  'screen/key',
  'screen/not-writable',
  'trace/not-conserved',
])

/** Every code that has an exit code of its own. */
export const SORTED_CODES: readonly string[] = [...USAGE, ...FAILED]

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
