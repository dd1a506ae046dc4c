import { bitcoinNetwork, type ChainId, CordonError, type NetworkName, type Work } from '../../chain/index.ts'
import { locate } from '../source/locate.ts'
import type { IncomingBlocks } from './block.ts'
import { isBitcoinExport, openBitcoinExport } from './etl/index.ts'
import { isBlockSource, openBlockFiles } from './files/index.ts'
import { forkHeight, nodeUrl, openCoreRest, openCoreRpc } from './node/index.ts'

export interface BitcoinSourceOptions extends Work {
  /** Files, folders and patterns of one kind, or the one URL of a node: over JSON-RPC, or over REST where it ends in `/rest`. */
  readonly paths: readonly string[]
  /** Chain of sources that do not name theirs; Bitcoin's main network when left out. */
  readonly chain?: ChainId | undefined
  /** Height of the first of raw blocks that do not say it. */
  readonly height?: number | undefined
  /** First and last height to ask of a node. */
  readonly fromHeight?: number | undefined
  readonly toHeight?: number | undefined
  /** The cookie file of a node, for JSON-RPC. */
  readonly cookieFile?: string | undefined
  /** Makes the requests to a node; the global `fetch` when left out. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Threads that read block files ahead of whoever uses them: 1 when left out. */
  readonly threads?: 0 | 1 | 2 | undefined
  /** Bytes that DuckDB may use for exports, as its setting writes it, and where it may spill. */
  readonly memoryLimit?: string | undefined
  readonly tempDirectory?: string | undefined
  /** What the ledger to be extended ends with: sources that can leave out what it has do. */
  readonly known?: KnownChain | undefined
}

/** What a ledger that is to be extended knows of its chain. */
export interface KnownChain {
  readonly tip: { readonly height: number; readonly hash: string }
  readonly firstHeight: number
  /** True when it begins with the genesis block and lacks none. */
  readonly genesis: boolean
  /** Hash of its block at a height, as people write it; null where it has none. */
  hashAt(height: number): string | null
}

/** Blocks before the ledger's last that files are read again from, for branches to be seen. */
const REREAD = 300

/**
 * Opens whatever holds Bitcoin blocks: folders and files of Bitcoin Core, raw blocks, exports of bitcoin-etl and AWS, or a node. Null where the paths hold something else, of another kind of chain.
 *
 * @throws CordonError `bitcoin/mixed-sources`, and as each source
 */
export async function openBitcoinSources(options: BitcoinSourceOptions): Promise<IncomingBlocks | null> {
  const { paths, chain, known } = options
  const named = chain === undefined ? undefined : bitcoinNetwork(chain)
  const node = paths.find(isNode)
  if (named === null) {
    if (node === undefined) return null
    throw new CordonError('bitcoin/wrong-chain', `${shown(node)} is asked for Bitcoin, and ${chain} was named`, {
      place: { file: shown(node) },
      remedy: 'Nodes are read of Bitcoin alone: leave the chain out, or name a Bitcoin network.',
    })
  }
  const network = named?.name
  if (node !== undefined) {
    if (paths.length > 1)
      throw new CordonError('bitcoin/mixed-sources', 'a node is read by itself, and more was named beside it', {
        place: { file: shown(node) },
        remedy: 'Name the URL of the node alone.',
      })
    return openNode(node, network, options)
  }
  const { signal, progress } = options
  const work = { ...(signal === undefined ? {} : { signal }), ...(progress === undefined ? {} : { progress }) }
  const blocks = paths.filter(isBlockSource)
  if (blocks.length > 0) {
    if (blocks.length < paths.length) {
      const other = paths.find((path) => !blocks.includes(path)) as string
      throw new CordonError('bitcoin/mixed-sources', `${blocks[0]} holds blocks and ${other} does not`, {
        place: { file: other },
        remedy: 'Import blocks and exports apart; a pattern is written out by the shell where it is not quoted.',
      })
    }
    return openBlockFiles(paths, {
      ...work,
      network,
      height: options.height,
      threads: options.threads,
      undo: 'where-needed',
      ...(known === undefined ? {} : { from: Math.max(known.firstHeight, known.tip.height - REREAD), complete: known.genesis }),
    })
  }
  const [first] = await locate(paths)
  if (first === undefined || /\.gexf/i.test(first.path) || !(await isBitcoinExport(first.path))) return null
  return openBitcoinExport(paths, {
    ...work,
    network,
    ...(options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit }),
    ...(options.tempDirectory === undefined ? {} : { tempDirectory: options.tempDirectory }),
  })
}

/** Whether a path is the URL of a node. */
export function isNode(path: string): boolean {
  return /^https?:\/\//i.test(path)
}

/** A path as it may be shown: a URL without user and password. */
export function shown(path: string): string {
  return isNode(path) ? nodeUrl(path).url.href : path
}

async function openNode(url: string, network: NetworkName | undefined, options: BitcoinSourceOptions): Promise<IncomingBlocks> {
  const { fromHeight, toHeight, cookieFile, fetch, known, signal } = options
  const rest = /\/rest\/?$/i.test(url)
  const open = (from: number | undefined): ReturnType<typeof openCoreRpc> => {
    const range = { from, to: toHeight, network, signal, fetch }
    return rest ? openCoreRest({ ...range, url: url.replace(/\/rest\/?$/i, '') }) : openCoreRpc({ ...range, url, cookieFile })
  }
  if (known === undefined) return open(fromHeight)
  if (fromHeight !== undefined)
    throw new CordonError(
      'bitcoin/bad-option',
      'where to go on from is decided by what the ledger and the node have in common, and a first height was named',
      {
        remedy: 'Leave the first height out.',
      },
    )
  const node = await open(undefined)
  const fork = await forkHeight(node, (height) => known.hashAt(height), known.tip.height, known.firstHeight)
  if (fork < known.firstHeight) {
    await node.close()
    throw new CordonError('bitcoin/not-linked', `the node's chain does not hold the ledger's first block (height ${known.firstHeight})`, {
      remedy: 'Ask a node of the same chain, or import everything anew.',
    })
  }
  await node.close()
  return fork === node.tip.height ? nothingFrom(node) : open(fork + 1)
}

/** A source that has nothing new. */
function nothingFrom({ network, sources }: Pick<IncomingBlocks, 'network' | 'sources'>): IncomingBlocks {
  return { network, sources, notes: [], lossy: false, async *blocks() {}, close: async () => {} }
}
