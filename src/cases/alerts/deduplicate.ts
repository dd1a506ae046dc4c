import type { AlertBody } from './alert.ts'
import { FACTS_KEPT } from './alert.ts'
import type { AlertFact, Raised } from './evaluate.ts'
import type { Severity } from './rule.ts'

/** `opened`: there was none of this key. `counted`: a further fact of one that is open. `reopened`: a further fact of one that was closed. `known`: a fact that it had. */
export type AlertChange = 'opened' | 'counted' | 'reopened' | 'known'

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/**
 * Takes what a rule said into the alert of its key. A fact that the alert had changes nothing, so an event that is evaluated twice is one; in whatever order the facts of a window come, the alert is the same.
 *
 * @param now ISO 8601 UTC with milliseconds
 */
export function raise(alert: AlertBody | null, raised: Raised, now: string): { readonly alert: AlertBody; readonly change: AlertChange } {
  const { fact, owner: _, ...common } = raised
  if (alert === null) {
    const history = [{ step: 'opened', at: now, by: null, note: null }] as const
    return { alert: { ...common, state: 'open', seen: 1, firstSeen: fact.at, lastSeen: fact.at, facts: [fact], history }, change: 'opened' }
  }
  if (alert.facts.some(({ id }) => id === fact.id)) return { alert, change: 'known' }
  const counted: AlertBody = {
    ...alert,
    severity: SEVERITIES[Math.max(SEVERITIES.indexOf(alert.severity), SEVERITIES.indexOf(raised.severity))] as Severity,
    watches: [...new Set([...alert.watches, ...raised.watches])].sort(),
    seen: alert.seen + 1,
    firstSeen: fact.at < alert.firstSeen ? fact.at : alert.firstSeen,
    lastSeen: fact.at > alert.lastSeen ? fact.at : alert.lastSeen,
    facts: [...alert.facts, fact].sort(byTime).slice(0, FACTS_KEPT),
  }
  if (alert.state !== 'closed') return { alert: counted, change: 'counted' }
  return {
    alert: { ...counted, state: 'open', history: [...alert.history, { step: 'reopened', at: now, by: null, note: fact.id }] },
    change: 'reopened',
  }
}

/** The same for many at once, over the alerts by key. Gives the alerts that are new or different, with the last change of each that is not `known`. */
export function deduplicate(
  alerts: ReadonlyMap<string, AlertBody>,
  raised: readonly Raised[],
  now: string,
): ReadonlyMap<string, { readonly alert: AlertBody; readonly owner: string; readonly change: AlertChange }> {
  const changed = new Map<string, { readonly alert: AlertBody; readonly owner: string; readonly change: AlertChange }>()
  for (const each of raised) {
    const before = changed.get(each.key)
    const result = raise(before?.alert ?? alerts.get(each.key) ?? null, each, now)
    if (result.change === 'known') continue
    // What was opened in this round is told as opened, however often it was counted since.
    const change = before === undefined || before.change === 'counted' ? result.change : before.change
    changed.set(each.key, { alert: result.alert, owner: each.owner, change })
  }
  return changed
}

function byTime(a: AlertFact, b: AlertFact): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
