import { CordonError } from '../../chain/index.ts'
import { type AccountName, parseAccount } from './account.ts'
import type { AlertEvent } from './event.ts'

/** What is looked at. */
export type Watched =
  | { readonly kind: 'account'; readonly account: AccountName }
  /** Id of an entity of the tags. */
  | { readonly kind: 'entity'; readonly entity: string }
  | { readonly kind: 'trace'; readonly trace: string }
  | { readonly kind: 'list-entry'; readonly list: string; readonly entry: string }
  /** A name of a person, body or ship on any list. */
  | { readonly kind: 'name'; readonly name: string }

/** The body of a watch. */
export type WatchBody = {
  readonly subject: Watched
  /** Why. */
  readonly note: string
  /** Id of the case that it is for. */
  readonly case: string | null
}

export type StoredWatch = { readonly id: string; readonly owner: string; readonly body: WatchBody }

/** Whether a name on a list may be the one that is watched. */
export type SameName = (watched: string, listed: string) => boolean

const LONGEST = 500

/**
 * Checks a watch and puts its account in canonical form.
 *
 * @throws CordonError `alerts/account`, `alerts/watch`
 */
export function checkWatch({ subject, note, case: caseId }: WatchBody): WatchBody {
  const text = (value: unknown, field: string) => {
    if (typeof value === 'string' && /[\p{L}\p{N}]/u.test(value) && value.length <= LONGEST) return
    throw new CordonError('alerts/watch', `${field} is empty or longer than ${LONGEST} characters`, {
      place: { field },
      remedy: 'Say what is watched, and why.',
    })
  }
  text(note, 'note')
  if (subject.kind === 'account') return { subject: { kind: 'account', account: parseAccount(subject.account).name }, note, case: caseId }
  for (const [field, value] of Object.entries(subject)) text(value, `subject.${field}`)
  if (!['entity', 'trace', 'list-entry', 'name'].includes(subject.kind)) {
    throw new CordonError('alerts/watch', `${JSON.stringify(subject.kind)} cannot be watched`, {
      place: { field: 'subject.kind' },
      remedy: 'Watch an account, entity, trace, list-entry or name.',
    })
  }
  return { subject, note, case: caseId }
}

/** What alerts about it are gathered under. */
export function subjectOf(watched: Watched): string {
  switch (watched.kind) {
    case 'account':
      return `account:${watched.account}`
    case 'entity':
      return `entity:${watched.entity}`
    case 'trace':
      return `trace:${watched.trace}`
    case 'list-entry':
      return `list-entry:${watched.list}/${watched.entry}`
    case 'name':
      return `name:${foldName(watched.name)}`
  }
}

/** Whether an event is about what is watched. */
export function touches(watched: Watched, event: AlertEvent, sameName: SameName = equalName): boolean {
  switch (watched.kind) {
    case 'account':
      if (event.kind === 'movement') return event.account === watched.account
      // A list names an address without the chain, or with another where the same key holds it.
      return (
        event.kind === 'list' && event.wallets.some((wallet) => foldAddress(wallet) === foldAddress(parseAccount(watched.account).address))
      )
    case 'entity':
      if (event.kind === 'movement') return event.entity?.id === watched.entity || event.counterparty.entity?.id === watched.entity
      return event.kind === 'trace' && event.entity?.id === watched.entity
    case 'trace':
      return event.kind === 'trace' && event.trace === watched.trace
    case 'list-entry':
      return event.kind === 'list' && event.list === watched.list && event.entry === watched.entry
    case 'name':
      return event.kind === 'list' && event.names.some((name) => sameName(watched.name, name))
  }
}

/** The same words in any order, letter case and width. The screener's own comparison finds far more, and can be given instead. */
export function equalName(watched: string, listed: string): boolean {
  return foldName(watched) === foldName(listed)
}

function foldName(name: string): string {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .sort()
    .join(' ')
}

function foldAddress(address: string): string {
  return /^0x[0-9a-f]{40}$/i.test(address) ? address.toLowerCase() : address
}
