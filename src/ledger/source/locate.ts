import { glob, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'

/** A file to read, and whether someone named it (then it must be data) or it lay in a folder (then it may be something else). */
export interface Located {
  readonly path: string
  readonly bytes: number
  readonly named: boolean
}

const DATA = /\.(csv|tsv|parquet|pq|json|jsonl|ndjson|gexf)(\.(gz|zst))?$/i
const GLOB = /[*?[\]{}]/
const natural = new Intl.Collator('en', { numeric: true }).compare

/**
 * Files, folders (with everything below that is named like data) and globs, in the order given; inside a folder or a glob by name, numbers as numbers.
 *
 * @throws CordonError `ledger/no-such-file`, `ledger/no-data-files`
 */
export async function locate(paths: readonly string[]): Promise<Located[]> {
  const found: Located[] = []
  for (const path of paths) found.push(...(await locateOne(path)))
  const seen = new Set<string>()
  for (const file of found) {
    if (seen.has(file.path)) {
      throw new CordonError('ledger/same-file-twice', `${file.path} is given twice`, {
        place: { file: file.path },
        remedy: 'Name each file once: its transfers would count twice.',
      })
    }
    seen.add(file.path)
  }
  if (found.length === 0)
    throw new CordonError('ledger/no-data-files', 'no file to read was given', { remedy: 'Name files, folders or patterns.' })
  return found
}

async function locateOne(path: string): Promise<Located[]> {
  const info = await stat(path).catch(() => null)
  if (info?.isFile()) return [{ path, bytes: info.size, named: true }]
  if (info?.isDirectory()) {
    const names = await readdir(path, { recursive: true, withFileTypes: true })
    const files = names
      .filter((entry) => entry.isFile() && DATA.test(entry.name) && !/^[._]/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
    if (files.length === 0) {
      throw new CordonError('ledger/no-data-files', `${path} holds no data files`, {
        place: { file: path },
        remedy:
          'Looked for names that end in csv, tsv, parquet, json, jsonl, ndjson or gexf, also with .gz or .zst. Name a file itself to read it whatever its name.',
      })
    }
    return sized(files.sort(natural))
  }
  if (info !== null)
    throw new CordonError('ledger/no-such-file', `${path} is neither a file nor a folder`, {
      place: { file: path },
      remedy: 'Copy its content into a file.',
    })
  if (GLOB.test(path)) {
    const matches: string[] = []
    for await (const match of glob(path)) matches.push(match)
    const files = (await sized(matches.sort(natural))).filter((file) => file.bytes >= 0)
    if (files.length > 0) return files
  }
  throw new CordonError('ledger/no-such-file', `${path} does not exist`, {
    place: { file: path },
    remedy: 'Check the path; a pattern must match at least one file.',
  })
}

/** Sizes, -1 for what is no plain file. */
async function sized(paths: readonly string[]): Promise<Located[]> {
  return Promise.all(
    paths.map(async (path) => {
      const info = await stat(path)
      return { path, bytes: info.isFile() ? info.size : -1, named: false }
    }),
  )
}
