import type { Entity } from '../attribution/index.ts'
import { NULL_ACCOUNT } from '../chain/index.ts'
import type { AccountId } from '../ledger/index.ts'
import type { NotFollowedReason, TraceParameters } from './document.ts'
import type { Identify, Known } from './identify.ts'

/**
 * Who is behind an account, as far as that decides whether a trace stops there: tags first, then behaviour. Answers are read in sets and kept,
 * so that a trace asks the ledger once per account.
 */
export class Judge {
  readonly #identify: Identify
  readonly #parameters: TraceParameters
  readonly #known = new Map<AccountId, Known>()

  constructor(identify: Identify, parameters: TraceParameters) {
    this.#identify = identify
    this.#parameters = parameters
  }

  /** Make the accounts known; those already known cost nothing. */
  async learn(accounts: Iterable<AccountId>): Promise<void> {
    const missing: AccountId[] = []
    for (const account of accounts) if (!this.#known.has(account)) missing.push(account)
    if (missing.length === 0) return
    const found = await this.#identify(missing)
    for (const [i, known] of found.entries()) this.#known.set(missing[i] as AccountId, known)
  }

  /** Whether `learn` has been asked of the account. */
  knows(account: AccountId): boolean {
    return this.#known.has(account)
  }

  of(account: AccountId): Known {
    const known = this.#known.get(account)
    if (known === undefined) throw new RangeError(`account ${account} was not learned`)
    return known
  }

  /** Name an account by evidence found while tracing (a deposit address). */
  name(account: AccountId, entity: Entity): void {
    this.#known.set(account, { ...this.of(account), entity })
  }

  /** The service that the account belongs to, or null when a trace passes through it. */
  service(account: AccountId): Entity | null {
    const { entity } = this.of(account)
    return entity?.service === true ? entity : null
  }

  /** Why nothing is followed into the account, or null. */
  closed(account: AccountId): NotFollowedReason | null {
    return this.of(account).closed
  }

  /** Whether the account can be the other side of a swap: a service, the null account of mints and burns, or one as busy as a pool is. */
  exchangesAssets(account: AccountId): boolean {
    const { address, degree, entity } = this.of(account)
    return entity?.service === true || address === NULL_ACCOUNT || degree >= this.#parameters.poolTransfers
  }
}
