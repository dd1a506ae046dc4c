import type { Tx } from '../../../src/node/database/tx.ts'
import { auditRecord, type RecordAudit } from '../../../src/node/record/audit.ts'
import { keptCheckpoints } from '../../../src/node/record/checkpoints.ts'
import type { NodeWorld } from '../world.ts'

/** An audit of a node that runs, with the checkpoints of its data folder. */
export async function auditOf(world: NodeWorld, database = world.node.parts.database): Promise<RecordAudit> {
  const { keys, config } = world.node.parts
  const notes = (await keptCheckpoints(config.data)).map(({ file, note }) => ({ from: file, note }))
  return await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, notes)
}

/** What an audit finds after a change by the owner of the database, which is taken back afterwards. */
export async function findingsAfter(world: NodeWorld, change: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  const { database } = world.node.parts
  let found: string[] = []
  await database
    .system(async (tx) => {
      await change(tx)
      const within = <T>(work: (tx: Tx) => Promise<T>) => work(tx)
      const { findings } = await auditOf(world, { ...database, system: within, snapshot: within })
      found = findings.map(({ where, what }) => `${where}: ${what}`)
      throw new Error('taken back')
    })
    .catch((error: Error) => {
      if (error.message !== 'taken back') throw error
    })
  return found
}
