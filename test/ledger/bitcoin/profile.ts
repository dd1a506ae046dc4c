import { createHash } from 'node:crypto'
import type { BuilderTransaction } from '../../../src/ledger/bitcoin/builder.ts'
import type { MemoryOptions, MemoryRow } from '../../../src/ledger/index.ts'
import { type ChainProfile, DENSE } from '../profile.ts'
import { address } from '../rows.ts'
import { hash, nameOf, type PlainBlock, REGTEST } from './chain.ts'

/** Regtest began in 2011: times of the rows count from here. */
const BEGIN = 1_300_000_000
const MOST = 2_100_000_000_000_000n

const scripts = new Map<string, Uint8Array>()

/** Name of the locking script that stands for an account: of several kinds, all with names in lower case, for the plain ledger folds letter case. */
export function nameOfAccount(account: string): string {
  const program = Buffer.from(account.slice(2), 'hex')
  const digest = createHash('sha256').update(program).digest()
  const kinds = [
    Uint8Array.of(0x00, 0x14, ...program),
    Uint8Array.of(0x00, 0x20, ...digest),
    Uint8Array.of(0x51, 0x20, ...digest),
    // Bare multisig, one of one: it has no address and goes by the hash of its script.
    Uint8Array.of(0x51, 0x21, 0x02, ...digest, 0x51, 0xae),
  ]
  const script = kinds[(program.at(-1) as number) % kinds.length] as Uint8Array
  const name = nameOf(script)
  scripts.set(name, script)
  return name
}

export function scriptOfName(name: string): Uint8Array {
  const script = scripts.get(name)
  if (script === undefined) throw new Error(`${name} stands for no account of the test`)
  return script
}

/** The rows of one transaction, in order. */
export function transactionsOf(rows: readonly MemoryRow[]): MemoryRow[][] {
  const groups: MemoryRow[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.[0]?.hash === row.hash) last.push(row)
    else groups.push([row])
  }
  return groups
}

/** What a transaction's last row's payer pays beside it: fees are what inputs hold beyond the outputs, and the last inputs pay them. Each payer's fees fall to the last transaction that can bear them. */
export function feesByTransaction(transactions: readonly (readonly MemoryRow[])[], options: MemoryOptions = {}): Map<number, bigint> {
  const fees = new Map<number, bigint>()
  for (const { payer, amount } of options.fees ?? []) {
    const at = transactions.findLastIndex((rows) => rows.at(-1)?.from === payer)
    if (at === -1) throw new Error(`${payer} pays in no last row of a transaction`)
    fees.set(at, (fees.get(at) ?? 0n) + amount)
  }
  return fees
}

/**
 * The rows as blocks: of each row one input, an output from before the ledger that its source tells the value and script of, and one output of the same value. Read as transfers
 * (see `matchTransaction`) they are the rows again.
 */
export function blocksOfRows(rows: readonly MemoryRow[], options: MemoryOptions = {}): PlainBlock[] {
  const transactions = transactionsOf(rows)
  const fees = feesByTransaction(transactions, options)
  const blocks = new Map<number, { time: number; transactions: BuilderTransaction[] }>()
  for (const [t, own] of transactions.entries()) {
    const [{ block: height, time, hash: txid }] = own as [MemoryRow]
    const block = blocks.get(height) ?? { time: time as number, transactions: [] }
    blocks.set(height, block)
    block.transactions.push({
      txid,
      version: 2,
      lockTime: 0,
      witness: true,
      inputs: own.map((row, k) => ({
        txid: hash('before', txid),
        index: k,
        sequence: 0xffff_fffd,
        spent: { value: row.value + (k === own.length - 1 ? (fees.get(t) ?? 0n) : 0n), script: scriptOfName(row.from) },
      })),
      outputs: own.map((row) => ({ value: row.value, script: scriptOfName(row.to) })),
    })
  }
  let previous = hash('block', 'before')
  return [...blocks].map(([height, { time, transactions: own }]) => {
    const block = { height, hash: hash('block', height), previous, time, transactions: own }
    previous = block.hash
    return block
  })
}

/** The rows in the names, times and amounts of regtest; amounts stay below `most`. */
export function adaptTo(most: bigint): Pick<ChainProfile, 'adapt' | 'value' | 'time' | 'name' | 'otherCase'> {
  // An output may hold nothing, but then nothing passes to it.
  const value = (amount: bigint): bigint => amount % most || 1n
  const time = (seconds: number): number => BEGIN + seconds
  return {
    value,
    time,
    name: nameOfAccount,
    otherCase: (name) => name.toUpperCase(),
    adapt: (rows) => {
      let seen = 0
      const index = new Map<string, number>()
      return rows.map((row) => {
        seen = row.time ?? seen
        const at = index.get(row.hash) ?? 0
        index.set(row.hash, at + 1)
        return {
          block: row.block,
          time: time(seen),
          hash: row.hash.slice(2),
          from: nameOfAccount(row.from),
          to: nameOfAccount(row.to),
          asset: REGTEST.asset,
          value: value(row.value),
          index: at,
        }
      })
    },
  }
}

const assets = [{ id: REGTEST.asset, decimals: 8, symbol: 'tBTC' }]

/** A chain of outputs holds one asset, knows the time of every block, and its transfers the index of the output that they fill. */
export const BITCOIN: ChainProfile = {
  ...adaptTo(MOST),
  options: {
    chain: REGTEST.chain,
    lossy: true,
    orderNotes: ['as listed'],
    assets,
    fees: [
      { payer: nameOfAccount(address(2)), amount: 21_000n },
      { payer: nameOfAccount(address(2)), amount: 600_000_000n },
    ],
  },
  manifest: {
    chain: REGTEST.chain,
    transfers: 51,
    transactions: 47,
    accounts: 12,
    blocks: { first: 10, last: 70 },
    time: { first: BEGIN + 1000, last: BEGIN + 1800 },
    genesis: false,
    lossy: true,
    orderNotes: ['as listed', '15 heights between the first block and the last are not in the ledger: what was paid there is not seen.'],
  },
  assets,
  empty: { assets },
  indexes: [0, 0, 3, 0, 1],
  paid: 600_021_000n,
  numbering: 'by-transaction',
  // Outputs from before the ledger are known by their spends; they count, since whoever holds them was paid.
  countsBefore: true,
  holdsBefore: false,
  places: DENSE,
}
