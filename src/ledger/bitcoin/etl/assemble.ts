import { BITCOIN_NETWORKS, type BitcoinNetwork, CordonError, scriptAddress } from '../../../chain/index.ts'
import type { BitcoinBlock } from '../block.ts'
import { BlockBuilder } from '../builder.ts'
import { hashHex } from '../wire/header.ts'
import { merkleTree } from '../wire/merkle.ts'
import { FieldFault } from './fields.ts'
import { checkId } from './identity.ts'
import { badRow, type PlannedBlock } from './plan.ts'
import { type ReadTransaction, readTransactionRow } from './record.ts'
import type { ExportRow } from './rows.ts'

/** What assembling counted, for the notes. */
export interface Tally {
  blocks: number
  transactions: number
  /** Transactions of which the id was computed from the row and agrees. */
  idsComputed: number
  /** Those of which it could not be, coinbases left out. */
  idsUnknown: number
  /** Ids that cannot follow from amounts kept as floating point. */
  idsLossy: number
  rootsChecked: number
  /** Blocks without positions whose transactions are not in the order of their Merkle root. */
  rootsUnordered: number
  repeated: number
  incomplete: number
  stale: number
  unplaced: number
  spentUnknown: number
  inexact: number
  unlinked: number
  gaps: [from: number, to: number][]
  /** Transactions by number of the file. */
  readonly taken: Map<number, number>
}

function emptyTally(): Tally {
  return {
    blocks: 0,
    transactions: 0,
    idsComputed: 0,
    idsUnknown: 0,
    idsLossy: 0,
    rootsChecked: 0,
    rootsUnordered: 0,
    repeated: 0,
    incomplete: 0,
    stale: 0,
    unplaced: 0,
    spentUnknown: 0,
    inexact: 0,
    unlinked: 0,
    gaps: [],
    taken: new Map(),
  }
}

const NO_HASH = '0'.repeat(64)
/** Base58check costs as much as all else about an output, and an export is of one network and one exporter: the first addresses and a sample of the rest tell. */
const ADDRESSES_CHECKED = 10_000
const ADDRESS_SAMPLE = 128

/** Makes blocks of rows in the order of the chain, and checks them against each other, their block and the blocks before. */
export class Assembler {
  readonly tally = emptyTally()
  readonly #network: BitcoinNetwork
  readonly #partial: boolean
  #outputs = 0
  #last: { readonly height: number; readonly hash: string } | null = null

  /** @param partial whether blocks may lack transactions */
  constructor(network: BitcoinNetwork, partial: boolean) {
    this.#network = network
    this.#partial = partial
  }

  /**
   * @param rows all rows of the block
   * @throws CordonError `bitcoin/bad-row`, `bitcoin/other-network`, `bitcoin/incomplete-block`, `bitcoin/no-time`, `bitcoin/bad-merkle-root`, `bitcoin/broken-chain`
   */
  async block(planned: PlannedBlock, rows: readonly ExportRow[]): Promise<BitcoinBlock> {
    const kept = await this.#withoutRepeats(rows)
    const read: ReadTransaction[] = []
    for (const row of kept) read.push(await this.#read(row, planned))
    const header = {
      height: planned.height,
      hash: planned.hash ?? NO_HASH,
      previous: this.#link(planned),
      time: timeOf(planned, read, kept[0] as ExportRow),
    }
    const builder = new BlockBuilder(header)
    for (const [k, { transaction }] of read.entries()) builder.add(transaction, placeOf(kept[k] as ExportRow))
    const block = builder.build()
    const complete = this.#checkComplete(planned, kept, read)
    if (planned.merkleRoot !== null && complete) this.#checkRoot(planned, block, kept)
    this.#last = { height: header.height, hash: header.hash }
    this.tally.blocks++
    this.tally.transactions += read.length
    for (const { file } of kept) this.tally.taken.set(file.number, (this.tally.taken.get(file.number) ?? 0) + 1)
    return block
  }

  async #read(row: ExportRow, planned: PlannedBlock): Promise<ReadTransaction> {
    const { tally } = this
    let read: ReadTransaction
    try {
      read = readTransactionRow(parse(row.text), row.file.table.unit, this.#network)
      if (read.height !== planned.height) throw new FieldFault('block_number', `${read.height} is not ${planned.height}`)
      this.#checkAddresses(read, row)
      const id = checkId(read)
      const lossy = row.file.table.unit === 'coins'
      if (id === 'differs' && !lossy)
        throw new FieldFault('hash', 'the id does not follow from the rest of the row (double SHA-256 without witnesses)')
      if (id === 'agrees') tally.idsComputed++
      else if (id === 'differs') tally.idsLossy++
      else if (read.transaction.inputs.length > 0) tally.idsUnknown++
    } catch (error) {
      if (error instanceof FieldFault) throw await badRow(row.file, row.record, error.field, error.message)
      throw error
    }
    if (row.position === null) tally.unplaced++
    tally.inexact += read.inexact
    for (const { spent } of read.transaction.inputs) if (spent === undefined) tally.spentUnknown++
    return read
  }

  /** Overlapping exports give rows twice: once is enough where they say the same. */
  async #withoutRepeats(rows: readonly ExportRow[]): Promise<ExportRow[]> {
    const byId = new Map<string, ExportRow>()
    for (const row of rows) {
      const id = idOf(row)
      const first = byId.get(id)
      if (first === undefined) byId.set(id, row)
      else if (sameRow(first, row)) this.tally.repeated++
      else throw await badRow(row.file, row.record, 'hash', `transaction ${id} is in block ${row.height} twice, and the rows differ`)
    }
    const kept = [...byId.values()]
    const twice = kept.find((row, k) => k > 0 && row.position !== null && row.position === kept[k - 1]?.position)
    if (twice !== undefined)
      throw await badRow(
        twice.file,
        twice.record,
        'index',
        `another transaction of block ${twice.height} has the index ${twice.position} too`,
      )
    return kept
  }

