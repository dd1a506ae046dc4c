import type { Command } from 'commander'
import type { EntryHistory, ListHistory } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { given } from '../options.ts'
import { counted, printable, table } from '../text.ts'
import { DEFAULT_STORE } from './lists-import.ts'

interface Options {
  store: string
  on: string
  list?: string
}

/** `cordon lists history`: was it listed on a day, by what we knew then and by what the list says now. */
export function listsHistory(session: Session): Command {
  return perform<Options>(
    command('history', 'say whether an entry was listed on a day: by the version then in service, and by all versions that there are', [
      'cordon lists history KPi.001 --on 2024-05-03',
      'cordon lists history "ri yong gil" --on 2020-12-31 --list us-ofac-sdn',
      'cordon lists history 22995 --on 2024-05-03T10:00:00Z --list us-ofac-sdn --json',
    ])
      .argument('<query>', 'an entry’s id, or part of a name; case, accents and punctuation do not count')
      .requiredOption('--on <day>', 'a day (its end, UTC) or a time')
      .option('--list <id>', 'one list (default all)')
      .option('--store <dir>', 'folder of all lists', DEFAULT_STORE),
    session,
    async ({ store, on, list }, [query]) => {
      const { nameContains, wasListed } = await import('../../screen/index.ts')
      const named = nameContains(query as string)
      const answers = await wasListed({ store, on, query: (entry) => entry.id === query || named(entry), ...given({ list }) })
      return { value: { query, on, lists: answers }, text: answers.length === 0 ? NO_LISTS(store) : answers.map(describe).join('\n\n') }
    },
  )
}

const NO_LISTS = (store: string): string => `No list was ever imported into ${store}: nothing is known of any day.`

function describe({ list, on, versions, knew, says }: ListHistory): string {
  if (says.length === 0) {
    const then = knew.version === null ? 'no version was in service then' : `version ${knew.version.version} was in service then`
    return `${list}, ${on}: no such entry in ${counted(versions, 'version')}, of that day or another; ${then}.`
  }
  const parts = [`${list}, ${on} (${counted(versions, 'version')})`, whatWeKnew(knew)]
  parts.push(`What the list says, by all versions that we have:\n${table(['id', 'name', 'listed on', 'verdict', 'why'], says.map(row))}`)
  const gone = says.flatMap(({ id, disappeared }) =>
    disappeared.map(({ last, gone: without }) => `${id} disappeared between ${last.version} and ${without.version}.`),
  )
  return [...parts, ...gone.map(printable)].join('\n\n')
}

function whatWeKnew({ version, matches }: ListHistory['knew']): string {
  if (version === null) return 'What we knew: nothing; no version was in service yet.'
  const by = `version ${version.version}, imported ${version.imported}`
  if (matches.length === 0) return `What we knew: no such entry (${by}).`
  const rows = matches.map(({ id, name, listedOn }) => [id, name, listedOn?.text ?? '-'])
  return `What we knew, by ${by}:\n${table(['id', 'name', 'listed on'], rows)}`
}

function row({ id, name, listedOn, verdict, because }: EntryHistory): string[] {
  return [id, name, listedOn?.text ?? '-', verdict, because]
}
