import { CordonError } from '../../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  BatchBuilder,
  type BitcoinOutput,
  type FeeTotal,
  type Ledger,
  type LedgerManifest,
  NO_SIDE,
  type Row,
  type RowWindow,
  type TransactionInfo,
  type TransferBatch,
  type Tx,
  type UtxoLedger,
} from '../../ledger/index.ts'
import { type Reading, Readings } from './reading.ts'

const SIDE = 0x1_0000_0000
/** Whom a coinbase is paid by. */
export const ISSUANCE: AccountId = SIDE
/** Whom fees are paid to: the miners of the blocks. */
export const FEES: AccountId = SIDE + 1
const POOLS = 2 * SIDE

const COIN = /^([0-9a-fA-F]{64}):(\d{1,9})$/
const BATCH_ROWS = 1 << 14
const READ_AT_ONCE = 1 << 9

/**
 * A chain of outputs as the trace replays it: an output is an account that is paid once and pays once, a transaction fills its outputs from its inputs in order, and the fee is one more receiver, the last. So policies,
 * bounds, limits and conservation are those of account chains, to the line.
 *
 * A transaction that nothing is followed through (a CoinJoin, when mixing stops the trace; one with inputs of unknown value) is two: one that takes its inputs into a pool of its own, and one that pays its outputs
 * out of it; what passes between the two is not said. Therefore numbers of transactions here are twice those of the ledger, and the second half of such a one is one more.
 *
 * Names: an output is `txid:index`, a transaction's pool its `txid`. All rows of a transaction have its number: a coin has no use for a finer order.
 */
export class CoinLedger implements Ledger {
  readonly utxo: UtxoLedger
  readonly manifest: LedgerManifest
  readonly #readings: Readings
  readonly #stopAtMixes: boolean

  constructor(utxo: UtxoLedger, options: { readonly mixing: 'stop' | 'follow' }) {
    this.utxo = utxo
    this.manifest = utxo.manifest
    this.#readings = new Readings(utxo)
    this.#stopAtMixes = options.mixing === 'stop'
  }

  /** Ids of outputs by their names; ABSENT for everything else. Addresses hold many outputs: see `coinsOf`. */
  async accountIds(names: readonly string[]): Promise<Float64Array> {
    const outpoints = names.map((name) => COIN.exec(name))
    const ids = await this.utxo.outputIds(
      outpoints.flatMap((found) => (found === null ? [] : [{ txid: (found[1] as string).toLowerCase(), index: Number(found[2]) }])),
    )
    let at = 0
    return Float64Array.from(outpoints, (found) => (found === null ? ABSENT : (ids[at++] as number)))
  }

  /** Every output that an address was ever paid, in chain order; null where the ledger does not know the address. */
  async coinsOf(address: string): Promise<AccountId[] | null> {
    const [account = ABSENT] = await this.utxo.accountIds([address])
    return account === ABSENT ? null : [...(await this.utxo.outputsOf(account))]
  }

  async addresses(accounts: ArrayLike<AccountId>): Promise<string[]> {
    const list = Array.from(accounts)
    const outpoints = await this.utxo.outpoints(list.filter(isCoin))
    const pools = await this.utxo.transactions(list.filter(isPool).map(poolTransaction))
    let coin = 0
    let pool = 0
    return list.map((account) => {
      if (account === ISSUANCE) return 'issuance'
      if (account === FEES) return 'fees'
      if (isPool(account)) return (pools[pool++] as TransactionInfo).hash
      const { txid, index } = outpoints[coin++] as { txid: string; index: number }
      return `${txid}:${index}`
    })
  }

  /** Outputs as the ledger has them; null for what is no output. */
  async outputsOf(accounts: readonly AccountId[]): Promise<(BitcoinOutput | null)[]> {
    const outputs = await this.utxo.outputs(accounts.filter(isCoin))
    let at = 0
    return accounts.map((account) => (isCoin(account) ? (outputs[at++] as BitcoinOutput) : null))
  }