  #checkAddresses(read: ReadTransaction, row: ExportRow): void {
    for (const [k, addresses] of read.addresses.entries()) {
      this.#outputs++
      if (addresses.length !== 1 || (this.#outputs > ADDRESSES_CHECKED && this.#outputs % ADDRESS_SAMPLE !== 0)) continue
      const { script } = read.transaction.outputs[k] as { script: Uint8Array }
      const own = scriptAddress(script, this.#network)
      if (own !== null && own !== addresses[0] && !addresses[0]?.startsWith('nonstandard')) {
        const others = Object.values(BITCOIN_NETWORKS).filter((network) => scriptAddress(script, network) === addresses[0])
        if (others.length > 0) throw otherNetwork(row, addresses[0] as string, this.#network, others)
        throw new FieldFault(
          `outputs[${k}].addresses`,
          `${addresses[0]} is not the address of the script, ${own} on the ${this.#network.name} network`,
        )
      }
    }
  }

  #link({ height, previous }: PlannedBlock): string {
    const last = this.#last
    const below = last?.height === height - 1 && last.hash !== NO_HASH ? last.hash : null
    if (previous !== null && below !== null && previous !== below) {
      throw new CordonError('bitcoin/broken-chain', `block ${height} follows ${previous}, but block ${height - 1} is ${below}`, {
        remedy: 'The files are from both sides of a reorganisation: export the blocks again.',
      })
    }
    if (last !== null && last.height < height - 1) this.tally.gaps.push([last.height + 1, height - 1])
    if (previous === null && below === null && height > 0) this.tally.unlinked++
    return previous ?? below ?? NO_HASH
  }

  /** @returns whether every transaction of the block is known to be there */
  #checkComplete(planned: PlannedBlock, rows: readonly ExportRow[], read: readonly ReadTransaction[]): boolean {
    const count = rows.length
    const gap = rows.findIndex((row, k) => row.position !== null && row.position !== k)
    const fault =
      read[0]?.transaction.inputs.length !== 0
        ? 'has no coinbase'
        : planned.expected !== null && planned.expected !== count
          ? `has ${planned.expected} transactions, of which ${count} are here`
          : gap >= 0
            ? `lacks the transaction with index ${gap}`
            : null
    if (fault === null) return true
    this.tally.incomplete++
    if (this.#partial) return false
    throw new CordonError('bitcoin/incomplete-block', `block ${planned.height} ${fault}`, {
      place: placeOf(rows[0] as ExportRow),
      remedy:
        'Fetch the missing rows. If the export is of chosen transactions only, say so (`partial`): blocks are then taken as they are.',
    })
  }

  #checkRoot(planned: PlannedBlock, block: BitcoinBlock, rows: readonly ExportRow[]): void {
    if (hashHex(merkleTree(block.txid).root) === planned.merkleRoot) this.tally.rootsChecked++
    else if (rows.some((row) => row.position === null)) this.tally.rootsUnordered++
    else {
      throw new CordonError(
        'bitcoin/bad-merkle-root',
        `the transactions of block ${planned.height} do not give its Merkle root ${planned.merkleRoot}`,
        {
          place: placeOf(rows[0] as ExportRow),
          remedy: 'A transaction is missing, altered or out of order: export the block again.',
        },
      )
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FieldFault('row', 'a value in it is no JSON')
  }
}

/** Cheap, and right where it matters: it decides over repeats only, and the row is checked afterwards. */
function idOf(row: ExportRow): string {
  return /"hash"\s*:\s*"([0-9a-fA-F]{64})"/.exec(row.text)?.[1]?.toLowerCase() ?? `row ${row.file.number}:${row.record}`
}

function sameRow(a: ExportRow, b: ExportRow): boolean {
  if (a.text === b.text) return true
  try {
    return JSON.stringify(readable(a.text)) === JSON.stringify(readable(b.text))
  } catch {
    return false
  }
}

/** A record with its keys in one order. */
function readable(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

function timeOf(planned: PlannedBlock, read: readonly ReadTransaction[], first: ExportRow): number {
  const time = planned.time ?? read[0]?.time ?? null
  const other = read.find((row) => row.time !== null && row.time !== time)
  if (other !== undefined && time !== null) {
    throw new CordonError('bitcoin/contradiction', `block ${planned.height} is of the times ${time} and ${other.time}`, {
      place: placeOf(first),
      remedy: 'All transactions of a block have the time of its header: export the block again.',
    })
  }
  if (time !== null) return time
  throw new CordonError('bitcoin/no-time', `nothing says when block ${planned.height} was`, {
    place: placeOf(first),
    remedy: 'Export `block_timestamp` with the transactions, or add the table of blocks.',
  })
}

function placeOf(row: ExportRow): { readonly file: string } {
  return { file: row.file.path }
}

/** An export does not say its network: its addresses do. */
function otherNetwork(
  { file, record }: ExportRow,
  address: string,
  read: BitcoinNetwork,
  networks: readonly BitcoinNetwork[],
): CordonError {
  const names = networks.map(({ name }) => name).join(' or ')
  const chains = networks.map(({ name, chain }) => `${chain} (${name})`).join(' or ')
  return new CordonError(
    'bitcoin/other-network',
    `row ${record} of ${file.path} pays ${address}, an address of the ${names} network, and the files are read as of the ${read.name} network`,
    { place: { file: file.path }, remedy: `Name their chain: ${chains}.` },
  )
}
