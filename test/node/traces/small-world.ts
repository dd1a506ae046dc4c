import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importLedger } from '../../../src/ledger/index.ts'
import { simulate } from '../../../src/simulate/index.ts'

/** A simulated world on the disk: transfers of a chain, public tags, a theft, and a ledger of it. */
export type SmallWorld = {
  readonly folder: string
  readonly transfers: string
  readonly tags: string
  readonly ledger: string
  /** Addresses of the first theft. */
  readonly seeds: readonly string[]
  close(): Promise<void>
}

export async function smallWorld(transfers = 4000): Promise<SmallWorld> {
  const root = await mkdtemp(join(tmpdir(), 'cordon-small-'))
  const folder = join(root, 'world')
  await simulate({ transfers, seed: 5, out: folder, format: 'csv' })
  const csv = join(folder, 'token_transfers', 'part-00000.csv')
  const ledger = join(root, 'ledger')
  await importLedger({ paths: [csv], directory: ledger, genesis: true })
  const seeds = (await readFile(join(folder, 'seeds', 'theft-01.csv'), 'utf8')).trim().split('\n')
  return { folder, transfers: csv, tags: join(folder, 'tags'), ledger, seeds, close: () => rm(root, { recursive: true, force: true }) }
}
