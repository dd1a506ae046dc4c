import fc from 'fast-check'
import type { ScriptType } from '../../../../src/chain/index.ts'
import type { BitcoinColumns, BitcoinOutput, BitcoinTransaction } from '../../../../src/ledger/index.ts'

/** An input or output in short: satoshis, and what differs from a P2WPKH account of its own. */
export type Place =
  | number
  | {
      readonly value: number | bigint | null
      readonly account?: number | null
      readonly script?: ScriptType | null
      readonly tx?: number | null
    }

interface Parts {
  readonly inputs: readonly Place[]
  readonly outputs: readonly Place[]
  readonly time?: number
  readonly data?: readonly Uint8Array[]
}

/** 1 March 2024, when every family was at work. */
export const MARCH_2024 = 1_709_251_200

/** A transaction of given values; inputs and outputs have accounts and parents of their own unless said otherwise. Data outputs come first. */
export function transaction({ inputs, outputs, time = MARCH_2024, data = [] }: Parts): BitcoinTransaction {
  const place = (given: Place, k: number, first: number, parent: number | null): BitcoinOutput => {
    const { value, account = first + k, script = 'p2wpkh', tx = parent } = typeof given === 'number' ? { value: given } : given
    return { output: first + k, tx, index: k, value: value === null ? null : BigInt(value), account, script, spentBy: null }
  }
  const scripts = data.map(
    (_, k): BitcoinOutput => ({ output: 2_000_000 + k, tx: 0, index: k, value: 0n, account: null, script: 'data', spentBy: null }),
  )
  return {
    tx: 0,
    block: 1,
    time,
    version: 2,
    lockTime: 0,
    witness: true,
    sequence: 'mixed',
    coinbase: false,
    inputs: inputs.map((given, k) => place(given, k, 1_000, 1_000 + k)),
    outputs: [...scripts, ...outputs.map((given, k) => place(given, k + data.length, 1_000_000, 0))],
    data: data.map((script, index) => ({ index, script })),
    fee: null,
  }
}

export function times<T>(n: number, value: T): T[] {
  return Array.from({ length: n }, () => value)
}

/** The transactions as one run. Inputs are numbers without meaning: nobody asks. */
export function columnsOf(txs: readonly BitcoinTransaction[]): BitcoinColumns {
  const outs = txs.flatMap(({ outputs }) => outputs)
  const starts = (lengths: readonly number[]): Uint32Array => {
    let sum = 0
    return Uint32Array.from([0, ...lengths.map((length) => (sum += length))])
  }
  const txIn = starts(txs.map(({ inputs }) => inputs.length))
  const inputs = txIn.at(-1) as number
  return {
    firstTx: 0,
    transactions: txs.length,
    firstInput: 0,
    inputs,
    firstOutput: 0,
    outputs: outs.length,
    txIn,
    txOut: starts(txs.map(({ outputs }) => outputs.length)),
    version: Int32Array.from(txs, ({ version }) => version),
    lockTime: Uint32Array.from(txs, ({ lockTime }) => lockTime),
    flags: new Uint8Array(txs.length),
    inOutput: new Uint32Array(inputs),
    outValue: Uint32Array.from(
      outs.flatMap(({ value }) => [Number((value ?? 0n) & 0xffff_ffffn), Number(((value ?? 0n) >> 32n) & 0xffff_ffffn)]),
    ),
    outAccount: Uint32Array.from(outs, ({ account }) => account ?? 0xffff_ffff),
  }
}

