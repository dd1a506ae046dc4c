import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { extendLedger, type Ledger, openLedger, type ReadMode, writeLedger } from '../../src/ledger/index.ts'
import { ledgerContract, type MakeLedger } from './contract.ts'
import { incomingOf } from './incoming.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-ledger-'))
let made = 0
afterAll(() => rm(root, { recursive: true, force: true }))

const written =
  (read: ReadMode): MakeLedger =>
  async (rows, options): Promise<Ledger> => {
    const directory = join(root, String(made++))
    await writeLedger(incomingOf(rows, options), directory)
    return openLedger(directory, { read })
  }

/** The same rows by an import and an append for each later run of blocks. */
const appended: MakeLedger = async (rows, options) => {
  const directory = join(root, String(made++))
  const cuts = [0, 0.4, 0.5, 0.7, 0.8, 0.9].map((part) => {
    let at = Math.floor(rows.length * part)
    while (at > 0 && at < rows.length && rows[at]?.block === rows[at - 1]?.block) at++
    return at
  })
  for (const [i, cut] of cuts.entries()) {
    const part = rows.slice(cut, cuts[i + 1] ?? rows.length)
    const fees = options?.fees?.filter((_, f) => f % cuts.length === i)
    const incoming = incomingOf(part, { ...options, ...(fees === undefined ? {} : { fees }) })
    if (i === 0) await writeLedger(incoming, directory)
    else await extendLedger(incoming, directory)
  }
  return openLedger(directory)
}

ledgerContract('on disk, mapped', written('map'))
ledgerContract('on disk, read', written('read'))
ledgerContract('on disk, after appends', appended, { runs: 6 })
