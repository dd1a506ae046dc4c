import { CordonError } from '../../chain/index.ts'
import type { Setting } from './answer.ts'
import { FACTOR } from './evidence.ts'
import { DEFAULT_SETTING } from './matcher.ts'
import type { ScreenQuery } from './query.ts'

/** A setting with the matcher's defaults for what is not asked for. Throws CordonError `screen/bad-setting`. */
export function completeSetting(settings: Partial<Setting>): Setting {
  const setting = { ...DEFAULT_SETTING, ...settings }
  for (const name of ['list', 'alert'] as const) {
    if (!(setting[name] >= 0 && setting[name] <= 1)) {
      throw new CordonError('screen/bad-setting', `${name} is ${setting[name]}`, { remedy: 'Give a score between 0 and 1.' })
    }
  }
  if (!(Number.isSafeInteger(setting.limit) && setting.limit >= 1)) {
    throw new CordonError('screen/bad-setting', `limit is ${setting.limit}`, { remedy: 'Give a whole number of hits, 1 or more.' })
  }
  return setting
}

/** The least name score that could still reach the setting if all that the query tells agreed; weaker names need not be kept. */
export function leastNameScore({ list, alert }: Setting, query: ScreenQuery): number {
  if (query.papers.length > 0) return LEAST
  const least = Math.min(list, alert)
  let factor = 1
  if (query.birth !== null) factor *= FACTOR['birth-same-day']
  if (query.countries.length > 0) factor *= FACTOR['country-same']
  if (query.sex !== null) factor *= FACTOR['sex-same']
  const odds = least / Math.max(1e-9, 1 - least) / factor
  return Math.max(LEAST, odds / (1 + odds))
}

const LEAST = 0.05
