import { SCRIPT_TYPES, type ScriptType } from '../../chain/index.ts'
import {
  ABSENT,
  type BitcoinColumns,
  type BitcoinOutput,
  type BitcoinTable,
  type BitcoinTransaction,
  type OutputId,
  SEQUENCES,
  type SequenceClass,
  TX_COINBASE,
  TX_WITNESS,
  type Tx,
} from '../../ledger/index.ts'

/** What the columns of a ledger tell of a transaction: all but its block, its time and what its OP_RETURN outputs say. */
export type TransactionShape = Omit<BitcoinTransaction, 'block' | 'time' | 'data'>

/** Nobody can spend an OP_RETURN: it is no candidate for anything that asks whose an output is. */
export function isSpendable(output: BitcoinOutput): boolean {
  return output.script !== 'data'
}

/** Indexes of the outputs that somebody can spend. */
export function spendableOutputs(tx: Pick<TransactionShape, 'outputs'>): number[] {
  return tx.outputs.flatMap((output, index) => (isSpendable(output) ? [index] : []))
}

/** The run that holds a transaction, by bisection; null outside the table. */
export function runOf(table: BitcoinTable, tx: Tx): BitcoinColumns | null {
  let low = 0
  let high = table.runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const run = table.runs[middle] as BitcoinColumns
    if (tx < run.firstTx) high = middle
    else if (tx >= run.firstTx + run.transactions) low = middle + 1
    else return run
  }
  return null
}

/** Transaction k of a run, put together from the columns. An input from before the ledger has index -1: the columns do not keep it. */
export function shapeOf(table: BitcoinTable, run: BitcoinColumns, k: number): TransactionShape {
  const flags = run.flags[k] as number
  const inputs: BitcoinOutput[] = []
  for (let i = run.txIn[k] as number; i < (run.txIn[k + 1] as number); i++) inputs.push(outputOf(table, run.inOutput[i] as OutputId, null))
  const outputs: BitcoinOutput[] = []
  const first = run.txOut[k] as number
  for (let o = first; o < (run.txOut[k + 1] as number); o++) {
    outputs.push(outputOf(table, run.firstOutput + o, { tx: run.firstTx + k, index: o - first }))
  }
  const coinbase = (flags & TX_COINBASE) !== 0
  return {
    tx: run.firstTx + k,
    version: run.version[k] as number,
    lockTime: run.lockTime[k] as number,
    witness: (flags & TX_WITNESS) !== 0,
    sequence: SEQUENCES[flags >>> 2] as SequenceClass,
    coinbase,
    inputs,
    outputs,
    fee: coinbase ? null : feeOf(inputs, outputs),
  }
}

function feeOf(inputs: readonly BitcoinOutput[], outputs: readonly BitcoinOutput[]): bigint | null {
  let fee = 0n
  for (const { value } of inputs) {
    if (value === null) return null
    fee += value
  }
  for (const { value } of outputs) fee -= value ?? 0n
  return fee
}

function outputOf(table: BitcoinTable, output: OutputId, place: { readonly tx: Tx; readonly index: number } | null): BitcoinOutput {
  const account = table.accountOf(output)
  const value = table.satoshisOf(output)
  const spender = table.spenderOf(output)
  const tx = place === null ? table.creatorOf(output) : place.tx
  // Within the ledger every script is known, so that an output without an account can only be data.
  const unnamed: ScriptType | null = tx === ABSENT ? null : 'data'
  return {
    output,
    tx: tx === ABSENT ? null : tx,
    index: place?.index ?? indexOf(table, output, tx),
    value: value < 0 ? null : BigInt(value),
    account: account === ABSENT ? null : account,
    script: account === ABSENT ? unnamed : (SCRIPT_TYPES[table.scriptOf(account)] as ScriptType),
    spentBy: spender === ABSENT ? null : spender,
  }
}

function indexOf(table: BitcoinTable, output: OutputId, tx: Tx): number {
  const run = tx === ABSENT ? null : runOf(table, tx)
  return run === null ? -1 : output - run.firstOutput - (run.txOut[tx - run.firstTx] as number)
}
