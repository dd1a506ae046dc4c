import type { SequenceClass } from '../../ledger/index.ts'
import type { TransactionShape } from './shape.ts'

/**
 * Habits of the software that made a transaction, as far as they show on chain. Transactions of one wallet share them until it is changed or updated (Kappos,
 * Yousaf, Stütz, Rollet, Haslhofer, Meiklejohn, "How to Peel a Million", USENIX Security 2022).
 */
export interface Fingerprint {
  readonly version: number
  readonly lockTime: LockTimeHabit
  readonly witness: boolean
  readonly sequence: SequenceClass
  /** Script types of what it spends, each once, in alphabetical order and joined by `+`; null where one is not known. */
  readonly inputScripts: string | null
}

/** Bitcoin Core, Electrum and others set the lock time to a recent height against fee sniping; most others leave it at zero. */
export type LockTimeHabit = 'none' | 'height' | 'time'

/** BIP 65 and consensus rules: lock times from here on are Unix seconds, below they are heights. */
const LOCK_TIME_THRESHOLD = 500_000_000

export function lockTimeHabit(lockTime: number): LockTimeHabit {
  if (lockTime === 0) return 'none'
  return lockTime < LOCK_TIME_THRESHOLD ? 'height' : 'time'
}

export function fingerprintOf(tx: TransactionShape): Fingerprint {
  return {
    version: tx.version,
    lockTime: lockTimeHabit(tx.lockTime),
    witness: tx.witness,
    sequence: tx.sequence,
    inputScripts: scriptsOf(tx),
  }
}

function scriptsOf(tx: TransactionShape): string | null {
  const types = new Set<string>()
  for (const { script } of tx.inputs) {
    if (script === null) return null
    types.add(script)
  }
  return [...types].sort().join('+')
}

export type Trait = keyof Fingerprint

/** Traits in which two fingerprints differ, in the order of `traits`. A trait that is not known of one of them does not differ. */
export function differences(a: Fingerprint, b: Fingerprint, traits: readonly Trait[]): Trait[] {
  return traits.filter((trait) => a[trait] !== b[trait] && a[trait] !== null && b[trait] !== null)
}

/** One trait in words, e.g. `version 2`. */
export function traitInWords(fingerprint: Fingerprint, trait: Trait): string {
  switch (trait) {
    case 'version':
      return `version ${fingerprint.version}`
    case 'lockTime':
      return fingerprint.lockTime === 'none' ? 'no lock time' : `a lock time by ${fingerprint.lockTime}`
    case 'witness':
      return fingerprint.witness ? 'SegWit' : 'no SegWit'
    case 'sequence':
      return `sequence numbers "${fingerprint.sequence}"`
    case 'inputScripts':
      return `inputs of type ${fingerprint.inputScripts ?? 'unknown'}`
  }
}