/** A Whirlpool mix: a pool, five to eight participants, some of them new with a share for the miner. */
export const whirlpool: fc.Arbitrary<BitcoinTransaction> = fc
  .record({
    pool: fc.constantFrom(100_000, 1_000_000, 2_500_000, 5_000_000, 25_000_000, 50_000_000),
    n: fc.integer({ min: 5, max: 8 }),
    shares: fc.array(fc.integer({ min: 262, max: 62_920 }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ pool, n, shares }) =>
    transaction({ inputs: Array.from({ length: n }, (_, k) => pool + (shares[k] ?? 0)), outputs: times(n, pool) }),
  )

/** A JoinMarket CoinJoin: makers with one to `parts` inputs who earn at most 0.4 %, and a taker who pays them and the miner, with or without change. */
export function joinMarketOf(parts: number): fc.Arbitrary<BitcoinTransaction> {
  const maker = fc.record({
    over: fc.integer({ min: 30_000, max: 900_000_000 }),
    perMille: fc.integer({ min: 0, max: 4 }),
    parts: fc.integer({ min: 1, max: parts }),
  })
  return fc
    .record({
      amount: fc.integer({ min: 1_000_000, max: 500_000_000 }),
      makers: fc.array(maker, { minLength: 2, maxLength: 7 }),
      miner: fc.integer({ min: 1_000, max: 30_000 }),
      change: fc.option(fc.integer({ min: 30_000, max: 900_000_000 })),
    })
    .map(({ amount, makers, miner, change }) => {
      const earned = makers.map(({ perMille }) => Math.floor((amount * perMille) / 1_000))
      const inputs = makers.flatMap((each) => split(amount + each.over, each.parts))
      inputs.push(amount + earned.reduce((sum, fee) => sum + fee, 0) + miner + (change ?? 0))
      const changes = makers.map(({ over }, k) => over + (earned[k] as number))
      return transaction({ inputs, outputs: [...times(makers.length + 1, amount), ...changes, ...(change === null ? [] : [change])] })
    })
    .filter(({ outputs }) => {
      // A change that happens to be worth the amount, or another change, makes another shape.
      const equal = outputs.filter(({ value }) => value === outputs[0]?.value).length
      return equal === Math.ceil(outputs.length / 2) && new Set(outputs.map(({ value }) => value)).size === outputs.length - equal + 1
    })
}

function split(value: number, parts: number): number[] {
  const each = Math.floor(value / (parts + 1))
  return parts === 1 ? [value] : [...Array.from({ length: parts - 1 }, (_, k) => each - 7 * k - 1), value - sum(parts - 1, each)]
}

function sum(parts: number, each: number): number {
  let total = 0
  for (let k = 0; k < parts; k++) total += each - 7 * k - 1
  return total
}

const value = fc.oneof(
  fc.constantFrom(0, 546, 100_000, 1_000_000, 5_000_000, 10_000_000),
  fc.integer({ min: 0, max: 2_100_000_000_000_000 }),
)

const scripts: readonly ScriptType[] = ['p2wpkh', 'p2tr', 'p2pkh', 'p2sh', 'data', 'other']
const small: fc.Arbitrary<number> = fc.integer({ min: 0, max: 40 })

const anyPlace = fc.record({
  value: fc.oneof(
    { weight: 8, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }) },
  ),
  account: fc.option(small),
  script: fc.option(fc.constantFrom(...scripts)),
  tx: fc.option(small),
})

/** Anything at all, well-formed or not: no inputs, no outputs, values that are unknown or impossible, scripts that say data without any. */
export const anything: fc.Arbitrary<BitcoinTransaction> = fc
  .record({
    inputs: fc.array(anyPlace, { maxLength: 30 }),
    outputs: fc.array(anyPlace, { maxLength: 30 }),
    time: fc.integer({ min: 1_231_006_505, max: 2_000_000_000 }),
    data: fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 2 }),
    coinbase: fc.boolean(),
  })
  .map(({ coinbase, ...parts }) => ({ ...transaction(parts), coinbase }))

/** The same transaction with inputs and outputs in another order. */
export function reordered(tx: BitcoinTransaction, seed: number): BitcoinTransaction {
  let state = seed >>> 0
  const shuffle = <T>(all: readonly T[]): T[] => {
    const result = [...all]
    for (let k = result.length - 1; k > 0; k--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      const other = state % (k + 1)
      ;[result[k], result[other]] = [result[other] as T, result[k] as T]
    }
    return result
  }
  return { ...tx, inputs: shuffle(tx.inputs), outputs: shuffle(tx.outputs).map((output, index) => ({ ...output, index })) }
}
