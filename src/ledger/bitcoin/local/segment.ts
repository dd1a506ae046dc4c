import { CordonError, SCRIPT_TYPES, scriptOfKey } from '../../../chain/index.ts'
import { ABSENT } from '../../ledger.ts'
import type { ReadMode } from '../../local/mapping.ts'
import { SegmentFiles } from '../../local/segment-files.ts'
import { lowerBound } from '../../local/words.ts'
import { type BitcoinColumns, FIRST_FOREIGN } from '../columns.ts'
import { ForeignIndex } from './foreign-index.ts'
import { type BitcoinSegmentRecord, expectedBitcoinBytes, KEY_WORDS, TXID_HASHED, TXID_WORDS } from './layout.ts'

/** An opened segment of a Bitcoin ledger. Numbers that it takes and gives are those of the ledger, but where it says so. */
export class BitcoinSegment extends SegmentFiles {
  readonly record: BitcoinSegmentRecord

  /** As `SegmentFiles`. */
  constructor(folder: string, record: BitcoinSegmentRecord, mode: ReadMode) {
    super(folder, record, expectedBitcoinBytes(record), mode)
    this.record = record
  }

  get columns(): BitcoinColumns {
    return this.view('columns', () => ({
      firstTx: this.record.firstTx,
      transactions: this.record.transactions,
      firstInput: this.record.firstInput,
      inputs: this.record.inputs,
      firstOutput: this.record.firstOutput,
      outputs: this.record.outputs,
      txIn: this.u32('tx.in'),
      txOut: this.u32('tx.out'),
      version: new Int32Array(this.buffer('tx.version')),
      lockTime: this.u32('tx.lock'),
      flags: this.u8('tx.flags'),
      inOutput: this.u32('in.output'),
      outValue: this.u32('out.value'),
      outAccount: this.u32('out.account'),
    }))
  }

  hasOutput(output: number): boolean {
    return output >= this.record.firstOutput && output < this.record.firstOutput + this.record.outputs
  }

  /** Place of a foreign output in this segment, or -1. */
  foreignAt(output: number): number {
    const k = FIRST_FOREIGN - output - this.record.firstForeign
    return k >= 0 && k < this.record.foreign ? k : -1
  }

  /** Transaction that created an output of this segment. */
  creatorOf(output: number): number {
    const local = output - this.record.firstOutput
    const txOut = this.u32('tx.out')
    // Transactions without outputs do not occur, so the last start at or below the output is its transaction's.
    return this.record.firstTx + lowerBound(txOut, local + 1) - 1
  }

  /** Transaction of this segment that spends an output, its own or an earlier one's; ABSENT for none. */
  spenderOf(output: number): number {
    if (this.hasOutput(output)) return this.u32('out.spender')[output - this.record.firstOutput] as number
    const foreign = this.foreignAt(output)
    if (foreign !== -1) return this.u32('foreign.tx')[foreign] as number
    const spends = this.u32('spend.output')
    const at = lowerBound(spends, output)
    return spends[at] === output ? (this.u32('spend.tx')[at] as number) : ABSENT
  }

  /** Accounts that occur, rising; null where they are all, so that an account is its own group. */
  get active(): Uint32Array | null {
    return this.has('active') ? this.u32('active') : null
  }

  /** Place of an account in `paid.*`; -1 when it does not occur here. */
  group(account: number): number {
    const { active } = this
    if (active === null) return account < this.record.active ? account : -1
    const at = lowerBound(active, account)
    return active[at] === account ? at : -1
  }

  findAccount(key: Uint32Array): number {
    const found = this.find('account', 'account.key', KEY_WORDS, key)
    return found === -1 ? -1 : this.record.firstAccount + found
  }

  findTransaction(txid: Uint32Array): number {
    const found = this.find('tx', 'tx.hash', TXID_WORDS, txid, TXID_HASHED)
    return found === -1 ? -1 : this.record.firstTx + found
  }

  /** Place in this segment of an output from before the ledger, or -1. `txid` are TXID_WORDS words. */
  findForeign(txid: Uint32Array, index: number): number {
    if (this.record.foreign === 0) return -1
    return this.view('foreign.index-made', () => new ForeignIndex(this.u32('foreign.hash'), this.u32('foreign.index'))).find(txid, index)
  }

  /** Script type code of an account that first appears here. */
  scriptTypeOf(account: number): number {
    return this.u32('account.key')[(account - this.record.firstAccount) * KEY_WORDS] as number
  }

  /** Locking script of an account that first appears here. */
  scriptOf(account: number): Uint8Array {
    const at = (account - this.record.firstAccount) * KEY_WORDS
    const keys = this.u32('account.key')
    const type = keys[at] as number
    const key = new Uint8Array(keys.buffer, keys.byteOffset + at * 4 + 4, 32)
    const script = scriptOfKey(type, key)
    if (script !== null) return script
    const accounts = this.u32('script.account')
    const found = lowerBound(accounts, account)
    if (accounts[found] !== account)
      throw new CordonError('ledger/damaged', `the script of account ${account} (${SCRIPT_TYPES[type]}) is not in the ledger`, {
        remedy: 'import the chain data again',
      })
    const start = this.f64('script.start')
    return this.u8('script.bytes').slice(start[found] as number, start[found + 1] as number)
  }

  /** OP_RETURN script of an output of this segment, or null. */
  dataOf(output: number): Uint8Array | null {
    const outputs = this.u32('data.output')
    const found = lowerBound(outputs, output)
    if (outputs[found] !== output) return null
    const start = this.f64('data.start')
    return this.u8('data.bytes').slice(start[found] as number, start[found + 1] as number)
  }

  /** Block of a transaction of this segment, as a place in `block.*`. */
  blockAt(tx: number): number {
    return lowerBound(this.u32('block.tx'), tx - this.record.firstTx + 1) - 1
  }
}
