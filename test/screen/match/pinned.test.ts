import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { FACTOR } from '../../../src/screen/match/evidence.ts'
import { DEFAULT_SETTING, MATCHER } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'

/** What each version of the matcher answers. A line is added when MATCHER is raised; none is changed. */
const ANSWERS: Readonly<Record<string, string>> = {
  'cordon-1': 'ac185616c72dc56213b3547c07d5ee172b16e53938591b29a0b7e149a24b516f',
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

it(`the answers of ${MATCHER} are the answers of ${MATCHER}: whoever changes them raises MATCHER and adds a line above`, () => {
  const scores = PAIRS.map(([kind, a, b]) => {
    const score = scoreNamePair(prepareName(a, kind, null), prepareName(b, kind, null), () => 1)
    return `${a} | ${b}: ${score.toFixed(3)}`
  })
  const digest = createHash('sha256').update(JSON.stringify({ scores, FACTOR, DEFAULT_SETTING })).digest('hex')
  expect({ scores, digest }).toEqual({ scores, digest: ANSWERS[MATCHER] })
})
