import { pubECDSA } from '@scure/btc-signer/utils.js'
import { sha256 } from './wire/hash.ts'

/** A point of secp256k1. */
export interface PublicKey {
  readonly x: bigint
  readonly y: bigint
}

const P = 2n ** 256n - 2n ** 32n - 977n
const BATCH = 256

const mod = (value: bigint) => {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

/**
 * Public keys that are points of the curve, as readers of P2TR outputs and of undo data for P2PK may check. Each batch is one point added to a fixed table, with one inversion for
 * all (Montgomery's trick): far faster than a multiplication for each. The keys are neighbours and guard nothing.
 */
export function createKeys(seed: string): () => PublicKey {
  const table: PublicKey[] = []
  let base = point(`${seed}:keys`)
  const step = point(`${seed}:step`)
  for (let k = 0; k < BATCH; k++) table.push(k === 0 ? step : addAll(table[k - 1]!, [generator])[0]!)
  let ready: PublicKey[] = []
  return () => {
    if (ready.length === 0) {
      ready = addAll(base, table)
      base = ready[0]!
    }
    return ready.pop()!
  }
}

/** 33 bytes: the parity of y, and x. */
export function compressed(key: PublicKey): Buffer {
  return Buffer.concat([Buffer.of(key.y & 1n ? 3 : 2), bytesOf(key.x)])
}

/** 65 bytes. */
export function uncompressed(key: PublicKey): Buffer {
  return Buffer.concat([Buffer.of(4), bytesOf(key.x), bytesOf(key.y)])
}

/** x alone, as BIP 340 has it. */
export function xOnly(key: PublicKey): Buffer {
  return bytesOf(key.x)
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
}

function point(seed: string): PublicKey {
  return parse(pubECDSA(sha256(Buffer.from(seed)), false))
}

const generator = parse(pubECDSA(Buffer.from('1'.padStart(64, '0'), 'hex'), false))

function parse(bytes: Uint8Array): PublicKey {
  const hex = Buffer.from(bytes).toString('hex')
  return { x: BigInt(`0x${hex.slice(2, 66)}`), y: BigInt(`0x${hex.slice(66)}`) }
}

/** Sums of one point with each of others, none of which is the point itself or its negative. */
function addAll(to: PublicKey, others: readonly PublicKey[]): PublicKey[] {
  const products = [1n]
  for (const other of others) products.push(mod(products[products.length - 1]! * mod(other.x - to.x)))
  let inverse = invert(products[others.length]!)
  const sums: PublicKey[] = new Array(others.length)
  for (let k = others.length - 1; k >= 0; k--) {
    const other = others[k]!
    const run = mod(other.x - to.x)
    const slope = mod(mod(other.y - to.y) * mod(inverse * products[k]!))
    inverse = mod(inverse * run)
    const x = mod(slope * slope - to.x - other.x)
    sums[k] = { x, y: mod(slope * (to.x - x) - to.y) }
  }
  return sums
}

/** Extended Euclid. */
function invert(value: bigint): bigint {
  let [a, b] = [value, P]
  let [u, v] = [1n, 0n]
  while (a !== 1n) {
    const quotient = b / a
    ;[a, b] = [b - quotient * a, a]
    ;[u, v] = [v - quotient * u, u]
    if (a === 0n) throw new Error('the point is its own neighbour')
  }
  return mod(u)
}
