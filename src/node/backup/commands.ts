import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openBeside } from '../beside.ts'
import type { Config } from '../config/index.ts'
import { VERSION } from '../version.ts'
import { type BackupMade, makeBackup } from './backup.ts'

/**
 * Backs up a node from beside it. A node on a server may run meanwhile; one on the embedded database may not: it makes its backup itself (`POST /api/v1/node/backups`).
 *
 * @throws CordonError `node/no-node`, `node/in-use`, `database/not-opened`, and what `makeBackup` throws
 */
export async function backupNode(config: Config, file: string, passphrase: string | null, now: Date): Promise<BackupMade> {
  await using open = new AsyncDisposableStack()
  const { database, keys } = await openBeside(config, open)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  return await makeBackup({ database, keys, data: config.data, now, version: VERSION }, file, passphrase)
}
