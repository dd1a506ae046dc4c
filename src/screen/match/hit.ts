import { ofacCompatibleScore } from '../names/ofac-compatible.ts'
import type { Hit, Reason, Setting } from './answer.ts'
import type { Card } from './build.ts'
import { combine, evidence } from './evidence.ts'
import type { Found } from './found.ts'
import type { Listed } from './listed.ts'
import { matchNames } from './name-score.ts'
import type { ScreenQuery } from './query.ts'
import { nameReasons } from './reasons.ts'

/** A paper alone is as good as a name that is half right: one number in a thousand is mistyped into somebody else's. */
const PAPER_ALONE = 0.5

/** What was found of an entry, weighed with the evidence beside it, with every reason. */
export function hitOf(listed: Listed, entry: number, found: Found, query: ScreenQuery, setting: Setting): Hit {
  const { nameScore, name, asked, strongScore, paper } = found
  const card = listed.card(entry)
  const matched = name < 0 ? null : (card.names[listed.index.nameNumber[name] as number] ?? null)
  // Where the list does not say what an entry is, its name may.
  const body = name >= 0 && card.kind === 'unknown' && listed.name(name).kind !== 'person'
  const besides = evidence(query, body ? { ...card, kind: 'organisation' } : card, paper)
  // Rounded before it is held against the setting, so that what is shown is what was decided by.
  const score = rounded(combine(name < 0 ? PAPER_ALONE : nameScore, besides))
  const strong = rounded(combine(name < 0 ? PAPER_ALONE : strongScore, besides))
  const reasons: Reason[] = []
  if (asked !== null) {
    reasons.push(...nameReasons(matchNames(asked, listed.name(name), listed.weigh), asked, listed.name(name)))
    if (listed.isWeak(name, asked)) {
      reasons.push({ about: 'alias', rule: 'weak-alias', query: asked.text, listed: matched?.full ?? '', effect: 'says', weight: 1 })
    }
  }
  reasons.push(...besides)
  const held = whyHeld(score, strong, besides, setting)
  return {
    ...described(listed, entry, card),
    matched,
    asked: asked?.text ?? null,
    score,
    nameScore: rounded(nameScore),
    ofacCompatible: asked === null || matched === null ? 0 : ofacCompatibleScore(asked.text, listed.name(name).text),
    alert: held === null,
    held,
    reasons,
  }
}

/** What an answer shows of an entry, whatever it was found by. */
export function described(
  listed: Listed,
  entry: number,
  { id, kind, names, programmes, legalBasis, listedOn, births, countries }: Card,
): Pick<Hit, 'list' | 'version' | 'entry' | 'kind' | 'primary' | 'programmes' | 'legalBasis' | 'listedOn' | 'births' | 'countries'> {
  const { list, version } = listed.list(entry)
  return { list, version, entry: id, kind, primary: names[0]?.full ?? '', programmes, legalBasis, listedOn, births, countries }
}

function whyHeld(score: number, strong: number, besides: readonly Reason[], { alert, weakAlerts }: Setting): Hit['held'] {
  if (score < alert) return 'below-alert'
  const corroborated = besides.some(({ rule }) => rule === 'birth-same-day' || rule === 'paper-same')
  return strong >= alert || weakAlerts || corroborated ? null : 'weak-alias'
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000
}
