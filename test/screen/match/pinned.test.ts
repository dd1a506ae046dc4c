import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { listedCountry } from '../../../src/screen/lists/countries.ts'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import type { ScreenAnswer } from '../../../src/screen/match/answer.ts'
import { FACTOR } from '../../../src/screen/match/evidence.ts'
import { DEFAULT_SETTING, MATCHER } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'
import { day, entry, screenerOf, year } from './listed.ts'

/** What each version of the matcher answers. A line is added when MATCHER is raised; none is changed. */
const ANSWERS: Readonly<Record<string, string>> = {
  'cordon-1': '107643ab4ccf1ed6ab162d52d0eb6bddf3363e7dafc41e2386170c886c37e246',
}

/** Pairs that between them call on every engine and most rules; scores are rounded to what answers show. */
const PAIRS: readonly (readonly [EntryKind, string, string])[] = [
  ['person', 'KIM, Yong Chol', '김영철'],
  ['person', 'KIM YONG CHOL', 'キム・ヨンチョル'],
  ['person', 'RI, Yong Gil', "YI, Yo'ng-kil"],
  ['person', 'RI, Yong Gil', 'RI, Yong Gi'],
  ['person', 'HAN JANG SU', 'Chang-Su Han'],
  ['person', 'KIM CHOL SAM', 'Jin Tiesan'],
  ['person', 'KIM YONG CHOL', 'Young-Chul'],
  ['person', 'KIMYONGCHOL', 'Kim Yong Chol'],
  ['person', 'KIM JONG MAN', 'KIM JONG NAM'],
  ['person', '김백만', 'Kim Paengman'],
  ['person', '金英哲', 'KIM YONG CHOL'],
  ['person', 'TSANG, Neil', 'TSANG, Niel'],
  ['person', 'Владимир Путин', 'PUTIN, Vladimir Vladimirovich'],
  ['person', 'Mohammed Ahmed', 'MOHAMED, Ahmad'],
  ['person', 'حسن نصر الله', 'Hassan Nasrallah'],
  ['person', 'Bill Gates', 'William Gates'],
  ['person', 'J. Smith', 'John Smith'],
  ['person', 'Joseph Connie Collins', 'KONY, Joseph'],
  ['person', '習近平', 'Xi Jinping'],
  ['person', 'Jean-Pierre Bemba', 'BEMBA GOMBO, Jean Pierre'],
  ['organisation', 'Korea Ryonbong General Corp.', 'KOREA RYONBONG GENERAL CORPORATION'],
  ['organisation', 'Dongbang Bank', 'TONGBANG BANK'],
  ['organisation', 'Ryonhwa Machinery JV', 'Ryonhwa Machinery Joint Venture Corporation'],
  ['organisation', 'Bankrossiya', 'BANK ROSSIYA'],
  ['organisation', 'KOREA COMPUTER CENTER', 'KOREA COMPUTER COMPANY'],
  ['organisation', 'Ocean Maritime Management Company, Limited', 'OCEAN MARITIME MANAGEMENT COMPANY, LIMITED (OMM)'],
  ['organisation', 'ООО Гудзон', 'GUDZON LLC'],
  ['vessel', 'AM NOK GANG', 'AP ROK GANG'],
  ['vessel', '7-28', '7-29'],
  ['vessel', 'M/V Wise Honest', 'WISE HONEST'],
]

const ENTRIES = [
  entry('p1', 'person', ['KIM|Yong Chol', '김영철', 'weak:The Boss'], {
    births: [day('1962-02-18')],
    countries: [listedCountry('KP')],
    sex: 'male',
  }),
  entry('p2', 'person', ['KIM|Yong Chol'], { births: [year('1946')] }),
  entry('p3', 'person', ['MADURO MOROS|Nicolas'], { countries: [listedCountry('VE')] }),
  entry('u1', 'unknown', ['William Michael Johnson']),
  entry('o1', 'organisation', ['KOREA KWANGSON BANKING CORP', 'KKBC']),
  entry('o2', 'organisation', ['LAZARUS GROUP'], { wallets: [{ asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' }] }),
  entry('v1', 'vessel', ['AM NOK GANG'], { countries: [listedCountry('KP')] }),
  ...Array.from({ length: 60 }, (_, i) =>
    entry(`f${i}`, 'person', [`AHMED|Ali ${['Omar', 'Zaid', 'Nasser', 'Faisal', 'Karim'][i % 5]} ${String.fromCharCode(97 + (i % 26))}bu`]),
  ),
]

const QUERIES: readonly Partial<ScreenQuery>[] = [
  { name: '김영철' },
  { name: 'Kim Yong Chol', kind: 'person', birth: day('1962-02-18'), countries: ['KP'] },
  { name: 'Kim Yong Chol', kind: 'person', birth: day('1990-01-01'), countries: ['KR'] },
  { family: 'Chol', given: 'Kim Yong', kind: 'person' },
  { name: 'Nicolas Maduro', kind: 'person' },
  { name: 'Michael Johnson', kind: 'person' },
  { name: 'the boss', kind: 'person' },
  { name: '조선광선은행' },
  { name: 'Aprokgang', kind: 'vessel' },
  { name: 'Ali Ahmed', kind: 'person' },
  { name: '...' },
]

it(`the answers of ${MATCHER} are the answers of ${MATCHER}: whoever changes them raises MATCHER and adds a line above`, async () => {
  const scores = PAIRS.map(([kind, a, b]) => {
    const score = scoreNamePair(prepareName(a, kind, null), prepareName(b, kind, null), () => 1)
    return `${a} | ${b}: ${score.toFixed(3)}`
  })
  const screener = await screenerOf(ENTRIES)
  const told = ({ outcome, hits, notes }: ScreenAnswer): unknown => [
    outcome,
    notes.map(({ code }) => code),
    hits.map(({ entry: id, score, alert, held, reasons }) => [id, score.toFixed(2), alert, held, reasons.map(({ rule }) => rule)]),
  ]
  const answers = [
    ...QUERIES.map((query) => told(screener.screen({ ...nameQuery(''), ...query }))),
    told(screener.wallet('0x098b716b8aaf21512996dc57eb0615e2383e2f96', null)),
  ]
  const digest = createHash('sha256').update(JSON.stringify({ scores, answers, FACTOR, DEFAULT_SETTING })).digest('hex')
  expect({ scores, answers, digest }).toEqual({ scores, answers, digest: ANSWERS[MATCHER] })
})
