import { BITCOIN_NETWORKS, CordonError, type NetworkName } from '../../../chain/index.ts'
import type { BitcoinBlock, IncomingBlocks, SpentColumn } from '../block.ts'
import { hashHex } from '../wire/header.ts'
import { readBlock } from '../wire/read-block.ts'
import { overspent } from './spent.ts'

/** What a node says of its best chain. */
export interface NodeTip {
  readonly height: number
  readonly hash: string
  /** As `getblockchaininfo` names it. */
  readonly chain: string
  /** Lowest height of which the node has whole blocks; 0 where it keeps all. */
  readonly pruned: number
}

/** How a kind of node is asked; nothing that it says is believed here. */
export interface NodeReader {
  /** The node's address without credentials. */
  readonly name: string
  /** `bitcoin-core/rpc`, `bitcoin-core/rest`. */
  readonly format: string
  tip(): Promise<NodeTip>
  /** Hash of the block at a height of the best chain, as people write it; null above its tip. */
  hashAt(height: number): Promise<string | null>
  block(hash: string): Promise<Uint8Array>
  /** What the block's inputs spent; null where this node does not tell. */
  spent(hash: string, block: BitcoinBlock): Promise<SpentColumn | null>
}

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined
  /** First height; 0, or the one after `after`, when left out. */
  readonly from?: number | undefined
  /** Last height; that of the node's tip at opening when left out. */
  readonly to?: number | undefined
  /** The block that comes before `from` in what is already known: the node's chain must go on from it. */
  readonly after?: { readonly height: number; readonly hash: string } | undefined
  /** The network that the node must be of; any of the three when left out. */
  readonly network?: NetworkName | undefined
  /** False leaves out what inputs spent, which is most of what a node sends. True when left out. */
  readonly spent?: boolean | undefined
  /** Blocks that are fetched while earlier ones are worked on; 2 when left out. */
  readonly ahead?: number | undefined
}

/** Blocks of a live node, which can also be asked what its chain is now. */
export interface NodeBlocks extends IncomingBlocks {
  readonly from: number
  readonly to: number
  /** The node's tip at opening. */
  readonly tip: { readonly height: number; readonly hash: string }
  /** Hash of the block at a height of the node's best chain now; null above its tip. */
  hashAt(height: number): Promise<string | null>
}

const AHEAD = 2
/** Blocks in a row that must come without a single spent output before the node is no longer asked for them. */
const SILENT = 3

/**
 * Opens the best chain of a node for one reading from `from` to `to`. Of a block the node is believed nothing but that its work was worth doing: hash, proof of work, Merkle root and
 * witnesses are checked, and each block must follow the one before.
 *
 * @param readerFor makes what asks the node; the signal ends its requests
 * @throws CordonError `bitcoin/wrong-chain`, `bitcoin/no-such-height`, `bitcoin/pruned`, `bitcoin/reorganised`; while reading also `bitcoin/wrong-block` and what `readBlock` throws
 */
export async function followNode(readerFor: (signal: AbortSignal) => Promise<NodeReader>, options: FollowOptions): Promise<NodeBlocks> {
  const stop = new AbortController()
  const reader = await readerFor(options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]))
  const tip = await reader.tip()
  const network = networkOf(reader, tip, options.network)
  const genesis = await reader.hashAt(0)
  if (genesis !== BITCOIN_NETWORKS[network].genesis) {
    throw new CordonError('bitcoin/wrong-chain', `${reader.name} calls its chain ${tip.chain}, but begins with block ${genesis}`, {
      place: { file: reader.name },
      remedy: 'It is a node of another chain.',
    })
  }
  const from = options.from ?? (options.after === undefined ? 0 : options.after.height + 1)
  const to = options.to ?? tip.height
  checkHeights(reader, tip, from, to)
  const { after } = options
  if (after !== undefined && (await reader.hashAt(after.height)) !== after.hash) {
    throw reorganised(reader, `block ${after.height} is no longer ${after.hash}`)
  }
  const count = { blocks: 0, transactions: 0, bytes: 0, unknown: 0 }
  let finished = false

  async function* blocks(): AsyncGenerator<BitcoinBlock> {
    const fetched: Promise<Fetched>[] = []
    const silence = { left: options.spent === false ? 0 : SILENT }
    let next = from
    let previous = after !== undefined && after.height === from - 1 ? after.hash : null
    for (let height = from; height <= to; height++) {
      for (; next <= to && next <= height + (options.ahead ?? AHEAD); next++) {
        const one = fetchBlock(reader, network, next, silence)
        // Its failure is met when its turn comes; until then nobody listens.
        one.catch(() => {})
        fetched.push(one)
      }
      options.signal?.throwIfAborted()
      const { block, bytes } = await (fetched.shift() as Promise<Fetched>)
      const parent = hashHex(block.previous)
      if (previous !== null && parent !== previous)
        throw reorganised(reader, `block ${height} follows ${parent}, and block ${height - 1} was ${previous}`)
      previous = hashHex(block.hash)
      count.blocks++
      count.transactions += block.transactions
      count.bytes += bytes
      count.unknown += block.prevIndex.length - (block.spent?.known.reduce((sum, known) => sum + known, 0) ?? 0)
      yield block
    }
    finished = true
  }

  return {
    network,
    from,
    to,
    tip: { height: tip.height, hash: tip.hash },
    blocks,
    hashAt: (height) => reader.hashAt(height),
    lossy: false,
    get sources() {
      if (!finished) return []
      const lacks = count.unknown === 0 ? [] : ['spent values']
      return [
        {
          file: reader.name,
          format: reader.format,
          bytes: count.bytes,
          sha256: null,
          rowsRead: count.blocks,
          transfers: count.transactions,
          refused: 0,
          lacks,
          lossy: false,
        },
      ]
    },
    get notes() {
      if (!finished) return []
      const read = `Blocks ${from} to ${to} as ${reader.name} had them; its tip was block ${tip.height}, ${tip.hash}.`
      const unknown = `For ${count.unknown} inputs the node did not say what they spent: where it was created before block ${from} its value is not known.`
      return count.unknown === 0 ? [read] : [read, unknown]
    },
    async close() {
      stop.abort()
    },
  }
}

