import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Fresh places for stores, gone after the tests of the file. */
export function stores(): () => string {
  let made = 0
  const root = mkdtempSync(join(tmpdir(), 'cordon-versions-'))
  afterAll(() => rm(root, { recursive: true, force: true }))
  return () => join(root, String(made++))
}
