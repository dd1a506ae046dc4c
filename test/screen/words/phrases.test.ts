import { describe, expect, it } from 'vitest'
import type { Reason } from '../../../src/screen/match/answer.ts'
import { FACTOR } from '../../../src/screen/match/evidence.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { LANGUAGES, type Language } from '../../../src/screen/words/codes.ts'
import { explainHit, explainReason, explainStanding } from '../../../src/screen/words/explain.ts'
import { ANSWER_PHRASES } from '../../../src/screen/words/phrases/answer.ts'
import { DECISION_PHRASES } from '../../../src/screen/words/phrases/decision.ts'
import { EVIDENCE_PHRASES } from '../../../src/screen/words/phrases/evidence.ts'
import { EXPOSURE_PHRASES } from '../../../src/screen/words/phrases/exposure.ts'
import { KOREAN_PHRASES } from '../../../src/screen/words/phrases/korean.ts'
import { WALLET_PHRASES } from '../../../src/screen/words/phrases/wallet.ts'
import { WORD_PHRASES } from '../../../src/screen/words/phrases/word.ts'
import { entry, screenerOf } from '../match/listed.ts'

type Phrases = Readonly<Record<Language, string>>

const REASONS: readonly (readonly [string, Phrases])[] = [
  KOREAN_PHRASES,
  EVIDENCE_PHRASES,
  WORD_PHRASES,
  WALLET_PHRASES,
  DECISION_PHRASES,
].flatMap((table) => Object.entries(table))
const ANSWERS: readonly (readonly [string, Phrases])[] = Object.entries(ANSWER_PHRASES)
const EXPOSURES: readonly (readonly [string, Phrases])[] = Object.entries(EXPOSURE_PHRASES)

function places(phrase: string): readonly string[] {
  return [...phrase.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string).sort()
}

function reason(rule: string, query: string, listed: string): Reason {
  return { about: 'name', rule, query, listed, effect: 'costs', weight: 0.1 }
}

describe('phrases', () => {
  // That every rule which the comparisons, the evidence and the wallets know has a phrase is said by their types in phrases.ts: `npm run types` fails where one is missing or too many.
  it('stand in all four languages, and say something in each', () => {
    for (const [code, phrases] of [...REASONS, ...ANSWERS, ...EXPOSURES]) {
      expect(Object.keys(phrases).sort(), code).toEqual([...LANGUAGES].sort())
      for (const language of LANGUAGES) expect(phrases[language].trim(), `${code} in ${language}`).toBe(phrases[language])
      for (const language of LANGUAGES) expect(phrases[language], `${code} in ${language}`).not.toBe('')
    }
  })

  it('of reasons have places for the text asked for, the listed one, or whichever there is, and for nothing else', () => {
    for (const [code, phrases] of REASONS)
      for (const language of LANGUAGES)
        for (const place of places(phrases[language])) expect(['q', 'l', 'x'], `${code} in ${language}`).toContain(place)
  })

  it('of answers have places for lists, time and numbers of hits, and name lists and time wherever they say what was found', () => {
    for (const [code, phrases] of ANSWERS)
      for (const language of LANGUAGES)
        for (const place of places(phrases[language])) expect(['lists', 'at', 'hits', 'alerts'], `${code} in ${language}`).toContain(place)
    for (const code of ['no-potential-match', 'potential-match', 'not-screened'] as const)
      for (const language of LANGUAGES)
        expect(places(ANSWER_PHRASES[code][language]), `${code} in ${language}`).toEqual(expect.arrayContaining(['at', 'lists']))
  })

  it('have the same places in every language, so that no language tells less', () => {
    for (const [code, phrases] of [...REASONS, ...ANSWERS, ...EXPOSURES])
      for (const language of LANGUAGES) expect(places(phrases[language]), `${code} in ${language}`).toEqual(places(phrases.en))
  })

  it('are written in the script of their language', () => {
    for (const [code, phrases] of [...REASONS, ...ANSWERS, ...EXPOSURES]) {
      const words = (language: Language) => phrases[language].replace(/\{[^}]*\}/g, '')
      if (!/\p{L}/u.test(words('en'))) continue
      expect(words('ko'), code).toMatch(/[가-힣]/)
      expect(words('ja'), code).toMatch(/[\p{Script=Han}\p{Script=Katakana}]/u)
      // Single jamo name sounds in either language; syllables are Korean alone, kana Japanese alone.
      expect(words('ja'), code).not.toMatch(/[가-힣]/)
      expect(words('ko'), code).not.toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u)
      expect(words('fr'), code).not.toBe(words('en'))
      // French sets a space before high punctuation and within quotation marks.
      expect(words('fr'), code).not.toMatch(/[^\s][:;?!](?:\s|$)|«\S|\S»/)
    }
  })

  it('no two rules of one table say the same', () => {
    for (const table of [KOREAN_PHRASES, EVIDENCE_PHRASES, WORD_PHRASES, WALLET_PHRASES, DECISION_PHRASES, ANSWER_PHRASES])
      for (const language of LANGUAGES) {
        const said = Object.values(table).map((phrases: Phrases) => phrases[language])
        expect(new Set(said).size, language).toBe(said.length)
      }
  })
})

