import type { Config } from './config/index.ts'
import { openDatabase } from './database/open.ts'
import { takeData } from './lock.ts'
import { auditRecord, type KeptNote, type RecordAudit } from './record/audit.ts'
import { keptCheckpoints } from './record/checkpoints.ts'
import { nodeKeys } from './secrets/keys.ts'

/**
 * Audits a node that is not running: its record, and everything that the record speaks of. `notes` are checkpoints that were kept elsewhere, by a witness or on paper; without any, whoever owns both the database and the data folder could take both back.
 *
 * @throws CordonError `node/in-use` while the node runs on an embedded database; `database/not-opened`
 */
export async function auditNode(config: Config, notes: readonly KeptNote[]): Promise<RecordAudit> {
  await using open = new AsyncDisposableStack()
  // A server takes more than one user; the embedded database does not.
  if (config.database.url === null) open.defer(await takeData(config.data))
  const keys = await nodeKeys(config.data, config.home.organisation)
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: 2 })
  open.defer(() => database.close())
  const kept = (await keptCheckpoints(config.data)).map(({ file, note }) => ({ from: file, note }))
  return await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [
    ...kept,
    ...notes,
  ])
}
