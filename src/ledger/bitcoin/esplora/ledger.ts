import { createHash } from 'node:crypto'
import { type BitcoinNetwork, CordonError, scriptAddress } from '../../../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type FeeTotal,
  type LedgerManifest,
  type Row,
  type RowWindow,
  type TransactionInfo,
  type TransferBatch,
  type Tx,
} from '../../ledger.ts'
import { balanceAfter } from '../balance.ts'
import { PSEUDO_ACCOUNTS, pseudoName } from '../pseudo.ts'
import type { BitcoinOutput, BitcoinTransaction, Outpoint, OutputId, UtxoLedger } from '../transaction.ts'
import { BatchBuilder, feesOfTransaction, type ScriptTransfer, transfersOfTransaction } from '../transfers.ts'
import { Accounts, typeOf } from './accounts.ts'
import type { AnswerCache } from './cache.ts'
import type { Chain, Confirmed, Tip } from './chain.ts'
import type { Client } from './client.ts'
import { heightAt } from './heights.ts'
import type { Histories } from './histories.ts'
import { inOrder } from './in-order.ts'
import { heightOf, rowNumber, transferOf, txNumber, txOfRow } from './numbers.ts'
import { Outputs } from './outputs.ts'
import type { Source } from './source.ts'
import { scriptHashOf } from './stripped.ts'
import { Teller } from './teller.ts'

/** What has been asked of the server since the ledger was opened. */
export interface Traffic {
  readonly requests: number
  /** Requests among them that had to be made again. */
  readonly repeated: number
  readonly bytes: number
  /** Answers that the cache had. */
  readonly cached: number
  /** Files of the cache that did not hold what had been written to them, and were fetched again. */
  readonly spoilt: number
}

/** What a ledger that asks a server consists of. */
export interface EsploraParts {
  readonly network: BitcoinNetwork
  readonly source: Source
  readonly chain: Chain
  readonly histories: Histories
  readonly client: Client
  readonly cache: AnswerCache
  /** Shown as the source; no credentials. */
  readonly url: string
  /** Time of the genesis block. */
  readonly firstTime: number
}

const BATCH_ROWS = 1024
const TXID = /^(?:0x)?[0-9a-fA-F]{64}$/

/**
 * A live Esplora server as a ledger: everything is asked for when it is needed, checked (see {@link Chain}) and kept. It answers as of one block, its tip: later blocks are not
 * seen, nor is what waits for a block. Numbers mean nothing in another ledger: transactions and rows follow from their place in the chain (numbers.ts), accounts and outputs are counted as they come up.
 *
 * What a transaction's inputs and outputs are takes one request, its place one for the proof and one for the block, each spent output's transaction one more; asking for a whole `BitcoinTransaction` also places those
 * that created its inputs and spend its outputs. An account's history comes 25 transactions a request.
 */
export class EsploraLedger implements UtxoLedger {
  readonly network: BitcoinNetwork
  readonly tip: Tip
  readonly #p: EsploraParts
  readonly #accounts: Accounts
  readonly #outputs = new Outputs()
  readonly #teller: Teller
  readonly #transfers = new Map<Tx, readonly ScriptTransfer[]>()
  #rows = 0

  constructor(parts: EsploraParts) {
    this.#p = parts
    this.network = parts.network
    this.tip = parts.chain.tip
    this.#accounts = new Accounts(parts.network)
    this.#teller = new Teller(parts.chain, this.#accounts, this.#outputs)
  }

