export { type BackupMade, makeBackup } from './backup.ts'
export { backupNode } from './commands.ts'
export { SHORTEST_PASSPHRASE } from './keys.ts'
export { type Restored, restoreBackup } from './restore.ts'
