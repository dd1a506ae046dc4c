import { canonicalJson } from '../../chain/index.ts'
import type { Label } from '../../share/index.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'
import { versionHash } from '../objects/object.ts'
import { HappeningsAudit } from './audit-happenings.ts'
import { auditRows } from './audit-rows.ts'
import { logRows } from './entries.ts'
import type { Entry, LinkChange, PersonState } from './entry.ts'
import { MOST_FINDINGS, type RecordFinding } from './finding.ts'

const PAGE = 500

type Mention = { id: string; version: number; hash: string; index: number }

/** What was found out about the objects. */
export type ContentAudit = { readonly objects: number; readonly findings: readonly RecordFinding[]; readonly leftOut: number }

/** Compares every version, label, link, person, current object and vouched row with what the log says was written. */
export async function auditContent(database: Database): Promise<ContentAudit> {
  const findings: RecordFinding[] = []
  let leftOut = 0
  const found = (finding: RecordFinding) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding)
    else leftOut++
  }
  await auditMentions(database, found)
  await auditRows(database, found)
  const objects = await auditVersions(database, found)
  for (const [where, what, sql] of CONSISTENT)
    for (const { key } of await database.system((tx) => tx.query<{ key: string }>(`${sql} limit ${MOST_FINDINGS}`)))
      found({ where: `${where} ${key}`, what })
  return { objects, findings, leftOut }
}

/** What must hold between the tables; each statement gives the keys for which it does not. */
const CONSISTENT: readonly (readonly [where: string, what: string, sql: string])[] = [
  [
    'object_version',
    'the record does not say that this version was written',
    `select v.id || '/' || v.version as key from object_version v left join change c on c.object = v.id and c.version = v.version where c.object is null`,
  ],
  [
    'change',
    'it tells of a version that is not there, or by another name',
    `select c.seq::text as key from change c left join object_version v on v.id = c.object and v.version = c.version and v.kind = c.kind where v.id is null`,
  ],
  [
    'object',
    'it is not its latest version',
    `select o.id::text as key from object o left join object_version v on v.id = o.id and v.version = o.version
     where v.id is null or v.hash <> o.hash or v.body <> o.body or v.label <> o.label or v.kind <> o.kind or v.organisation <> o.organisation
       or v.changed_by <> o.changed_by or v.changed_at <> o.changed_at
       or exists (select 1 from object_version later where later.id = o.id and later.version > o.version)`,
  ],
  [
    'object_version',
    'the object is missing, or versions of it are',
    `select v.id::text as key from object_version v left join object o on o.id = v.id group by v.id, o.version
     having o.version is null or count(*) <> o.version or min(v.version) <> 1`,
  ],
  [
    'object',
    'who made it, or when, is not as in its first version',
    `select o.id::text as key from object o join object_version v on v.id = o.id and v.version = 1 where v.changed_by <> o.created_by or v.changed_at <> o.created_at`,
  ],
  [
    'object',
    'its clauses are not its label and those of all that it holds',
    `select o.id::text as key from object o where o.clauses <> (
       with recursive inside(id) as (
         select o.id union select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null)
       select array_agg(distinct held.label order by held.label) from inside join object held on held.id = inside.id)`,
  ],
  [
    'clause',
    'the label is not the one that was written',
    `select id::text as key from clause where key <> sha256(convert_to(jsonb_build_array(policy, tlp, nations, organisations, caveats, persons, originator,
       to_char(expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'))`,
  ],
]

/** Every version and link of which the log speaks must be there as it says, and no link that it does not speak of. */
async function auditMentions(database: Database, found: (finding: RecordFinding) => void): Promise<void> {
  const links = new Map<string, boolean>()
  const people = new Map<string, PersonState>()
  const happenings = new HappeningsAudit()
  let mentions: Mention[] = []
  const compare = async () => {
    const batch = mentions
    mentions = []
    for (const { id, version, index, hash } of await database.system((tx) => differing(tx, batch)))
      found({
        where: `object_version ${id}/${version} hash`,
        what:
          hash === null
            ? `the version is missing; entry ${index} of the record speaks of it`
            : `it is not the version of which entry ${index} of the record speaks`,
      })
  }
  for await (const { index, entry } of logRows(database)) {
    const parsed = parseEntry(entry)
    if (parsed === null) {
      found({ where: `log ${index} entry`, what: 'it cannot be read' })
      continue
    }
    for (const { id, version, hash } of parsed.objects) mentions.push({ id, version, hash, index })
    for (const link of parsed.links ?? []) links.set(keyOf(link), link.ended)
    happenings.hear(index, parsed)
    for (const person of parsed.people ?? []) people.set(person.id, person)
    if (mentions.length >= PAGE) await compare()
  }
  await compare()
  await auditLinks(database, links, found)
  await auditPeople(database, people, found)
  await happenings.compare(database, found)
}

