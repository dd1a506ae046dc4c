import { CordonError, SCRIPT_TYPES } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type Tx } from '../../ledger.ts'
import { residentFileBytes } from '../../local/mapping.ts'
import { lowerBound } from '../../local/words.ts'
import { SEQUENCES, TX_COINBASE, TX_WITNESS } from '../block.ts'
import { foreignNumber } from '../columns.ts'
import type { BitcoinOutput, BitcoinTransaction, OutputId } from '../transaction.ts'
import type { BitcoinSegment } from './segment.ts'

const RESIDENT_LIMIT = 512 * 2 ** 20
const RESIDENT_CHECK_EVERY = 4096

/** The segments of a Bitcoin ledger read as one, by the numbers that transactions, outputs and accounts have through the ledger. Waits for nothing but the disk. */
export class BitcoinReader {
  readonly segments: readonly BitcoinSegment[]
  #asked = 0

  constructor(segments: readonly BitcoinSegment[]) {
    this.segments = segments
  }

  /** Number of an account key, or -1. */
  findAccount(key: Uint32Array): number {
    for (const segment of this.segments) {
      const found = segment.findAccount(key)
      if (found !== -1) return found
    }
    return -1
  }

  /** Output by the words of its transaction's id: -1 where there is no such transaction, -2 where it has no such output, -3 where that is spent. */
  findOutput(txid: Uint32Array, index: number): number {
    const tx = this.findKey(txid)
    if (tx === ABSENT) return -1
    const segment = this.segmentOfTx(tx)
    const { txOut, firstOutput } = segment.columns
    const local = tx - segment.record.firstTx
    const at = (txOut[local] as number) + index
    if (at >= (txOut[local + 1] as number)) return -2
    return this.spenderOf(firstOutput + at) === ABSENT ? firstOutput + at : -3
  }

  /** An output from before the ledger that is spent in it, by the words of its transaction's id; ABSENT where there is none. */
  findForeign(txid: Uint32Array, index: number): OutputId {
    for (const segment of this.segments) {
      const found = segment.findForeign(txid, index)
      if (found !== -1) return foreignNumber(segment.record.firstForeign + found)
    }
    return ABSENT
  }

  /** Hash of the block at a height, in the order of blocks; null where the ledger has none. */
  blockHash(height: number): Uint8Array | null {
    for (const segment of this.segments) {
      const heights = segment.u32('block.height')
      const at = lowerBound(heights, height)
      if (heights[at] === height) return segment.u8('block.hash').slice(at * 32, at * 32 + 32)
    }
    return null
  }

  /** Locking script of an account. */
  scriptOf(account: AccountId): Uint8Array {
    return this.segmentOfAccount(account).scriptOf(account)
  }

  accountOf(output: OutputId): AccountId {
    const { segment, foreign } = this.place(output)
    return (
      foreign === -1 ? segment.u32('out.account')[output - segment.record.firstOutput] : segment.u32('foreign.account')[foreign]
    ) as number
  }

  /** Satoshis of an output as a safe integer; -1 where not known. */
  satoshisOf(output: OutputId): number {
    const { segment, foreign } = this.place(output)
    const column = foreign === -1 ? segment.u32('out.value') : segment.u32('foreign.value')
    const at = (foreign === -1 ? output - segment.record.firstOutput : foreign) * 2
    const high = column[at + 1] as number
    return high === ABSENT ? -1 : (column[at] as number) + high * 0x1_0000_0000
  }

  creatorOf(output: OutputId): Tx {
    const { segment, foreign } = this.place(output)
    return foreign === -1 ? segment.creatorOf(output) : ABSENT
  }

  spenderOf(output: OutputId): Tx {
    for (const segment of this.segments) {
      const spender = segment.spenderOf(output)
      if (spender !== ABSENT) return spender
    }
    return ABSENT
  }

  output(output: OutputId): BitcoinOutput {
    const { segment, foreign } = this.place(output)
    const satoshis = this.satoshisOf(output)
    const account = this.accountOf(output)
    const tx = foreign === -1 ? segment.creatorOf(output) : null
    const index =
      tx === null
        ? (segment.u32('foreign.index')[foreign] as number)
        : output - segment.record.firstOutput - (segment.u32('tx.out')[tx - segment.record.firstTx] as number)
    const spender = this.spenderOf(output)
    return {
      output,
      tx,
      index,
      value: satoshis === -1 ? null : BigInt(satoshis),
      account: account === ABSENT ? null : account,
      script:
        account === ABSENT ? (tx === null ? null : 'data') : (SCRIPT_TYPES[this.segmentOfAccount(account).scriptTypeOf(account)] ?? null),
      spentBy: spender === ABSENT ? null : spender,
    }
  }

