import { type BitcoinBlock, TX_COINBASE, TX_WITNESS } from '../block.ts'
import type { Cursor } from './cursor.ts'
import { merkleTree } from './merkle.ts'
import type { Scratch } from './scratch.ts'
import { sha256d } from './sha256d.ts'

/** OP_RETURN, a push of 36 bytes, and the mark of a commitment (BIP 141). */
const COMMITMENT = [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed] as const
const COMMITMENT_BYTES = 38

let wtxids = new Uint8Array(1 << 12)

/**
 * Checks that the coinbase commits to the witnesses of a block (BIP 141): an output holds the hash of the Merkle root over wtxids and a value in the coinbase's own witness.
 * A block without any witness has nothing to check.
 *
 * @throws CordonError `bitcoin/bad-witness-commitment`
 */
export function checkWitnesses(cursor: Cursor, block: BitcoinBlock, scratch: Scratch): void {
  const { transactions: t, flags } = block
  let witnesses = 0
  for (let tx = 0; tx < t; tx++) witnesses |= (flags[tx] as number) & TX_WITNESS
  if (witnesses === 0) return
  const { bytes } = cursor
  const commitment = commitmentOf(block)
  if (commitment === null) throw bad(cursor, 'transactions have witnesses, and the coinbase commits to none')
  const reserved = reservedValue(cursor, block, scratch)
  if (wtxids.length < 32 * t) wtxids = new Uint8Array(32 * t)
  // The coinbase holds the commitment and cannot commit to itself: its wtxid counts as zero.
  wtxids.fill(0, 0, 32)
  for (let tx = 1; tx < t; tx++) {
    if (((flags[tx] as number) & TX_WITNESS) !== 0) {
      sha256d.whole(bytes, scratch.txStart[tx] as number, scratch.txEnd[tx] as number, wtxids, 32 * tx)
    } else {
      for (let i = 32 * tx; i < 32 * tx + 32; i++) wtxids[i] = block.txid[i] as number
    }
  }
  const pair = new Uint8Array(64)
  pair.set(merkleTree(wtxids.subarray(0, 32 * t)).root)
  pair.set(bytes.subarray(reserved, reserved + 32), 32)
  const actual = new Uint8Array(32)
  sha256d.pairs(pair, 1, actual)
  for (let i = 0; i < 32; i++) {
    if (actual[i] !== bytes[commitment + i]) throw bad(cursor, 'the witnesses are not those that the coinbase commits to')
  }
}

/** Where the committed hash is in the block's bytes; of several such outputs the last counts. */
function commitmentOf(block: BitcoinBlock): number | null {
  const { bytes, start, end } = block.script
  for (let output = (block.outStart[1] as number) - 1; output >= 0; output--) {
    const at = start[output] as number
    if ((end[output] as number) - at >= COMMITMENT_BYTES && COMMITMENT.every((byte, i) => bytes[at + i] === byte))
      return at + COMMITMENT.length
  }
  return null
}

/** Where the coinbase's reserved value is: its witness is one item of 32 bytes. */
function reservedValue(cursor: Cursor, block: BitcoinBlock, scratch: Scratch): number {
  const at = scratch.bodyEnd[0] as number
  const { bytes } = cursor
  const flags = block.flags[0] as number
  const right = (flags & TX_COINBASE) !== 0 && (flags & TX_WITNESS) !== 0 && bytes[at] === 1 && bytes[at + 1] === 32
  if (!right) throw bad(cursor, "the coinbase's witness is not the one value of 32 bytes that it must be")
  return at + 2
}

function bad(cursor: Cursor, what: string) {
  return cursor.bad(what, 0, 'bitcoin/bad-witness-commitment')
}