async function auditLinks(database: Database, links: Map<string, boolean>, found: (finding: RecordFinding) => void): Promise<void> {
  const rows = await database.system((tx) =>
    tx.query<{ source: string; target: string; kind: string; ended: boolean }>(
      'select source, target, kind, ended_at is not null as ended from link',
    ),
  )
  for (const { source, target, kind, ended } of rows) {
    const key = keyOf({ source, target, link: kind })
    if (links.get(key) !== ended)
      found({ where: `link ${key}`, what: 'the record does not say that it was made, or says that it was ended or not' })
    links.delete(key)
  }
  for (const key of links.keys()) found({ where: `link ${key}`, what: 'it is missing; the record says that it was made' })
}

/** Nobody has rights that the record does not say he was given. */
async function auditPeople(database: Database, people: Map<string, PersonState>, found: (finding: RecordFinding) => void): Promise<void> {
  const rows = await database.system((tx) =>
    tx.query<PersonState>('select id, version, organisation, roles, caveats, disabled from person order by id'),
  )
  for (const row of rows) {
    const told = people.get(row.id)
    if (told === undefined) found({ where: `person ${row.id}`, what: 'the record does not say that this person was made' })
    else if (canonicalJson(told) !== canonicalJson({ ...row }))
      found({ where: `person ${row.id}`, what: 'organisation, roles, caveats or standing are not what the record says' })
    people.delete(row.id)
  }
  for (const id of people.keys()) found({ where: `person ${id}`, what: 'the person is missing; the record says that he was made' })
}

async function differing(
  tx: Tx,
  mentions: readonly Mention[],
): Promise<{ id: string; version: number; index: number; hash: string | null }[]> {
  return await tx.query(
    `select wanted.id, wanted.version, wanted.index, encode(v.hash, 'hex') as hash
     from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[]) as wanted(id, version, hash, index)
     left join object_version v on v.id = wanted.id and v.version = wanted.version
     where encode(v.hash, 'hex') is distinct from wanted.hash`,
    [
      mentions.map(({ id }) => id),
      mentions.map(({ version }) => version),
      mentions.map(({ hash }) => hash),
      mentions.map(({ index }) => index),
    ],
  )
}

type VersionRow = {
  id: string
  version: number
  organisation: string
  kind: string
  changed_by: string
  changed_at: string
  body: unknown
  hash: string
  policy: string
} & Label

/** Every version's content must have the hash that is kept beside it. Gives the number of objects. */
async function auditVersions(database: Database, found: (finding: RecordFinding) => void): Promise<number> {
  let objects = 0
  for (let after = { id: '00000000-0000-0000-0000-000000000000', version: 0 }; ; ) {
    const rows = await database.system((tx) =>
      tx.query<VersionRow>(
        `select v.id, v.version, v.organisation, v.kind, v.changed_by, v.changed_at, v.body, encode(v.hash, 'hex') as hash,
                c.policy, c.tlp, c.nations, c.organisations, c.caveats, c.persons, c.originator, c.expires
         from object_version v join clause c on c.id = v.label where (v.id, v.version) > ($1::uuid, $2::int) order by v.id, v.version limit $3`,
        [after.id, after.version, PAGE],
      ),
    )
    for (const row of rows) {
      if (row.version === 1) objects++
      const {
        id,
        version,
        organisation,
        kind,
        changed_by,
        changed_at,
        body,
        hash,
        policy,
        tlp,
        nations,
        organisations,
        caveats,
        persons,
        originator,
        expires,
      } = row
      const label = { policy, tlp, nations, organisations, caveats, persons, originator, expires } as Label
      const actual = versionHash({ id, kind, version, organisation, changedBy: changed_by, changedAt: changed_at, label, body })
      if (actual !== hash)
        found({ where: `object_version ${id}/${version}`, what: 'its content does not have the hash that the record vouches for' })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return objects
    after = { id: last.id, version: last.version }
  }
}

function parseEntry(text: string): Entry | null {
  try {
    return JSON.parse(text) as Entry
  } catch {
    return null
  }
}

function keyOf({ source, target, link }: Pick<LinkChange, 'source' | 'target' | 'link'>): string {
  return `${source} ${link} ${target}`
}
