import { SCRIPT_TYPES } from '../../src/chain/index.ts'
import { ABSENT, type BitcoinColumns, type BitcoinTable, SEQUENCES, TX_COINBASE, TX_WITNESS } from '../../src/ledger/index.ts'

/** Owners for every so many inputs: each makes some 20 transactions. */
const INPUTS_PER_OWNER = 50
/** Runs that the table is divided into: most coins are spent in the run that created them, the others are looked up. */
const TABLE_RUNS = 4
/** One transaction in so many is a CoinJoin of five owners in the form of Whirlpool. */
const COINJOIN_EVERY = 1_000
/** Satoshis of a Whirlpool pool. */
const POOL = 5_000_000
/** Part of the outputs that are paid to an address which the owner used before. */
const REUSE = 0.25
/** Coins that may be spent next are drawn from the newest of so many, most often from the newest of those. */
const WINDOW = 2_000_000
const MOST_INPUTS = 40
/** 1 January 2021: a time at which all families of CoinJoins but Wasabi 2 were in use. */
const TIME = 1_609_459_200

export interface SyntheticTable {
  readonly table: BitcoinTable
  /** What the table is like, for a row of figures. */
  readonly shape: string
}

/**
 * A ledger in memory whose traffic has the shape of the real one as far as clustering can feel it: coins of owners by power law, spent soon rather than late;
 * a mean of about 2.5 inputs and outputs, most often one and two; inputs of one owner; change to a new address; addresses that are used again; coinbases; and CoinJoins.
 */
export function syntheticTable({ inputs, seed }: { readonly inputs: number; readonly seed: number }): SyntheticTable {
  const random = generator(seed)
  const owners = Math.ceil(inputs / INPUTS_PER_OWNER)
  const room = inputs + inputs / 4 + 1_000
  const maker = new Maker(room, owners, random)
  while (maker.inputs < inputs) {
    if (maker.transactions % 2_500 === 0) maker.coinbase()
    else if (maker.transactions % COINJOIN_EVERY === 1 && maker.coins > 1_000) maker.coinJoin()
    else maker.payment()
  }
  return maker.finish()
}

class Maker {
  inputs = 0
  transactions = 0
  /** Outputs not spent yet. */
  coins = 0
  #outputs = 0
  #accounts = 0
  readonly #random: () => number
  readonly #owners: number
  readonly #txIn: Uint32Array
  readonly #txOut: Uint32Array
  readonly #flags: Uint8Array
  readonly #inOutput: Uint32Array
  readonly #outValue: Uint32Array
  readonly #outAccount: Uint32Array
  readonly #ownerOf: Uint32Array
  readonly #spender: Uint32Array
  /** Newest coin of each owner, and for each coin the one before it of the same owner; spent ones are passed over. */
  readonly #newest: Uint32Array
  readonly #earlier: Uint32Array
  readonly #lastAccount: Uint32Array

  constructor(room: number, owners: number, random: () => number) {
    this.#random = random
    this.#owners = owners
    this.#txIn = new Uint32Array(room + 1)
    this.#txOut = new Uint32Array(room + 1)
    this.#flags = new Uint8Array(room)
    this.#inOutput = new Uint32Array(room)
    this.#outValue = new Uint32Array(4 * room)
    this.#outAccount = new Uint32Array(2 * room)
    this.#ownerOf = new Uint32Array(2 * room)
    this.#spender = new Uint32Array(2 * room).fill(ABSENT)
    this.#newest = new Uint32Array(owners).fill(ABSENT)
    this.#earlier = new Uint32Array(2 * room).fill(ABSENT)
    this.#lastAccount = new Uint32Array(owners).fill(ABSENT)
  }

  coinbase(): void {
    for (let k = 0; k < 50; k++) this.#pay(this.#somebody(), this.#value(), false)
    this.#close(TX_COINBASE)
  }

