import { readFileSync } from 'node:fs'
import { loadTags } from '../../src/attribution/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { readSeeds, runTrace, serialize } from '../../src/trace/index.ts'

/**
 * One trace in a process of its own, so that its memory is its own: `one.ts LEDGER TAGS SEEDS POLICY BOUNDS RUNS`. Prints one line of JSON: milliseconds from opening the ledger to the first
 * finished document, of each further run, accounts, and peak resident memory (mapped pages that were touched count).
 */
const [directory = '', tagFolder = '', seedFile = '', policy = 'fifo', bounds = 'no', runs = '1'] = process.argv.slice(2)
const tags = await loadTags([tagFolder])
const seeds = readSeeds(readFileSync(seedFile, 'utf8'))
const began = performance.now()
const ledger = await openLedger(directory)
const trace = (): ReturnType<typeof runTrace> =>
  runTrace({ ledger, tags, seeds, parameters: { policy: policy as 'fifo', bounds: bounds === 'yes', maxAccounts: 1_000_000 } })
const doc = await trace()
const text = serialize(doc)
const first = performance.now() - began
const more: number[] = []
for (let run = 1; run < Number(runs); run++) {
  const since = performance.now()
  await trace()
  more.push(performance.now() - since)
}
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024
console.log(
  JSON.stringify({
    first,
    more,
    accounts: doc.accounts.length,
    opened: doc.completeness.accountsOpened,
    flows: doc.flows.length,
    bytes: text.length,
    peak,
  }),
)
await ledger.close()
