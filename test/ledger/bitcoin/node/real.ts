import { readFileSync } from 'node:fs'
import { hasShared, shared } from '../../../attribution/shared.ts'
import { type BcoinBlock, type BcoinOutput, loadBcoin } from './bcoin.ts'

export interface RealBlock {
  readonly height: number
  readonly network: 'main' | 'test'
  readonly raw: Buffer
  /** As bcoin parses it. */
  readonly block: BcoinBlock
  /** What each input spent, coinbases left out: as the block's own undo data has it. Null where there is none. */
  readonly spent: readonly BcoinOutput[] | null
}

/** Real blocks of the shared data that have undo data, which is outputs one after the other. */
export const UNDONE = [
  { file: 'bitcoin/bcoin_block300025', height: 300_025, network: 'main' },
  { file: 'bitcoin/bcoin_block928816', height: 928_816, network: 'test' },
] as const

export const hasRealBlocks = (): boolean =>
  UNDONE.every(({ file }) => hasShared(`${file}.raw`)) && hasShared('bitcoin/btcd_blocks1-256.dat')

export function realBlock(k: 0 | 1): RealBlock {
  const { Block, Output } = loadBcoin()
  const { file, height, network } = UNDONE[k]
  const raw = readFileSync(shared(`${file}.raw`))
  const undo = readFileSync(shared(`${file}-undo.raw`))
  const spent: BcoinOutput[] = []
  for (let at = 0; at < undo.length; ) {
    const output = Output.fromRaw(undo.subarray(at))
    spent.push(output)
    at += output.getSize()
  }
  return { height, network, raw, block: Block.fromRaw(raw), spent }
}

/** Blocks 1 to `count` (at most 255) of the main network, which have no undo data; each is length and network before the block. */
export function firstBlocks(count: number): RealBlock[] {
  const { Block } = loadBcoin()
  const file = readFileSync(shared('bitcoin/btcd_blocks1-256.dat'))
  const blocks: RealBlock[] = []
  for (let at = 0; at < file.length && blocks.length < count; ) {
    const length = file.readUInt32LE(at + 4)
    const raw = file.subarray(at + 8, at + 8 + length)
    blocks.push({ height: blocks.length + 1, network: 'main', raw, block: Block.fromRaw(raw), spent: null })
    at += 8 + length
  }
  return blocks
}
