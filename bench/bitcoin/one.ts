import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openBlockFiles } from '../../src/ledger/bitcoin/files/index.ts'
import { writeBitcoinLedger } from '../../src/ledger/bitcoin/local/import.ts'

/**
 * One import of raw blocks in a process of its own: `one.ts BLOCKS LEDGER THREADS WITNESSES`. Prints one line of JSON: bytes of the block files, seconds, processor seconds, counts, bytes of
 * the ledger, and peak resident memory.
 */
const [blocks = '', ledger = '', threads = '0', witnesses = 'yes'] = process.argv.slice(2)
const bytes = readdirSync(blocks)
  .filter((name) => name.startsWith('blk'))
  .reduce((sum, name) => sum + statSync(join(blocks, name)).size, 0)
const before = process.cpuUsage()
const began = performance.now()
const ahead = Number(threads) as 0 | 1 | 2
const incoming = await openBlockFiles([blocks], {
  network: 'regtest',
  threads: ahead,
  witnesses: witnesses === 'yes',
  undo: 'where-needed',
})
const { manifest, bytes: size } = await writeBitcoinLedger(incoming, ledger, { threads: ahead })
const seconds = (performance.now() - began) / 1000
const { user, system } = process.cpuUsage(before)
const { transactions, inputs, outputs, accounts } = manifest
console.log(
  JSON.stringify({
    bytes,
    seconds,
    processor: (user + system) / 1e6,
    transactions,
    inputs,
    outputs,
    accounts,
    size,
    peak: process.resourceUsage().maxRSS * 1024,
  }),
)
