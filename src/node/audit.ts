import { openBeside } from './beside.ts'
import type { Config } from './config/index.ts'
import { auditRecord, type KeptNote, type RecordAudit } from './record/audit.ts'
import { keptCheckpoints } from './record/checkpoints.ts'

/**
 * Audits a node, which does not run meanwhile where its database is the embedded one: its record, and everything that the record speaks of. `notes` are checkpoints that were kept elsewhere, by a witness or on paper; without any, whoever owns both the database and the data folder could take both back.
 *
 * @throws CordonError `node/no-node`; `node/in-use` while the node runs on an embedded database; `database/not-opened`
 */
export async function auditNode(config: Config, notes: readonly KeptNote[]): Promise<RecordAudit> {
  await using open = new AsyncDisposableStack()
  const { database, keys } = await openBeside(config, open)
  const kept = (await keptCheckpoints(config.data)).map(({ file, note }) => ({ from: file, note }))
  return await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [
    ...kept,
    ...notes,
  ])
}
