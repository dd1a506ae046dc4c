import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { RawOldTx, RawTx } from '@scure/btc-signer/script.js'
import { shared } from '../../../attribution/shared.ts'

/** What these tests use of bcoin, which reads blocks here: another implementation than the one under test. */
interface BcoinScript {
  toRaw(): Buffer
}
interface BcoinTx {
  readonly version: number
  readonly locktime: number
  readonly inputs: readonly {
    readonly prevout: { txid(): string; readonly index: number }
    readonly script: BcoinScript
    readonly sequence: number
    readonly witness: { readonly items: readonly Buffer[] }
  }[]
  readonly outputs: readonly { readonly value: number; readonly script: BcoinScript }[]
  txid(): string
  isCoinbase(): boolean
}
interface BcoinBlock {
  readonly version: number
  /** Hex, in the order of the block's bytes. */
  readonly prevBlock: string
  readonly merkleRoot: string
  readonly time: number
  readonly bits: number
  readonly nonce: number
  readonly txs: readonly BcoinTx[]
  rhash(): string
}

const require = createRequire(import.meta.url)
const { Block } = require('bcoin') as { readonly Block: { fromRaw(raw: Uint8Array): BcoinBlock } }
const Output = require('bcoin/lib/primitives/output') as {
  fromRaw(raw: Uint8Array): { readonly value: number; readonly script: BcoinScript }
}
const networks = require('bcoin/lib/protocol/networks') as Record<string, { readonly genesisBlock: string }>

export interface TestOutput {
  readonly value: number
  readonly script: string
}

export interface TestTransaction {
  readonly txid: string
  readonly version: number
  readonly lockTime: number
  readonly coinbase: boolean
  readonly inputs: readonly {
    readonly txid: string
    readonly index: number
    readonly script: string
    readonly sequence: number
    readonly witness: readonly string[]
    /** What it spends, where the data says so. */
    readonly spent: TestOutput | null
  }[]
  readonly outputs: readonly TestOutput[]
}

export interface TestBlock {
  readonly height: number
  readonly hash: string
  readonly previous: string
  readonly version: number
  readonly merkleRoot: string
  readonly time: number
  readonly bits: number
  readonly nonce: number
  readonly transactions: readonly TestTransaction[]
}

function display(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}

/** @param spent outputs that the block's inputs spend, in order, without the coinbase's */
export function parseBlock(raw: Uint8Array, height: number, spent: readonly TestOutput[] | null = null): TestBlock {
  const block = Block.fromRaw(raw)
  let at = 0
  return {
    height,
    hash: block.rhash(),
    previous: display(Buffer.from(block.prevBlock, 'hex')),
    version: block.version,
    merkleRoot: display(Buffer.from(block.merkleRoot, 'hex')),
    time: block.time,
    bits: block.bits,
    nonce: block.nonce,
    transactions: block.txs.map((tx) => ({
      txid: tx.txid(),
      version: tx.version,
      lockTime: tx.locktime,
      coinbase: tx.isCoinbase(),
      inputs: tx.inputs.map((input) => ({
        txid: input.prevout.txid(),
        index: input.prevout.index,
        script: input.script.toRaw().toString('hex'),
        sequence: input.sequence,
        witness: input.witness.items.map((item) => item.toString('hex')),
        spent: tx.isCoinbase() || spent === null ? null : (spent[at++] as TestOutput),
      })),
      outputs: tx.outputs.map(({ value, script }) => ({ value, script: script.toRaw().toString('hex') })),
    })),
  }
}

export function genesisBlock(network: 'main' | 'regtest'): TestBlock {
  return parseBlock(Buffer.from((networks[network] as { genesisBlock: string }).genesisBlock, 'hex'), 0)
}

/** The first 255 blocks of the main network (the file's name notwithstanding), with the genesis block before them. */
export function firstBlocks(): TestBlock[] {
  const bytes = readFileSync(shared('bitcoin/btcd_blocks1-256.dat'))
  const blocks = [genesisBlock('main')]
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4)
    blocks.push(parseBlock(bytes.subarray(at + 8, at + 8 + length), blocks.length))
    at += 8 + length
  }
  return blocks
}

