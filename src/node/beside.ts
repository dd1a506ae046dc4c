import { CordonError } from '../chain/index.ts'
import type { Config } from './config/index.ts'
import type { Database } from './database/database.ts'
import { openDatabase } from './database/open.ts'
import { takeData } from './lock.ts'
import { hasKeys, type NodeKeys, nodeKeys, recordOrigin } from './secrets/keys.ts'

/**
 * Opens what a node has kept for a command beside it; `open` closes it again. A node on a server may run meanwhile; one on the embedded database may not.
 *
 * @throws CordonError `node/no-node` where none was ever started, `node/in-use`, `database/not-opened`
 */
export async function openBeside(
  config: Config,
  open: AsyncDisposableStack,
): Promise<{ readonly database: Database; readonly keys: NodeKeys }> {
  if (!hasKeys(config.data))
    throw new CordonError('node/no-node', 'no node was ever started on this data folder', {
      place: { file: config.data },
      remedy: 'Give the folder of the node: `data` of its configuration file (--config), or CORDON_DATA.',
    })
  if (config.database.url === null) open.defer(await takeData(config.data))
  const keys = await nodeKeys(config.data, recordOrigin(config))
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: 2 })
  open.defer(() => database.close())
  return { database, keys }
}
