import type { PeelLedger } from '../../../src/attribution/bitcoin/peel/index.ts'
import { SCRIPT_TYPES, type ScriptType } from '../../../src/chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type BitcoinColumns,
  type BitcoinOutput,
  type BitcoinTable,
  type BitcoinTransaction,
  FIRST_FOREIGN,
  foreignNumber,
  type OutputId,
  SEQUENCES,
  type SequenceClass,
  TX_COINBASE,
  TX_WITNESS,
  type Tx,
} from '../../../src/ledger/index.ts'

/** Output `index` of the transaction `tx`; or one from before the ledger, with what is known of it. */
export type InputSpec = readonly [tx: number, index: number] | { readonly account?: AccountId; readonly value?: number }

export interface TxSpec {
  /** None for a coinbase. */
  readonly inputs?: readonly InputSpec[]
  /** Account (null for data) and satoshis. */
  readonly outputs: readonly (readonly [account: AccountId | null, value: number])[]
  readonly version?: number
  readonly lockTime?: number
  readonly witness?: boolean
  readonly sequence?: SequenceClass
}

export interface WorldOptions {
  /** p2wpkh unless stated. */
  readonly scriptOf?: (account: AccountId) => ScriptType
  /** Transactions in each run of the table; all in one unless stated. */
  readonly runOf?: number
  /** Accounts that the ledger has at least; as many as are named unless stated. */
  readonly accounts?: number
}

export interface SmallWorld {
  readonly table: BitcoinTable
  readonly ledger: PeelLedger
  readonly transactions: readonly BitcoinTransaction[]
}

export function txidOf(tx: Tx): string {
  return tx.toString(16).padStart(64, '0')
}

export function addressOf(account: AccountId): string {
  return `bc1q${account.toString(16).padStart(38, '0')}`
}

/** A ledger in memory from transactions in chain order, one block and ten minutes each: as columns, and as a ledger that is asked. */
export function world(specs: readonly TxSpec[], options: WorldOptions = {}): SmallWorld {
  const scriptOf = options.scriptOf ?? (() => 'p2wpkh')
  const firstOutput: number[] = []
  let outputs = 0
  for (const spec of specs) {
    firstOutput.push(outputs)
    outputs += spec.outputs.length
  }
  const accountOf = new Map<OutputId, AccountId>()
  const value = new Map<OutputId, number>()
  const creator = new Map<OutputId, Tx>()
  const spender = new Map<OutputId, Tx>()
  const spent: OutputId[][] = []
  let foreign = 0
  let accounts = options.accounts ?? 0
  const name = (output: OutputId, account: AccountId | null | undefined, satoshis: number | undefined): void => {
    if (account !== null && account !== undefined) {
      accountOf.set(output, account)
      accounts = Math.max(accounts, account + 1)
    }
    if (satoshis !== undefined) value.set(output, satoshis)
  }
  for (const [tx, spec] of specs.entries()) {
    for (const [k, [account, satoshis]] of spec.outputs.entries()) {
      const output = (firstOutput[tx] as number) + k
      name(output, account, satoshis)
      creator.set(output, tx)
    }
    spent.push(
      (spec.inputs ?? []).map((input) => {
        if (!('length' in input)) {
          const output = foreignNumber(foreign++)
          name(output, input.account, input.value)
          spender.set(output, tx)
          return output
        }
        const output = (firstOutput[input[0]] as number) + input[1]
        if (input[0] >= tx || spender.has(output)) throw new Error(`transaction ${tx} cannot spend ${input.join(':')}`)
        spender.set(output, tx)
        return output
      }),
    )
  }

  const indexOf = (output: OutputId): number => output - (firstOutput[creator.get(output) as number] as number)
  const outputOf = (output: OutputId): BitcoinOutput => {
    const account = accountOf.get(output) ?? null
    const satoshis = value.get(output)
    const inside = creator.has(output)
    return {
      output,
      tx: creator.get(output) ?? null,
      index: inside ? indexOf(output) : -1,
      value: satoshis === undefined ? null : BigInt(satoshis),
      account,
      script: account === null ? (inside ? 'data' : null) : scriptOf(account),
      spentBy: spender.get(output) ?? null,
    }
  }
  const transactions = specs.map((spec, tx): BitcoinTransaction => {
    const inputs = (spent[tx] as OutputId[]).map(outputOf)
    const created = spec.outputs.map((_, k) => outputOf((firstOutput[tx] as number) + k))
    const known = inputs.length > 0 && inputs.every((input) => input.value !== null)
    const sum = (of: readonly BitcoinOutput[]): bigint => of.reduce((total, each) => total + (each.value ?? 0n), 0n)
    return {
      tx,
      block: tx + 1,
      time: timeOf(tx),
      version: spec.version ?? 2,
      lockTime: spec.lockTime ?? 0,
      witness: spec.witness ?? true,
      sequence: spec.sequence ?? 'final',
      coinbase: inputs.length === 0,
      inputs,
      outputs: created,
      data: created.flatMap(({ index, script }) => (script === 'data' ? [{ index, script: Uint8Array.of(0x6a) }] : [])),
      fee: known ? sum(inputs) - sum(created) : null,
    }
  })

  const table: BitcoinTable = {
    runs: runsOf(transactions, firstOutput, options.runOf ?? Math.max(1, specs.length)),
    transactions: specs.length,
    outputs,
    accounts,
    accountOf: (output) => accountOf.get(output) ?? ABSENT,
    satoshisOf: (output) => value.get(output) ?? -1,
    scriptOf: (account) => SCRIPT_TYPES.indexOf(scriptOf(account)),
    creatorOf: (output) => creator.get(output) ?? ABSENT,
    spenderOf: (output) => spender.get(output) ?? ABSENT,
    timeOf,
  }
  return { table, ledger: ledgerOf(transactions, outputOf, firstOutput), transactions }
}

