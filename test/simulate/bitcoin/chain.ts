import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export type Hash = Buffer | string

/** What the tests use of bcoin, an independent implementation of Bitcoin. */
export interface Block {
  readonly time: number
  readonly txs: readonly Tx[]
  /** Hashes are in the order of blocks, as bytes or hexadecimal text. */
  readonly prevBlock: Hash
  readonly merkleRoot: Hash
  hash(): Hash
  rhash(): string
  verifyPOW(): boolean
  checkBody(): readonly [valid: boolean, reason: string, score: number]
  createMerkleRoot(): Hash | null
  getCommitmentHash(): Hash | null
  createCommitmentHash(): Hash
  getCoinbaseHeight(): number
}

export interface Tx {
  readonly version: number
  readonly locktime: number
  readonly inputs: readonly {
    readonly prevout: { readonly index: number; txid(): string }
    readonly script: { toRaw(): Buffer }
    readonly sequence: number
  }[]
  readonly outputs: readonly {
    readonly value: number
    readonly script: { toRaw(): Buffer }
    getAddress(): { toString(network: string): string } | null
  }[]
  txid(): string
  isFinal(height: number, time: number): boolean
  checkSanity(): readonly [valid: boolean, reason: string, score: number]
  getSize(): number
  getVirtualSize(): number
}

const { Block } = createRequire(import.meta.url)('bcoin') as { readonly Block: { fromRaw(bytes: Uint8Array): Block } }

const REGTEST_MAGIC = 0xdab5bffa

/** A file of a `blocks` folder with the obfuscation of xor.dat taken off. */
export function plain(folder: string, name: string): Buffer {
  const bytes = readFileSync(join(folder, name))
  const key = readdirSync(folder).includes('xor.dat') ? readFileSync(join(folder, 'xor.dat')) : Buffer.alloc(8)
  for (let k = 0; k < bytes.length; k++) bytes[k]! ^= key[k % 8]!
  return bytes
}

/** Payloads of a file's records: each has the magic and its length before it, and `tail` bytes after it that are given too. */
export function records(bytes: Buffer, tail = 0): { readonly payload: Buffer; readonly tail: Buffer }[] {
  const found = []
  for (let at = 0; at < bytes.length; ) {
    if (bytes.readUInt32LE(at) !== REGTEST_MAGIC) throw new Error(`no magic at ${at}`)
    const end = at + 8 + bytes.readUInt32LE(at + 4)
    found.push({ payload: bytes.subarray(at + 8, end), tail: bytes.subarray(end, end + tail) })
    at = end + tail
  }
  return found
}

export const filesOf = (folder: string, kind: 'blk' | 'rev') =>
  readdirSync(folder)
    .filter((name) => name.startsWith(kind))
    .sort()

/** Blocks in the order in which they lie in the files. */
export function storedBlocks(folder: string): Block[] {
  return filesOf(folder, 'blk').flatMap((name) => records(plain(folder, name)).map(({ payload }) => Block.fromRaw(payload)))
}

/** The longest chain from genesis on. */
export function chainOf(blocks: readonly Block[]): Block[] {
  const byPrevious = new Map<string, Block[]>()
  for (const block of blocks) byPrevious.set(hex(block.prevBlock), [...(byPrevious.get(hex(block.prevBlock)) ?? []), block])
  const follow = (previous: string): Block[] => {
    const chain: Block[] = []
    for (let next = byPrevious.get(previous) ?? []; next.length > 0; ) {
      if (next.length > 1) {
        const tails = next.map((block) => [block, ...follow(hex(block.hash()))])
        return [...chain, ...tails.reduce((a, b) => (b.length > a.length ? b : a))]
      }
      chain.push(next[0]!)
      next = byPrevious.get(hex(next[0]!.hash())) ?? []
    }
    return chain
  }
  return follow('00'.repeat(32))
}

export function hex(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('hex')
}

/** A transaction of the chain with what it spends. */
export interface PlacedTx {
  readonly tx: Tx
  readonly txid: string
  readonly height: number
  readonly spends: readonly string[]
}

/** Every transaction of a chain by its id. */
export function transactionsOf(chain: readonly Block[]): Map<string, PlacedTx> {
  const placed = new Map<string, PlacedTx>()
  chain.forEach((block, height) => {
    block.txs.forEach((tx, k) => {
      const spends = k === 0 ? [] : tx.inputs.map(({ prevout }) => `${prevout.txid()}:${prevout.index}`)
      placed.set(tx.txid(), { tx, txid: tx.txid(), height, spends })
    })
  })
  return placed
}