  transaction(tx: Tx): BitcoinTransaction {
    this.#keepSmall()
    const segment = this.segmentOfTx(tx)
    const { txIn, txOut, version, lockTime, flags, inOutput, firstOutput } = segment.columns
    const local = tx - segment.record.firstTx
    const at = segment.blockAt(tx)
    const flag = flags[local] as number
    const coinbase = (flag & TX_COINBASE) !== 0
    const inputs: BitcoinOutput[] = []
    for (let i = txIn[local] as number; i < (txIn[local + 1] as number); i++) inputs.push(this.output(inOutput[i] as number))
    const outputs: BitcoinOutput[] = []
    const data: { index: number; script: Uint8Array }[] = []
    const first = txOut[local] as number
    for (let o = first; o < (txOut[local + 1] as number); o++) {
      const output = this.output(firstOutput + o)
      outputs.push(output)
      const script = output.script === 'data' ? segment.dataOf(output.output) : null
      if (script !== null) data.push({ index: o - first, script })
    }
    let fee: bigint | null = coinbase ? null : 0n
    for (const { value } of inputs) fee = fee === null || value === null ? null : fee + value
    for (const { value } of outputs) fee = fee === null || value === null ? null : fee - value
    return {
      tx,
      block: segment.u32('block.height')[at] as number,
      time: segment.u32('block.time')[at] as number,
      version: version[local] as number,
      lockTime: lockTime[local] as number,
      witness: (flag & TX_WITNESS) !== 0,
      sequence: SEQUENCES[flag >> 2] ?? 'mixed',
      coinbase,
      inputs,
      outputs,
      data,
      fee,
    }
  }

  /** Outputs paid to an account: those from before the ledger first, then in chain order. */
  protected paidTo(account: AccountId): number[] {
    const foreign: number[] = []
    const own: number[] = []
    for (const segment of this.segments) {
      const group = segment.group(account)
      if (group === -1) continue
      const start = segment.u32('paid.start')
      const paid = segment.u32('paid.output')
      for (let p = start[group] as number; p < (start[group + 1] as number); p++) {
        const output = paid[p] as number
        if (segment.foreignAt(output) === -1) own.push(output)
        else foreign.push(output)
      }
    }
    return [...foreign, ...own]
  }

  protected findKey(key: Uint32Array): Tx {
    // A later coinbase with the id of an earlier one takes its place (BIP 30), so the newest segment is asked first.
    for (let s = this.segments.length - 1; s >= 0; s--) {
      const found = (this.segments[s] as BitcoinSegment).findTransaction(key)
      if (found !== -1) return found
    }
    return ABSENT
  }

  protected place(output: OutputId): { readonly segment: BitcoinSegment; readonly foreign: number } {
    for (const segment of this.segments) {
      if (segment.hasOutput(output)) return { segment, foreign: -1 }
      const foreign = segment.foreignAt(output)
      if (foreign !== -1) return { segment, foreign }
    }
    throw unknown('output', output)
  }

  protected segmentOfTx(tx: Tx): BitcoinSegment {
    for (const segment of this.segments) {
      const { firstTx, transactions } = segment.record
      if (tx >= firstTx && tx < firstTx + transactions) return segment
    }
    throw unknown('transaction', tx)
  }

  protected segmentOfAccount(account: AccountId): BitcoinSegment {
    for (const segment of this.segments) {
      const { firstAccount, accounts } = segment.record
      if (account >= firstAccount && account < firstAccount + accounts) return segment
    }
    throw unknown('account', account)
  }

  /** Gives mapped pages back once they have grown past their limit. */
  #keepSmall(): void {
    if (++this.#asked < RESIDENT_CHECK_EVERY) return
    this.#asked = 0
    if (residentFileBytes() > RESIDENT_LIMIT) for (const segment of this.segments) segment.release()
  }
}

/** For a number that the ledger never gave. */
export function unknown(what: 'row' | 'transaction' | 'account' | 'output', number: number): CordonError {
  return new CordonError(`ledger/unknown-${what}`, `the ledger has no ${what} number ${number}`)
}