  /** Transfers of the address that holds each output: how busy its owner is, which is what a trace asks for. */
  async degrees(accounts: ArrayLike<AccountId>): Promise<{ readonly out: Float64Array; readonly in: Float64Array }> {
    const holders = (await this.outputsOf(Array.from(accounts))).map((output) => output?.account ?? null)
    const known = holders.filter((holder) => holder !== null)
    const degrees = await this.utxo.degrees(known)
    let at = 0
    const places = holders.map((holder) => (holder === null ? -1 : at++))
    const pick = (from: Float64Array): Float64Array => Float64Array.from(places, (place) => (place === -1 ? 0 : (from[place] as number)))
    return { out: pick(degrees.out), in: pick(degrees.in) }
  }

  async *transfersOf(accounts: ArrayLike<AccountId>, window: RowWindow = {}): AsyncGenerator<TransferBatch> {
    const wanted = new Set(Array.from(accounts).filter(isCoin))
    const txs = new Set<Tx>()
    for (const output of await this.outputsOf([...wanted])) {
      if (output?.tx != null) txs.add(output.tx)
      if (output?.spentBy != null) txs.add(output.spentBy)
    }
    yield* this.#batches([...txs].sort(rising), window, (from, to) => wanted.has(from) || wanted.has(to))
  }

  async *transfersIn(txs: ArrayLike<Tx>): AsyncGenerator<TransferBatch> {
    const asked = new Set(Array.from(txs))
    const whole = [...new Set([...asked].map(ledgerTransaction))].sort(rising)
    for await (const batch of this.#batches(whole, {}, () => true)) {
      const builder = new BatchBuilder()
      for (let i = 0; i < batch.length; i++) {
        if (!asked.has(batch.tx[i] as Tx)) continue
        const transfer = { from: batch.from[i] as AccountId, to: batch.to[i] as AccountId, value: batch.value.get(i) }
        builder.add(batch.row[i] as Row, batch.tx[i] as Tx, transfer, batch.alone[i] === 1)
      }
      yield builder.batch()
    }
  }

