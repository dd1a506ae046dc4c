import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clusterAccounts, clusterByChange } from '../../../../src/attribution/bitcoin/cluster/index.ts'
import { isCollaborative } from '../../../../src/attribution/bitcoin/collaborative.ts'
import { openBlockFiles } from '../../../../src/ledger/bitcoin/files/index.ts'
import { openBitcoinLedger, writeBitcoinLedger } from '../../../../src/ledger/bitcoin/local/import.ts'
import type { LocalBitcoinLedger } from '../../../../src/ledger/index.ts'
import { hasShared, shared } from '../../shared.ts'

/** Block 300,025 of the main chain (10 May 2014), without undo data: of 1,427 inputs those are known that spend within the block. */
const BLOCK = 'bitcoin/bcoin_block300025.raw'

describe.skipIf(!hasShared(BLOCK))('clusters of a real block on disk', () => {
  let folder: string
  let ledger: LocalBitcoinLedger

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cordon-clusters-'))
    await writeBitcoinLedger(await openBlockFiles([shared(BLOCK)]), folder)
    ledger = await openBitcoinLedger(folder)
  })
  afterAll(async () => {
    await ledger?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('are those of plain sets over its transactions', async () => {
    const table = ledger.table()
    const clusters = await clusterAccounts(table)
    const set = Array.from({ length: table.accounts }, (_, account) => new Set([account]))
    for (const tx of await ledger.bitcoinTransactions(Array.from({ length: table.transactions }, (_, k) => k))) {
      if (isCollaborative(tx)) continue
      const known = tx.inputs.flatMap(({ account }) => (account === null ? [] : [account]))
      const all = new Set(known.flatMap((account) => [...(set[account] as Set<number>)]))
      for (const account of all) set[account] = all
    }
    for (let account = 0; account < table.accounts; account++) {
      expect([...clusters.accountsOf(clusters.clusterOf(account))]).toEqual([...(set[account] as Set<number>)].sort((a, b) => a - b))
    }
    expect(clusters.counts).toMatchObject({ transactions: 461, inputs: 1427 })
    expect(clusters.clusters).toBe(new Set(set).size)
    expect(clusters.clusters).toBeLessThan(table.accounts)
  })

  it('are only ever joined further by change', async () => {
    const table = ledger.table()
    const clusters = await clusterAccounts(table)
    const layer = await clusterByChange(table, clusters)
    expect(layer.clusters).toBe(clusters.clusters - layer.counts.joining)
    for (let account = 0; account < table.accounts; account++) {
      expect(layer.clusterOf(clusters.clusterOf(account))).toBe(layer.clusterOf(account))
    }
  })
})
