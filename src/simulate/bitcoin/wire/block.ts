import { ByteWriter } from './bytes.ts'
import { doubleSha256, merkleRoot } from './hash.ts'
import { type RawOutput, type RawTransaction, type SerializedTransaction, serializeTransaction } from './transaction.ts'

/** The easiest target of regtest, 0x7fffff · 2^232: about every second header meets it. */
export const REGTEST_BITS = 0x207fffff
const VERSION = 0x20000000

/** `chainparams.cpp`, CRegTestParams: genesis is mainnet's coinbase under a header of its own. */
const GENESIS = Buffer.from(
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a' +
    'dae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054' +
    '696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff' +
    '0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d57' +
    '8a4c702b6bf11d5fac00000000',
  'hex',
)

/** A transaction with both of its forms. */
export interface BlockTransaction {
  readonly raw: RawTransaction
  readonly serialized: SerializedTransaction
}

export interface MinedBlock {
  readonly height: number
  readonly version: number
  readonly time: number
  readonly bits: number
  readonly nonce: number
  /** Hashes in the order of blocks. */
  readonly hash: Buffer
  readonly previous: Uint8Array
  readonly merkleRoot: Uint8Array
  /** Coinbase first. */
  readonly transactions: readonly BlockTransaction[]
  /** The whole block. */
  readonly bytes: Uint8Array
}

export function genesisBlock(): MinedBlock {
  const raw: RawTransaction = {
    version: 1,
    lockTime: 0,
    inputs: [{ previous: new Uint8Array(32), index: 0xffffffff, scriptSig: GENESIS.subarray(123, 200), sequence: 0xffffffff, witness: [] }],
    outputs: [{ value: 50e8, script: GENESIS.subarray(214, 281) }],
  }
  return {
    height: 0,
    version: 1,
    time: GENESIS.readUInt32LE(68),
    bits: REGTEST_BITS,
    nonce: 2,
    hash: doubleSha256(GENESIS.subarray(0, 80)),
    previous: GENESIS.subarray(4, 36),
    merkleRoot: GENESIS.subarray(36, 68),
    transactions: [{ raw, serialized: serializeTransaction(raw) }],
    bytes: GENESIS,
  }
}

/** What a miner may pay himself beside the fees: 50 coins, halved every 150 blocks on regtest. */
export function regtestSubsidy(height: number): number {
  return Math.floor(50e8 / 2 ** Math.floor(height / 150))
}

/**
 * Makes a block on top of another: coinbase with its height (BIP 34) and the witness commitment (BIP 141), Merkle root, proof of work.
 *
 * @param tag text that the miner puts into the coinbase
 */
export function mineBlock(at: {
  readonly height: number
  readonly previous: Uint8Array
  readonly time: number
  readonly tag: string
  readonly reward: readonly RawOutput[]
  readonly transactions: readonly BlockTransaction[]
}): MinedBlock {
  const reserved = Buffer.alloc(32)
  const witnessRoot = merkleRoot([Buffer.alloc(32), ...at.transactions.map(({ serialized }) => serialized.wtxid)])
  const commitment = doubleSha256(Buffer.concat([witnessRoot, reserved]))
  const coinbase: RawTransaction = {
    version: 2,
    lockTime: 0,
    inputs: [
      {
        previous: Buffer.alloc(32),
        index: 0xffffffff,
        scriptSig: Buffer.concat([pushNumber(at.height), Buffer.from(at.tag)]),
        sequence: 0xffffffff,
        witness: [reserved],
      },
    ],
    outputs: [...at.reward, { value: 0, script: Buffer.concat([Buffer.from('6a24aa21a9ed', 'hex'), commitment]) }],
  }
  const transactions = [{ raw: coinbase, serialized: serializeTransaction(coinbase) }, ...at.transactions]
  const root = merkleRoot(transactions.map(({ serialized }) => serialized.txid))
  const { header, nonce, hash } = work(at.previous, root, at.time)
  const count = new ByteWriter()
  count.compactSize(transactions.length)
  return {
    height: at.height,
    version: VERSION,
    time: at.time,
    bits: REGTEST_BITS,
    nonce,
    hash,
    previous: at.previous,
    merkleRoot: root,
    transactions,
    bytes: Buffer.concat([header, count.take(), ...transactions.map(({ serialized }) => serialized.bytes)]),
  }
}

function work(
  previous: Uint8Array,
  root: Uint8Array,
  time: number,
): { readonly header: Buffer; readonly nonce: number; readonly hash: Buffer } {
  const header = Buffer.alloc(80)
  header.writeUInt32LE(VERSION, 0)
  header.set(previous, 4)
  header.set(root, 36)
  header.writeUInt32LE(time, 68)
  header.writeUInt32LE(REGTEST_BITS, 72)
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76)
    const hash = doubleSha256(header)
    // Below 0x7fffff in the three highest bytes is below the target, whatever the others are.
    if (hash.readUIntLE(29, 3) < 0x7fffff) return { header, nonce, hash }
  }
}

/** A number as Core's `CScript << int64_t` pushes it: the small ones are opcodes. */
function pushNumber(value: number): Buffer {
  if (value <= 16) return Buffer.of(0x50 + value)
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256)
  if (bytes[bytes.length - 1]! >= 0x80) bytes.push(0)
  return Buffer.of(bytes.length, ...bytes)
}
