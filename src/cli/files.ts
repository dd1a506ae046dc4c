import { access, constants, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CordonError } from '../chain/index.ts'

/** Writes a file beside its place and renames it into it, so that whoever looks sees the old one or the whole new one. Throws `cli/not-writable`. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.partial`
  try {
    const file = await open(beside, 'w')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (cause) {
    await rm(beside, { force: true })
    throw notWritable(path, cause)
  }
}

/** Finds out before long work whether a file can be put there. Throws `cli/not-writable`. */
export async function mustBeWritable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK)
    const there = await stat(path).catch(() => null)
    if (there?.isDirectory()) throw new Error('it is a directory')
  } catch (cause) {
    throw notWritable(path, cause)
  }
}

/** Reads a text file that the user named. Throws `cli/not-readable`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new CordonError('cli/not-readable', `cannot read ${path}: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'Check the path and its permissions.',
      cause,
    })
  }
}

function notWritable(path: string, cause: unknown): CordonError {
  return new CordonError('cli/not-writable', `cannot write ${path}: ${(cause as Error).message}`, {
    place: { file: path },
    remedy: 'Name a file in a directory that exists and that you may write to.',
    cause,
  })
}
