import type { Hit, ScreenAnswer, Setting } from '../match/answer.ts'
import { type Answered, type Ask, type Asker, askedText, dataHash, put } from './ask.ts'
import { applySuppressions, type Lapse, type Suppressions } from './suppression.ts'

/** A customer as it was screened. A line of a batch's `answers.jsonl` is one. */
export interface Screened {
  readonly customer: string | null
  readonly asks: readonly Answered[]
}

export type ChangeKind = 'new-hit' | 'gone-hit' | 'score-changed' | 'alert-changed' | 'suppression-lapsed'

/** A hit on one side of a change. */
export interface HitSide {
  readonly version: string
  readonly score: number
  readonly alert: boolean
  readonly held: Hit['held']
}

/** One difference between what was found then and what is found now. */
export interface Change {
  readonly kind: ChangeKind
  readonly customer: string | null
  readonly about: Ask['about']
  readonly asked: string
  readonly list: string
  readonly entry: string
  readonly primary: string
  readonly before: HitSide | null
  readonly after: HitSide | null
  /** Where a suppression lapsed: which decision, and why. */
  readonly lapse: { readonly record: number; readonly why: Lapse } | null
  /** What made it: the entry itself, another version of its list, the matcher, or the people who decided. `unknown` where lists and matcher are the same. */
  readonly cause: 'entry' | 'list' | 'matcher' | 'decision' | 'unknown'
  /** In a sentence, for the file: whom, when, against which version, and what is found now. */
  readonly statement: string
}

export interface RescreenContext {
  readonly screener: Asker
  /** Where it is not given, the setting of each earlier answer. */
  readonly setting?: Partial<Setting>
  /** Entries that differ between the versions, as `list:id`; null where nobody knows. */
  readonly changed: ReadonlySet<string> | null
  /** What earlier decisions hold back; null to hold nothing back. */
  readonly suppressions: Suppressions | null
}

/**
 * Asks a customer's questions again and says what is different. Everything is asked again, whatever changed: at thousands of questions a second that costs less than finding out which ones a change may
 * concern, and a homonym or a changed rule cannot slip through.
 */
export function rescreen<S extends Screened>(
  before: S,
  context: RescreenContext,
): { readonly after: S; readonly changes: readonly Change[] } {
  const changes: Change[] = []
  const asks = before.asks.map(({ ask, answer }): Answered => {
    const raw = put(ask, context.screener, context.setting ?? answer.setting)
    const customer = { id: before.customer, data: dataHash(ask) }
    const { suppressions, screener } = context
    const { answer: now, lapsed } =
      suppressions === null
        ? { answer: raw, lapsed: [] }
        : applySuppressions(raw, customer, suppressions, (list, id) => screener.entryHash(list, id))
    const asked = { customer: before.customer, ask }
    changes.push(...differences(asked, answer, now, context.changed))
    for (const { suppression, why } of lapsed) {
      const then = answer.hits.find((hit) => hit.list === suppression.list && hit.entry === suppression.entry)
      const hit = now.hits.find((each) => each.list === suppression.list && each.entry === suppression.entry)
      // One that had lapsed before is no news.
      if (hit === undefined || then?.held !== 'suppressed') continue
      const lapse = { record: suppression.record, why }
      changes.push(change('suppression-lapsed', asked, answer, now, hit, sideOf(then), sideOf(hit), context.changed, lapse))
    }
    return { ask, answer: now }
  })
  return { after: { ...before, asks }, changes }
}

interface Asked {
  readonly customer: string | null
  readonly ask: Ask
}

function differences(asked: Asked, before: ScreenAnswer, after: ScreenAnswer, changed: ReadonlySet<string> | null): readonly Change[] {
  const old = new Map(before.hits.map((hit) => [keyOf(hit), hit]))
  const changes: Change[] = []
  for (const hit of after.hits) {
    const then = old.get(keyOf(hit))
    old.delete(keyOf(hit))
    const make = (kind: ChangeKind) =>
      changes.push(change(kind, asked, before, after, hit, then === undefined ? null : sideOf(then), sideOf(hit), changed))
    if (then === undefined) make('new-hit')
    else if (then.alert !== hit.alert) make('alert-changed')
    else if (then.score !== hit.score) make('score-changed')
  }
  for (const gone of old.values()) changes.push(change('gone-hit', asked, before, after, gone, sideOf(gone), null, changed))
  return changes
}

function change(
  kind: ChangeKind,
  { customer, ask }: Asked,
  before: ScreenAnswer,
  after: ScreenAnswer,
  hit: Hit,
  was: HitSide | null,
  is: HitSide | null,
  changed: ReadonlySet<string> | null,
  lapse: Change['lapse'] = null,
): Change {
  const facts = {
    kind,
    customer,
    about: ask.about,
    asked: askedText(ask),
    list: hit.list,
    entry: hit.entry,
    primary: hit.primary,
    before: was,
    after: is,
    lapse,
  }
  return { ...facts, cause: causeOf(facts, before, after, changed), statement: statementOf(facts, before, after) }
}

function causeOf(
  { kind, list, entry, before: was, after: is, lapse }: Omit<Change, 'cause' | 'statement'>,
  before: ScreenAnswer,
  after: ScreenAnswer,
  changed: ReadonlySet<string> | null,
): Change['cause'] {
  if (lapse !== null && lapse.why !== 'entry-changed') return 'decision'
  if (lapse !== null || changed?.has(`${list}:${entry}`) === true) return 'entry'
  if (kind === 'alert-changed' && (was?.held === 'suppressed' || is?.held === 'suppressed')) return 'decision'
  if (before.matcher !== after.matcher) return 'matcher'
  return versionOf(before, list) === versionOf(after, list) ? 'unknown' : 'list'
}

/** `Customer C-17 (KIM Yong Chol), screened on 2024-05-03T10:00:00.000Z against us-ofac-sdn 2024-05-03-… by cordon-1, would now hit us-ofac-sdn 22995 (KIM, Yong Chol) with a score of 0.97.` */
function statementOf(
  { kind, customer, asked, list, entry, primary, before: was, after: is, lapse }: Omit<Change, 'cause' | 'statement'>,
  before: ScreenAnswer,
  after: ScreenAnswer,
): string {
  const whom = customer === null ? `A query for ${asked}` : `Customer ${customer} (${asked})`
  const old = versionOf(before, list)
  const then = `${whom}, screened on ${before.at} ${old === null ? `when ${list} was not in service` : `against ${list} ${old}`} by ${before.matcher},`
  const what = `${list} ${entry} (${primary})`
  if (kind === 'gone-hit')
    return `${then} would not hit ${what} any more, as of version ${versionOf(after, list) ?? 'none'}; it did with a score of ${was?.score}.`
  const now =
    is?.alert === true ? `with an alert and a score of ${is.score}` : `with a score of ${is?.score} and no alert (${is?.held ?? 'below'})`
  if (lapse !== null) return `${then} hits ${what} ${now}: the decision of record ${lapse.record} lapsed (${lapse.why}).`
  if (kind === 'new-hit') return `${then} would now hit ${what} ${now}, as of version ${is?.version}.`
  return `${then} hits ${what} now ${now}, as of version ${is?.version}; then with a score of ${was?.score} and ${was?.alert === true ? 'an alert' : 'no alert'}.`
}

function keyOf(hit: Hit): string {
  return `${hit.list}:${hit.entry}`
}

function sideOf({ version, score, alert, held }: Hit): HitSide {
  return { version, score, alert, held }
}

function versionOf(answer: ScreenAnswer, list: string): string | null {
  return answer.lists.find((each) => each.list === list)?.version ?? null
}
