import { createHmac, hkdfSync } from 'node:crypto'
import { canonicalJson } from '../../chain/index.ts'
import type { Ask, ScreenAnswer, Screener } from '../../screen/index.ts'

/**
 * What stands in the record for a question: HMAC-SHA-256, hex, of its canonical JSON. That somebody asked after a name is itself a secret, and names can be guessed: so the key is derived (HKDF-SHA-256) from the node's own, and
 * only who has that can tell whether a question was asked.
 */
export type QuestionMark = (question: unknown) => string

/** The marks of a node. */
export function questionMarks(nodeKey: Uint8Array): QuestionMark {
  const key = Buffer.from(hkdfSync('sha256', nodeKey, '', 'cordon/screening-question', 32))
  return (question) => createHmac('sha256', key).update(canonicalJson(question)).digest('hex')
}

/** What the record says of screening: never the question, nor whom it found. */
export type Trail = {
  /** See `QuestionMark`. */
  readonly question: string
  readonly questions: number
  /** `un-sc:2026-02-27-… us-ofac-sdn:2024-05-03-…` */
  readonly lists: string
  readonly matcher: string
  readonly hits: number
  readonly alerts: number
  /** The best score; null where nothing was found. */
  readonly best: number | null
}

/** The trail of some questions that one screener answered. */
export function trailOf(
  mark: QuestionMark,
  asks: readonly Ask[],
  answers: readonly ScreenAnswer[],
  { lists, matcher }: Pick<Screener, 'lists' | 'matcher'>,
): Trail {
  const hits = answers.flatMap((answer) => answer.hits)
  return {
    question: mark(asks),
    questions: asks.length,
    lists: lists.map(({ list, version }) => `${list}:${version}`).join(' '),
    matcher,
    hits: hits.length,
    alerts: hits.filter(({ alert }) => alert).length,
    best: hits.length === 0 ? null : Math.max(...hits.map(({ score }) => score)),
  }
}