  /** Counts are of what has been seen so far; `hash` stands for the chain up to the tip, which is the same for everyone who asks. */
  get manifest(): LedgerManifest {
    const { network, chain, client, url, firstTime } = this.#p
    const { height, hash, time } = this.tip
    const symbol = network.name === 'main' ? 'BTC' : 'tBTC'
    return {
      schema: 1,
      chain: network.chain,
      hash: createHash('sha256').update(`${network.chain} ${height} ${hash} esplora`).digest('hex'),
      assets: [{ id: network.asset, decimals: 8, symbol }],
      transfers: this.#rows,
      transactions: chain.transactions,
      accounts: this.#accounts.size,
      blocks: { first: 0, last: height },
      time: { first: firstTime, last: time },
      lossy: false,
      genesis: true,
      orderNotes: [
        `Read from a live server as of block ${height} (${hash}); later blocks and transactions without a block are not part of it.`,
        'Numbers of transfers, transactions and accounts count what has been looked at, not the chain.',
        'Every transaction was checked against its id, its Merkle proof and the work of its block; that the server kept nothing back cannot be checked beyond its own counts.',
      ],
      sources: [
        {
          file: url,
          format: 'esplora',
          bytes: client.bytes,
          sha256: null,
          rowsRead: chain.transactions,
          transfers: this.#rows,
          refused: 0,
          lacks: ['transactions without a block'],
          lossy: false,
        },
      ],
    }
  }

  get traffic(): Traffic {
    const { client, cache } = this.#p
    return { requests: client.requests, repeated: client.repeated, bytes: client.bytes, cached: cache.found, spoilt: cache.spoilt }
  }

