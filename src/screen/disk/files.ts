import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isMissing } from './faults.ts'
import { syncFolder } from './folder.ts'

/** What a file holds: SHA-256 (hex) and size of its bytes. */
export interface Content {
  readonly sha256: string
  readonly bytes: number
}

/** What chunks of bytes hold together. */
export async function contentOf(chunks: AsyncIterable<Uint8Array>): Promise<Content> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of chunks) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Writes a small file that must not exist yet, and syncs it. */
export async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Puts a small file in place of an older one in one step that survives a loss of power. For the holder of a lock alone: the name beside it is fixed. */
export async function replaceFile(path: string, text: string | Uint8Array): Promise<void> {
  const beside = `${path}.partial`
  const file = await open(beside, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
  await syncFolder(dirname(path))
}

/** A small file's text; null where there is no such file. */
export async function textIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
