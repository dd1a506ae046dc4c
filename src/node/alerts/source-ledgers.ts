import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { NodeParts } from '../parts.ts'
import { peek } from '../tracing/index.ts'
import { lookBeside } from './beside.ts'
import { movePosition, positionOf } from './position.ts'
import { raiseAlerts } from './raise.ts'
import { lookAtEach, type Source } from './source.ts'
import { type Team, teamsFor } from './teams.ts'
import type { LedgerPosition } from './work-movements.ts'

/** Facts after which a look is written down before it goes on. */
const MOST_FACTS = 5_000

/** A ledger that may hold what was not looked at. `object`: null for one of the configuration. */
type Due = {
  readonly key: string
  readonly directory: string
  readonly object: string | null
  readonly content: Content
  readonly stamp: string
}
type Content = Omit<LedgerPosition, 'looked'>

/** New transfers of watched accounts, in the ledgers of the node: what it had when the first rule was made is not new. */
export function ledgerSource(node: NodeParts): Source {
  const stamps = new Map<string, string>()
  return {
    name: 'ledgers',
    everyMs: 0,
    look: async (signal) => {
      const due = [...(await importedLedgers(node)), ...(await configuredLedgers(node, stamps))]
      await lookAtEach(due, async (ledger) => {
        await lookAt(node, ledger, signal)
        stamps.set(ledger.key, ledger.stamp)
      })
    },
  }
}

async function lookAt(node: NodeParts, { key, directory, object, content }: Due, signal: AbortSignal): Promise<void> {
  const source = `ledger/${key}`
  for (;;) {
    const from = await positionOf<LedgerPosition>(node, source)
    if (from?.hash === content.hash && from.looked >= from.transfers) return
    const teams = await thatMayRead(node, object, await teamsFor(node, 'movement'))
    if (teams.length === 0) {
      await movePosition(node, { source, from, to: { ...content, looked: content.transfers } })
      return
    }
    const seenAt = node.clock().toISOString()
    const { position, raised } = await lookBeside(
      node,
      'lookAtLedger',
      async () => ({
        directory,
        before: from,
        since: null,
        tags: node.config.library.tags.map((path) => resolve(path)),
        teams: teams.map(({ rules, watches }) => ({ rules, watches })),
        seenAt,
        most: MOST_FACTS,
      }),
      signal,
    )
    const about = object === null ? [] : [object]
    await raiseAlerts(
      node,
      teams.map(({ eyes }, i) => ({ eyes, raised: raised[i] ?? [], about: () => about })),
      { source, from, to: position },
    )
    if (position.looked >= position.transfers) return
  }
}

async function thatMayRead(node: NodeParts, object: string | null, teams: readonly Team[]): Promise<readonly Team[]> {
  if (object === null) return teams
  const may: Team[] = []
  for (const team of teams) {
    const rows = await peek(node, team.eyes, ({ tx, ring }) =>
      tx.query(`select 1 from object where id = $1 and kind = 'ledger' and clauses <@ $2::int[]`, [object, ring]),
    )
    if (rows.length > 0) may.push(team)
  }
  return may
}

type Row = { readonly id: string; readonly content: Omit<Content, 'block'> & { readonly blocks: { readonly last: number } | null } }

async function importedLedgers({ database, config }: NodeParts): Promise<readonly Due[]> {
  const rows = await database.system((tx) =>
    tx.query<Row>(
      `select o.id, o.body -> 'content' as content from object o left join alert_position p on p.source = 'ledger/' || o.id
       where o.kind = 'ledger' and o.body #>> '{content,hash}' is not null
         and (p.position ->> 'hash' is distinct from o.body #>> '{content,hash}' or (p.position ->> 'looked')::bigint < (p.position ->> 'transfers')::bigint)
       order by o.id`,
    ),
  )
  return rows.map(({ id, content }) => ({
    key: id,
    directory: resolve(join(config.data, 'ledgers', id)),
    object: id,
    content: contentOf(content),
    stamp: '',
  }))
}

/** Those of the configuration whose manifest is another one than at the last look: `cordon ledger append` may have been there. */
async function configuredLedgers({ config }: NodeParts, stamps: Map<string, string>): Promise<readonly Due[]> {
  const due: Due[] = []
  for (const [key, folder] of Object.entries(config.library.ledgers)) {
    const directory = resolve(folder)
    const path = join(directory, 'manifest.json')
    const info = await stat(path).catch(() => null)
    const stamp = info === null ? '' : `${info.ino} ${info.mtimeMs} ${info.size}`
    if (info === null || stamps.get(key) === stamp) continue
    const content = contentOf(JSON.parse(await readFile(path, 'utf8')) as Row['content'])
    due.push({ key, directory, object: null, content, stamp })
  }
  return due
}

function contentOf({ hash, transfers, transactions, blocks }: Row['content']): Content {
  return { hash, transfers, transactions, block: blocks?.last ?? null }
}
