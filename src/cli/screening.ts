import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { Answered, Hit, Language, Screener, Setting } from '../screen/index.ts'
import type { Outcome } from './command.ts'
import { DEFAULT_STORE } from './commands/lists-import.ts'
import { given, wholeNumber } from './options.ts'
import { printable } from './text.ts'

/** Options that every kind of screening has. */
export interface ScreeningOptions {
  store: string
  list?: string[]
  at?: string
  matcher?: string
  language: Language
  listScore?: number
  alertScore?: number
  weakAlerts?: boolean
  limit?: number
}

/** Adds what every kind of screening asks for. */
export function screeningOptions(target: Command): Command {
  return target
    .option('--store <dir>', 'folder of all lists', DEFAULT_STORE)
    .option('--list <id...>', 'lists to screen against (default: every list of the store)')
    .option('--at <time>', 'screen with the versions that were in service then (default now)')
    .option('--matcher <id>', 'refuse to answer unless this is the matcher, e.g. cordon-1')
    .addOption(new Option('--language <code>', 'language of the explanation').choices(['en', 'fr', 'ko', 'ja']).default('en'))
    .option('--list-score <score>', 'show hits from this score on', score)
    .option('--alert-score <score>', 'alert from this score on', score)
    .option('--weak-alerts', 'let hits on weak aliases alert by themselves')
    .option('--limit <n>', 'show at most so many hits', wholeNumber(1))
}

function score(text: string): number {
  const value = Number(text)
  if (!/^(0|1|0?\.\d+|1\.0+|0\.\d+)$/.test(text) || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a score from 0 to 1, e.g. 0.7.')
  return value
}

/** Opens the lists that the options name. */
export async function screenerOf({ store, list, at, matcher }: ScreeningOptions): Promise<Screener> {
  const { openScreener } = await import('../screen/index.ts')
  return openScreener({ store, clock: () => new Date(), ...given({ lists: list, at, matcher }) })
}

/** The setting that the options ask for; defaults stay the matcher's. */
export function settingOf({ listScore, alertScore, weakAlerts, limit }: ScreeningOptions): Partial<Setting> {
  return given({ list: listScore, alert: alertScore, weakAlerts, limit })
}

/**
 * An answer for machines and for people. It is no failure to find somebody: the exit code is 0 either way. What was asked stands beside the answer, so that `screen decide` knows it.
 */
export async function screeningOutcome({ ask, answer }: Answered, language: Language): Promise<Outcome> {
  const { explainAnswer, explainHit, explainStanding } = await import('../screen/index.ts')
  const hits = answer.hits.map((hit) => describe(hit, explainStanding(hit, language), explainHit(hit, language)))
  // Right below what it qualifies: "no potential match" says little of a name that was not looked for.
  const notes = answer.notes.map((note) => `Note (${note.code}): ${note.text}`)
  const head = [explainAnswer(answer, language), ...notes].map(printable).join('\n')
  return { value: { ask, ...answer }, text: [head, ...hits, `Matcher ${answer.matcher}.`].join('\n\n') }
}

function describe(hit: Hit, standing: string, reasons: readonly string[]): string {
  const { list, entry, version, kind, primary, matched, births, listedOn, programmes, legalBasis } = hit
  const born = births.length === 0 ? '' : `; born ${births.map(({ text }) => text).join(' or ')}`
  const lines = [
    `${standing}  ${hit.score.toFixed(3)}  ${primary}  (${kind}${born})`,
    `  ${list} ${entry}, version ${version}${listedOn === null ? '' : `, listed ${listedOn.text}`}; programmes: ${programmes.join(', ') || 'none given'}`,
    ...(legalBasis.length === 0 ? [] : [`  legal basis: ${legalBasis.join('; ')}`]),
    ...(matched === null || matched.full === primary ? [] : [`  matched on: ${matched.full} (${matched.type}, ${matched.quality})`]),
    // Found by a number alone, there is no name to score.
    ...(matched === null ? [] : [`  name ${hit.nameScore.toFixed(3)}, OFAC-compatible ${ofacCompatible(hit)}`]),
    ...reasons.map((reason) => `  - ${reason}`),
  ]
  return lines.map(printable).join('\n')
}

/** OFAC's own search knows Latin letters alone: of other scripts its 0 says nothing. */
function ofacCompatible({ asked, matched, ofacCompatible: value }: Hit): string {
  const latin = [asked, matched?.full].every((name) => /\p{Script=Latin}/u.test(name ?? ''))
  return latin ? String(value) : 'does not apply'
}
