import { expect } from 'vitest'
import type { EsploraLedger } from '../../../../src/ledger/bitcoin/esplora/index.ts'
import { type Draft, draftId, genesisBlock, mine, type TestBlock } from './blocks.ts'

export const ALICE = `0014${'11'.repeat(20)}`
export const BOB = `0014${'22'.repeat(20)}`

export const first = mine(genesisBlock('regtest'), [], undefined, ALICE)
export const payment: Draft = {
  inputs: [{ txid: first.transactions[0]?.txid as string, index: 0 }],
  outputs: [
    { value: 1e8, script: BOB },
    { value: 48e8, script: ALICE },
  ],
}
export const onward: Draft = { inputs: [{ txid: draftId(payment), index: 0 }], outputs: [{ value: 9e7, script: ALICE }] }
export const other: Draft = { inputs: [{ txid: draftId(payment), index: 1 }], outputs: [{ value: 47e8, script: ALICE }] }
export const second = mine(first, [payment])
export const third = mine(second, [onward, other])
export const blocks: readonly TestBlock[] = [genesisBlock('regtest'), first, second, third]
export const PAYMENT = draftId(payment)
export const ONWARD = draftId(onward)
export const OTHER = draftId(other)

/** What a trace does with a transaction: reads it whole, then the history of whom it pays. */
export async function follow(ledger: EsploraLedger): Promise<void> {
  const [told] = await ledger.bitcoinTransactions(await ledger.transactionIds([PAYMENT]))
  const [account] = told?.outputs ?? []
  for await (const batch of ledger.transfersOf([account?.account as number])) expect(batch.length).toBeGreaterThan(0)
}

export const open = { network: 'regtest', minInterval: 0 } as const
