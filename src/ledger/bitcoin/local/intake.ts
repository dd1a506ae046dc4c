import { randomInt } from 'node:crypto'
import { CordonError, SCRIPT_TYPES, scriptOfKey, scriptTypeOf, writeAccountKey } from '../../../chain/index.ts'
import { ABSENT } from '../../ledger.ts'
import { growingU32 } from '../../local/growing.ts'
import { type BitcoinBlock, type ScriptColumn, TX_COINBASE } from '../block.ts'
import { FIRST_FOREIGN, foreignNumber } from '../columns.ts'
import { hashHex } from '../wire/header.ts'
import { ColumnFiles } from './column-files.ts'
import { blockDigest, NO_DIGEST } from './digest.ts'
import { EarlierSpends } from './earlier-spends.ts'
import { KeyTable } from './keytable.ts'
import { KEY_WORDS, TXID_WORDS } from './layout.ts'
import { Scratch, words } from './scratch.ts'
import { toldValues } from './told.ts'

/** Where a segment takes up the ledger: everything that its blocks must follow on from. */
export interface BitcoinContinuation {
  readonly firstTx: number
  readonly firstInput: number
  readonly firstOutput: number
  readonly firstForeign: number
  readonly firstRow: number
  readonly firstAccount: number
  readonly tip: { readonly height: number; readonly hash: Uint8Array; readonly digest: Uint8Array } | null
  /** Number of an account key (KEY_WORDS words), or -1. */
  readonly findAccount: (key: Uint32Array) => number
  /** Output of an earlier segment by its transaction id (TXID_WORDS words) and index: -1 where there is no such transaction, -2 where it has no such output, -3 where that is spent. */
  readonly findOutput: (txid: Uint32Array, index: number) => number
  /** Whether an earlier segment spends an output from before the ledger. */
  readonly spendsForeign: (txid: Uint32Array, index: number) => boolean
}

export function fromNoBlock(): BitcoinContinuation {
  return {
    firstTx: 0,
    firstInput: 0,
    firstOutput: 0,
    firstForeign: 0,
    firstRow: 0,
    firstAccount: 0,
    tip: null,
    findAccount: () => -1,
    findOutput: () => -1,
    spendsForeign: () => false,
  }
}

/** What the first pass leaves behind. */
export interface BitcoinIntakeResult {
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
  readonly foreign: number
  readonly unknownValues: number
  readonly accounts: number
  /** Accounts that are paid here, or spent from before the ledger, rising; null where they are simply all. */
  readonly paid: Uint32Array | null
  /** Of each transaction what the source told of its inputs, as `toldValues` has it. */
  readonly told: Uint32Array
  readonly blocks: number
  readonly first: { readonly height: number; readonly time: number } | null
  readonly last: { readonly height: number; readonly hash: Uint8Array } | null
  readonly firstTime: number | null
  readonly lastTime: number | null
  /** Digest of the ledger with these blocks. */
  readonly digest: Uint8Array
  /** Heights between the first block and the last that are not there. */
  readonly gaps: number
}

const OUTPOINT_WORDS = TXID_WORDS + 1
const DATA = SCRIPT_TYPES.indexOf('data')
/** Keys of scripts that a hash of 20 bytes identifies: the type and five words. */
const SHORT_KEYS = {
  mask: SCRIPT_TYPES.reduce(
    (mask, type, code) => (type === 'p2pkh' || type === 'p2sh' || type === 'p2wpkh' ? mask | (1 << code) : mask),
    0,
  ),
  words: 6,
}
/** Script types whose key is only a hash of the script, so that the script itself has to be kept. */
const HASH_ONLY = SCRIPT_TYPES.map((_, type) => type !== DATA && scriptOfKey(type, new Uint8Array(32)) === null)

/**
 * First pass: takes blocks in order and appends columns to files as they come. Numbers transactions, outputs and accounts by appearance (inputs before outputs) and finds for
 * every input the output that it spends. Holds the tables of transaction ids, of accounts and of what it spends from before the ledger, 8 bytes an output and 4 a transaction, in memory.
 */
