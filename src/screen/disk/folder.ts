import { open } from 'node:fs/promises'

/** Makes renames in a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no handles of folders to sync; its renames are journalled.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