describe('the explanation of a reason', () => {
  it('puts in the texts as they are, whatever signs stand in them', () => {
    const text = explainReason(reason('exact', '{l} $& $1 {x}', '{q} $$'), 'en')
    expect(text).toBe('“{l} $& $1 {x}” = “{q} $$”')
  })

  it('tells a word that stands on one side alone, whichever side that is', () => {
    for (const [query, listed] of [
      ['Fatima', ''],
      ['', 'Fatima'],
    ] as const)
      for (const language of LANGUAGES) expect(explainReason(reason('name-missing', query, listed), language)).toContain('Fatima')
  })

  it('shows a rule without a phrase by its code and leaves nothing out', () => {
    expect(explainReason(reason('rule-of-tomorrow', 'a', 'b'), 'ja')).toBe('rule-of-tomorrow: a / b')
    expect(explainReason(reason('constructor', 'a', 'b'), 'en')).toBe('constructor: a / b')
    expect(explainReason(reason('__proto__', 'a', 'b'), 'en')).toBe('__proto__: a / b')
  })

  it('is in words for everything that real comparisons say', async () => {
    const pairs = [
      ['person', 'KIM, Yong Chol', 'Gim Yeongcheol'],
      ['person', 'RI, Yong Gil', "YI, Yo'ng-kil"],
      ['person', 'HAN JANG SU', 'Chang-Su Han'],
      ['person', 'KIM CHOL SAM', 'Jin Tiesan'],
      ['person', 'PAEK CHANG-HO', 'Pak Chang-Ho'],
      ['person', 'RI, Yong Gil', 'RI, Yong Gi'],
      ['person', 'Vladimir Vladimirovich PUTIN', 'Putin Wladimir'],
      ['person', 'Владимир Владимирович Путин', 'Vladimir V. Putin'],
      ['person', 'Salman bin Muhammad', 'Muhammad bin Salman'],
      ['person', 'Sheikh Hassan NASRALLAH', 'حسن نصرالله'],
      ['person', 'Alexander Petrov', 'Sasha Petrov'],
      ['person', 'Sergey Shoigu', 'Sergey Sergey Shoigu'],
      ['person', '陳國雄', '陈国雄'],
      ['organisation', 'Acme Trading Company Ltd', 'ACME TRADING GMBH'],
      ['organisation', 'Bank Rossiya', 'Bankrossiya'],
      ['organisation', 'Korea Mining Development Trading Corporation', 'KMDT Corp'],
      ['organisation', 'Ryonha Arsenal No. 3 of Machinery', 'Ryonha Arsenal No. 4 of Machinery'],
      ['organisation', 'Three Rivers Shipping', '3 Rivers Shiping'],
      ['vessel', 'WISE HONEST', 'WISE HONSET'],
    ] as const
    const said = new Set<string>()
    for (const [kind, listed, asked] of pairs) {
      const screener = await screenerOf([entry('1', kind, [listed])])
      const { hits } = screener.screen(nameQuery(asked), { list: 0, alert: 0 })
      expect(hits, `${listed} / ${asked}`).toHaveLength(1)
      for (const each of hits[0]!.reasons) said.add(each.rule)
      for (const language of LANGUAGES) {
        for (const sentence of [...explainHit(hits[0]!, language), explainStanding(hits[0]!, language)]) {
          expect(sentence).not.toBe('')
          expect(sentence, language).not.toMatch(/\{[a-z]+\}|^[a-z]+(?:-[a-z]+)+: /)
        }
      }
    }
    expect([...said].filter((rule) => !REASONS.some(([code]) => code === rule))).toEqual([])
    expect(said.size).toBeGreaterThan(20)
  })

  it('exists for every factor of the evidence', () => {
    expect(Object.keys(FACTOR).filter((rule) => !(rule in EVIDENCE_PHRASES))).toEqual([])
  })
})
