import type { Asset } from '../../src/chain/index.ts'
import type { Ledger, LedgerManifest, MemoryOptions, MemoryRow, Row, Tx } from '../../src/ledger/index.ts'
import { address, ETHER, TOKEN } from './rows.ts'

/** A ledger's numbers of the rows and transactions that a test gave it, by their position among these. */
export interface Places {
  row(position: number): Row
  tx(position: number): Tx
  /** Rows given that come before the number: of a row that was given, its position. */
  rowPosition(row: Row): number
  txPosition(tx: Tx): number
}

/** What one kind of chain, or of ledger, makes of the contract's rows. */
export interface ChainProfile {
  /** The rows as such a chain can hold them: its names, and amounts, times and indexes that it knows. */
  readonly adapt: (rows: readonly MemoryRow[], options?: MemoryOptions) => MemoryRow[]
  /** Name of the account that has this address on an account chain. */
  readonly name: (address: string) => string
  /** Another way to write a name. */
  readonly otherCase: (name: string) => string
  /** An amount, and a time, as `adapt` writes them. */
  readonly value: (value: bigint) => bigint
  readonly time: (time: number) => number
  /** What the sample is made with, and what its manifest then says. */
  readonly options: MemoryOptions
  readonly manifest: Partial<LedgerManifest>
  readonly assets: readonly Asset[]
  /** What the manifest of a ledger without a transfer says beside its zeros; null where there is no such ledger. */
  readonly empty: Partial<LedgerManifest> | null
  /** Source indexes of the rows 0, 1, 4, 6 and 48 of the sample. */
  readonly indexes: readonly number[]
  /** Fees of account 2 in the sample. */
  readonly paid: bigint
  /** How accounts are numbered from 0: as the rows name them, as transactions do (all who pay before all who are paid), or in no order that is promised. */
  readonly numbering: 'by-row' | 'by-transaction' | 'any'
  /** Whether `degrees` counts, for each row that an account pays, the receipt from before the rows that the row spends. */
  readonly countsBefore: boolean
  /** Whether the ledger holds those receipts as transfers, each of as much as its row moves and the fee beside it. */
  readonly holdsBefore: boolean
  /** Where the ledger has the rows. */
  readonly places: (ledger: Ledger, rows: readonly MemoryRow[]) => Promise<Places>
}

/** Rows and transactions are numbered from 0, each by its position. */
export const DENSE: ChainProfile['places'] = async () => {
  const same = (number: number): number => number
  return { row: same, tx: same, rowPosition: same, txPosition: same }
}

/** An account chain holds the rows as they are. */
export const ACCOUNT_CHAIN: ChainProfile = {
  adapt: (rows) => [...rows],
  name: (name) => name,
  otherCase: (name) => `0x${name.slice(2).toUpperCase()}`,
  value: (value) => value,
  time: (time) => time,
  options: {
    genesis: true,
    lossy: true,
    orderNotes: ['as listed'],
    assets: [{ id: ETHER, decimals: 18, symbol: 'ETH' }],
    fees: [
      { payer: address(2), amount: 21_000n },
      { payer: address(9_999), amount: 5n },
      { payer: address(2), amount: 2n ** 64n - 1n },
    ],
  },
  manifest: {
    chain: 'eip155:1',
    transfers: 51,
    transactions: 47,
    accounts: 12,
    blocks: { first: 10, last: 70 },
    time: { first: 1000, last: 1800 },
    genesis: true,
    lossy: true,
    orderNotes: ['as listed'],
  },
  assets: [
    { id: ETHER, decimals: 18, symbol: 'ETH' },
    { id: TOKEN, decimals: null, symbol: null },
  ],
  empty: { assets: [] },
  indexes: [-1, 0, 3, 40_000, -1],
  paid: 21_000n + 2n ** 64n - 1n,
  numbering: 'by-row',
  countsBefore: false,
  holdsBefore: false,
  places: DENSE,
}
