import type { Hit, Reason, ScreenAnswer } from '../match/answer.ts'
import type { Language } from './codes.ts'
import { ANSWER_PHRASES } from './phrases/answer.ts'
import { DECISION_PHRASES } from './phrases/decision.ts'
import { EVIDENCE_PHRASES } from './phrases/evidence.ts'
import { KOREAN_PHRASES } from './phrases/korean.ts'
import { WALLET_PHRASES } from './phrases/wallet.ts'
import { WORD_PHRASES } from './phrases/word.ts'

const REASONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ...WORD_PHRASES,
  ...KOREAN_PHRASES,
  ...EVIDENCE_PHRASES,
  ...WALLET_PHRASES,
  ...DECISION_PHRASES,
}

/** One step of an argument as a sentence. A rule that has no phrase is shown by its code, never left out. */
export function explainReason(reason: Reason, language: Language): string {
  const phrase = (Object.hasOwn(REASONS, reason.rule) ? REASONS[reason.rule]?.[language] : undefined) ?? `${reason.rule}: {q} / {l}`
  return fill(phrase, { q: reason.query, l: reason.listed, x: reason.query === '' ? reason.listed : reason.query })
}

/** All steps of a hit, in order. */
export function explainHit(hit: Hit, language: Language): readonly string[] {
  return hit.reasons.map((reason) => explainReason(reason, language))
}

/** What an answer as a whole says: always with its lists and their versions. */
export function explainAnswer(answer: ScreenAnswer, language: Language): string {
  return fill(ANSWER_PHRASES[answer.outcome][language], {
    lists: answer.lists.map(({ list, version }) => `${list} ${version}`).join(', '),
    at: answer.at,
    hits: String(answer.hits.length),
    alerts: String(answer.hits.filter(({ alert }) => alert).length),
  })
}

/** Whether a hit alerts, or why not. */
export function explainStanding(hit: Hit, language: Language): string {
  return ANSWER_PHRASES[hit.held === null ? 'alert' : (`held-${hit.held}` as const)][language]
}

/** Puts values in their places in a phrase; a place without a value stays as it is. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{([a-z]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined) ?? whole)
}