  /** Of a transaction in two halves the second one: what it pays out. */
  async transactionIds(hashes: readonly string[]): Promise<Float64Array> {
    const txs = Array.from(await this.utxo.transactionIds(hashes))
    const known = txs.filter((tx) => tx !== ABSENT)
    const readings = new Map((await this.#readings.of(known)).map((reading, i) => [known[i] as Tx, reading]))
    return Float64Array.from(txs, (tx) => {
      const reading = readings.get(tx)
      return reading === undefined ? ABSENT : 2 * tx + (this.#halves(reading) ? 1 : 0)
    })
  }

  async transactions(txs: ArrayLike<Tx>): Promise<TransactionInfo[]> {
    const infos = await this.utxo.transactions(Array.from(txs, ledgerTransaction))
    return infos.map((info, i) => ({ ...info, tx: txs[i] as Tx, firstRow: txs[i] as Tx }))
  }

  async blocks(txs: ArrayLike<Tx>): Promise<Float64Array> {
    return this.utxo.blocks(Array.from(txs, ledgerTransaction))
  }

  /** Coins are named by output, so transfers inside a transaction need no index of their own. */
  async sourceIndexes(rows: ArrayLike<Row>): Promise<Int32Array> {
    return new Int32Array(rows.length).fill(-1)
  }

  async rowAt(at: { readonly time: number } | { readonly block: number }): Promise<Row> {
    return 2 * (await this.utxo.txAt(at))
  }

  async balanceAt(account: AccountId, _asset: number, row: Row): Promise<bigint> {
    const [output] = await this.outputsOf([account])
    if (output == null || output.value === null) throw new CordonError('ledger/unknown-account', `there is no output number ${account}`)
    const created = output.tx === null || 2 * output.tx < row
    const spent = output.spentBy !== null && 2 * output.spentBy < row
    return created && !spent ? output.value : 0n
  }

  /** Fees that were paid out of each output. */
  async fees(accounts: ArrayLike<AccountId>): Promise<FeeTotal[]> {
    const list = Array.from(accounts)
    const outputs = await this.outputsOf(list)
    const spenders = new Set(outputs.flatMap((output) => (output?.spentBy == null ? [] : [output.spentBy])))
    const paid = new Map<AccountId, bigint>()
    for await (const { transaction, matches, unknownValues } of this.#read([...spenders])) {
      if (unknownValues || transaction.coinbase) continue
      for (const { input, output, value } of matches) {
        if (output !== NO_SIDE) continue
        const account = (transaction.inputs[input] as BitcoinOutput).output
        paid.set(account, (paid.get(account) ?? 0n) + value)
      }
    }
    return list.map((account) => ({ account, amount: paid.get(account) ?? 0n }))
  }

  async close(): Promise<void> {
    await this.utxo.close()
  }

  /** How transactions of the replay (as flows name them) read. */
  async readings(txs: readonly Tx[]): Promise<Reading[]> {
    return this.#readings.of(txs.map(ledgerTransaction))
  }

  /** How the transaction reads that is this pool, or null where the account is none. */
  async readingOfPool(account: AccountId): Promise<Reading | null> {
    if (!isPool(account)) return null
    return (await this.#readings.of([poolTransaction(account)]))[0] ?? null
  }

  #halves(reading: Reading): boolean {
    return reading.unknownValues || (this.#stopAtMixes && reading.mix !== null)
  }

  async *#batches(
    txs: readonly Tx[],
    window: RowWindow,
    wanted: (from: AccountId, to: AccountId) => boolean,
  ): AsyncGenerator<TransferBatch> {
    const { fromRow = 0, toRow = Number.POSITIVE_INFINITY } = window
    let builder = new BatchBuilder()
    for await (const reading of this.#read(txs)) {
      const { tx } = reading.transaction
      const transfers = this.#transfers(reading, tx)
      const alone = new Map<Tx, number>()
      for (const transfer of transfers) alone.set(transfer.tx, (alone.get(transfer.tx) ?? 0) + 1)
      for (const transfer of transfers) {
        if (transfer.tx < fromRow || transfer.tx >= toRow || !wanted(transfer.from, transfer.to)) continue
        builder.add(transfer.tx, transfer.tx, transfer, alone.get(transfer.tx) === 1)
      }
      if (builder.length < BATCH_ROWS) continue
      yield builder.batch()
      builder = new BatchBuilder()
    }
    if (builder.length > 0) yield builder.batch()
  }

  /** Readings in the order asked for, some hundreds at a time: one transaction may hold thousands of inputs. */
  async *#read(txs: readonly Tx[]): AsyncGenerator<Reading> {
    for (let at = 0; at < txs.length; at += READ_AT_ONCE) yield* await this.#readings.of(txs.slice(at, at + READ_AT_ONCE))
  }

  #transfers(reading: Reading, tx: Tx): { readonly tx: Tx; readonly from: AccountId; readonly to: AccountId; readonly value: bigint }[] {
    const { inputs, outputs, coinbase } = reading.transaction
    const input = (at: number): AccountId => (inputs[at] as BitcoinOutput).output
    const output = (at: number): AccountId => (outputs[at] as BitcoinOutput).output
    if (!this.#halves(reading)) {
      return reading.matches.map((match) => ({
        tx: 2 * tx,
        from: match.input === NO_SIDE ? ISSUANCE : input(match.input),
        to: match.output === NO_SIDE ? FEES : output(match.output),
        value: match.value,
      }))
    }
    const pool = POOLS + tx
    const paid = inputs.flatMap(({ value }, at) =>
      value === null || value === 0n ? [] : [{ tx: 2 * tx, from: input(at), to: pool, value }],
    )
    const received = outputs.flatMap(({ value }, at) =>
      value === null || value === 0n ? [] : [{ tx: 2 * tx + 1, from: coinbase ? ISSUANCE : pool, to: output(at), value }],
    )
    return [...paid, ...received]
  }
}

export function isCoin(account: AccountId): boolean {
  return account < SIDE
}

export function isPool(account: AccountId): boolean {
  return account >= POOLS
}

function poolTransaction(account: AccountId): Tx {
  return account - POOLS
}

/** Number in the ledger of a transaction of the replay. */
function ledgerTransaction(tx: Tx): Tx {
  return Math.floor(tx / 2)
}

function rising(a: number, b: number): number {
  return a - b
}
