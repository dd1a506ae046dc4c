import { createHash } from 'node:crypto'
import type { ChainId } from '../../../chain/index.ts'
import type { BitcoinBlock, ScriptColumn } from '../block.ts'

/** What the digest of the first block follows on from. */
export const NO_DIGEST: Uint8Array = new Uint8Array(32)

/**
 * Digest of a ledger up to and with a block: SHA-256 over the digest before it and everything that the block says but its link to the one before, which the order says, so that importing a chain at once, in parts, or from an export gives the same.
 * What an input spent is content only where that lies before the ledger (`foreign` lists those inputs): elsewhere it follows from the rest.
 */
export function blockDigest(previous: Uint8Array, block: BitcoinBlock, foreign: ArrayLike<number>): Uint8Array {
  const { spent } = block
  const hash = createHash('sha256')
  const column = (data: ArrayBufferView): void => {
    hash.update(new Uint8Array(Float64Array.of(data.byteLength).buffer))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  hash.update(previous)
  hash.update(block.hash)
  column(Float64Array.of(block.height, block.time, block.transactions))
  column(block.txid)
  column(block.version)
  column(block.lockTime)
  column(block.flags)
  column(block.inStart)
  column(block.outStart)
  column(block.prevTxid)
  column(block.prevIndex)
  column(block.value)
  scripts(block.script, null, column)
  column(Uint32Array.from(foreign))
  const told = spent === null ? [] : Array.from(foreign).filter((input) => spent.known[input] === 1)
  column(Uint32Array.from(told))
  if (spent !== null && told.length > 0) {
    column(Uint32Array.from(told.flatMap((input) => [spent.value[2 * input] as number, spent.value[2 * input + 1] as number])))
    scripts(spent.script, told, column)
  }
  return hash.digest()
}

function scripts({ bytes, start, end }: ScriptColumn, chosen: readonly number[] | null, column: (data: ArrayBufferView) => void): void {
  const count = chosen?.length ?? start.length
  const lengths = new Uint32Array(count)
  let total = 0
  for (let k = 0; k < count; k++) {
    const script = chosen === null ? k : (chosen[k] as number)
    lengths[k] = (end[script] as number) - (start[script] as number)
    total += lengths[k] as number
  }
  const gathered = new Uint8Array(total)
  for (let k = 0, at = 0; k < count; k++) {
    const script = chosen === null ? k : (chosen[k] as number)
    const from = start[script] as number
    const length = lengths[k] as number
    for (let b = 0; b < length; b++) gathered[at + b] = bytes[from + b] as number
    at += length
  }
  column(lengths)
  column(gathered)
}

/** The ledger's hash: what chain it is of and the digest of its last block. Where it came from is no part of it. */
export function bitcoinLedgerHash(chain: ChainId, digest: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify(['cordon-bitcoin-ledger-content', 1, chain]))
    .update(digest)
    .digest('hex')
}