function timeOf(tx: Tx): number {
  return 1_700_000_000 + 600 * tx
}

function runsOf(transactions: readonly BitcoinTransaction[], firstOutput: readonly number[], size: number): BitcoinColumns[] {
  const runs: BitcoinColumns[] = []
  let firstInput = 0
  for (let first = 0; first < transactions.length; first += size) {
    const part = transactions.slice(first, first + size)
    const inputs = part.flatMap((tx) => tx.inputs)
    const outputs = part.flatMap((tx) => tx.outputs)
    const starts = (of: 'inputs' | 'outputs'): Uint32Array => {
      const start = new Uint32Array(part.length + 1)
      for (const [k, tx] of part.entries()) start[k + 1] = (start[k] as number) + tx[of].length
      return start
    }
    runs.push({
      firstTx: first,
      transactions: part.length,
      firstInput,
      inputs: inputs.length,
      firstOutput: firstOutput[first] as number,
      outputs: outputs.length,
      txIn: starts('inputs'),
      txOut: starts('outputs'),
      version: Int32Array.from(part, (tx) => tx.version),
      lockTime: Uint32Array.from(part, (tx) => tx.lockTime),
      flags: Uint8Array.from(
        part,
        (tx) => (tx.witness ? TX_WITNESS : 0) | (tx.coinbase ? TX_COINBASE : 0) | (SEQUENCES.indexOf(tx.sequence) << 2),
      ),
      inOutput: Uint32Array.from(inputs, ({ output }) => output),
      outValue: Uint32Array.from(outputs.flatMap(({ value }) => [Number((value ?? 0n) & 0xffff_ffffn), Number((value ?? 0n) >> 32n)])),
      outAccount: Uint32Array.from(outputs, ({ account }) => account ?? ABSENT),
    })
    firstInput += inputs.length
  }
  return runs
}

function ledgerOf(
  transactions: readonly BitcoinTransaction[],
  outputOf: (output: OutputId) => BitcoinOutput,
  firstOutput: readonly number[],
): PeelLedger {
  const get = (tx: Tx): BitcoinTransaction => {
    const found = transactions[tx]
    if (found === undefined) throw new Error(`there is no transaction ${tx}`)
    return found
  }
  return {
    bitcoinTransactions: async (txs) => Array.from(txs, get),
    outputs: async (outputs) => Array.from(outputs, outputOf),
    outputsOf: async (account) => {
      const all = [...transactions.flatMap((tx) => [...tx.inputs, ...tx.outputs])].filter((output) => output.account === account)
      const numbers = [...new Set(all.map(({ output }) => output))]
      const age = (output: OutputId): number => (output > FIRST_FOREIGN / 2 ? -output : output)
      return Float64Array.from(numbers.sort((a, b) => age(a) - age(b)))
    },
    outputIds: async (outpoints) =>
      Float64Array.from(outpoints, ({ txid, index }) => {
        const tx = transactions[Number.parseInt(txid, 16)]
        return tx === undefined || index >= tx.outputs.length ? ABSENT : (firstOutput[tx.tx] as number) + index
      }),
    transactions: async (txs) =>
      Array.from(txs, (tx) => ({ tx, hash: txidOf(tx), block: get(tx).block, time: get(tx).time, firstRow: 0, rows: 0 })),
    addresses: async (accounts) => Array.from(accounts, addressOf),
  }
}
