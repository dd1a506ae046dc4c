import { CordonError, type ErrorPlace } from '../../chain/index.ts'
import { type BitcoinBlock, type ScriptColumn, type SpentColumn, sequenceClass, TX_COINBASE, TX_WITNESS } from './block.ts'

/** 21 million coins in satoshis (`MAX_MONEY` of Bitcoin Core): no amount on the chain is larger. */
export const MAX_SATOSHIS = 2_100_000_000_000_000n

/** Sequence class of a transaction whose inputs differ in theirs: the last of SEQUENCES. */
const MIXED = 4
const HASH = /^[0-9a-f]{64}$/i
const NO_SCRIPT = new Uint8Array(0)

export interface BuilderHeader {
  readonly height: number
  /** Hashes as people write them: 64 hex digits. */
  readonly hash: string
  /** 64 zeros where it is not known, as in the genesis block. */
  readonly previous: string
  /** Unix seconds. */
  readonly time: number
}

export interface BuilderInput {
  /** The output that is spent. */
  readonly txid: string
  readonly index: number
  readonly sequence: number
  /** Left off where the source does not say what the output held. The script is empty where only the value is known. */
  readonly spent?: { readonly value: bigint; readonly script: Uint8Array }
}

export interface BuilderTransaction {
  /** As people write it: 64 hex digits. */
  readonly txid: string
  /** 32 bits, read as signed or as unsigned. */
  readonly version: number
  readonly lockTime: number
  readonly witness: boolean
  /** None for a coinbase. */
  readonly inputs: readonly BuilderInput[]
  readonly outputs: readonly { /** Satoshis. */ readonly value: bigint; readonly script: Uint8Array }[]
}

/**
 * Makes a block's columns from transactions that are given one by one as plain objects, in the order of the block. A transaction without inputs is a coinbase and comes first.
 * For raw blocks there is a faster way that makes no object for each transaction (`wire/`).
 */
export class BlockBuilder {
  readonly #header: BuilderHeader
  readonly #transactions: BuilderTransaction[] = []
  #inputs = 0
  #outputs = 0
  #scriptBytes = 0
  #spentBytes = 0
  #anySpent = false

  /** @throws CordonError `bitcoin/bad-block` where the header cannot be one */
  constructor(header: BuilderHeader) {
    const fault = headerFault(header)
    if (fault !== null) throw new CordonError('bitcoin/bad-block', fault, { remedy: 'Export or build the block again.' })
    this.#header = header
  }

  get transactions(): number {
    return this.#transactions.length
  }

