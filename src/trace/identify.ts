import { type Entity, standing, type TagStore } from '../attribution/index.ts'
import type { AccountId, Ledger } from '../ledger/index.ts'
import type { NotFollowedReason, TraceParameters } from './document.ts'

/** What a trace knows of an account. */
export interface Known {
  /** Canonical name. */
  readonly address: string
  /** Transfers in and out together. */
  readonly degree: number
  readonly entity: Entity | null
  /** Why nothing is followed into the account, whoever it is; null where it may be opened. */
  readonly closed: NotFollowedReason | null
}

/** Finds out who accounts are, many at a time. */
export type Identify = (accounts: readonly AccountId[]) => Promise<readonly Known[]>

/** On an account chain: tags first, then how busy the account is. */
export function identifyAccounts(ledger: Ledger, tags: TagStore, parameters: TraceParameters): Identify {
  return async (accounts) => {
    const [addresses, degrees] = await Promise.all([ledger.addresses(accounts), ledger.degrees(accounts)])
    return addresses.map((address, i) => {
      const both = { out: degrees.out[i] as number, in: degrees.in[i] as number }
      return { address, degree: both.out + both.in, entity: standing(address, tags.entityOf(address), both, parameters), closed: null }
    })
  }
}
