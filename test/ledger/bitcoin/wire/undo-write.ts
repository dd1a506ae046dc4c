import { sha256dOf } from './blocks.ts'

/** A spent output as Bitcoin Core keeps it. */
export interface SpentCoin {
  readonly height: number
  readonly coinbase: boolean
  readonly value: bigint
  readonly script: Uint8Array
}

/** Bitcoin Core, `serialize.h`, `WriteVarInt`. */
export function varint(value: bigint): Buffer {
  const bytes: number[] = []
  for (let n = value; ; n = (n >> 7n) - 1n) {
    bytes.unshift(Number(n & 0x7fn) | (bytes.length > 0 ? 0x80 : 0))
    if (n <= 0x7fn) return Buffer.from(bytes)
  }
}

/** `compressor.cpp`, `CompressAmount`. */
export function compressAmount(value: bigint): bigint {
  if (value === 0n) return 0n
  let n = value
  let zeros = 0n
  while (n % 10n === 0n && zeros < 9n) {
    n /= 10n
    zeros++
  }
  return zeros < 9n ? 1n + ((n / 10n) * 9n + (n % 10n) - 1n) * 10n + zeros : 1n + (n - 1n) * 10n + 9n
}

/** `compressor.cpp`, `CompressScript`; `isPoint` says of an uncompressed key whether it lies on the curve. */
export function compressScript(script: Uint8Array, isPoint: (key: Uint8Array) => boolean): Buffer {
  const text = Buffer.from(script).toString('hex')
  if (/^76a914.{40}88ac$/.test(text)) return Buffer.concat([Buffer.from([0]), script.subarray(3, 23)])
  if (/^a914.{40}87$/.test(text)) return Buffer.concat([Buffer.from([1]), script.subarray(2, 22)])
  if (/^210[23].{64}ac$/.test(text)) return Buffer.from(script.subarray(1, 34))
  if (/^4104.{128}ac$/.test(text) && isPoint(script.subarray(1, 66))) {
    return Buffer.concat([Buffer.from([4 | ((script[65] as number) & 1)]), script.subarray(2, 34)])
  }
  return Buffer.concat([varint(BigInt(script.length + 6)), script])
}

function count(n: number): Buffer {
  return n < 0xfd ? Buffer.from([n]) : Buffer.from([0xfd, n & 255, n >> 8])
}

/** `undo.h`, `CBlockUndo`: the coins that each transaction but the coinbase spends. */
export function writeUndo(transactions: readonly (readonly SpentCoin[])[], isPoint: (key: Uint8Array) => boolean): Buffer {
  return Buffer.concat([
    count(transactions.length),
    ...transactions.flatMap((coins) => [
      count(coins.length),
      ...coins.flatMap((coin) => [
        varint(BigInt(coin.height * 2 + (coin.coinbase ? 1 : 0))),
        ...(coin.height > 0 ? [Buffer.from([0])] : []),
        varint(compressAmount(coin.value)),
        compressScript(coin.script, isPoint),
      ]),
    ]),
  ])
}

/** `node/blockstorage.cpp`, `WriteBlockUndo`: what stands behind the record in a rev*.dat file. */
export function undoChecksum(previous: Uint8Array, undo: Uint8Array): Uint8Array {
  return sha256dOf(previous, undo)
}
