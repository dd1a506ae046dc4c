import { openDatabase } from '../../src/node/database/open.ts'
import { auditNode, type Config } from '../../src/node/index.ts'
import { keptCheckpoints } from '../../src/node/record/checkpoints.ts'
import type { Memory } from './torture-memory.ts'

/** Compares everything that was ever acknowledged, and every checkpoint that was ever shown, with a node that is not running. Gives what is wrong. */
export async function auditAll(config: Config, memory: Memory): Promise<{ readonly lost: string[]; readonly findings: string[] }> {
  for (const { note } of await keptCheckpoints(config.data)) memory.notes.add(note)
  const notes = [...memory.notes].map((note, n) => ({ from: `checkpoint that was shown ${n}`, note }))
  const audit = await auditNode(config, notes)
  const findings = audit.findings.map(({ where, what }) => `${where}: ${what}`)
  if (audit.findingsLeftOut > 0) findings.push(`and ${audit.findingsLeftOut} more`)
  return { lost: await missing(config, memory), findings }
}

async function missing(config: Config, memory: Memory): Promise<string[]> {
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: 2 })
  try {
    const rows = await database.system((tx) =>
      tx.query<{ key: string; hash: string }>(`select id || '/' || version as key, encode(hash, 'hex') as hash from object_version`),
    )
    const links = await database.system((tx) => tx.query<{ key: string }>(`select source || ' ' || target as key from link`))
    const there = new Map(rows.map(({ key, hash }) => [key, hash]))
    const linked = new Set(links.map(({ key }) => key))
    return [
      ...[...memory.versions].filter(([key, hash]) => there.get(key) !== hash).map(([key]) => `version ${key}`),
      ...[...memory.links].filter((key) => !linked.has(key)).map((key) => `link ${key}`),
    ]
  } finally {
    await database.close()
  }
}
