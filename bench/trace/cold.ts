import { openLedger } from '../../src/ledger/index.ts'
import { scout } from '../../src/trace/index.ts'
import { hubs, type Question, starts } from './reach.ts'

/** One search in a process of its own: `cold.ts LEDGER QUESTION plain|ahead`. Prints one line of JSON. */
const [directory = '', question = '', mode = ''] = process.argv.slice(2)
const { accounts, until } = JSON.parse(question) as Question
const ledger = await openLedger(directory)
const stops = await hubs(ledger)
const began = performance.now()
const reach = scout(ledger, {
  from: starts(accounts),
  stops: (other) => stops.has(other),
  maxAccounts: Number.MAX_SAFE_INTEGER,
  until,
  readAhead: mode === 'ahead',
})
const milliseconds = performance.now() - began
if (reach === null || ledger.outgoing === undefined) throw new Error('the ledger cannot be read in place')

// Pages of the two columns that were read, as accounts lie, and as they would lie in random order: then each account begins on a page of its own.
const ENTRIES = 1024
const pages = new Set<number>()
let randomPages = 0
for (const reached of reach.arrival.keys()) {
  if (stops.has(reached)) continue
  for (const { start, end } of ledger.outgoing(reached)) {
    if (end === start) continue
    for (let page = Math.floor(start / ENTRIES); page <= Math.floor((end - 1) / ENTRIES); page++) pages.add(page)
    randomPages += Math.ceil((end - start) / ENTRIES)
  }
}
console.log(JSON.stringify({ milliseconds, pages: 2 * pages.size, randomPages: 2 * randomPages }))
await ledger.close()
