import {
  addressScript,
  type BitcoinNetwork,
  CordonError,
  SCRIPT_TYPES,
  type ScriptType,
  scriptName,
  scriptTypeOf,
} from '../../../chain/index.ts'
import type { AccountId } from '../../ledger.ts'
import { pseudoName } from '../pseudo.ts'
import { scriptHashOf } from './stripped.ts'

/** Accounts (locking scripts) as they come up, numbered from 0 by first sight. */
export class Accounts {
  readonly #network: BitcoinNetwork
  readonly #scripts: Uint8Array[] = []
  readonly #hashes: string[] = []
  readonly #numbers = new Map<string, AccountId>()

  constructor(network: BitcoinNetwork) {
    this.#network = network
  }

  get size(): number {
    return this.#scripts.length
  }

  /** Number of a script's account; null for data, which is nobody's. */
  number(script: Uint8Array): AccountId | null {
    if (typeOf(script) === 'data') return null
    const hash = scriptHashOf(script)
    const known = this.#numbers.get(hash)
    if (known !== undefined) return known
    const number = this.#scripts.push(script) - 1
    this.#hashes.push(hash)
    this.#numbers.set(hash, number)
    return number
  }

  /** Number of the account whose script has this SHA-256, if it has come up. */
  known(scriptHash: string): AccountId | null {
    return this.#numbers.get(scriptHash) ?? null
  }

  name(account: AccountId): string {
    return pseudoName(account) ?? scriptName(this.#script(account), this.#network)
  }

  /** SHA-256 of the account's script. */
  hash(account: AccountId): string {
    this.#script(account)
    return this.#hashes[account] as string
  }

  /** SHA-256 of the script that a name stands for (and the script, where the name is an address); null where it names nothing on this network. */
  read(name: string): { readonly hash: string; readonly script: Uint8Array | null } | null {
    const [, hash] = /^scripthash:([0-9a-f]{64})$/.exec(name) ?? []
    if (hash !== undefined) return { hash, script: null }
    const script = addressScript(name, this.#network)
    return script === null ? null : { hash: scriptHashOf(script), script }
  }

  #script(account: AccountId): Uint8Array {
    const script = this.#scripts[account]
    if (script === undefined) throw new CordonError('ledger/unknown-account', `the ledger has not given out an account number ${account}`)
    return script
  }
}

export function typeOf(script: Uint8Array): ScriptType {
  return SCRIPT_TYPES[scriptTypeOf(script, 0, script.length)] as ScriptType
}
