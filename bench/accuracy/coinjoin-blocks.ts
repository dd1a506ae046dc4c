import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCRIPT_TYPES, scriptTypeOf } from '../../src/chain/index.ts'
import type { BitcoinOutput, BitcoinTransaction } from '../../src/ledger/index.ts'

const BLOCKS = fileURLToPath(new URL('../../../shared/data/bitcoin/', import.meta.url))

/** What is asked of bcoin, which has no types of its own. */
interface BcoinOutput {
  readonly value: number
  readonly script: { readonly raw: Buffer }
  getSize(): number
}

interface BcoinTransaction {
  readonly version: number
  readonly locktime: number
  readonly inputs: readonly { readonly prevout: { readonly hash: Buffer; readonly index: number } }[]
  readonly outputs: readonly BcoinOutput[]
  txid(): string
  hasWitness(): boolean
  isCoinbase(): boolean
}

interface Bcoin {
  readonly Block: { fromRaw(bytes: Buffer): { readonly time: number; readonly txs: readonly BcoinTransaction[] } }
  readonly Output: { fromRaw(bytes: Buffer): BcoinOutput }
}

export interface BlockTransaction {
  readonly txid: string
  readonly tx: BitcoinTransaction
}

interface BlockFile {
  readonly height: number
  readonly name: string
  /** Every output that the block spends, one after the other; null where it is not there and values of inputs are not known. */
  readonly undo: string | null
}

/** 300,025, 540,107 and 574,200 are of the main network, the others of a test network. */
const FILES: readonly BlockFile[] = [
  { height: 300_025, name: 'bcoin_block300025.raw', undo: 'bcoin_block300025-undo.raw' },
  { height: 540_107, name: 'btcd_block-00000000000000000021868c2cefc52a480d173c849412fe81c4e5ab806f94ab.blk.raw', undo: null },
  { height: 574_200, name: 'btcd_block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk.raw', undo: null },
  { height: 928_816, name: 'bcoin_block928816.raw', undo: 'bcoin_block928816-undo.raw' },
  { height: 928_848, name: 'bcoin_block928848.raw', undo: 'bcoin_block928848-undo.raw' },
]

/**
 * Transactions of real blocks, read by bcoin and not by Cordon's own reader; null where the data is missing. Accounts and transactions are numbered through all of them. Sequence numbers are not
 * looked at.
 */
export function readBlocks(folder: string = BLOCKS): BlockTransaction[] | null {
  if (!existsSync(folder)) return null
  const require = createRequire(import.meta.url)
  const bcoin: Bcoin = {
    Block: require('bcoin/lib/primitives/block') as Bcoin['Block'],
    Output: require('bcoin/lib/primitives/output') as Bcoin['Output'],
  }
  const accounts = new Map<string, number>()
  const transactions = new Map<string, number>()
  const number = (numbers: Map<string, number>, name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name) as number
  }
  const place = (output: BcoinOutput, parent: number, index: number): BitcoinOutput => {
    const bytes = output.script.raw
    const script = SCRIPT_TYPES[scriptTypeOf(bytes, 0, bytes.length)] ?? null
    const account = script === 'data' ? null : number(accounts, bytes.toString('hex'))
    return { output: 0, tx: parent, index, value: BigInt(output.value), account, script, spentBy: null }
  }
  return FILES.flatMap(({ height, name, undo }) => {
    const block = bcoin.Block.fromRaw(readFileSync(join(folder, name)))
    const spent: BcoinOutput[] = []
    let rest = undo === null ? Buffer.alloc(0) : readFileSync(join(folder, undo))
    while (rest.length > 0) {
      const output = bcoin.Output.fromRaw(rest)
      spent.push(output)
      rest = rest.subarray(output.getSize())
    }
    let next = 0
    return block.txs.map((tx) => {
      const txid = tx.txid()
      const own = number(transactions, txid)
      const coinbase = tx.isCoinbase()
      const inputs = coinbase
        ? []
        : tx.inputs.map(({ prevout }) => {
            const parent = number(transactions, Buffer.from(prevout.hash).reverse().toString('hex'))
            if (undo === null)
              return { output: 0, tx: parent, index: prevout.index, value: null, account: null, script: null, spentBy: null }
            const from = spent[next++]
            if (from === undefined) throw new Error(`${undo} ends before the inputs of ${txid}`)
            return place(from, parent, prevout.index)
          })
      const outputs = tx.outputs.map((output, index) => place(output, own, index))
      const sum = (all: readonly BitcoinOutput[]): bigint => all.reduce((total, { value }) => total + (value ?? 0n), 0n)
      return {
        txid,
        tx: {
          tx: own,
          block: height,
          time: block.time,
          version: tx.version,
          lockTime: tx.locktime,
          witness: tx.hasWitness(),
          sequence: 'mixed',
          coinbase,
          inputs,
          outputs,
          data: tx.outputs.flatMap((output, index) => (outputs[index]?.script === 'data' ? [{ index, script: output.script.raw }] : [])),
          fee: coinbase || undo === null ? null : sum(inputs) - sum(outputs),
        },
      }
    })
  })
}
