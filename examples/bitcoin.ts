/**
 * A Bitcoin theft from end to end on a small made-up chain: block files in, a theft followed through peel chains and CoinJoins to the exchanges, a report for people.
 * Run it with `npm run demo:bitcoin`; it needs no network. Everything goes to out/bitcoin.
 */
import { type Step, walk } from './walk.ts'

const FOLDER = 'out/bitcoin'
const WORLD = `${FOLDER}/world`
const LEDGER = `${FOLDER}/ledger`
const TRACE = `${FOLDER}/theft-01.json`
const REPORT = `${FOLDER}/theft-01.html`

const STEPS: readonly Step[] = [
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

await walk(FOLDER, STEPS, REPORT)
