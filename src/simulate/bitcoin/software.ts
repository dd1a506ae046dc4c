import type { ScriptType } from '../../chain/index.ts'
import type { Random } from '../random.ts'

/** The habits of a wallet's software: what its transactions look like whoever uses it. */
export interface Software {
  readonly name: string
  readonly version: 1 | 2
  /** `tip`: the height of the newest block, against fee sniping, now and then one a little older. */
  readonly lockTime: 'zero' | 'tip'
  readonly sequence: number
  /** Of receiving and change addresses. */
  readonly type: ScriptType
  /** Where change stands among the outputs; `sorted` is BIP 69. */
  readonly change: 'random' | 'last' | 'first' | 'sorted'
  /** Of a thousand times that it needs an address, how often it takes one that it has used before. */
  readonly reuse: number
  /** Of a thousand people, how many use it. */
  readonly weight: number
}

export const FINAL = 0xffff_ffff
export const LOCKABLE = 0xffff_fffe
export const REPLACEABLE = 0xffff_fffd

/** Modelled on habits that fingerprinting studies report of real wallets (Kappos et al. 2022, section 4); the names are made up. */
export const SOFTWARE: readonly Software[] = [
  { name: 'node', version: 2, lockTime: 'tip', sequence: REPLACEABLE, type: 'p2wpkh', change: 'random', reuse: 10, weight: 170 },
  { name: 'desktop', version: 2, lockTime: 'tip', sequence: REPLACEABLE, type: 'p2wpkh', change: 'sorted', reuse: 30, weight: 190 },
  { name: 'privacy', version: 1, lockTime: 'zero', sequence: FINAL, type: 'p2wpkh', change: 'random', reuse: 0, weight: 180 },
  { name: 'phone', version: 2, lockTime: 'zero', sequence: REPLACEABLE, type: 'p2wpkh', change: 'last', reuse: 20, weight: 130 },
  { name: 'legacy', version: 1, lockTime: 'zero', sequence: FINAL, type: 'p2pkh', change: 'random', reuse: 120, weight: 110 },
  { name: 'nested', version: 1, lockTime: 'zero', sequence: FINAL, type: 'p2sh', change: 'last', reuse: 60, weight: 90 },
  { name: 'taproot', version: 2, lockTime: 'tip', sequence: REPLACEABLE, type: 'p2tr', change: 'random', reuse: 10, weight: 80 },
  { name: 'shared', version: 1, lockTime: 'zero', sequence: LOCKABLE, type: 'p2wsh', change: 'first', reuse: 150, weight: 30 },
  { name: 'ancient', version: 1, lockTime: 'zero', sequence: FINAL, type: 'p2pk', change: 'last', reuse: 700, weight: 10 },
  { name: 'bare', version: 1, lockTime: 'zero', sequence: FINAL, type: 'multisig', change: 'last', reuse: 400, weight: 10 },
]

/** What companies run. */
export const SERVICE: Software = { ...SOFTWARE[3]!, name: 'service', change: 'last', reuse: 1_000 }
export const VAULT: Software = { ...SERVICE, name: 'vault', version: 1, sequence: FINAL }
export const COLD: Software = { ...SOFTWARE[7]!, name: 'cold', reuse: 1_000 }

/** What launderers use, by turn: one fingerprint for all of a theft. CoinJoins take none but P2WPKH coins. */
export const LAUNDERING: readonly Software[] = [
  { ...SOFTWARE[0]!, name: 'launderer a', reuse: 0 },
  { ...SOFTWARE[3]!, name: 'launderer b', version: 1, change: 'last', reuse: 0 },
  { ...SOFTWARE[4]!, name: 'launderer c', lockTime: 'tip', sequence: LOCKABLE, reuse: 0 },
  { ...SOFTWARE[1]!, name: 'launderer d', change: 'first', reuse: 0 },
  { ...SOFTWARE[6]!, name: 'launderer e', reuse: 0 },
]

export function drawSoftware(random: Random): Software {
  let left = random.below(1_000)
  for (const each of SOFTWARE) {
    left -= each.weight
    if (left < 0) return each
  }
  return SOFTWARE[0]!
}
