import type { NodeParts } from '../parts.ts'

/** Takes the files of uploads away that were used, taken back, or never finished in time. What became an object or went into a job stays. */
export async function sweepUploads({ database, clock, receiver }: Pick<NodeParts, 'database' | 'clock' | 'receiver'>): Promise<number> {
  const there = await receiver.ids()
  if (there.length === 0) return 0
  const wanted = await database.system(async (tx) => {
    await tx.query(`update upload set state = 'ended' where state in ('open', 'complete') and expires_at <= $1`, [clock().toISOString()])
    return await tx.query<{ id: string }>(`select id from upload where id = any($1::uuid[]) and state in ('open', 'complete')`, [there])
  })
  const keep = new Set(wanted.map(({ id }) => id))
  const gone = there.filter((id) => !keep.has(id))
  await receiver.remove(gone)
  return gone.length
}
