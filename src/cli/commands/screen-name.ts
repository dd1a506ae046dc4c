import { type Command, InvalidArgumentError, Option } from 'commander'
import type { EntryKind, Paper, ScreenQuery } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { type ScreeningOptions, screenerOf, screeningOptions, screeningOutcome, settingOf } from '../screening.ts'

interface Options extends ScreeningOptions {
  kind?: EntryKind
  birth?: string
  country?: string[]
  sex?: 'female' | 'male'
  paper?: Paper[]
  alias?: string[]
  family?: string
  given?: string
}

/** `cordon screen name`: looks for a person, body, ship or aircraft on the lists in service. */
export function screenName(session: Session): Command {
  return perform<Options>(
    screeningOptions(
      command('name', 'look for a person, body, ship or aircraft by name, in any script', [
        'cordon screen name "Kim Yong Chol"',
        'cordon screen name 김영철 --birth 1946 --country KP --language ko',
        'cordon screen name "Ri Je Son" --kind person --list un-sc us-ofac-sdn --json',
        'cordon screen name "Korea Ryonbong General Corp" --kind organisation',
        'cordon screen name "O In Jun" --paper passport:PS745220146:KP',
      ])
        .argument('[name]', 'the name as it is written; "Family, Given" tells the parts apart')
        .addOption(new Option('--kind <kind>', 'what it is').choices(['person', 'organisation', 'vessel', 'aircraft', 'unknown']))
        .option('--family <name>', 'family name, with --given')
        .option('--given <name>', 'given names, with --family')
        .option('--alias <name...>', 'further names of the same customer, in other scripts too')
        .option('--birth <date>', 'date or year of birth: 1946-05-30, 1946, "circa 1946"')
        .option('--country <code...>', 'nationality, flag or country, as ISO code or name')
        .addOption(new Option('--sex <sex>', 'sex').choices(['female', 'male']))
        .option('--paper <kind:number[:country]...>', 'documents and registration numbers, e.g. passport:745132314:KP', paper),
    ),
    session,
    async (options, [name]) => {
      const { listedCountry, nameQuery, parseListedDate } = await import('../../screen/index.ts')
      const birth = options.birth === undefined ? null : parseListedDate(options.birth)
      if (birth !== null && birth.from === null) throw usage(`${options.birth} is no date`, 'Write --birth 1946-05-30, or the year alone.')
      const countries = (options.country ?? []).map((text) => {
        const { code } = listedCountry(text)
        if (code === null) throw usage(`${text} is no country that we know`, 'Write its ISO 3166-1 code, e.g. --country KP.')
        return code
      })
      if ((options.family === undefined) !== (options.given === undefined))
        throw usage('--family and --given belong together', 'Give both, or the whole name.')
      const query: ScreenQuery = {
        ...nameQuery((name as string | undefined) ?? ''),
        family: options.family ?? null,
        given: options.given ?? null,
        otherNames: options.alias ?? [],
        kind: options.kind ?? null,
        birth,
        countries,
        sex: options.sex ?? null,
        papers: options.paper ?? [],
      }
      const screener = await screenerOf(options)
      const answer = screener.screen(query, settingOf(options))
      return screeningOutcome({ ask: { about: 'name', query }, answer }, options.language)
    },
  )
}

const PAPERS =
  'passport, national-id, tax-id, registration, imo-ship, imo-company, mmsi, call-sign, aircraft-tail, aircraft-serial, swift, lei'

/** `passport:745132314:KP`, gathered. */
function paper(text: string, before: readonly Paper[] = []): readonly Paper[] {
  const [kind = '', value = '', country] = text.split(':')
  if (!PAPERS.split(', ').includes(kind) || value === '')
    throw new InvalidArgumentError(`It must be KIND:NUMBER or KIND:NUMBER:COUNTRY; kinds are ${PAPERS}.`)
  return [...before, { kind: kind as Paper['kind'], value, country: country ?? null }]
}