  payment(): void {
    const coin = this.#coin()
    if (coin === ABSENT) {
      this.coinbase()
      return
    }
    const owner = this.#ownerOf[coin] as number
    this.#spend(coin)
    // Most have one input; a few sweep dozens together.
    const more = this.#random() < 0.58 ? 0 : Math.floor(1 + (MOST_INPUTS - 1) * this.#random() ** 3)
    for (let k = 0; k < more; k++) {
      const next = this.#coinOf(owner)
      if (next === ABSENT) break
      this.#spend(next)
    }
    const payments = this.#random() < 0.9 ? 1 : Math.floor(2 + 20 * this.#random() ** 2)
    for (let k = 0; k < payments; k++) this.#pay(this.#somebody(), this.#value(), this.#random() < REUSE)
    if (this.#random() < 0.85) this.#pay(owner, this.#value(), this.#random() < REUSE / 2)
    this.#close(0)
  }

  coinJoin(): void {
    const taken: number[] = []
    for (let k = 0; k < 5; k++) {
      const coin = this.#coin()
      if (coin === ABSENT) continue
      // A coin of the pool's size, as if it had been prepared; the newcomers bring the miner's fee.
      this.#outValue[2 * coin] = POOL + (k < 2 ? 500 : 0)
      this.#outValue[2 * coin + 1] = 0
      taken.push(this.#ownerOf[coin] as number)
      this.#spend(coin)
    }
    for (const owner of taken) this.#pay(owner, POOL, false)
    this.#close(0)
  }

  finish(): SyntheticTable {
    const { transactions, inputs } = this
    const outputs = this.#outputs
    const txOut = this.#txOut
    const outAccount = this.#outAccount.slice(0, outputs)
    const outValue = this.#outValue.slice(0, 2 * outputs)
    const p2wpkh = SCRIPT_TYPES.indexOf('p2wpkh')
    const spender = this.#spender
    const table: BitcoinTable = {
      runs: Array.from({ length: TABLE_RUNS }, (_, part) =>
        this.#run(Math.floor((transactions * part) / TABLE_RUNS), Math.floor((transactions * (part + 1)) / TABLE_RUNS)),
      ),
      transactions,
      outputs,
      accounts: this.#accounts,
      accountOf: (output) => outAccount[output] ?? ABSENT,
      satoshisOf: (output) => (outValue[2 * output + 1] as number) * 2 ** 32 + (outValue[2 * output] as number),
      scriptOf: () => p2wpkh,
      creatorOf: (output) => creatorOf(txOut, transactions, output),
      spenderOf: (output) => spender[output] ?? ABSENT,
      timeOf: () => TIME,
    }
    const count = (n: number): string => n.toLocaleString('en-US')
    const mean = (n: number): string => (n / transactions).toFixed(2)
    return {
      table,
      shape:
        `synthetic: ${count(inputs)} inputs and ${count(outputs)} outputs of ${count(transactions)} transactions (${mean(inputs)} and ${mean(outputs)} each), ` +
        `${count(this.#accounts)} addresses of ${count(this.#owners)} owners by power law, coins spent soon rather than late`,
    }
  }

  #run(from: number, to: number): BitcoinColumns {
    const firstInput = this.#txIn[from] as number
    const firstOutput = this.#txOut[from] as number
    const endOutput = this.#txOut[to] as number
    return {
      firstTx: from,
      transactions: to - from,
      firstInput,
      inputs: (this.#txIn[to] as number) - firstInput,
      firstOutput,
      outputs: endOutput - firstOutput,
      txIn: this.#txIn.slice(from, to + 1).map((input) => input - firstInput),
      txOut: this.#txOut.slice(from, to + 1).map((output) => output - firstOutput),
      version: new Int32Array(to - from).fill(2),
      lockTime: new Uint32Array(to - from),
      flags: this.#flags.slice(from, to),
      inOutput: this.#inOutput.slice(firstInput, this.#txIn[to]),
      outValue: this.#outValue.slice(2 * firstOutput, 2 * endOutput),
      outAccount: this.#outAccount.slice(firstOutput, endOutput),
    }
  }

  #somebody(): number {
    return Math.floor(this.#owners * this.#random() ** 3)
  }

  /** Satoshis, even in the logarithm from 10^4 to 10^9. */
  #value(): number {
    return Math.floor(10 ** (4 + 5 * this.#random()))
  }

  /** A coin that is not spent, from the newest; ABSENT where some tries find none. */
  #coin(): number {
    for (let tries = 0; tries < 64; tries++) {
      const back = Math.floor(Math.min(WINDOW, this.#outputs) * this.#random() ** 4)
      const coin = this.#outputs - 1 - back
      // What this very transaction creates cannot be spent by it; it has created nothing yet.
      if (coin >= 0 && this.#spender[coin] === ABSENT) return coin
    }
    return ABSENT
  }

  #coinOf(owner: number): number {
    let coin = this.#newest[owner] as number
    while (coin !== ABSENT && this.#spender[coin] !== ABSENT) coin = this.#earlier[coin] as number
    this.#newest[owner] = coin
    return coin
  }

  #spend(coin: number): void {
    this.#spender[coin] = this.transactions
    this.#inOutput[this.inputs++] = coin
    this.coins--
  }

  #pay(owner: number, value: number, again: boolean): void {
    const output = this.#outputs++
    const used = this.#lastAccount[owner] as number
    const account = again && used !== ABSENT ? used : this.#accounts++
    this.#lastAccount[owner] = account
    this.#outAccount[output] = account
    this.#outValue[2 * output] = value
    this.#ownerOf[output] = owner
    this.#earlier[output] = this.#newest[owner] as number
    this.#newest[owner] = output
    this.coins++
  }

  #close(flags: number): void {
    this.#flags[this.transactions] = flags | TX_WITNESS | (SEQUENCES.indexOf('replaceable') << 2)
    this.transactions++
    this.#txIn[this.transactions] = this.inputs
    this.#txOut[this.transactions] = this.#outputs
  }
}

function creatorOf(txOut: Uint32Array, transactions: number, output: number): number {
  let low = 0
  let high = transactions
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((txOut[middle + 1] as number) > output) high = middle
    else low = middle + 1
  }
  return low
}

/** Mulberry32: numbers in [0, 1) from a 32-bit seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
