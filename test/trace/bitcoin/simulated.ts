import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BitcoinWorldOptions, blocksOf, openBitcoinWorld, simulateBitcoin } from '../../../src/simulate/bitcoin/index.ts'
import { parseBlock, type TestBlock } from '../../ledger/bitcoin/esplora/blocks.ts'

/** A simulated world with thefts, in files, and its chain as a server holds it. */
export interface SimulatedWorld {
  readonly directory: string
  /** From the genesis block on, without the one that lost a race. */
  readonly blocks: readonly TestBlock[]
  /** The seeds of a theft: text of its file, and the first output that it names. */
  readonly seeds: (theft: number) => Promise<{ readonly text: string; readonly first: { readonly txid: string; readonly index: number } }>
}

export async function simulatedWorld(directory: string, options: BitcoinWorldOptions): Promise<SimulatedWorld> {
  await simulateBitcoin({ ...options, out: directory })
  return {
    directory,
    blocks: [...blocksOf(openBitcoinWorld(options))].map(({ block }) => parseBlock(block.bytes, block.height)),
    seeds: async (theft) => {
      const text = await readFile(join(directory, `seeds/theft-0${theft}.csv`), 'utf8')
      const [txid = '', index] = (text.split('\n')[0] as string).split(':')
      return { text, first: { txid, index: Number(index) } }
    },
  }
}
