import { BITCOIN_NETWORKS, type NetworkName } from '../../../chain/index.ts'
import { type BitcoinBlock, TX_WITNESS } from '../block.ts'
import { Cursor, type Origin, wireError } from './cursor.ts'
import { type BlockHeader, HEADER_BYTES, hashHex, hasWork, readHeader } from './header.ts'
import { coinbaseHeight } from './height.ts'
import { merkleTree } from './merkle.ts'
import { cutBlock, type Scratch, scratchFor } from './scratch.ts'
import { sha256d } from './sha256d.ts'
import { readTransactions } from './transactions.ts'
import { checkWitnesses } from './witness.ts'

export interface ReadBlockOptions extends Origin {
  readonly network: NetworkName
  /** Height of the block where it is known; null takes it from the coinbase (BIP 34), save of the genesis block. */
  readonly height: number | null
  /** False leaves the check of witnesses off, which takes as long again as all the rest; witnesses move no value. True when left out. */
  readonly witnesses?: boolean | undefined
}

/**
 * Reads one serialized block (BIP 144) and checks it against its own header: proof of work, Merkle root over the txids, the commitment to the witnesses, the height in the
 * coinbase. The block keeps `bytes`: its scripts are in them.
 *
 * Not checked is what takes the chain before it: that the target is the right one, that outputs exist and are unspent, that scripts allow it.
 *
 * @throws CordonError `bitcoin/truncated-block`, `bitcoin/bad-block`, `bitcoin/no-proof-of-work`, `bitcoin/bad-merkle-root`, `bitcoin/repeated-transactions`,
 * `bitcoin/bad-witness-commitment`, `bitcoin/wrong-height`, `bitcoin/unknown-height`
 * @example
 * const block = readBlock(await readFile('block.raw'), { network: 'main', height: null })
 */
export function readBlock(bytes: Uint8Array, options: ReadBlockOptions): BitcoinBlock {
  const header = readHeader(bytes, 0, options)
  if (!hasWork(header, options.network)) {
    throw wireError(
      'bitcoin/no-proof-of-work',
      `the block's hash ${hashHex(header.hash)} does not show the work that its header promises (bits ${header.bits.toString(16)}, ${options.network} network)`,
      options,
      0,
      'It is damaged, no block, or of another network.',
    )
  }
  const cursor = new Cursor(bytes, 'block', options)
  cursor.at = HEADER_BYTES
  const scratch = scratchFor(bytes.length)
  const transactions = readTransactions(cursor, scratch)
  if (cursor.at !== bytes.length) throw cursor.bad(`${bytes.length - cursor.at} bytes follow the block's last transaction`)
  const block = cutBlock(bytes, header, heightOf(bytes, header, options), transactions, scratch)
  hashTransactions(bytes, block, scratch)
  checkMerkleRoot(cursor, block, header)
  if (options.witnesses !== false) checkWitnesses(cursor, block, scratch)
  return block
}

function heightOf(bytes: Uint8Array, header: BlockHeader, options: ReadBlockOptions): number {
  const own = coinbaseHeight(bytes, BITCOIN_NETWORKS[options.network])
  if (options.height === null) {
    if (own !== null) return own
    if (hashHex(header.hash) === BITCOIN_NETWORKS[options.network].genesis) return 0
    throw wireError(
      'bitcoin/unknown-height',
      `block ${hashHex(header.hash)} does not say its height: it is from before BIP 34`,
      options,
      0,
      'Give its height, or the blocks before it back to the genesis block.',
    )
  }
  if (own !== null && own !== options.height) {
    throw wireError(
      'bitcoin/wrong-height',
      `block ${hashHex(header.hash)} says that its height is ${own}, and is taken for ${options.height}`,
      options,
      0,
      'Give the right height, or none: the block says its own.',
    )
  }
  return options.height
}

function hashTransactions(bytes: Uint8Array, block: BitcoinBlock, scratch: Scratch): void {
  const { txStart, txEnd, bodyStart, bodyEnd } = scratch
  const { flags, txid, transactions } = block
  for (let tx = 0; tx < transactions; tx++) {
    const start = txStart[tx] as number
    const end = txEnd[tx] as number
    if (((flags[tx] as number) & TX_WITNESS) === 0) sha256d.whole(bytes, start, end, txid, 32 * tx)
    else sha256d.stripped(bytes, start, bodyStart[tx] as number, bodyEnd[tx] as number, end, txid, 32 * tx)
  }
}

function checkMerkleRoot(cursor: Cursor, block: BitcoinBlock, header: BlockHeader): void {
  const { root, repeated } = merkleTree(block.txid)
  if (repeated) {
    throw cursor.bad(
      'transactions are repeated at the end of the block, which leaves its Merkle root as it was (CVE-2012-2459)',
      0,
      'bitcoin/repeated-transactions',
    )
  }
  if (Buffer.compare(root, header.merkleRoot) !== 0) {
    throw cursor.bad(`the block's transactions are not those of its header ${hashHex(header.hash)}`, 0, 'bitcoin/bad-merkle-root')
  }
}
