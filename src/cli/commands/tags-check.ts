import type { Command } from 'commander'
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
      const { tags } = await loadTags(paths as string[])
      const rows = tags.packs.map((pack) => [pack.file, pack.title, count(pack.tags), pack.sha256.slice(0, 12)])
      return {
        value: { size: tags.size, packs: tags.packs },
        text: `${count(tags.size)} tags\n\n${table(['file', 'title', 'tags', 'sha256'], rows, [2])}`,
      }
    },
  )
}
