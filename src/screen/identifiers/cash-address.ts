/** What a CashAddr says: the hash of a key or of a script. */
export interface CashHash {
  readonly script: boolean
  /** 20 bytes; the longer hashes of the specification are not in use. */
  readonly hash: Uint8Array
}

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const PREFIX = 'bitcoincash'
const GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n]

/** The checksum's BCH code over 5-bit symbols (CashAddr specification, "Checksum"). */
function polymod(symbols: readonly number[]): bigint {
  let c = 1n
  for (const symbol of symbols) {
    const top = c >> 35n
    c = ((c & 0x07ffffffffn) << 5n) ^ BigInt(symbol)
    for (let k = 0; k < 5; k++) if ((top >> BigInt(k)) & 1n) c ^= GENERATORS[k] as bigint
  }
  return c ^ 1n
}

const PREFIX_SYMBOLS = [...[...PREFIX].map((letter) => letter.charCodeAt(0) & 31), 0]

/** Reads a CashAddr of Bitcoin Cash's main network in lower case and without its prefix, as OFAC writes it; null where the checksum or the form is wrong. */
export function decodeCashAddress(text: string): CashHash | null {
  if (text.length !== 42) return null
  const symbols = [...text].map((letter) => CHARSET.indexOf(letter))
  if (symbols.includes(-1) || polymod([...PREFIX_SYMBOLS, ...symbols]) !== 0n) return null
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const symbol of symbols.slice(0, -8)) {
    held = (held << 5) | symbol
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
      held &= (1 << bits) - 1
    }
  }
  const version = bytes[0]
  // Types 0 and 2 pay to a key, 1 and 3 to a script; 2 and 3 only add that the receiver can hold tokens (CHIP-2022-02). The low bits say 20 bytes.
  if (held !== 0 || bytes.length !== 21 || version === undefined || version > 24 || (version & 7) !== 0) return null
  return { script: ((version >> 3) & 1) === 1, hash: Uint8Array.from(bytes.slice(1)) }
}

/** Every CashAddr of a hash, without prefix: the plain one, then that for tokens. */
export function cashAddresses({ script, hash }: CashHash): readonly [plain: string, tokens: string] {
  const type = script ? 1 : 0
  return [encode(type, hash), encode(type + 2, hash)]
}

function encode(type: number, hash: Uint8Array): string {
  const symbols: number[] = []
  let bits = 0
  let held = 0
  for (const byte of [type << 3, ...hash]) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      symbols.push((held >> bits) & 31)
      held &= (1 << bits) - 1
    }
  }
  if (bits > 0) symbols.push((held << (5 - bits)) & 31)
  const check = polymod([...PREFIX_SYMBOLS, ...symbols, 0, 0, 0, 0, 0, 0, 0, 0])
  for (let k = 7; k >= 0; k--) symbols.push(Number((check >> BigInt(5 * k)) & 31n))
  return symbols.map((symbol) => CHARSET[symbol]).join('')
}
