/**
 * The main job from end to end on a small made-up world: chain data in, a theft followed to the exchanges, a report for people.
 * Run it with `npm run demo`; it needs no network. Everything goes to out/demo.
 */
import { type Step, walk } from './walk.ts'

const FOLDER = 'out/demo'
const WORLD = `${FOLDER}/world`
const LEDGER = `${FOLDER}/ledger`
const TRACE = `${FOLDER}/theft-01.json`
const REPORT = `${FOLDER}/theft-01.html`

const STEPS: readonly Step[] = [
  [
    'A world of honest traffic with thefts in it. The truth about them is known, and kept apart.',
    ['simulate', '--transfers', '10000', '--seed', '1', '--out', WORLD],
  ],
  [
    'Its chain data becomes a ledger.',
    ['ledger', 'import', `${WORLD}/token_transfers`, `${WORLD}/tokens.csv`, '--ledger', LEDGER, '--genesis'],
  ],
  [
    'The first theft is followed to where the money ends.',
    [
      'trace',
      ...['--ledger', LEDGER],
      ...['--seeds', `${WORLD}/seeds/theft-01.csv`],
      ...['--tags', `${WORLD}/tags`],
      ...['--out', TRACE],
      ...['--report', REPORT],
      ...['--flows', `${FOLDER}/theft-01.csv`],
      ...['--graph', `${FOLDER}/theft-01.gexf`],
    ],
  ],
  ['Anybody with the same data gets the same bytes.', ['trace', 'verify', TRACE, '--ledger', LEDGER, '--tags', `${WORLD}/tags`]],
]

await walk(FOLDER, STEPS, REPORT)
