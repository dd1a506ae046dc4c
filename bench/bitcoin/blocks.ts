import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BITCOIN_NETWORKS, type NetworkName } from '../../src/chain/index.ts'
import { openBlockFiles } from '../../src/ledger/bitcoin/files/index.ts'
import { readBlock } from '../../src/ledger/bitcoin/wire/index.ts'
import { type MeasuredRow, median } from '../rows.ts'

const FILES: readonly { readonly name: string; readonly network: NetworkName }[] = [
  { name: 'bcoin_block300025.raw', network: 'main' },
  { name: 'bcoin_block928816.raw', network: 'test' },
  { name: 'bcoin_block928848.raw', network: 'test' },
  { name: 'btcd_block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk.raw', network: 'main' },
  { name: 'btcd_block-00000000000000000021868c2cefc52a480d173c849412fe81c4e5ab806f94ab.blk.raw', network: 'main' },
]
/** The block whose transactions are most like those of any other day: 3,315 of 376 bytes on average. The others have few and large ones. */
const TYPICAL = 3
const ROUNDS = 60
const FILE_BYTES = 128 << 20
const MB = 1e6

interface RealBlock {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly network: NetworkName
}

/** Megabytes a second of reading real blocks, checked and with txids: out of memory on one core, and out of a blocks folder with threads that read ahead. */
export async function blockRows(): Promise<MeasuredRow[]> {
  const paths = FILES.map(({ name }) => fileURLToPath(new URL(`../../../shared/data/bitcoin/${name}`, import.meta.url)))
  if (!paths.every((path) => existsSync(path))) {
    console.log('skipped: reading of blocks, the shared data is not on this machine')
    return []
  }
  const blocks = paths.map((path, i) => ({ bytes: new Uint8Array(readFileSync(path)), network: (FILES[i] as (typeof FILES)[0]).network }))
  const typical = [blocks[TYPICAL] as RealBlock]
  const memory = 'real blocks in memory, one core'
  const rows = [
    row('blocks-memory', 'Reading blocks: txids, Merkle root, witness commitment', `5 ${memory}`, inMemory(blocks, true)),
    row('blocks-memory-plain', 'Reading blocks: txids, Merkle root', `5 ${memory}`, inMemory(blocks, false)),
    row(
      'blocks-typical',
      'Reading a block of 3,315 transactions: txids, Merkle root, witness commitment',
      `block 574,200, ${memory}`,
      inMemory(typical, true),
    ),
    row(
      'blocks-typical-plain',
      'Reading a block of 3,315 transactions: txids, Merkle root',
      `block 574,200, ${memory}`,
      inMemory(typical, false),
    ),
  ]
  const folder = mkdtempSync(join(tmpdir(), 'cordon-blocks-'))
  try {
    const written = writeFolder(folder, blocks)
    const data = `${Math.round(written / MB)} MB of blk*.dat, masked, transactions of 5 real blocks`
    for (const threads of [0, 1, 2] as const) {
      const what = threads === 0 ? 'in the same thread' : threads === 1 ? 'one thread ahead' : 'two threads ahead'
      rows.push(
        row(
          `blocks-folder-${threads}`,
          `Reading a blocks folder, ${what}, all checks`,
          data,
          await ofFolder(folder, threads, true, written),
        ),
      )
      rows.push(
        row(
          `blocks-folder-${threads}-plain`,
          `Reading a blocks folder, ${what}, without witnesses`,
          data,
          await ofFolder(folder, threads, false, written),
        ),
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return rows
}

function row(id: string, what: string, data: string, value: number): MeasuredRow {
  return { id, what, data, value, unit: 'MB/s', target: null, peer: null, peerValue: null, ratio: null }
}

function inMemory(blocks: readonly RealBlock[], witnesses: boolean): number {
  const round = (): number => {
    const begun = performance.now()
    let bytes = 0
    for (let i = 0; i < 10; i++) {
      for (const block of blocks) {
        readBlock(block.bytes, { network: block.network, height: null, witnesses })
        bytes += block.bytes.length
      }
    }
    return bytes / MB / ((performance.now() - begun) / 1000)
  }
  round()
  return median(Array.from({ length: 7 }, round))
}

async function ofFolder(folder: string, threads: 0 | 1 | 2, witnesses: boolean, bytes: number): Promise<number> {
  const rates: number[] = []
  for (let i = 0; i < 3; i++) {
    const begun = performance.now()
    const incoming = await openBlockFiles([folder], { threads, witnesses })
    let blocks = 0
    for await (const _ of incoming.blocks()) blocks++
    if (blocks !== ROUNDS * FILES.length) throw new Error(`${blocks} blocks came out of ${ROUNDS * FILES.length}`)
    rates.push(bytes / MB / ((performance.now() - begun) / 1000))
  }
  return median(rates)
}

/**
 * A folder as Bitcoin Core writes it, of blocks with the transactions of the real ones and headers of a regtest chain (version 1, which promises no height in the coinbase).
 * Returns its bytes.
 */
export function writeFolder(folder: string, blocks: readonly { readonly bytes: Uint8Array }[], rounds = ROUNDS): number {
  const key = Buffer.from('9d3a51c7e8046bf2', 'hex')
  const file = openSync(join(folder, 'xor.dat'), 'w')
  writeSync(file, key)
  closeSync(file)
  let previous: Uint8Array = Buffer.from(BITCOIN_NETWORKS.regtest.genesis, 'hex').reverse()
  let [number, position, written] = [0, 0, 0]
  let fd = openSync(join(folder, 'blk00000.dat'), 'w')
  for (let i = 0; i < rounds * blocks.length; i++) {
    const { bytes } = blocks[i % blocks.length] as RealBlock
    if (position > 0 && position + 8 + bytes.length > FILE_BYTES) {
      closeSync(fd)
      fd = openSync(join(folder, `blk${String(++number).padStart(5, '0')}.dat`), 'w')
      position = 0
    }
    const framed = Buffer.alloc(8 + bytes.length)
    framed.writeUInt32LE(BITCOIN_NETWORKS.regtest.magic, 0)
    framed.writeUInt32LE(bytes.length, 4)
    framed.set(bytes, 8)
    previous = rehead(framed.subarray(8, 88), previous, i)
    for (let at = 0; at < framed.length; at++) framed[at] = (framed[at] as number) ^ (key[(position + at) % 8] as number)
    writeSync(fd, framed)
    position += framed.length
    written += framed.length
  }
  closeSync(fd)
  return written
}

/** Makes a header one of a regtest chain, with its work; returns its hash. */
function rehead(header: Buffer, previous: Uint8Array, i: number): Uint8Array {
  header.writeInt32LE(1, 0)
  header.set(previous, 4)
  header.writeUInt32LE(1_600_000_000 + i, 68)
  header.writeUInt32LE(0x207fffff, 72)
  for (let nonce = 0; ; nonce++) {
    header.writeUInt32LE(nonce, 76)
    const hash = createHash('sha256').update(createHash('sha256').update(header).digest()).digest()
    if ((hash[31] as number) < 0x7f) return hash
  }
}
