import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../config/index.ts'
import { openDatabase } from '../database/open.ts'
import { takeData } from '../lock.ts'
import { nodeKeys } from '../secrets/keys.ts'
import { VERSION } from '../version.ts'
import { type BackupMade, makeBackup } from './backup.ts'

/**
 * Backs up a node from beside it. A node on a server may run meanwhile; one on the embedded database may not: it makes its backup itself (`POST /api/v1/node/backups`).
 *
 * @throws CordonError `node/in-use`, `database/not-opened`, and what `makeBackup` throws
 */
export async function backupNode(config: Config, file: string, passphrase: string | null, now: Date): Promise<BackupMade> {
  await using open = new AsyncDisposableStack()
  if (config.database.url === null) open.defer(await takeData(config.data))
  const keys = await nodeKeys(config.data, config.record.origin ?? `${config.home.organisation}/cordon-record`)
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: 2 })
  open.defer(() => database.close())
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  return await makeBackup({ database, keys, data: config.data, now, version: VERSION }, file, passphrase)
}
