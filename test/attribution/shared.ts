import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file or folder of the shared test data beside the repository. */
export function shared(path: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url))
}

/** Whether tests on real data can run; says what is skipped when they cannot. */
export function hasShared(path: string): boolean {
  const there = existsSync(shared(path))
  if (!there) process.stderr.write(`skipped: tests on ${path}, the shared data is not on this machine\n`)
  return there
}

/** Run with files in a fresh folder that is gone afterwards. */
export async function withFiles<T>(files: Readonly<Record<string, string | Uint8Array>>, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-tags-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
