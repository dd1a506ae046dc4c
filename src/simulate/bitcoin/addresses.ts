import { SCRIPT_TYPES, type ScriptType } from '../../chain/index.ts'
import { compressed, createKeys, uncompressed, xOnly } from './keys.ts'
import { sha256 } from './wire/hash.ts'

/** Number of an address, in the order in which they are given out. */
export type AddressNumber = number

const code = (type: ScriptType) => SCRIPT_TYPES.indexOf(type)
const KEYED = new Set([code('p2pk'), code('p2tr'), code('multisig')])

/** Every address of a world: its kind, whose it is, its locking script. */
export interface Addresses {
  readonly length: number
  /** @param wallet number of the wallet that it belongs to */
  add(type: ScriptType, wallet: number): AddressNumber
  /** Code of its script type: index into SCRIPT_TYPES. */
  type(address: AddressNumber): number
  wallet(address: AddressNumber): number
  script(address: AddressNumber): Uint8Array
}

/** Hashes in scripts come from (seed, number) and are made anew when they are asked for; scripts that bear public keys are kept. */
export function createAddresses(seed: string): Addresses {
  const nextKey = createKeys(seed)
  const preimage = Buffer.concat([sha256(Buffer.from(`${seed}:addresses`)), Buffer.alloc(4)])
  const kept = new Map<AddressNumber, Uint8Array>()
  let types = new Uint8Array(1 << 12)
  let wallets = new Uint32Array(1 << 12)
  let length = 0

  return {
    get length() {
      return length
    },
    add(type, wallet) {
      if (length === types.length) {
        types = wider(types, new Uint8Array(length * 2))
        wallets = wider(wallets, new Uint32Array(length * 2))
      }
      types[length] = code(type)
      wallets[length] = wallet
      if (type === 'p2tr') kept.set(length, Buffer.concat([Buffer.of(0x51, 32), xOnly(nextKey())]))
      if (type === 'p2pk') {
        const key = nextKey()
        const bytes = length % 2 === 0 ? uncompressed(key) : compressed(key)
        kept.set(length, Buffer.concat([Buffer.of(bytes.length), bytes, Buffer.of(0xac)]))
      }
      if (type === 'multisig') {
        const keys = [nextKey(), nextKey()].flatMap((key) => [Buffer.of(33), compressed(key)])
        kept.set(length, Buffer.concat([Buffer.of(0x51), ...keys, Buffer.of(0x52, 0xae)]))
      }
      return length++
    },
    type: (address) => types[address]!,
    wallet: (address) => wallets[address]!,
    script(address) {
      const type = types[address]!
      if (KEYED.has(type)) return kept.get(address)!
      preimage.writeUInt32LE(address, 32)
      return hashScript(SCRIPT_TYPES[type]!, sha256(preimage))
    },
  }
}

function hashScript(type: ScriptType, hash: Uint8Array): Uint8Array {
  const short = hash.subarray(0, 20)
  if (type === 'p2pkh') return Buffer.concat([Buffer.of(0x76, 0xa9, 20), short, Buffer.of(0x88, 0xac)])
  if (type === 'p2sh') return Buffer.concat([Buffer.of(0xa9, 20), short, Buffer.of(0x87)])
  if (type === 'p2wpkh') return Buffer.concat([Buffer.of(0, 20), short])
  return Buffer.concat([Buffer.of(0, 32), hash])
}

function wider<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
