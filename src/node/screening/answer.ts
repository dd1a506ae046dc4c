import {
  type Ask,
  type Asker,
  explainAnswer,
  explainHit,
  explainStanding,
  type Language,
  type ScreenAnswer,
  type Setting,
} from '../../screen/index.ts'

/** An answer in words: what it says as a whole, and of each hit, in their order, whether it alerts and every step of the argument. */
export type Explanation = {
  readonly language: Language
  readonly text: string
  readonly hits: readonly { readonly standing: string; readonly reasons: readonly string[] }[]
}

/** Asks a screener. Throws `screen/bad-query`, `screen/name-too-long`, `screen/bad-setting`. */
export function answerTo(ask: Ask, screener: Asker, setting: Partial<Setting>): ScreenAnswer {
  if (ask.about === 'name') return screener.screen(ask.query, setting)
  if (ask.about === 'wallet') return screener.wallet(ask.address, ask.asset, setting)
  return screener.vessel(ask.query, setting)
}

/** Puts an answer into words. */
export function explain(answer: ScreenAnswer, language: Language): Explanation {
  return {
    language,
    text: explainAnswer(answer, language),
    hits: answer.hits.map((hit) => ({ standing: explainStanding(hit, language), reasons: explainHit(hit, language) })),
  }
}
