import type { NodeParts } from '../parts.ts'

/** How far a source was looked at before, and is now. */
export type Move = { readonly source: string; readonly from: unknown; readonly to: unknown }

/** How far a source was looked at; null where it never was. */
export async function positionOf<Position>({ database }: Pick<NodeParts, 'database'>, source: string): Promise<Position | null> {
  const [row] = await database.system((tx) =>
    tx.query<{ position: Position }>('select position from alert_position where source = $1', [source]),
  )
  return row?.position ?? null
}

/** Moves a source's position on, unless another process has moved it since `from` was read. */
export async function movePosition({ database, clock }: Pick<NodeParts, 'database' | 'clock'>, { source, from, to }: Move): Promise<void> {
  await database.system((tx) =>
    tx.query(
      `insert into alert_position as known (source, position, moved_at) values ($1, $3::jsonb, $4)
       on conflict (source) do update set position = excluded.position, moved_at = excluded.moved_at where known.position = $2::jsonb`,
      [source, JSON.stringify(from), JSON.stringify(to), clock().toISOString()],
    ),
  )
}
