import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { NetworkName } from '../../../../src/chain/index.ts'

export interface RealBlock {
  readonly file: string
  readonly network: NetworkName
  readonly height: number
  /** File of the outputs that its inputs spend, in their order, as blocks serialize outputs. */
  readonly undo: string | null
}

/** Blocks from the tests of bcoin and btcd. The latter name theirs by hash. */
export const REAL_BLOCKS: readonly RealBlock[] = [
  { file: 'bcoin_block300025.raw', network: 'main', height: 300_025, undo: 'bcoin_block300025-undo.raw' },
  { file: 'bcoin_block928816.raw', network: 'test', height: 928_816, undo: 'bcoin_block928816-undo.raw' },
  { file: 'bcoin_block928848.raw', network: 'test', height: 928_848, undo: 'bcoin_block928848-undo.raw' },
  {
    file: 'btcd_block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk.raw',
    network: 'main',
    height: 574_200,
    undo: null,
  },
  {
    file: 'btcd_block-00000000000000000021868c2cefc52a480d173c849412fe81c4e5ab806f94ab.blk.raw',
    network: 'main',
    height: 540_107,
    undo: null,
  },
]

export const FIRST_BLOCKS = 'btcd_blocks1-256.dat'

export function realPath(file: string): string {
  return fileURLToPath(new URL(`../../../../../shared/data/bitcoin/${file}`, import.meta.url))
}

export function readReal(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(realPath(file)))
}

/** Whether tests on real blocks can run; says what is skipped when they cannot. */
export function hasReal(): boolean {
  const there = [...REAL_BLOCKS.map(({ file }) => file), FIRST_BLOCKS].every((file) => existsSync(realPath(file)))
  if (!there) process.stderr.write('skipped: tests on real blocks, the shared data is not on this machine\n')
  return there
}

/** Outputs as blocks serialize them, one after the other. */
export function readOutputs(bytes: Uint8Array): { value: bigint; script: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const outputs: { value: bigint; script: Uint8Array }[] = []
  for (let at = 0; at < bytes.length; ) {
    const value = view.getBigUint64(at, true)
    at += 8
    let length = bytes[at++] as number
    if (length === 0xfd) {
      length = view.getUint16(at, true)
      at += 2
    }
    outputs.push({ value, script: bytes.subarray(at, at + length) })
    at += length
  }
  return outputs
}
