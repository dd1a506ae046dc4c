import { afterAll } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import { type EsploraLedger, type MemoryOptions, type MemoryRow, openEsplora } from '../../../../src/ledger/index.ts'
import { ledgerContract, type MakeLedger } from '../../contract.ts'
import type { ChainProfile } from '../../profile.ts'
import { coinsContract } from '../coins-contract.ts'
import { adaptTo, BITCOIN, feesByTransaction, scriptOfName, transactionsOf } from '../profile.ts'
import { type Draft, draftId, genesisBlock, mine, type TestBlock } from './blocks.ts'
import { EsploraServer } from './server.ts'

/**
 * What a live server cannot promise of the contract, and why:
 *
 * - Rows, transactions and accounts are not numbered from 0 without a gap: that would take a count of the whole chain before them. Rows and transactions rise in chain order, so that positions can be found; accounts come in no order.
 * - The manifest's counts are of what has been looked at, for the same reason. It says so in its notes.
 * - There is no ledger without a block: a server has the genesis block at least.
 * - What the rows spend is in the chain too, for a server has all of it; so receipts from before the rows are transfers of the ledger here.
 * - Where a source kept floating point or an order of its own cannot arise.
 */
const LIVE: ChainProfile = {
  ...BITCOIN,
  // One coinbase pays for everything.
  ...adaptTo(10_000_000n),
  adapt: (rows, options) => withIds(adaptTo(10_000_000n).adapt(rows), options),
  manifest: { chain: BITCOIN_NETWORKS.regtest.chain, blocks: { first: 0, last: 70 }, lossy: false, genesis: true },
  empty: null,
  numbering: 'any',
  holdsBefore: true,
  places: async (ledger, rows) => {
    const txs = [...(await ledger.transactionIds([...new Set(rows.map(({ hash }) => hash))]))]
    const infos = await ledger.transactions(txs)
    const numbers = infos.flatMap((info) => Array.from({ length: info.rows }, (_, k) => info.firstRow + k))
    return {
      row: (position) => numbers[position] ?? Number.MAX_SAFE_INTEGER,
      tx: (position) => txs[position] as number,
      rowPosition: (row) => numbers.filter((number) => number < row).length,
      txPosition: (tx) => txs.indexOf(tx),
    }
  },
}

/** The transaction of block 2 that pays what the rows spend, and the transactions of the rows. */
function draftsOf(
  rows: readonly MemoryRow[],
  options: MemoryOptions | undefined,
): { readonly first: TestBlock; readonly funding: Draft; readonly drafts: readonly Draft[] } {
  const hex = (name: string): string => Buffer.from(scriptOfName(name)).toString('hex')
  const first = mine(genesisBlock('regtest'), [])
  const transactions = transactionsOf(rows)
  const fees = feesByTransaction(transactions, options)
  const outputs = transactions.flatMap((own, t) =>
    own.map(({ from, value }, k) => ({ script: hex(from), value: Number(value + (k === own.length - 1 ? (fees.get(t) ?? 0n) : 0n)) })),
  )
  const funding: Draft = { inputs: [{ txid: first.transactions[0]?.txid as string, index: 0 }], outputs }
  const txid = draftId(funding)
  let spent = 0
  const drafts = transactions.map((own) => ({
    inputs: own.map(() => ({ txid, index: spent++ })),
    outputs: own.map(({ to, value }) => ({ script: hex(to), value: Number(value) })),
  }))
  return { first, funding, drafts }
}

/** Ids follow from what is in a transaction: the rows take theirs. */
function withIds(rows: readonly MemoryRow[], options: MemoryOptions | undefined): MemoryRow[] {
  const { drafts } = draftsOf(rows, options)
  return transactionsOf(rows).flatMap((own, t) => own.map((row) => ({ ...row, hash: draftId(drafts[t] as Draft) })))
}

const servers: EsploraServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
})

const live: MakeLedger = async (rows, options) => {
  const { first, funding, drafts } = draftsOf(rows, options)
  const blocks = [genesisBlock('regtest'), first]
  if (drafts.length > 0) blocks.push(mine(first, [funding]))
  const heights = transactionsOf(rows).map(([row]) => row as MemoryRow)
  for (let height = blocks.length; height <= (rows.at(-1)?.block ?? 0); height++) {
    const parent = blocks.at(-1) as TestBlock
    const time = heights.find(({ block }) => block === height)?.time ?? parent.time
    blocks.push(
      mine(
        parent,
        drafts.filter((_, t) => heights[t]?.block === height),
        time,
      ),
    )
  }
  return serving(blocks)
}

async function serving(blocks: readonly TestBlock[]): Promise<EsploraLedger> {
  const server = new EsploraServer(blocks)
  servers.push(server)
  return openEsplora({ url: await server.listen(), network: 'regtest', minInterval: 0 })
}

ledgerContract('of a live server', live, { profile: LIVE, runs: 6 })
coinsContract('of a live server', serving)
