import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the shared data lies beside the checkout; tests that need it skip where it is missing. */
export const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** True where a file or folder of the shared data is there. */
export function haveData(path: string): boolean {
  return existsSync(DATA + path)
}
