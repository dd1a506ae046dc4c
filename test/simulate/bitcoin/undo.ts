/** A coin out of undo data, written against the description of Bitcoin Core's format and not against what writes it here. */
export interface UndoCoin {
  readonly value: number
  readonly script: string
  readonly height: number
  readonly coinbase: boolean
}

const P = 2n ** 256n - 2n ** 32n - 977n

/** Reads a CBlockUndo: by transaction, by input. Throws where bytes are left over. */
export function readUndo(bytes: Buffer): UndoCoin[][] {
  let at = 0
  const u8 = () => bytes.readUInt8(at++)
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const compactSize = () => {
    const first = u8()
    if (first < 0xfd) return first
    return first === 0xfd ? take(2).readUInt16LE() : take(4).readUInt32LE()
  }
  const varInt = () => {
    for (let n = 0n; ; ) {
      const digit = u8()
      n = n * 128n + BigInt(digit & 0x7f)
      if (digit < 0x80) return n
      n += 1n
    }
  }
  const coin = (): UndoCoin => {
    const code = Number(varInt())
    if (code > 1) varInt()
    return { height: code >> 1, coinbase: (code & 1) === 1, value: Number(amount(varInt())), script: script() }
  }
  const script = () => {
    const kind = Number(varInt())
    if (kind === 0) return `76a914${take(20).toString('hex')}88ac`
    if (kind === 1) return `a914${take(20).toString('hex')}87`
    if (kind === 2 || kind === 3) return `210${kind}${take(32).toString('hex')}ac`
    if (kind === 4 || kind === 5) {
      const x = take(32).toString('hex')
      return `4104${x}${onCurve(BigInt(`0x${x}`), BigInt(kind - 4))
        .toString(16)
        .padStart(64, '0')}ac`
    }
    return take(kind - 6).toString('hex')
  }
  const transactions = Array.from({ length: compactSize() }, () => Array.from({ length: compactSize() }, coin))
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes are left over`)
  return transactions
}

/** DecompressAmount of `compressor.cpp`. */
export function amount(packed: bigint): bigint {
  if (packed === 0n) return 0n
  packed -= 1n
  const exponent = packed % 10n
  packed /= 10n
  const value = exponent < 9n ? (packed / 9n) * 10n + (packed % 9n) + 1n : packed + 1n
  return value * 10n ** exponent
}

/** The y of secp256k1 with the parity given; throws where x is no point's. */
export function onCurve(x: bigint, parity: bigint): bigint {
  const square = (x ** 3n + 7n) % P
  const y = power(square, (P + 1n) / 4n)
  if ((y * y) % P !== square) throw new Error('not a point of the curve')
  return (y & 1n) === parity ? y : P - y
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P
    base = (base * base) % P
  }
  return result
}
