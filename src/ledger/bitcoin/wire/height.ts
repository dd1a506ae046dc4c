import type { BitcoinNetwork } from '../../../chain/index.ts'
import { HEADER_BYTES } from './header.ts'

/** A coinbase's script has at most 100 bytes; with what is before it in a block, this many bytes hold all of it. */
export const COINBASE_HEAD_BYTES = HEADER_BYTES + 9 + 4 + 2 + 1 + 36 + 1 + 100

/** When the genesis block of the main network was made, and the seconds that a block takes on average. */
const MAIN_BEGIN = 1_231_006_505
const SPACING = 600
/** The main chain was at most a fourteenth ahead of its schedule, in 2014, when its work grew fastest. */
const AHEAD = 1.2

/**
 * Height that a block's coinbase begins with (BIP 34), or null where it need not: in version 1 blocks and below the network's height for it. Blocks from before that begin
 * with anything; the few of the main network that begin with a height of years later are known by their time.
 */
export function coinbaseHeight(bytes: Uint8Array, network: BitcoinNetwork): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < COINBASE_HEAD_BYTES - 100 || view.getInt32(0, true) < 2) return null
  const mark = bytes[HEADER_BYTES] as number
  let at = HEADER_BYTES + (mark < 0xfd ? 1 : mark === 0xfd ? 3 : mark === 0xfe ? 5 : 9) + 4
  if (bytes[at] === 0) at += 2
  const height = pushedNumber(bytes, at + 1 + 36 + 1)
  if (height === null || height < network.bip34) return null
  if (network.name === 'main' && height * SPACING > AHEAD * (view.getUint32(68, true) - MAIN_BEGIN)) return null
  return height
}

/** The number that a script begins with, in the shortest form: OP_1 to OP_16, else a push of up to four bytes, least first. */
function pushedNumber(bytes: Uint8Array, at: number): number | null {
  const code = bytes[at]
  if (code === undefined) return null
  if (code >= 0x51 && code <= 0x60) return code - 0x50
  if (code < 1 || code > 4 || at + code >= bytes.length) return null
  let number = 0
  for (let i = code; i >= 1; i--) number = number * 256 + (bytes[at + i] as number)
  const negative = ((bytes[at + code] as number) & 0x80) !== 0
  return negative ? null : number
}
