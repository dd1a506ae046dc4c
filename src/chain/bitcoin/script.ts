import { sha256 } from '@noble/hashes/sha2.js'
import { SCRIPT_TYPES, type ScriptType } from './script-type.ts'

const code = (type: ScriptType): number => SCRIPT_TYPES.indexOf(type)
const P2PK = code('p2pk')
const P2PKH = code('p2pkh')
const P2SH = code('p2sh')
const MULTISIG = code('multisig')
const P2WPKH = code('p2wpkh')
const P2WSH = code('p2wsh')
const P2TR = code('p2tr')
const WITNESS = code('witness')
const DATA = code('data')
const OTHER = code('other')

/**
 * Code (index into SCRIPT_TYPES) of the locking script that lies in `bytes` from `start` to `end` (exclusive). Templates as Bitcoin Core's `Solver` has them (`script/solver.cpp`),
 * but that all scripts which begin with OP_RETURN are data: nobody can spend them.
 */
export function scriptTypeOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length === 0) return OTHER
  const first = bytes[start] as number
  if (first === 0x76) return length === 25 && isP2pkh(bytes, start) ? P2PKH : OTHER
  if (first === 0xa9) return length === 23 && bytes[start + 1] === 0x14 && bytes[end - 1] === 0x87 ? P2SH : OTHER
  if (first === 0x6a) return DATA
  if (first === 0x00 || (first >= 0x51 && first <= 0x60)) {
    const program = length - 2
    if (program >= 2 && program <= 40 && bytes[start + 1] === program) {
      if (first === 0x00) return program === 20 ? P2WPKH : program === 32 ? P2WSH : OTHER
      return first === 0x51 && program === 32 ? P2TR : WITNESS
    }
    return bytes[end - 1] === 0xae && isMultisig(bytes, start, end) ? MULTISIG : OTHER
  }
  if (first === 0x21 || first === 0x41) {
    return length === first + 2 && bytes[end - 1] === 0xac && isPublicKey(bytes, start + 1, first) ? P2PK : OTHER
  }
  return OTHER
}

function isP2pkh(bytes: Uint8Array, start: number): boolean {
  return bytes[start + 1] === 0xa9 && bytes[start + 2] === 0x14 && bytes[start + 23] === 0x88 && bytes[start + 24] === 0xac
}

function isPublicKey(bytes: Uint8Array, at: number, length: number): boolean {
  const prefix = bytes[at]
  return length === 33 ? prefix === 2 || prefix === 3 : length === 65 && (prefix === 4 || prefix === 6 || prefix === 7)
}

/** OP_m, up to 16 keys, OP_n, OP_CHECKMULTISIG, with 1 <= m <= n. */
function isMultisig(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 3) return false
  const required = (bytes[start] as number) - 0x50
  const keys = (bytes[end - 2] as number) - 0x50
  if (required < 1 || keys < required || keys > 16) return false
  let at = start + 1
  for (let k = 0; k < keys; k++) {
    const length = bytes[at] as number
    if ((length !== 33 && length !== 65) || at + 1 + length > end - 2 || !isPublicKey(bytes, at + 1, length)) return false
    at += 1 + length
  }
  return at === end - 2
}

/** Where the hash or program that identifies a script lies: bytes to skip at its front, and how many count; null where the whole script counts. */
const PAYLOADS: readonly (readonly [skip: number, length: number] | null)[] = SCRIPT_TYPES.map((type) =>
  type === 'p2pkh' ? [3, 20] : type === 'p2sh' || type === 'p2wpkh' ? [2, 20] : type === 'p2wsh' || type === 'p2tr' ? [2, 32] : null,
)

/** Bytes of an account's key in a ledger. */
export const ACCOUNT_KEY_BYTES = 32

/**
 * Writes what tells a locking script from all others of its type into `target` at `at`, 32 bytes: its hash or witness program, followed by zeros; of scripts without one (P2PK, bare multisig, others) the SHA-256 of the script.
 * Together with the type it is an account's key.
 */
export function writeAccountKey(type: number, bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): void {
  const payload = PAYLOADS[type]
  if (payload === null || payload === undefined) {
    target.set(sha256(bytes.subarray(start, end)), at)
    return
  }
  const [skip, length] = payload
  for (let k = 0; k < length; k++) target[at + k] = bytes[start + skip + k] as number
  if (length < ACCOUNT_KEY_BYTES) target.fill(0, at + length, at + ACCOUNT_KEY_BYTES)
}

/** The locking script that a key stands for, or null where the key is only its hash. */
export function scriptOfKey(type: number, key: Uint8Array): Uint8Array | null {
  if (type === P2PKH) return Uint8Array.of(0x76, 0xa9, 0x14, ...key.subarray(0, 20), 0x88, 0xac)
  if (type === P2SH) return Uint8Array.of(0xa9, 0x14, ...key.subarray(0, 20), 0x87)
  if (type === P2WPKH) return Uint8Array.of(0x00, 0x14, ...key.subarray(0, 20))
  if (type === P2WSH) return Uint8Array.of(0x00, 0x20, ...key)
  if (type === P2TR) return Uint8Array.of(0x51, 0x20, ...key)
  return null
}
