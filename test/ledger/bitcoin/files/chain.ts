import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import type { BitcoinBlock } from '../../../../src/ledger/bitcoin/block.ts'
import { type BlockFilesOptions, openBlockFiles } from '../../../../src/ledger/bitcoin/files/index.ts'
import { hashHex } from '../../../../src/ledger/bitcoin/wire/index.ts'
import { type BlockParts, hashOf, hex, type MadeTransaction, makeBlock, u32 } from '../wire/blocks.ts'
import { type SpentCoin, undoChecksum, writeUndo } from '../wire/undo-write.ts'

/** A made block with what its inputs spend. */
export interface Link {
  readonly bytes: Buffer
  readonly hash: Uint8Array
  readonly previous: Uint8Array
  readonly height: number
  readonly coins: readonly (readonly SpentCoin[])[]
}

export const REGTEST_GENESIS = Buffer.from(BITCOIN_NETWORKS.regtest.genesis, 'hex').reverse()

/** A block after another; `transactions` that spend made-up outputs. `name` tells blocks of one height apart. */
export function link(after: Link | null, transactions = 2, name = 0, version = 4): Link {
  const height = (after?.height ?? 0) + 1
  const coins = Array.from({ length: transactions }, (_, t) =>
    Array.from({ length: 1 + (t % 3) }, (_, i) => ({
      height: 1 + ((height * 7 + t + i) % 90),
      coinbase: i === 1,
      value: BigInt(height * 1_000_000 + t * 1000 + i),
      script: Buffer.from([0x51, t & 255, i]),
    })),
  )
  const made: MadeTransaction[] = coins.map((spent, t) => ({
    lockTime: height,
    inputs: spent.map((_, i) => ({ txid: Buffer.alloc(32, t + 1), index: height * 10 + i })),
    outputs: [{ value: BigInt(t + 1), script: Buffer.from([0x51]) }],
  }))
  const previous = after?.hash ?? REGTEST_GENESIS
  const parts: BlockParts = { height, previous, transactions: made, version, extra: u32(name), time: 1_600_000_000 + height * 600 }
  const bytes = makeBlock(parts)
  return { bytes, hash: hashOf(bytes), previous, height, coins }
}

/** So many blocks, one after the other. */
export function grow(after: Link | null, blocks: number, name = 0): Link[] {
  const links: Link[] = []
  for (let i = 0; i < blocks; i++) links.push(link(links.at(-1) ?? after, 1 + (i % 4), name))
  return links
}

/** With magic and length, as in blk*.dat. */
export function framed(links: readonly { readonly bytes: Uint8Array }[], magic: number = BITCOIN_NETWORKS.regtest.magic): Buffer {
  return Buffer.concat(links.flatMap(({ bytes }) => [u32(magic), u32(bytes.length), bytes]))
}

/** Undo records as in rev*.dat. */
export function undone(links: readonly Link[]): Buffer {
  return Buffer.concat(
    links.flatMap((each) => {
      const undo = writeUndo(each.coins, () => false)
      return [u32(BITCOIN_NETWORKS.regtest.magic), u32(undo.length), undo, undoChecksum(each.previous, undo)]
    }),
  )
}

export function masked(bytes: Uint8Array, key: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte, i) => byte ^ (key[i % 8] as number)))
}

/** Run with files in a fresh folder that is gone afterwards. */
export async function withFiles<T>(files: Readonly<Record<string, string | Uint8Array>>, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-blocks-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function satoshis(words: Uint32Array, k: number): bigint {
  return (BigInt(words[2 * k + 1] as number) << 32n) | BigInt(words[2 * k] as number)
}

/** A block in short: height, hash, and what its inputs spent. */
export function brief(block: BitcoinBlock) {
  const { spent } = block
  return {
    height: block.height,
    hash: hashHex(block.hash),
    spent:
      spent === null
        ? null
        : Array.from(spent.known, (_, i) => [
            satoshis(spent.value, i),
            Buffer.from(spent.script.bytes.subarray(spent.script.start[i], spent.script.end[i])).toString('hex'),
          ]),
  }
}

/** What `brief` should say of links, with their spent outputs or without. */
export function expected(links: readonly Link[], spent = true) {
  return links.map((each) => ({
    height: each.height,
    hash: hex(each.hash),
    spent: spent ? each.coins.flat().map((coin) => [coin.value, Buffer.from(coin.script).toString('hex')]) : null,
  }))
}

/** Everything that reading paths gives. */
export async function readAll(paths: readonly string[], options: BlockFilesOptions = {}) {
  const incoming = await openBlockFiles(paths, { threads: 0, ...options })
  const blocks: ReturnType<typeof brief>[] = []
  try {
    for await (const block of incoming.blocks()) blocks.push(brief(block))
  } finally {
    await incoming.close()
  }
  return { blocks, notes: incoming.notes, sources: incoming.sources, network: incoming.network }
}
