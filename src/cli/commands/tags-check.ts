import type { Command } from 'commander'
import type { Conflict, TagReport } from '../../attribution/index.ts'
import { command, perform, type Session } from '../command.ts'
import { count, table } from '../text.ts'

/** `cordon tags check`: loads tags and says what they hold, what was refused and where they contradict each other. */
export function tagsCheck(session: Session): Command {
  return perform<object>(
    command('check', 'load tags and say what they hold, what was refused and where they contradict each other', [
      'cordon tags check tags/',
      'cordon tags check exchanges.yaml labels.json --json | jq .refused',
    ]).argument('<path...>', 'TagPacks, ActorPacks, label files, or folders of them'),
    session,
    async (_options, [paths]) => {
      const { loadTags } = await import('../../attribution/index.ts')
      const tags = await loadTags(paths as string[])
      const conflicts = tags.conflicts()
      const { report } = tags
      return {
        value: { ...report, addresses: tags.addresses().length, conflicts },
        text: describe(report, conflicts),
      }
    },
  )
}

/** Refusals and contradictions in full for machines; for people the first of each, and how many there are. */
const SHOWN = 20

function describe({ files, tags, actors, repeated, refused, notes, skipped }: TagReport, conflicts: readonly Conflict[]): string {
  const parts = [
    `${count(tags)} tags and ${count(actors)} actors in ${count(files.length)} files; ${count(repeated)} tags repeat another`,
    table(
      ['file', 'format', 'tags', 'actors', 'title'],
      files.map((f) => [f.file, f.format, count(f.tags), count(f.actors), f.title]),
      [2, 3],
    ),
  ]
  const list = <T>(title: string, header: readonly string[], entries: readonly T[], row: (entry: T) => string[]): void => {
    if (entries.length === 0) return
    parts.push(`${title}: ${count(entries.length)}\n${table(header, entries.slice(0, SHOWN).map(row))}`)
    if (entries.length > SHOWN) parts.push(`and ${count(entries.length - SHOWN)} more (see --json)`)
  }
  const at = (line: number | null): string => (line === null ? '-' : String(line))
  list('Refused', ['file', 'line', 'field', 'reason'], refused, (r) => [r.file, at(r.line), r.field, r.reason])
  list('Notes', ['file', 'line', 'field', 'note', 'times'], notes, (n) => [n.file, at(n.line), n.field, n.note, count(n.count)])
  list('Named differently by different tags', ['address', 'entities'], conflicts, (c) => [c.address, c.entities.join(', ')])
  list('Skipped', ['file', 'reason'], skipped, (s) => [s.file, s.reason])
  return parts.join('\n\n')
}
