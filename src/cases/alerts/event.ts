import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId, ChainId } from '../../chain/index.ts'
import type { AccountName } from './account.ts'

/** Something that happened and that a rule may be about. The id is of the fact: the same fact has the same id whenever and however often it is found. */
export type AlertEvent = MovementEvent | TraceEvent | ListEvent | FreezeClockEvent | CaseEvent

type Fact = {
  readonly id: string
  /** When it happened, ISO 8601 UTC. */
  readonly at: string
}

export type EntityRef = { readonly id: string; readonly label: string; readonly kind: EntityKind }

/** Base units as a decimal integer. */
export type AssetAmount = { readonly asset: AssetId; readonly amount: string }

/** Value went out of an account or came into it. A transfer between two accounts that are looked at is two events, one of each. */
export type MovementEvent = Fact &
  AssetAmount & {
    readonly kind: 'movement'
    readonly chain: ChainId
    readonly transaction: string
    /** False where the ledger has no times and `at` is when it was read. */
    readonly timed: boolean
    readonly account: AccountName
    /** Who is behind the account. */
    readonly entity: EntityRef | null
    /** `self`: from the account to itself. */
    readonly direction: 'in' | 'out' | 'self'
    readonly counterparty: { readonly account: AccountName; readonly entity: EntityRef | null }
  }

/** What a trace found beyond what it had found before. */
export type TraceEvent = Fact & {
  readonly kind: 'trace'
  /** Id of the trace. */
  readonly trace: string
  /** `new-endpoint`: value reached an end point where none was. `more-arrived`: more reached a known one. `moved-on`: value left where the trace had ended. */
  readonly change: TraceChange
  readonly account: AccountName
  readonly entity: EntityRef | null
  readonly amounts: readonly AssetAmount[]
}

export type TraceChange = 'new-endpoint' | 'more-arrived' | 'moved-on'

/** An entry of a sanctions list changed from one version to the next. */
export type ListEvent = Fact & {
  readonly kind: 'list'
  readonly list: string
  readonly version: string
  readonly change: ListChange
  readonly entry: string
  /** Every name and wallet address that the entry has now or had before. */
  readonly names: readonly string[]
  readonly wallets: readonly string[]
}

export type ListChange = 'added' | 'removed' | 'changed'

/** The window in which an exchange should have answered a freeze request has passed. */
export type FreezeClockEvent = Fact & {
  readonly kind: 'freeze-clock'
  /** Organisation whose request it is. */
  readonly owner: string
  readonly request: string
  readonly exchange: string
  readonly overdueSeconds: number
}

export type CaseEvent = Fact & {
  readonly kind: 'case'
  /** Organisation whose case it is. */
  readonly owner: string
  readonly case: string
  /** In dotted words, e.g. `status.closed`, `assignee.added`. */
  readonly change: string
}