/** Block 300,025 with what its inputs spend, as bcoin's test data has it: outputs one after the other. */
export function block300025(): TestBlock {
  const undo = readFileSync(shared('bitcoin/bcoin_block300025-undo.raw'))
  const spent: TestOutput[] = []
  for (let at = 0; at < undo.length; ) {
    const first = undo[at + 8] as number
    const length = first < 0xfd ? 9 + first : 11 + undo.readUInt16LE(at + 9)
    const { value, script } = Output.fromRaw(undo.subarray(at, at + length))
    spent.push({ value, script: script.toRaw().toString('hex') })
    at += length
  }
  return parseBlock(readFileSync(shared('bitcoin/bcoin_block300025.raw')), 300_025, spent)
}

function sha256d(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
}

/** Hashes beside a leaf's path, and the root: as electrs makes them. */
export function merkleBranch(txids: readonly string[], position: number): { readonly branch: string[]; readonly root: string } {
  let level = txids.map((txid) => Buffer.from(txid, 'hex').reverse())
  const branch: string[] = []
  let at = position
  while (level.length > 1) {
    if (level.length % 2 === 1) level.push(level.at(-1) as Buffer<ArrayBuffer>)
    branch.push(display(level[at ^ 1] as Buffer))
    level = level.flatMap((left, i) => (i % 2 === 0 ? [sha256d(Buffer.concat([left, level[i + 1] as Buffer])) as Buffer<ArrayBuffer>] : []))
    at >>= 1
  }
  return { branch, root: display(level[0] as Buffer) }
}

/** A transaction to be mined into a block of regtest: it needs no signatures, for nobody here checks them. */
export interface Draft {
  readonly inputs: readonly { readonly txid: string; readonly index: number; readonly sequence?: number }[]
  readonly outputs: readonly TestOutput[]
  readonly lockTime?: number
  readonly witness?: boolean
}

export function draftId(draft: Draft): string {
  return display(sha256d(RawOldTx.encode(fieldsOf(draft))))
}

function fieldsOf({ inputs, outputs, lockTime = 0 }: Draft): Parameters<typeof RawOldTx.encode>[0] {
  return {
    version: 2,
    lockTime,
    inputs: inputs.map(({ txid, index, sequence = 0xffff_fffd }) => ({
      txid: Uint8Array.from(Buffer.from(txid, 'hex')),
      index,
      finalScriptSig: new Uint8Array(0),
      sequence,
    })),
    outputs: outputs.map(({ value, script }) => ({ amount: BigInt(value), script: Uint8Array.from(Buffer.from(script, 'hex')) })),
  }
}

/** Mines a block of regtest on top of another: half of all nonces will do. The coinbase pays `reward` to a script of its own. */
export function mine(parent: TestBlock, drafts: readonly Draft[], time = parent.time + 600, reward = '51'): TestBlock {
  const height = parent.height + 1
  const coinbase: Draft = {
    inputs: [{ txid: '0'.repeat(64), index: 0xffff_ffff, sequence: 0xffff_ffff }],
    outputs: [{ value: 50e8, script: reward }],
    lockTime: height,
  }
  const all = [coinbase, ...drafts]
  const raws = all.map((draft) =>
    draft.witness === true
      ? RawTx.encode({ ...fieldsOf(draft), segwitFlag: true, witnesses: draft.inputs.map(() => [Uint8Array.of(1, 2)]) })
      : RawOldTx.encode(fieldsOf(draft)),
  )
  const { root } = merkleBranch(all.map(draftId), 0)
  const header = Buffer.alloc(80)
  header.writeInt32LE(4, 0)
  Buffer.from(parent.hash, 'hex').reverse().copy(header, 4)
  Buffer.from(root, 'hex').reverse().copy(header, 36)
  header.writeUInt32LE(time, 68)
  header.writeUInt32LE(0x207fffff, 72)
  for (let nonce = 0; (sha256d(header)[31] as number) >= 0x7f; nonce++) header.writeUInt32LE(nonce, 76)
  return parseBlock(Buffer.concat([header, Uint8Array.of(all.length), ...raws]), height)
}
