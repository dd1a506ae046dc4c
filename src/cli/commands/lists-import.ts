import { userInfo } from 'node:os'
import type { Command } from 'commander'
import type { ImportListResult, Refusal, RefusalCode, VersionDifference } from '../../screen/index.ts'
import { command, type Outcome, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { given } from '../options.ts'
import { count, facts, table } from '../text.ts'

interface Options {
  store: string
  list?: string
  format?: string
  by?: string
  fetchedAt?: string
  sourceUrl?: string
  published?: string
  allow?: string[]
  reason?: string
  approvedBy?: string
}

/** Where lists lie unless told otherwise. */
export const DEFAULT_STORE = 'lists'

/** `cordon lists import`: files of a list become its new version, are confirmed, or are refused. */
export function listsImport(session: Session): Command {
  return perform<Options>(
    command('import', 'read the files of a list into a new version and put it in service, unless something speaks against it', [
      'cordon lists import un_consolidated.xml',
      'cordon lists import sdn.csv alt.csv add.csv sdn_comments.csv --list us-ofac-sdn --published 2024-05-03',
      'cordon lists import watch.csv --list own-watch --store /srv/lists --by "Kim Min-ji"',
      'cordon lists import sdn.csv --list us-ofac-sdn --allow shrunken --reason "mass delisting of 3 May" --approved-by "Lee Jun"',
    ])
      .argument('<file...>', 'all files of one list; ZIP archives are opened; the format is told by their content')
      .option('--list <id>', 'which list it is, where the format does not tell; of own lists any id')
      .option('--format <name>', 'the format, where the content does not tell')
      .option('--store <dir>', 'folder of all lists', DEFAULT_STORE)
      .option('--by <name>', 'who imports (default: the user of this machine)')
      .option('--fetched-at <time>', 'when the files were fetched, e.g. 2024-05-03T10:00:00Z (default now)')
      .option('--source-url <url>', 'where they were fetched from')
      .option('--published <date>', 'when the list was published, for formats that do not tell')
      .option('--allow <code...>', 'refusals that a second person overrules; needs --reason and --approved-by')
      .option('--reason <text>', 'why they are overruled')
      .option('--approved-by <name>', 'the second person'),
    session,
    async (options, [paths], work) => {
      const { diffVersions, importList, listFor, NEVER_OVERRULED, readerFor, sourceFiles } = await import('../../screen/index.ts')
      const { store, list, format, by, allow, ...rest } = options
      const files = await sourceFiles(paths as string[])
      const reader = readerFor(files, format)
      const result = await importList({
        store,
        list: listFor(reader, list),
        files,
        reader,
        clock: Date.now,
        by: by ?? userInfo().username,
        ...given({ ...rest, allow: allow as RefusalCode[] | undefined }),
        ...work,
      })
      const { event } = result
      const replaced = event.kind === 'imported' ? event.replaces : null
      const difference =
        replaced === null || event.kind !== 'imported' ? null : await diffVersions(store, event.list, replaced, event.version)
      const changes = difference === null ? null : changesOf(difference)
      const final = event.kind === 'refused' && event.refusals.some(({ code }) => NEVER_OVERRULED.has(code))
      return outcomeOf(result, changes, final)
    },
  )
}

/** How many entries came, went and changed. */
interface Changes {
  readonly added: number
  readonly removed: number
  readonly changed: number
}

function changesOf({ added, removed, changed }: VersionDifference): Changes {
  return { added: added.length, removed: removed.length, changed: changed.length }
}

function outcomeOf(result: ImportListResult, changes: Changes | null, final: boolean): Outcome {
  const { event, read, inService } = result
  const value = {
    outcome: event.kind,
    event,
    read: read === null ? null : { published: read.published, counts: read.counts, kinds: read.kinds, notes: read.notes },
    changes,
    inService: inService?.version ?? null,
  }
  return { value, text: describe(result, changes, final), exit: event.kind === 'refused' ? EXIT.refused : EXIT.ok }
}

function describe({ event, read, inService }: ImportListResult, changes: Changes | null, final: boolean): string {
  const parts = [headline(event, inService)]
  if (changes !== null) {
    const { added, removed, changed } = changes
    parts.push(
      `Against the version before: ${count(added)} entries added, ${count(removed)} removed, ${count(changed)} changed (cordon lists diff ${event.list}).`,
    )
  }
  if (event.kind === 'refused') {
    parts.push(refusalTable(event.refusals))
    parts.push(`The files are kept, and the log tells of it.${final ? '' : ' To overrule: --allow CODE --reason TEXT --approved-by NAME.'}`)
  }
  if (event.kind === 'imported' && event.overruled !== null) {
    const { reason, approvedBy, refusals } = event.overruled
    parts.push(`Overruled by ${event.by} and ${approvedBy} (${reason}):\n${refusalTable(refusals)}`)
  }
  if (read !== null) {
    const kinds = Object.entries(read.kinds).flatMap(([kind, n]) => (n === 0 ? [] : [`${count(n)} ${kind}`]))
    parts.push(
      facts([
        ['list', event.list],
        ['format', event.reader.format],
        ['published', read.published ?? 'not told'],
        ['entries', `${count(read.counts.entries)}${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`],
        ['names', count(read.counts.names)],
        ['wallets', count(read.counts.wallets)],
        ['identifiers', count(read.counts.identifiers)],
      ]),
    )
    if (read.notes.total > 0) {
      const rows = read.notes.byReason.map(({ severity, reason, count: n }) => [severity, count(n), reason])
      parts.push(`Notes: ${count(read.notes.total)}\n${table(['severity', 'times', 'what'], rows, [1])}`)
    }
  }
  const files = event.sources.map(({ name, bytes, sha256 }) => [name, count(bytes), sha256])
  parts.push(table(['file', 'bytes', 'sha-256'], files, [1]))
  if (event.cleared.length > 0) parts.push(`Left by an import that was killed, and taken away: ${event.cleared.join(', ')}`)
  return parts.join('\n\n')
}

function headline(event: ImportListResult['event'], inService: ImportListResult['inService']): string {
  if (event.kind === 'imported') {
    return `In service: version ${event.version} of ${event.list}${event.replaces === null ? '' : `, in place of ${event.replaces}`}.`
  }
  if (event.kind === 'confirmed-unchanged') return `Unchanged: version ${event.version} of ${event.list} is confirmed.`
  const stays = inService === null ? 'no version is in service' : `version ${inService.version} stays in service`
  return `Refused: ${event.list} was not taken in; ${stays}.`
}

function refusalTable(refusals: readonly Refusal[]): string {
  return table(
    ['code', 'what', 'to do'],
    refusals.map(({ code, message, remedy }) => [code, message, remedy]),
  )
}
