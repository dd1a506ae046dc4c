import type { Ask } from '../ask.ts'
import { lockContainers, spread } from './containers.ts'
import type { LinkKind } from './links.ts'

/** Links an object that the caller has just made to many others that he may read, at once. */
export async function linkAll(ask: Ask, source: string, targets: readonly string[], { kind, contains }: LinkKind): Promise<void> {
  const { tx, caller, now, links } = ask
  const all = [...new Set(targets)]
  if (all.length === 0) return
  if (contains) await lockContainers(ask)
  await tx.query(
    `insert into link (source, target, kind, contains, created_by, created_at) select $1, target, $3, $4, $5, $6 from unnest($2::uuid[]) as target
     on conflict (source, target, kind) do update set ended_at = null`,
    [source, all, kind, contains, caller.person, now.toISOString()],
  )
  if (contains) await spread(ask, source)
  for (const target of all) links.push({ source, target, link: kind, ended: false })
}
