import { resolve } from 'node:path'
import { listStatus, listEvents as logOf } from '../../screen/index.ts'
import type { NodeParts } from '../parts.ts'
import { lookBeside } from './beside.ts'
import { movePosition, positionOf } from './position.ts'
import { raiseAlerts } from './raise.ts'
import { lookAtEach, type Source } from './source.ts'
import { teamsFor } from './teams.ts'

/** The number of the last event in a list's log that was looked at. */
type ListPosition = { readonly event: number }

/** New versions of sanctions lists, whoever imported them: each is compared with the one that it took the place of. */
export function listSource(node: NodeParts): Source {
  const store = resolve(node.config.library.lists)
  const lengths = new Map<string, number>()
  return {
    name: 'lists',
    everyMs: 5_000,
    look: async (signal) => {
      const lists = await listStatus({ store, at: node.clock().toISOString() })
      const due = lists.filter(({ list, events }) => events > 0 && lengths.get(list) !== events)
      await lookAtEach(due, async ({ list, events }) => {
        await lookAt(node, store, list, signal)
        lengths.set(list, events)
      })
    },
  }
}

async function lookAt(node: NodeParts, store: string, list: string, signal: AbortSignal): Promise<void> {
  const source = `list/${list}`
  const log = await logOf(store, list)
  let from = await positionOf<ListPosition>(node, source)
  for (const imported of log) {
    if (imported.kind !== 'imported' || imported.event <= (from?.event ?? 0)) continue
    const { version, replaces, time: at } = imported
    const to = { event: imported.event }
    const teams = await teamsFor(node, 'list')
    if (teams.length === 0) await movePosition(node, { source, from, to })
    else {
      const raised = await lookBeside(
        node,
        'lookAtList',
        async () => ({ store, list, version, replaces, at, teams: teams.map(({ rules, watches }) => ({ rules, watches })) }),
        signal,
      )
      await raiseAlerts(
        node,
        teams.map(({ eyes }, i) => ({ eyes, raised: raised[i] ?? [], about: () => [] })),
        { source, from, to },
      )
    }
    from = to
  }
}