export class BitcoinIntake {
  readonly #files: ColumnFiles
  readonly #start: BitcoinContinuation
  readonly #txids = new KeyTable(TXID_WORDS, randomInt(2 ** 32), { capacity: 1 << 14 })
  readonly #keys = new KeyTable(KEY_WORDS, randomInt(2 ** 32), { capacity: 1 << 14, short: SHORT_KEYS })
  /** Ledger number of each account of this intake, where that is not the same. */
  readonly #accountOf = growingU32()
  readonly #txOut = growingU32()
  readonly #told = growingU32()
  readonly #spender = growingU32()
  readonly #spentEarlier = new EarlierSpends()
  /** Outputs from before the ledger that are spent here: id and index. */
  readonly #spentForeign = new KeyTable(OUTPOINT_WORDS, randomInt(2 ** 32))
  readonly #continuing: boolean
  #inputs = 0
  #outputs = 0
  #foreign = 0
  #unknownValues = 0
  #accounts = 0
  #blocks = 0
  #gaps = 0
  #scriptBytes = 0
  #dataBytes = 0
  #first: BitcoinIntakeResult['first'] = null
  #last: { height: number; hash: Uint8Array } | null
  #firstTime: number | null = null
  #lastTime: number | null = null
  #digest: Uint8Array
  #key = new Uint32Array(TXID_WORDS)
  readonly #outpoint = new Uint32Array(OUTPOINT_WORDS)
  #scratch = new Scratch(1024)

  constructor(folder: string, start: BitcoinContinuation) {
    this.#files = new ColumnFiles(folder)
    this.#start = start
    this.#continuing = start.tip !== null
    this.#last = start.tip
    this.#digest = start.tip?.digest ?? NO_DIGEST
  }

  get transactions(): number {
    return this.#txOut.length
  }