/**
 * The last height at which a node's chain and one that is known agree: where to go back to after a reorganisation. Asks for few hashes, since what agrees at a height agrees below.
 *
 * @param known hash of the known chain at a height
 * @param height at which they may differ
 * @returns -1 where they do not even share block `lowest`
 */
export async function forkHeight(
  node: { hashAt(height: number): Promise<string | null> },
  known: (height: number) => string | null | Promise<string | null>,
  height: number,
  lowest = 0,
): Promise<number> {
  const agrees = async (at: number) => (await node.hashAt(at)) === (await known(at))
  let differs = height + 1
  let step = 1
  let same = height
  while (!(await agrees(same))) {
    if (same === lowest) return -1
    differs = same
    same = Math.max(lowest, same - step)
    step *= 2
  }
  while (differs - same > 1) {
    const middle = (same + differs) >>> 1
    if (await agrees(middle)) same = middle
    else differs = middle
  }
  return same
}

interface Fetched {
  readonly block: BitcoinBlock
  readonly bytes: number
}

async function fetchBlock(reader: NodeReader, network: NetworkName, height: number, silence: { left: number }): Promise<Fetched> {
  const hash = await reader.hashAt(height)
  if (hash === null) throw reorganised(reader, `its chain no longer reaches block ${height}`)
  const bytes = await reader.block(hash)
  const block = readBlock(bytes, { network, height, file: `${reader.name} block ${hash}` })
  if (hashHex(block.hash) !== hash) {
    throw new CordonError('bitcoin/wrong-block', `${reader.name} was asked for block ${hash} and gave ${hashHex(block.hash)}`, {
      place: { file: reader.name, field: hash },
      remedy: 'The node, or what stands between, gives wrong blocks: use another.',
    })
  }
  if (silence.left === 0 || block.prevIndex.length === 0) return { block, bytes: bytes.length }
  const spent = await reader.spent(hash, block)
  silence.left = spent === null ? 0 : spent.known.includes(1) ? SILENT : silence.left - 1
  if (spent === null || !spent.known.includes(1)) return { block, bytes: bytes.length }
  const liar = overspent(block, spent)
  if (liar >= 0) {
    throw new CordonError(
      'bitcoin/bad-answer',
      `${reader.name}: by what it says was spent, transaction ${liar} of block ${height} pays more than it takes in`,
      {
        place: { file: reader.name, field: hash },
        remedy: 'The node gives wrong outputs: use another, or leave out what was spent (`spent: false`).',
      },
    )
  }
  return { block: { ...block, spent }, bytes: bytes.length }
}

function networkOf(reader: NodeReader, tip: NodeTip, wanted: NetworkName | undefined): NetworkName {
  const name = (Object.keys(BITCOIN_NETWORKS) as NetworkName[]).find((each) => each === tip.chain)
  if (name !== undefined && (wanted === undefined || wanted === name)) return name
  throw new CordonError('bitcoin/wrong-chain', `${reader.name} is of the chain ${JSON.stringify(tip.chain)}`, {
    place: { file: reader.name },
    remedy: wanted === undefined ? 'Nodes of main, test and regtest are read.' : `A node of ${wanted} was asked for.`,
  })
}

function checkHeights(reader: NodeReader, tip: NodeTip, from: number, to: number): void {
  const whole = (height: number) => Number.isInteger(height) && height >= 0
  if (!whole(from) || !whole(to) || to > tip.height || from > to + 1) {
    throw new CordonError('bitcoin/no-such-height', `blocks ${from} to ${to} were asked for, and ${reader.name} has 0 to ${tip.height}`, {
      place: { file: reader.name },
      remedy: 'Ask for heights that the node has, or wait until it has caught up.',
    })
  }
  if (from < tip.pruned && from <= to) {
    throw new CordonError('bitcoin/pruned', `${reader.name} has thrown away its blocks below ${tip.pruned}, and ${from} was asked for`, {
      place: { file: reader.name },
      remedy: `Begin at block ${tip.pruned}, or use a node that is not pruned.`,
    })
  }
}

function reorganised(reader: NodeReader, what: string): CordonError {
  return new CordonError('bitcoin/reorganised', `${reader.name} has changed its chain: ${what}`, {
    place: { file: reader.name },
    remedy:
      'A reorganisation replaced blocks that were read. Go back to where the chains part (`forkHeight`), undo the blocks above it, and read on from there.',
  })
}
