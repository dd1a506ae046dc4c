import { createHash } from 'node:crypto'

/** Makes serialized blocks by the letter of the protocol, apart from the code that reads them. All numbers little-endian, hashes as in blocks. */

export interface MadeInput {
  readonly txid: Uint8Array
  readonly index: number
  readonly script?: Uint8Array
  readonly sequence?: number
  readonly witness?: readonly Uint8Array[]
}

export interface MadeOutput {
  readonly value: bigint
  readonly script: Uint8Array
}

export interface MadeTransaction {
  readonly version?: number
  readonly inputs: readonly MadeInput[]
  readonly outputs: readonly MadeOutput[]
  readonly lockTime?: number
}

export interface BlockParts {
  readonly height: number
  readonly previous?: Uint8Array
  readonly time?: number
  readonly version?: number
  readonly transactions?: readonly MadeTransaction[]
  /** Bytes that the coinbase's script has after its height: tells blocks of one height apart. */
  readonly extra?: Uint8Array
}

export function sha256dOf(...parts: readonly Uint8Array[]): Uint8Array {
  const once = createHash('sha256')
  for (const part of parts) once.update(part)
  return createHash('sha256').update(once.digest()).digest()
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}

export function compactSize(value: number): Buffer {
  if (value < 0xfd) return Buffer.from([value])
  if (value <= 0xffff) return Buffer.from([0xfd, value & 255, value >>> 8])
  return Buffer.concat([Buffer.from([0xfe]), u32(value)])
}

function counted(bytes: Uint8Array): Buffer {
  return Buffer.concat([compactSize(bytes.length), bytes])
}

function body(tx: MadeTransaction): Buffer {
  return Buffer.concat([
    compactSize(tx.inputs.length),
    ...tx.inputs.map((input) =>
      Buffer.concat([input.txid, u32(input.index), counted(input.script ?? new Uint8Array(0)), u32(input.sequence ?? 0xffff_ffff)]),
    ),
    compactSize(tx.outputs.length),
    ...tx.outputs.map((output) => Buffer.concat([u64(output.value), counted(output.script)])),
  ])
}

/** Without witness: what the txid is the hash of. */
export function stripped(tx: MadeTransaction): Buffer {
  return Buffer.concat([u32(tx.version ?? 2), body(tx), u32(tx.lockTime ?? 0)])
}

export function serialized(tx: MadeTransaction): Buffer {
  if (!hasWitness(tx)) return stripped(tx)
  const witness = tx.inputs.map((input) =>
    Buffer.concat([compactSize(input.witness?.length ?? 0), ...(input.witness ?? []).map((item) => counted(item))]),
  )
  return Buffer.concat([u32(tx.version ?? 2), Buffer.from([0, 1]), body(tx), ...witness, u32(tx.lockTime ?? 0)])
}

export function hasWitness(tx: MadeTransaction): boolean {
  return tx.inputs.some((input) => (input.witness?.length ?? 0) > 0)
}

/** Root of a Merkle tree, row by row as in the paper. */
export function merkleRootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let row = [...hashes]
  while (row.length > 1) {
    if (row.length % 2 === 1) row.push(row[row.length - 1] as Uint8Array)
    row = Array.from({ length: row.length / 2 }, (_, i) => sha256dOf(row[2 * i] as Uint8Array, row[2 * i + 1] as Uint8Array))
  }
  return row[0] as Uint8Array
}

/** Height as a script pushes it (BIP 34). */
export function pushedHeight(height: number): Buffer {
  if (height >= 1 && height <= 16) return Buffer.from([0x50 + height])
  const bytes: number[] = []
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest & 255)
  if (bytes.length > 0 && (bytes[bytes.length - 1] as number) >= 0x80) bytes.push(0)
  return Buffer.from([bytes.length, ...bytes])
}

export const REGTEST_BITS = 0x207fffff
const RESERVED = new Uint8Array(32)

export function coinbaseOf(parts: BlockParts): MadeTransaction {
  const others = parts.transactions ?? []
  const segwit = others.some(hasWitness)
  const outputs: MadeOutput[] = [{ value: 50_0000_0000n, script: Buffer.from([0x51]) }]
  if (segwit) {
    const root = merkleRootOf([new Uint8Array(32), ...others.map((tx) => sha256dOf(serialized(tx)))])
    outputs.push({ value: 0n, script: Buffer.concat([Buffer.from('6a24aa21a9ed', 'hex'), sha256dOf(root, RESERVED)]) })
  }
  const script = Buffer.concat([pushedHeight(parts.height), parts.extra ?? Buffer.from([0])])
  return {
    inputs: [{ txid: new Uint8Array(32), index: 0xffff_ffff, script, ...(segwit ? { witness: [RESERVED] } : {}) }],
    outputs,
  }
}

/** A header with a nonce that shows regtest's work. */
export function mine(parts: BlockParts, root: Uint8Array): Buffer {
  const header = Buffer.concat([
    u32(parts.version ?? 4),
    parts.previous ?? new Uint8Array(32),
    root,
    u32(parts.time ?? 1_700_000_000),
    u32(REGTEST_BITS),
    u32(0),
  ])
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76)
    if ((sha256dOf(header)[31] as number) < 0x7f) return header
  }
}

/** A block of transactions in bytes as given, each with the bytes that its txid is the hash of: lets tests break them. */
export function rawBlock(parts: BlockParts, transactions: readonly { bytes: Uint8Array; id?: Uint8Array }[], count?: Uint8Array): Buffer {
  const root = merkleRootOf(transactions.map(({ bytes, id }) => sha256dOf(id ?? bytes)))
  return Buffer.concat([mine(parts, root), count ?? compactSize(transactions.length), ...transactions.map(({ bytes }) => bytes)])
}

/** A whole regtest block. */
export function makeBlock(parts: BlockParts): Buffer {
  const all = [coinbaseOf(parts), ...(parts.transactions ?? [])]
  return rawBlock(
    parts,
    all.map((tx) => ({ bytes: serialized(tx), id: stripped(tx) })),
  )
}

export function hashOf(block: Uint8Array): Uint8Array {
  return sha256dOf(block.subarray(0, 80))
}

/** A hash as people write it. */
export function hex(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}