  /**
   * @throws CordonError `bitcoin/not-linked` when a block does not follow the one before it; `bitcoin/bad-block` when it is empty; `bitcoin/repeated-transaction`, `bitcoin/double-spend`, `bitcoin/no-such-output` when an input cannot be what it says;
   *   `ledger/too-large` past 2^32 outputs; `ledger/disk-full`
   */
  add(block: BitcoinBlock): void {
    this.#checkLink(block)
    const t = block.transactions
    if (t === 0)
      throw new CordonError('bitcoin/bad-block', `block ${hashHex(block.hash)} (height ${block.height}) has no transactions`, {
        remedy: 'every block has at least its coinbase: the source is damaged or lies',
      })
    const inputs = block.prevIndex.length
    const outputs = block.outStart[t] as number
    if (this.#start.firstOutput + this.#outputs + outputs > FIRST_FOREIGN - this.#start.firstForeign - this.#foreign - inputs)
      throw new CordonError('ledger/too-large', 'one ledger holds at most 2^32 - 2 outputs', {
        remedy: 'split the chain into several ledgers',
      })
    if (this.#scratch.size < inputs + outputs) this.#scratch = new Scratch((inputs + outputs) * 2)

    const firstTx = this.#txOut.length
    const txids = words(block.txid)
    for (let k = 0; k < t; k++) {
      const number = this.#txids.size
      // Two coinbases have the ids of earlier ones (BIP 30). The id of any other transaction is made of what it spends, and nothing is spent twice.
      if (((block.flags[k] as number) & TX_COINBASE) !== 0) this.#txids.put(txids, k * TXID_WORDS)
      else if (this.#txids.add(txids, k * TXID_WORDS) !== number) {
        throw new CordonError(
          'bitcoin/repeated-transaction',
          `block ${block.height}: transaction ${hashHex(block.txid.subarray(k * 32, k * 32 + 32))} is in the chain already`,
          { remedy: 'no such block is in the chain: the source is damaged, or holds a transaction twice' },
        )
      }
    }
    for (let k = 0; k < t; k++) this.#txOut.push(this.#outputs + (block.outStart[k] as number))
    for (const print of toldValues(block)) this.#told.push(print)
    this.#spender.reserve(this.#outputs + outputs)
    this.#spender.data.fill(ABSENT, this.#outputs, this.#outputs + outputs)
    this.#spender.length = this.#outputs + outputs

    this.#files.write('tx.hash', block.txid)
    this.#writeShifted('tx.in', block.inStart, this.#inputs, t)
    this.#writeShifted('tx.out', block.outStart, this.#outputs, t)
    this.#files.write('tx.version', block.version)
    this.#files.write('tx.lock', block.lockTime)
    this.#files.write('tx.flags', block.flags)
    const foreign = this.#resolveInputs(block, firstTx, this.#outputs + outputs)
    this.#numberAccounts(block, foreign)
    this.#files.write('out.value', block.value)
    this.#files.write('block.height', Uint32Array.of(block.height))
    this.#files.write('block.tx', Uint32Array.of(firstTx))
    this.#files.write('block.time', Uint32Array.of(block.time))
    this.#files.write('block.hash', block.hash)
    this.#digest = blockDigest(this.#digest, block, foreign)
    this.#files.write('block.digest', this.#digest)

    this.#inputs += inputs
    this.#outputs += outputs
    this.#blocks += 1
    this.#first ??= { height: block.height, time: block.time }
    this.#last = { height: block.height, hash: block.hash.slice() }
    this.#firstTime = this.#firstTime === null ? block.time : Math.min(this.#firstTime, block.time)
    this.#lastTime = this.#lastTime === null ? block.time : Math.max(this.#lastTime, block.time)
  }

  /** Closes the files and writes what could not be written as it came. */
  finish(): BitcoinIntakeResult {
    const t = this.#txOut.length
    this.#files.write('tx.in', Uint32Array.of(this.#inputs))
    this.#files.write('tx.out', Uint32Array.of(this.#outputs))
    this.#files.write('out.spender', this.#spender.taken())
    const spends = this.#spentEarlier.sorted()
    this.#files.write('spend.output', spends.outputs)
    this.#files.write('spend.tx', spends.txs)
    this.#files.write('script.start', Float64Array.of(this.#scriptBytes))
    this.#files.write('data.start', Float64Array.of(this.#dataBytes))
    if (!this.#continuing) for (const part of this.#keys.keys()) this.#files.write('account.key', part)
    this.#files.close()
    return {
      transactions: t,
      inputs: this.#inputs,
      outputs: this.#outputs,
      foreign: this.#foreign,
      unknownValues: this.#unknownValues,
      accounts: this.#accounts,
      paid: this.#continuing ? this.#accountOf.taken().slice().sort() : null,
      told: this.#told.taken(),
      blocks: this.#blocks,
      first: this.#first,
      last: this.#last,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
      digest: this.#digest,
      gaps: this.#gaps,
    }
  }

  /** Closes what is open after a failure; the folder is about to go. */
  abandon(): void {
    this.#files.abandon()
  }

  #checkLink(block: BitcoinBlock): void {
    const last = this.#last
    if (last === null) return
    const follows = block.height === last.height + 1
    // Exports of transactions alone do not say what block came before.
    const linked = block.previous.every((byte) => byte === 0) || Buffer.compare(block.previous, last.hash) === 0
    if (block.height <= last.height || (follows && !linked)) {
      throw new CordonError(
        'bitcoin/not-linked',
        `block ${hashHex(block.hash)} (height ${block.height}) does not follow block ${hashHex(last.hash)} (height ${last.height})`,
        { remedy: 'the source changed branch or is not in order: read it again from the last common block' },
      )
    }
    if (!follows) this.#gaps += block.height - last.height - 1
  }

  /** Writes the output of each input; returns the inputs that spend what lies before the ledger. `outputs`: end of the outputs known with this block. */
  #resolveInputs(block: BitcoinBlock, firstTx: number, outputs: number): number[] {
    const inputs = block.prevIndex.length
    const keys = words(block.prevTxid)
    const { found, target } = this.#scratch
    this.#txids.find(keys, inputs, found)
    const foreign: number[] = []
    const txOut = this.#txOut.data
    const transactions = this.#txOut.length
    let tx = firstTx
    for (let k = 0, own = 0; k < inputs; k++) {
      while ((block.inStart[own + 1] as number) <= k) own++
      tx = firstTx + own
      const creator = (found[k] as number) - 1
      const index = block.prevIndex[k] as number
      let output: number
      if (creator >= 0) {
        if (creator >= tx) throw this.#bad('bitcoin/no-such-output', block, own, k, 'spends an output of a transaction that comes after it')
        const end = creator + 1 < transactions ? (txOut[creator + 1] as number) : outputs
        const local = (txOut[creator] as number) + index
        if (local >= end) throw this.#bad('bitcoin/no-such-output', block, own, k, `spends output ${index} of a transaction that has fewer`)
        if (this.#spender.data[local] !== ABSENT)
          throw this.#bad('bitcoin/double-spend', block, own, k, 'spends an output that is spent already')
        this.#spender.data[local] = this.#start.firstTx + tx
        output = this.#start.firstOutput + local
      } else {
        output = this.#earlier(keys, k, index)
        if (output === -2)
          throw this.#bad('bitcoin/no-such-output', block, own, k, `spends output ${index} of a transaction that has fewer`)
        if (output === -1) {
          if (!this.#isFirstSpend(keys, k, index)) output = -3
          else {
            output = foreignNumber(this.#start.firstForeign + this.#foreign + foreign.length)
            foreign.push(k)
          }
        } else if (output >= 0 && !this.#spentEarlier.add(output, this.#start.firstTx + tx)) output = -3
        if (output === -3) throw this.#bad('bitcoin/double-spend', block, own, k, 'spends an output that is spent already')
      }
      target[k] = output
    }
    this.#files.write('in.output', target.subarray(0, inputs))
    this.#writeForeign(block, foreign, keys, firstTx)
    return foreign
  }

  #earlier(keys: Uint32Array, k: number, index: number): number {
    if (!this.#continuing) return -1
    this.#key.set(keys.subarray(k * TXID_WORDS, (k + 1) * TXID_WORDS))
    return this.#start.findOutput(this.#key, index)
  }

  /** Notes that an output from before the ledger is spent; false where it was spent before. */
  #isFirstSpend(keys: Uint32Array, k: number, index: number): boolean {
    const outpoint = this.#outpoint
    outpoint.set(keys.subarray(k * TXID_WORDS, (k + 1) * TXID_WORDS))
    outpoint[TXID_WORDS] = index
    const before = this.#spentForeign.size
    return this.#spentForeign.add(outpoint, 0) === before && !this.#start.spendsForeign(outpoint, index)
  }

  #writeForeign(block: BitcoinBlock, foreign: readonly number[], keys: Uint32Array, firstTx: number): void {
    const { spent } = block
    const value = new Uint32Array(foreign.length * 2)
    const tx = new Uint32Array(foreign.length)
    let own = 0
    for (const [f, k] of foreign.entries()) {
      while ((block.inStart[own + 1] as number) <= k) own++
      tx[f] = this.#start.firstTx + firstTx + own
      const known = spent !== null && spent.known[k] === 1
      if (!known) this.#unknownValues += 1
      value[f * 2] = known ? (spent.value[k * 2] as number) : ABSENT
      value[f * 2 + 1] = known ? (spent.value[k * 2 + 1] as number) : ABSENT
      this.#files.write('foreign.hash', keys.subarray(k * TXID_WORDS, (k + 1) * TXID_WORDS))
    }
    this.#files.write(
      'foreign.index',
      Uint32Array.from(foreign, (k) => block.prevIndex[k] as number),
    )
    this.#files.write('foreign.value', value)
    this.#files.write('foreign.tx', tx)
    this.#foreign += foreign.length
  }

  /** Numbers the accounts of a block: of each transaction first those of foreign inputs, then those of outputs. */
  #numberAccounts(block: BitcoinBlock, foreign: readonly number[]): void {
    const { keys, keyBytes, place, found, account } = this.#scratch
    const t = block.transactions
    const outputs = block.outStart[t] as number
    const { spent, script } = block
    let count = 0
    const take = (column: ScriptColumn, at: number, where: number): void => {
      const start = column.start[at] as number
      const end = column.end[at] as number
      const type = scriptTypeOf(column.bytes, start, end)
      if (type === DATA) {
        if (where < foreign.length) {
          const own = block.inStart.findLastIndex((first) => first <= at)
          throw this.#bad('bitcoin/no-such-output', block, own, at, 'spends an OP_RETURN, which nobody can')
        }
        account[where] = ABSENT
        this.#keepData(where - foreign.length, column, at)
        return
      }
      keys[count * KEY_WORDS] = type
      writeAccountKey(type, column.bytes, start, end, keyBytes, count * KEY_WORDS * 4 + 4)
      place[count++] = where
    }
    // Places 0.. are the foreign inputs, then come the outputs.
    let f = 0
    for (let k = 0; k < t; k++) {
      const lastInput = block.inStart[k + 1] as number
      for (; f < foreign.length && (foreign[f] as number) < lastInput; f++) {
        const input = foreign[f] as number
        const told = spent !== null && spent.known[input] === 1 && spent.script.end[input] !== spent.script.start[input]
        if (told) take(spent.script, input, f)
        else account[f] = ABSENT
      }
      const lastOutput = block.outStart[k + 1] as number
      for (let o = block.outStart[k] as number; o < lastOutput; o++) take(script, o, foreign.length + o)
    }
    this.#keys.find(keys, count, found)
    for (let c = 0; c < count; c++) {
      const where = place[c] as number
      const known = (found[c] as number) - 1
      const id = known >= 0 ? known : this.#keys.add(keys, c * KEY_WORDS)
      account[where] = this.#continuing
        ? id < this.#accountOf.length
          ? (this.#accountOf.data[id] as number)
          : this.#continued(keys, c, block, where, foreign)
        : id < this.#accounts
          ? id
          : this.#fresh(keys, c, block, where, foreign)
    }
    this.#files.write('foreign.account', account.subarray(0, foreign.length))
    this.#files.write('out.account', account.subarray(foreign.length, foreign.length + outputs))
  }

  /** A key that this intake sees for the first time: an account of the ledger so far, or a new one. */
  #continued(keys: Uint32Array, c: number, block: BitcoinBlock, where: number, foreign: readonly number[]): number {
    const key = keys.slice(c * KEY_WORDS, (c + 1) * KEY_WORDS)
    let account = this.#start.findAccount(key)
    if (account === -1) {
      account = this.#fresh(keys, c, block, where, foreign)
      this.#files.write('account.key', key)
    }
    this.#accountOf.push(account)
    return account
  }

  #fresh(keys: Uint32Array, c: number, block: BitcoinBlock, where: number, foreign: readonly number[]): number {
    const account = this.#start.firstAccount + this.#accounts++
    if (HASH_ONLY[keys[c * KEY_WORDS] as number] === true) {
      const isForeign = where < foreign.length
      const column = isForeign ? (block.spent?.script as ScriptColumn) : block.script
      const at = isForeign ? (foreign[where] as number) : where - foreign.length
      this.#files.write('script.account', Uint32Array.of(account))
      this.#files.write('script.start', Float64Array.of(this.#scriptBytes))
      this.#scriptBytes += this.#files.writeScript('script.bytes', column, at)
    }
    return account
  }

  #keepData(output: number, column: ScriptColumn, at: number): void {
    this.#files.write('data.output', Uint32Array.of(this.#start.firstOutput + this.#outputs + output))
    this.#files.write('data.start', Float64Array.of(this.#dataBytes))
    this.#dataBytes += this.#files.writeScript('data.bytes', column, at)
  }

  #writeShifted(name: string, starts: Uint32Array, by: number, count: number): void {
    const { target } = this.#scratch
    const shifted = count <= target.length ? target : new Uint32Array(count)
    for (let k = 0; k < count; k++) shifted[k] = (starts[k] as number) + by
    this.#files.write(name, shifted.subarray(0, count))
  }

  #bad(code: string, block: BitcoinBlock, tx: number, input: number, what: string): CordonError {
    const txid = hashHex(block.txid.subarray(tx * 32, (tx + 1) * 32))
    const at = input - (block.inStart[tx] as number)
    return new CordonError(code, `block ${block.height}: input ${at} of transaction ${txid} ${what}`, {
      remedy: 'no such block is in the chain: the source is damaged or lies',
    })
  }
}
