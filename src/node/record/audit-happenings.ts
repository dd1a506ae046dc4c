import type { Database } from '../database/database.ts'
import type { Entry } from './entry.ts'
import type { RecordFinding } from './finding.ts'

/** What the record says of a missed deadline, or of a container whose content was released or restricted: both are events by the place of their entry. */
type Said = { readonly index: number; readonly text: string }

/** Gathers, entry by entry, what the record says was told as an event without being a change of an object; then compares it with the tables from which it is told. */
export class HappeningsAudit {
  private readonly overdue = new Map<string, Said>()
  private readonly containers = new Map<string, Said>()

  /** Takes an entry of the record in. */
  hear(index: number, { action, actor, outcome, objects: [object], detail, time }: Entry): void {
    if (actor !== null || outcome !== 'done' || object === undefined) return
    if (action === 'request.overdue') {
      const key = [object.id, detail.deadline, detail.point ?? '', detail.at].join(' ')
      this.overdue.set(key, { index, text: [index, object.version, time].join(' ') })
    } else if (action === 'container.relabelled') {
      this.containers.set(String(index), { index, text: [object.id, detail.content, object.version, time].join(' ') })
    }
  }

  /** Every row must be as the record says, and every row of which it speaks must be there. What was noted before deadlines became events has no place. */
  async compare(database: Database, found: (finding: RecordFinding) => void): Promise<void> {
    const overdue = await database.system((tx) =>
      tx.query<{
        request: string
        deadline: string
        point: string
        at: string
        seq: number | null
        version: number | null
        noted_at: string
      }>('select request, deadline, point, at, seq, version, noted_at from freeze_overdue order by noted_at, request, deadline, point, at'),
    )
    const rows = overdue.map(({ request, deadline, point, at, seq, version, noted_at }) => ({
      key: [request, deadline, point, at].join(' '),
      text: seq === null ? null : [seq, version, noted_at].join(' '),
    }))
    differences('freeze_overdue', rows, this.overdue, found)
    const containers = await database.system((tx) =>
      tx.query<{ seq: number; container: string; content: string; version: number; at: string }>(
        'select seq, container, content, version, at from container_change where seq is not null order by seq',
      ),
    )
    const told = containers.map(({ seq, container, content, version, at }) => ({
      key: String(seq),
      text: [container, content, version, at].join(' '),
    }))
    differences('container_change', told, this.containers, found)
  }
}

function differences(
  table: string,
  rows: readonly { readonly key: string; readonly text: string | null }[],
  said: Map<string, Said>,
  found: (finding: RecordFinding) => void,
): void {
  for (const { key, text } of rows) {
    const mine = said.get(key)
    said.delete(key)
    if (mine === undefined) found({ where: `${table} ${key}`, what: 'the record does not say that this was told' })
    else if (text !== null && text !== mine.text)
      found({ where: `${table} ${key}`, what: `it is not as entry ${mine.index} of the record says` })
  }
  for (const [key, { index }] of said)
    found({ where: `${table} ${key}`, what: `the row is missing; entry ${index} of the record says that it was told` })
}
