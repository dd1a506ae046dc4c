import { SCRIPT_TYPES, type ScriptType } from '../../chain/index.ts'
import { createRandom } from '../random.ts'

/** What an input shows to spend an output. */
export interface Unlocking {
  readonly scriptSig: Uint8Array
  readonly witness: readonly Uint8Array[]
}

const EMPTY = Buffer.alloc(0)
const VARIANTS = 64

/** Shapes of locking scripts, by their length in bytes. */
const OUTPUT_BYTES: Readonly<Partial<Record<ScriptType, number>>> = {
  p2pk: 67,
  p2pkh: 25,
  p2sh: 23,
  multisig: 71,
  p2wpkh: 22,
  p2wsh: 34,
  p2tr: 34,
}

/** What spends them: bytes of the script, and of the witness with its lengths. */
const INPUT_BYTES: Readonly<Partial<Record<ScriptType, readonly [script: number, witness: number]>>> = {
  p2pk: [72, 0],
  p2pkh: [106, 0],
  p2sh: [23, 107],
  multisig: [73, 0],
  p2wpkh: [0, 107],
  p2wsh: [0, 253],
  p2tr: [0, 66],
}

/**
 * Signatures and keys of the right shape and size that sign nothing: DER or Schnorr signatures, nested P2WPKH inside P2SH, one key of two in a bare multisig, two keys of three in P2WSH.
 *
 * @returns by code of the script type
 */
export function createUnlocking(seed: string): (type: number) => Unlocking {
  const random = createRandom(`${seed}:unlocking`)
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => random.below(256)))
  const positive = () => Buffer.concat([Buffer.of(1 + random.below(127)), bytes(31)])
  const signature = () => Buffer.concat([Buffer.from('30440220', 'hex'), positive(), Buffer.of(2, 32), positive(), Buffer.of(1)])
  const key = () => Buffer.concat([Buffer.of(2 + random.below(2)), bytes(32)])
  const push = (part: Buffer) => Buffer.concat([Buffer.of(part.length), part])
  const redeem = () => Buffer.concat([Buffer.of(0x52), ...[0, 1, 2].flatMap(() => [Buffer.of(33), key()]), Buffer.of(0x53, 0xae)])

  const make: Readonly<Partial<Record<ScriptType, () => Unlocking>>> = {
    p2pk: () => ({ scriptSig: push(signature()), witness: [] }),
    p2pkh: () => ({ scriptSig: Buffer.concat([push(signature()), push(key())]), witness: [] }),
    p2sh: () => ({ scriptSig: Buffer.concat([Buffer.of(22, 0, 20), bytes(20)]), witness: [signature(), key()] }),
    multisig: () => ({ scriptSig: Buffer.concat([Buffer.of(0), push(signature())]), witness: [] }),
    p2wpkh: () => ({ scriptSig: EMPTY, witness: [signature(), key()] }),
    p2wsh: () => ({ scriptSig: EMPTY, witness: [EMPTY, signature(), signature(), redeem()] }),
    p2tr: () => ({ scriptSig: EMPTY, witness: [bytes(64)] }),
  }
  const pools = SCRIPT_TYPES.map((type) => {
    const one = make[type]
    return one === undefined ? [] : Array.from({ length: VARIANTS }, one)
  })
  let turn = 0
  return (type) => {
    const found = pools[type]![turn++ % VARIANTS]
    if (found === undefined) throw new Error(`nobody spends a script of type ${SCRIPT_TYPES[type]}`)
    return found
  }
}

/** Virtual bytes of an input of a script type (BIP 141), rounded up. */
export function inputSize(type: number): number {
  const [script, witness] = INPUT_BYTES[SCRIPT_TYPES[type]!] ?? [0, 0]
  return 41 + script + Math.ceil((witness + 1) / 4)
}

/** Bytes of an output that pays to a script type. */
export function outputSize(type: number): number {
  return 9 + (OUTPUT_BYTES[SCRIPT_TYPES[type]!] ?? 0)
}

/** Virtual bytes of what stands around inputs and outputs. */
export const FRAME_SIZE = 11