  /** Addresses, or `scripthash:` and the SHA-256 of a script that has none. ABSENT where no block up to the tip pays it. */
  async accountIds(names: readonly string[]): Promise<Uint32Array> {
    const read = names.map((name) => (Object.hasOwn(PSEUDO_ACCOUNTS, name) ? null : this.#accounts.read(name)))
    const asked = [...new Set(read.flatMap((each) => (each === null || this.#accounts.known(each.hash) !== null ? [] : [each.hash])))]
    const counts = await this.#p.histories.counts(asked)
    const paid = new Set(asked.filter((_, i) => (counts[i]?.transactions ?? 0) > 0))
    const ids = new Uint32Array(names.length).fill(ABSENT)
    for (const [i, each] of read.entries()) {
      const name = names[i] as string
      if (Object.hasOwn(PSEUDO_ACCOUNTS, name)) ids[i] = PSEUDO_ACCOUNTS[name as keyof typeof PSEUDO_ACCOUNTS]
      if (each === null) continue
      let known = this.#accounts.known(each.hash)
      if (known === null && paid.has(each.hash)) {
        const script = each.script ?? (await this.#scriptOf(each.hash))
        known = script === null ? null : this.#accounts.number(script)
      }
      // A script that has an address goes by its address alone.
      if (known !== null && this.#accounts.name(known).startsWith('scripthash:') === (each.script === null)) ids[i] = known
    }
    return ids
  }

  async addresses(accounts: ArrayLike<AccountId>): Promise<string[]> {
    return Array.from(accounts, (account) => this.#accounts.name(account))
  }

  /** Outputs that each account spent, and outputs paid to it. */
  async degrees(accounts: ArrayLike<AccountId>): Promise<{ readonly out: Float64Array; readonly in: Float64Array }> {
    const real = Array.from(accounts).filter((account) => pseudoName(account) === null)
    const counts = await this.#p.histories.counts(real.map((account) => this.#accounts.hash(account)))
    const of = new Map(real.map((account, i) => [account, counts[i]]))
    return {
      out: Float64Array.from(accounts, (account) => of.get(account)?.spent ?? 0),
      in: Float64Array.from(accounts, (account) => of.get(account)?.paid ?? 0),
    }
  }

  /** Of a window, only the pages of history that reach into it are asked for. */
  async *transfersOf(accounts: ArrayLike<AccountId>, window: RowWindow = {}): AsyncGenerator<TransferBatch> {
    const wanted = new Set<AccountId>(Array.from(accounts))
    const found = new Map<Tx, Confirmed>()
    for (const account of wanted) for (const confirmed of await this.#history(account, window)) found.set(confirmed.tx, confirmed)
    yield* this.#batches(
      [...found.values()].sort((a, b) => a.tx - b.tx),
      window,
      ({ from, to }) => wanted.has(from) || wanted.has(to),
    )
  }

  async *transfersIn(txs: ArrayLike<Tx>): AsyncGenerator<TransferBatch> {
    const wanted = [...new Set(Array.from(txs))].sort((a, b) => a - b)
    const confirmed = await inOrder(wanted, (tx) => this.#p.chain.numbered(tx))
    yield* this.#batches(confirmed, {}, () => true)
  }

  /** Numbers reach 2^36 and do not fit 32 bits: see numbers.ts. ABSENT where no block up to the tip has such a transaction. */
  async transactionIds(hashes: readonly string[]): Promise<Float64Array> {
    const found = await inOrder(hashes, async (hash) => (TXID.test(hash) ? this.#p.chain.confirmed(hash.slice(-64).toLowerCase()) : null))
    return Float64Array.from(found, (confirmed) => confirmed?.tx ?? ABSENT)
  }

  async transactions(txs: ArrayLike<Tx>): Promise<TransactionInfo[]> {
    return inOrder(Array.from(txs), async (tx) => {
      const confirmed = await this.#p.chain.numbered(tx)
      const { txid, height, time } = confirmed
      const rows = (await this.#transfersOf(confirmed)).length
      return { tx, hash: txid, block: height, time, firstRow: rowNumber(tx, 0), rows }
    })
  }

  async blocks(txs: ArrayLike<Tx>): Promise<Float64Array> {
    return Float64Array.from(txs, (tx) => {
      if (!this.#p.chain.knows(tx))
        throw new CordonError('ledger/unknown-transaction', `the ledger has not given out a transaction number ${tx}`)
      return heightOf(tx)
    })
  }

  /** Index of the output that each transfer fills; -1 where it fills none. */
  async sourceIndexes(rows: ArrayLike<Row>): Promise<Int32Array> {
    const indexes = await inOrder(Array.from(rows), async (row) => {
      const transfers = await this.#transfersOf(await this.#p.chain.numbered(txOfRow(row)))
      const transfer = transfers[transferOf(row)]
      if (transfer === undefined) throw new CordonError('ledger/unknown-row', `the ledger has no row ${row}`)
      return transfer.output
    })
    return Int32Array.from(indexes)
  }

  /** The first row that the first block of that height or time can have: no transfer lies between it and the first that the block has. */
  async rowAt(at: { readonly time: number } | { readonly block: number }): Promise<Row> {
    return rowNumber(txNumber((await this.#heightOf(at)) ?? this.tip.height + 1, 0), 0)
  }

  async txAt(at: { readonly time: number } | { readonly block: number }): Promise<Tx> {
    const height = await this.#heightOf(at)
    return height === null ? Number.POSITIVE_INFINITY : txNumber(height, 0)
  }

  async balanceAt(account: AccountId, asset: number, row: Row): Promise<bigint> {
    this.#accounts.hash(account)
    if (asset !== 0) return 0n
    return balanceAfter(account, this.transfersOf([account], { toRow: row }))
  }

  async fees(accounts: ArrayLike<AccountId>): Promise<FeeTotal[]> {
    return inOrder(Array.from(accounts), async (account) => {
      let amount = 0n
      for (const confirmed of await this.#history(account, {})) {
        for (const fee of feesOfTransaction(await this.#teller.alone(confirmed))) if (fee.account === account) amount += fee.amount
      }
      return { account, amount }
    })
  }

  async bitcoinTransactions(txs: ArrayLike<Tx>): Promise<BitcoinTransaction[]> {
    return inOrder(Array.from(txs), async (tx) => {
      const { chain } = this.#p
      const confirmed = await chain.numbered(tx)
      const alone = await this.#teller.alone(confirmed)
      const inputs = await inOrder(alone.inputs, async (input) => {
        const { txid } = this.#outputs.outpoint(input.output)
        return { ...input, tx: (await this.#teller.creator(txid, confirmed)).tx }
      })
      const spenders = await chain.spenders(confirmed)
      const outputs = alone.outputs.map((output, i) => ({ ...output, spentBy: spenders[i]?.tx ?? null }))
      return { ...alone, inputs, outputs }
    })
  }

  async outputs(outputs: ArrayLike<OutputId>): Promise<BitcoinOutput[]> {
    return inOrder(Array.from(outputs), async (output) => {
      const { txid, index } = this.#outputs.outpoint(output)
      const creator = await this.#teller.creator(txid, null)
      const spenders = await this.#p.chain.spenders(creator)
      return { ...this.#teller.output(creator, index), tx: creator.tx, spentBy: spenders[index]?.tx ?? null }
    })
  }

  async outputIds(outpoints: readonly Outpoint[]): Promise<Float64Array> {
    const ids = await inOrder(outpoints, async ({ txid, index }) => {
      const creator = TXID.test(txid) ? await this.#p.chain.confirmed(txid.slice(-64).toLowerCase()) : null
      return creator === null || creator.body.outputs[index] === undefined ? ABSENT : this.#outputs.number(creator.txid, index)
    })
    return Float64Array.from(ids)
  }

  async outpoints(outputs: ArrayLike<OutputId>): Promise<Outpoint[]> {
    return Array.from(outputs, (output) => this.#outputs.outpoint(output))
  }

  async outputsOf(account: AccountId): Promise<Float64Array> {
    const hash = this.#accounts.hash(account)
    const history = await this.#history(account, {})
    return Float64Array.from(
      history.flatMap(({ txid, body }) =>
        body.outputs.flatMap(({ script }, index) => (scriptHashOf(script) === hash ? [this.#outputs.number(txid, index)] : [])),
      ),
    )
  }

  async close(): Promise<void> {
    this.#p.client.close()
  }

  async *#batches(
    txs: readonly Confirmed[],
    { fromRow = 0, toRow = Number.POSITIVE_INFINITY }: RowWindow,
    wanted: (transfer: ScriptTransfer) => boolean,
  ): AsyncGenerator<TransferBatch> {
    let builder = new BatchBuilder()
    for (const confirmed of txs) {
      const first = rowNumber(confirmed.tx, 0)
      const transfers = await this.#transfersOf(confirmed)
      for (const [k, transfer] of transfers.entries()) {
        const row = first + k
        if (row >= fromRow && row < toRow && wanted(transfer)) builder.add(row, confirmed.tx, transfer, transfers.length === 1)
      }
      if (builder.length < BATCH_ROWS) continue
      yield builder.batch()
      builder = new BatchBuilder()
    }
    if (builder.length > 0) yield builder.batch()
  }

  async #transfersOf(confirmed: Confirmed): Promise<readonly ScriptTransfer[]> {
    const known = this.#transfers.get(confirmed.tx)
    if (known !== undefined) return known
    const transfers = transfersOfTransaction(await this.#teller.alone(confirmed))
    if (!this.#transfers.has(confirmed.tx)) this.#rows += transfers.length
    this.#transfers.set(confirmed.tx, transfers)
    return transfers
  }

  /** First height at or after a height or time; null past the tip. */
  async #heightOf(at: { readonly time: number } | { readonly block: number }): Promise<number | null> {
    const height = 'block' in at ? Math.max(0, Math.ceil(at.block)) : await heightAt(this.#p.source, this.tip, at.time)
    return height === null || height > this.tip.height ? null : height
  }

  /** Transactions of an account in chain order, of the blocks that a window reaches into. */
  #history(account: AccountId, { fromRow = 0, toRow }: RowWindow): Promise<Confirmed[]> {
    const from = Math.max(0, heightOf(txOfRow(fromRow)))
    const to = toRow === undefined ? Number.POSITIVE_INFINITY : heightOf(txOfRow(toRow)) + 1
    return this.#p.histories.transactions(this.#accounts.hash(account), { from, to })
  }

  /** The script with a SHA-256; null where nobody has seen it, or it has an address or is data. */
  async #scriptOf(scriptHash: string): Promise<Uint8Array | null> {
    const script = await this.#p.histories.script(scriptHash)
    return script === null || typeOf(script) === 'data' || scriptAddress(script, this.network) !== null ? null : script
  }
}