  /**
   * @param place where the transaction was read, for the error
   * @throws CordonError `bitcoin/bad-transaction`
   */
  add(transaction: BuilderTransaction, place: ErrorPlace = {}): this {
    const fault = transactionFault(transaction, this.#transactions.length)
    if (fault !== null) {
      const [field, what] = fault
      throw new CordonError('bitcoin/bad-transaction', `transaction ${transaction.txid}: ${field} ${what}`, {
        place: { ...place, field },
        remedy: 'No transaction of the chain looks like this: the data is damaged or of another form.',
      })
    }
    this.#transactions.push(transaction)
    this.#inputs += transaction.inputs.length
    this.#outputs += transaction.outputs.length
    for (const output of transaction.outputs) this.#scriptBytes += output.script.length
    for (const { spent } of transaction.inputs) {
      if (spent === undefined) continue
      this.#anySpent = true
      this.#spentBytes += spent.script.length
    }
    return this
  }

  build(): BitcoinBlock {
    const transactions = this.#transactions
    const t = transactions.length
    const columns = {
      txid: new Uint8Array(32 * t),
      version: new Int32Array(t),
      lockTime: new Uint32Array(t),
      flags: new Uint8Array(t),
      inStart: new Uint32Array(t + 1),
      outStart: new Uint32Array(t + 1),
      prevTxid: new Uint8Array(32 * this.#inputs),
      prevIndex: new Uint32Array(this.#inputs),
      value: new Uint32Array(2 * this.#outputs),
    }
    const script = new ScriptWriter(this.#outputs, this.#scriptBytes)
    const spent = this.#anySpent ? new SpentWriter(this.#inputs, this.#spentBytes) : null
    let i = 0
    let o = 0
    for (const [k, tx] of transactions.entries()) {
      writeHash(columns.txid, 32 * k, tx.txid)
      columns.version[k] = tx.version
      columns.lockTime[k] = tx.lockTime
      columns.flags[k] = flagsOf(tx)
      for (const input of tx.inputs) {
        writeHash(columns.prevTxid, 32 * i, input.txid)
        columns.prevIndex[i] = input.index
        spent?.put(i, input.spent)
        i++
      }
      for (const output of tx.outputs) {
        putSatoshis(columns.value, o, output.value)
        script.put(o, output.script)
        o++
      }
      columns.inStart[k + 1] = i
      columns.outStart[k + 1] = o
    }
    const { height, time } = this.#header
    return {
      height,
      time,
      hash: hashBytes(this.#header.hash),
      previous: hashBytes(this.#header.previous),
      transactions: t,
      ...columns,
      script: script.column,
      spent: spent?.column ?? null,
    }
  }
}

/** A hash as people write it into 32 bytes in the order of blocks. */
export function writeHash(target: Uint8Array, at: number, hex: string): void {
  const bytes = Buffer.from(hex, 'hex')
  for (let k = 0; k < 32; k++) target[at + k] = bytes[31 - k] as number
}

export function hashBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(32)
  writeHash(bytes, 0, hex)
  return bytes
}

function putSatoshis(target: Uint32Array, at: number, value: bigint): void {
  target[2 * at] = Number(value & 0xffff_ffffn)
  target[2 * at + 1] = Number(value >> 32n)
}

function flagsOf(tx: BuilderTransaction): number {
  let sequence = 0
  for (const [k, input] of tx.inputs.entries()) {
    const own = sequenceClass(input.sequence)
    if (k === 0) sequence = own
    else if (own !== sequence) sequence = MIXED
  }
  return (tx.witness ? TX_WITNESS : 0) | (tx.inputs.length === 0 ? TX_COINBASE : 0) | (sequence << 2)
}

class ScriptWriter {
  readonly column: ScriptColumn
  #at = 0

  constructor(scripts: number, bytes: number) {
    this.column = { bytes: new Uint8Array(bytes), start: new Uint32Array(scripts), end: new Uint32Array(scripts) }
  }

  put(k: number, script: Uint8Array): void {
    this.column.start[k] = this.#at
    this.column.bytes.set(script, this.#at)
    this.#at += script.length
    this.column.end[k] = this.#at
  }
}

class SpentWriter {
  readonly column: SpentColumn
  readonly #script: ScriptWriter

  constructor(inputs: number, bytes: number) {
    this.#script = new ScriptWriter(inputs, bytes)
    this.column = { known: new Uint8Array(inputs), value: new Uint32Array(2 * inputs), script: this.#script.column }
  }

  put(k: number, spent: BuilderInput['spent']): void {
    if (spent !== undefined) {
      this.column.known[k] = 1
      putSatoshis(this.column.value, k, spent.value)
    }
    this.#script.put(k, spent?.script ?? NO_SCRIPT)
  }
}

function headerFault(header: BuilderHeader): string | null {
  const { height, time } = header
  if (!isUint32(height)) return `height ${height} is no block height`
  if (!HASH.test(header.hash)) return `block ${height}: hash ${JSON.stringify(header.hash)} is not 64 hexadecimal digits`
  if (!HASH.test(header.previous)) return `block ${height}: previous ${JSON.stringify(header.previous)} is not 64 hexadecimal digits`
  if (!isUint32(time)) return `block ${height}: time ${time} is not Unix seconds of 32 bits`
  return null
}

function transactionFault(tx: BuilderTransaction, before: number): readonly [field: string, what: string] | null {
  if (!HASH.test(tx.txid)) return ['txid', 'is not 64 hexadecimal digits']
  if (!Number.isInteger(tx.version) || tx.version < -0x8000_0000 || tx.version > 0xffff_ffff)
    return ['version', `${tx.version} is not of 32 bits`]
  if (!isUint32(tx.lockTime)) return ['lockTime', `${tx.lockTime} is not of 32 bits`]
  if (tx.inputs.length === 0 && before > 0) return ['inputs', 'are none, as of a coinbase, but it is not the first of its block']
  if (tx.outputs.length === 0) return ['outputs', 'are none']
  for (const [k, input] of tx.inputs.entries()) {
    if (!HASH.test(input.txid)) return [`inputs[${k}].txid`, 'is not 64 hexadecimal digits']
    if (!isUint32(input.index)) return [`inputs[${k}].index`, `${input.index} is not of 32 bits`]
    if (!isUint32(input.sequence)) return [`inputs[${k}].sequence`, `${input.sequence} is not of 32 bits`]
    if (input.spent !== undefined && !isMoney(input.spent.value))
      return [`inputs[${k}].spent.value`, `${input.spent.value} is not 0 to 21 million coins`]
  }
  const bad = tx.outputs.findIndex((output) => !isMoney(output.value))
  return bad < 0 ? null : [`outputs[${bad}].value`, `${tx.outputs[bad]?.value} is not 0 to 21 million coins`]
}

function isUint32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff
}

function isMoney(value: bigint): boolean {
  return value >= 0n && value <= MAX_SATOSHIS
}
