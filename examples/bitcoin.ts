/**
 * A Bitcoin theft from end to end on a small made-up chain: block files in, a theft followed through peel chains and CoinJoins to the exchanges, a report for people.
 * It needs no network. Everything goes to out/bitcoin.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from '../src/cli/run.ts'

const FOLDER = 'out/bitcoin'
const WORLD = `${FOLDER}/world`
const LEDGER = `${FOLDER}/ledger`
const TRACE = `${FOLDER}/theft-01.json`
const REPORT = `${FOLDER}/theft-01.html`

const STEPS: readonly (readonly [string, readonly string[]])[] = [
  [
    'A Bitcoin world of honest traffic with thefts in it, as block files of Bitcoin Core. The truth about them is known, and kept apart.',
    ['simulate', '--chain', 'bitcoin', '--transfers', '3000', '--seed', '1', '--out', WORLD],
  ],
  ['Its blocks become a ledger; the one that lost a race is left out.', ['ledger', 'import', `${WORLD}/blocks`, '--ledger', LEDGER]],
  [
    'The first theft is followed to where the money ends.',
    [
      'trace',
      ...['--ledger', LEDGER],
      ...['--seeds', `${WORLD}/seeds/theft-01.csv`],
      ...['--tags', `${WORLD}/tags`],
      ...['--out', TRACE],
      ...['--report', REPORT],
    ],
  ],
  ['Anybody with the same data gets the same bytes.', ['trace', 'verify', TRACE, '--ledger', LEDGER, '--tags', `${WORLD}/tags`]],
]

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
const terminal = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
  columns: () => (process.stderr.isTTY ? process.stderr.columns || 80 : null),
  now: () => performance.now(),
  signal: stop.signal,
}

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
for (const [what, args] of STEPS) {
  terminal.out(`\n${what}\n$ cordon ${args.join(' ')}\n\n`)
  const exit = await run(args, terminal)
  if (exit !== 0) process.exit(exit)
}
terminal.out(`\nThe report: ${resolve(REPORT)}\nOpen it in a browser; it needs no network.\n`)
