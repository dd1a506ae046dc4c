import { createHash } from 'node:crypto'
import { CordonError, coinUnit, formatDecimal } from '../../chain/index.ts'
import { isoOf, utcMillis } from '../freeze/time.ts'
import type { AlertEvent, AssetAmount } from './event.ts'
import { holds, type Severity, type StoredRule } from './rule.ts'
import { type SameName, type StoredWatch, subjectOf, touches } from './watch.ts'

/** A fact as an alert keeps it. */
export type AlertFact = {
  readonly id: string
  readonly at: string
  /** One line for people. */
  readonly text: string
}

/** What one rule says of one event. */
export type Raised = {
  /** SHA-256 (hex) of rule, subject and window: the same for everything that is one alert. A unique index over it keeps two workers from making two. */
  readonly key: string
  /** Organisation of the rule. */
  readonly owner: string
  readonly rule: string
  readonly ruleName: string
  readonly severity: Severity
  readonly subject: string
  /** Watches that it touched; empty for freeze clocks and cases. Sorted. */
  readonly watches: readonly string[]
  /** ISO 8601 UTC, from (included) to (excluded). */
  readonly window: { readonly from: string; readonly to: string }
  readonly fact: AlertFact
}

/** The nearer a subject is to what happened, the earlier. */
const NEARNESS = ['account', 'list-entry', 'name', 'trace', 'entity']

/**
 * What the rules say of an event: for each rule at most one alert, sorted by key. The same rules, watches and event give the same answer, in whatever order they are given.
 *
 * A rule meets only watches of its own organisation, and freeze clocks and cases of its own organisation. Whether that organisation may see a trace's or list's event at all is not asked here: the caller asks the release
 * decision before it evaluates.
 *
 * An alert's subject is what is watched; where several watches are touched, the nearest (an account before the entity behind it). Windows lie on a fixed grid (multiples of `quietSeconds` since 1970), so that an alert does
 * not depend on which of its events was found first.
 *
 * @throws CordonError `alerts/time` for an event without a proper time
 */
export function evaluate(
  rules: readonly StoredRule[],
  watches: readonly StoredWatch[],
  event: AlertEvent,
  sameName?: SameName,
): readonly Raised[] {
  const at = utcMillis(event.at)
  if (at === null) {
    throw new CordonError('alerts/time', `the event ${event.id} has the time ${JSON.stringify(event.at)}, which is no time in UTC`, {
      remedy: 'Write 2026-02-21T14:13:35Z.',
    })
  }
  const raised: Raised[] = []
  for (const { id, owner, body } of rules) {
    if (!body.enabled || !holds(body.when, event)) continue
    const found = subjectFor({ id, owner, body }, watches, event, sameName)
    if (found === null) continue
    const window = windowOf(at, body.quietSeconds)
    const key = createHash('sha256')
      .update(JSON.stringify([id, found.subject, window.from]))
      .digest('hex')
    const fact = { id: event.id, at: isoOf(at), text: describe(event) }
    raised.push({ key, owner, rule: id, ruleName: body.name, severity: body.severity, ...found, window, fact })
  }
  return raised.sort((a, b) => compare(a.key, b.key))
}

function subjectFor(
  { owner, body }: StoredRule,
  watches: readonly StoredWatch[],
  event: AlertEvent,
  sameName: SameName | undefined,
): { readonly subject: string; readonly watches: readonly string[] } | null {
  if (event.kind === 'freeze-clock') return event.owner === owner ? { subject: `request:${event.request}`, watches: [] } : null
  if (event.kind === 'case') return event.owner === owner ? { subject: `case:${event.case}`, watches: [] } : null
  const touched = watches.filter(
    (watch) =>
      watch.owner === owner && (body.watches === null || body.watches.includes(watch.id)) && touches(watch.body.subject, event, sameName),
  )
  const subjects = touched
    .map(({ body: { subject } }) => ({ near: NEARNESS.indexOf(subject.kind), subject: subjectOf(subject) }))
    .sort((a, b) => a.near - b.near || compare(a.subject, b.subject))
  const [nearest] = subjects
  if (nearest === undefined) return null
  // Each place that a trace reaches is a call of its own to make.
  const subject = event.kind === 'trace' && nearest.subject.startsWith('trace:') ? `${nearest.subject}/${event.account}` : nearest.subject
  return { subject, watches: [...new Set(touched.map(({ id }) => id))].sort(compare) }
}

function windowOf(at: number, quietSeconds: number): Raised['window'] {
  const length = quietSeconds * 1000
  const from = Math.floor(at / length) * length
  return { from: isoOf(from), to: isoOf(from + length) }
}

function describe(event: AlertEvent): string {
  switch (event.kind) {
    case 'movement': {
      const { entity, account } = event.counterparty
      const word = { in: 'from', out: 'to', self: 'within' }[event.direction]
      return `${amountText(event)} ${event.direction} ${word} ${entity === null ? account : `${entity.label} (${account})`} in ${event.transaction}`
    }
    case 'trace': {
      const what = { 'new-endpoint': 'reached', 'more-arrived': 'reached again', 'moved-on': 'left' }[event.change]
      const amounts = event.amounts.map(amountText).join(', ')
      return `${amounts} ${what} ${event.entity === null ? event.account : `${event.entity.label} (${event.account})`}`
    }
    case 'list':
      return `${event.list} ${event.version}: entry ${event.entry} ${event.change}`
    case 'freeze-clock':
      return `${event.exchange} is ${event.overdueSeconds} s past its window`
    case 'case':
      return event.change
  }
}

/** Exact: in the unit that people write where every ledger counts it alike, in base units of the contract otherwise. */
function amountText({ asset, amount }: AssetAmount): string {
  const unit = coinUnit(asset)
  return unit === null ? `${amount} base units of ${asset}` : `${formatDecimal(BigInt(amount), unit.decimals)} ${unit.symbol}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
