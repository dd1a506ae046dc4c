import { BITCOIN_NETWORKS, CordonError, type NetworkName } from '../../../chain/index.ts'
import { COINBASE_HEAD_BYTES, coinbaseHeight, hashHex } from '../wire/index.ts'
import type { Catalogue } from './catalogue.ts'
import { type Chain, growTree } from './tree.ts'

/** Blocks to read, in order of height; parallel columns. */
export interface Plan {
  readonly block: Uint32Array
  readonly height: Uint32Array
}

export interface PlanOptions {
  readonly network: NetworkName
  readonly catalogue: Catalogue
  readonly paths: readonly string[]
  /** First bytes of a block of the catalogue, enough for its coinbase. */
  readonly head: (block: number, bytes: number) => Uint8Array
  /** Height of the first block of the one chain that does not say its own. */
  readonly height: number | null
  /** Blocks below are not read. */
  readonly from: number
  /** Receives sentences on what is left out and what is not there. */
  readonly notes: string[]
}

interface Placed extends Chain {
  readonly first: number
}

const NONE = 0xffff_ffff
/** So many left-out blocks are listed one by one. */
const LISTED = 1000

/**
 * Decides which blocks are read and at which height each is: of every tree of blocks the chain of most work, in order of height; stale blocks and gaps are noted.
 *
 * @throws CordonError `bitcoin/unknown-height`, `bitcoin/wrong-height`, `bitcoin/broken-chain`
 */
export function planBlocks(options: PlanOptions): Plan {
  const { catalogue, notes, from } = options
  const { chains, stale } = growTree(catalogue)
  const apart: Placed[] = []
  const kept = withoutOverlap(place(chains, options), apart)
  const heights = new Uint32Array(catalogue.blocks).fill(NONE)
  const count = kept.reduce((sum, chain) => sum + Math.max(0, end(chain) - Math.max(from, chain.first)), 0)
  const block = new Uint32Array(count)
  const height = new Uint32Array(count)
  let planned = 0
  for (const [i, chain] of kept.entries()) {
    const before = kept[i - 1]
    if (before !== undefined) {
      const gap = chain.first - end(before)
      if (gap === 0) throw broken(before, chain, options)
      notes.push(`no blocks from height ${end(before)} to ${chain.first - 1}: ${gap} are not in these files`)
    }
    for (const [k, each] of chain.blocks.entries()) {
      const own = chain.first + k
      heights[each] = own
      if (own < from) continue
      block[planned] = each
      height[planned++] = own
    }
  }
  noteStale(stale, heights, 'on a branch with less work', options)
  for (const { first, blocks } of apart) {
    for (const [k, each] of blocks.entries()) heights[each] = first + k
    noteStale([...blocks], heights, 'apart from the chain, at a height where a piece of more work is', options)
  }
  return { block, height }
}

/** Height of each chain's first block: counted from the genesis block, else by what its last block says (BIP 34), else as given. */
function place(chains: readonly Chain[], options: PlanOptions): Placed[] {
  const { catalogue, network } = options
  const { genesis } = BITCOIN_NETWORKS[network]
  const unknown: Chain[] = []
  const placed: Placed[] = []
  for (const chain of chains) {
    const root = chain.blocks[0] as number
    const tip = chain.blocks[chain.blocks.length - 1] as number
    // Files often leave the genesis block out: every node knows it.
    const begins = hashHex(catalogue.hash(root)) === genesis ? 0 : hashHex(catalogue.previousHash(root)) === genesis ? 1 : null
    if (begins !== null) {
      placed.push({ ...chain, first: begins })
      continue
    }
    const own = coinbaseHeight(options.head(tip, COINBASE_HEAD_BYTES), BITCOIN_NETWORKS[network])
    if (own === null) unknown.push(chain)
    else placed.push({ ...chain, first: own - (chain.blocks.length - 1) })
  }
  for (const chain of unknown) {
    const root = chain.blocks[0] as number
    if (options.height !== null && unknown.length === 1) {
      placed.push({ ...chain, first: options.height })
      continue
    }
    throw new CordonError(
      'bitcoin/unknown-height',
      `block ${hashHex(catalogue.hash(root))} follows none of the blocks that are there, and does not say its height`,
      {
        place: { file: pathOf(root, options) },
        remedy:
          unknown.length > 1
            ? `So do ${unknown.length - 1} other pieces of the chain. Add the blocks before them, back to the genesis block, or read them one by one and give the height of each.`
            : 'It is from before BIP 34, or of another network. Add the blocks before it, back to the genesis block; or give its height; or name its network.',
      },
    )
  }
  for (const chain of placed) {
    const root = chain.blocks[0] as number
    if (chain.first >= (hashHex(catalogue.hash(root)) === genesis ? 0 : 1)) continue
    throw new CordonError(
      'bitcoin/wrong-height',
      `block ${hashHex(catalogue.hash(root))} would be at height ${chain.first}, where only the genesis block of the ${network} network can be`,
      { place: { file: pathOf(root, options) }, remedy: 'Name the network that the blocks are of.' },
    )
  }
  return placed.sort((a, b) => a.first - b.first || Number(b.work > a.work) - Number(b.work < a.work))
}

/** Of two pieces at the same heights one is of a branch that does not lead to the other: the one of less work goes to `apart`. */
function withoutOverlap(placed: readonly Placed[], apart: Placed[]): Placed[] {
  const kept: Placed[] = []
  for (const chain of placed) {
    let rival = kept.at(-1)
    while (rival !== undefined && chain.first < end(rival) && chain.work > rival.work) {
      apart.push(rival)
      kept.pop()
      rival = kept.at(-1)
    }
    if (rival !== undefined && chain.first < end(rival)) apart.push(chain)
    else kept.push(chain)
  }
  return kept
}

function end(chain: Placed): number {
  return chain.first + chain.blocks.length
}

function noteStale(blocks: readonly number[], heights: Uint32Array, why: string, options: PlanOptions): void {
  const { catalogue, notes } = options
  for (const block of blocks.slice(0, LISTED)) {
    const height = heightBy(block, heights, catalogue)
    const at = height === null ? '' : ` at height ${height}`
    notes.push(`block ${hashHex(catalogue.hash(block))}${at} is ${why} and is left out (${pathOf(block, options)})`)
  }
  if (blocks.length > LISTED) notes.push(`and ${blocks.length - LISTED} more blocks are ${why} and are left out`)
}

/** Height of a block by how far it is from one whose height is known. */
function heightBy(block: number, heights: Uint32Array, catalogue: Catalogue): number | null {
  let steps = 0
  for (let at: number | null = block; at !== null; at = catalogue.parent(at), steps++) {
    if (heights[at] !== NONE) return (heights[at] as number) + steps
  }
  return null
}

function broken(before: Placed, after: Placed, options: PlanOptions): CordonError {
  const [tip, root] = [before.blocks[before.blocks.length - 1] as number, after.blocks[0] as number]
  return new CordonError(
    'bitcoin/broken-chain',
    `block ${hashHex(options.catalogue.hash(root))} at height ${after.first} does not follow block ${hashHex(options.catalogue.hash(tip))} at height ${after.first - 1}`,
    {
      place: { file: pathOf(root, options) },
      remedy: 'One of the two is on a stale branch: leave it out, or add the blocks between that say which.',
    },
  )
}

function pathOf(block: number, options: PlanOptions): string {
  return options.paths[options.catalogue.file[block] as number] as string
}
