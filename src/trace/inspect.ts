import type { TagStore } from '../attribution/index.ts'
import type { AccountId, Ledger, Row } from '../ledger/index.ts'
import type { LookAlike, TraceParameters } from './document.ts'
import type { History } from './history.ts'
import type { Judge } from './judge.ts'

export interface InspectorOptions {
  readonly ledger: Ledger
  readonly tags: TagStore
  readonly parameters: TraceParameters
  readonly judge: Judge
  readonly leftOut: Set<Row>
  readonly lookAlikes: Map<string, LookAlike>
}

export class Inspector {
  readonly #o: InspectorOptions
  readonly #seen = new Set<AccountId>()

  constructor(options: InspectorOptions) {
    this.#o = options
  }

  async inspect(account: AccountId, _history: History, _isOpened: (account: AccountId) => boolean): Promise<void> {
    if (this.#seen.has(account)) return
    this.#seen.add(account)
    void this.#o
  }
}
