import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { frontierAt, frontierRoot, signCheckpoint, signNote } from '../../share/index.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'
import { recordSize, treeOf } from '../record/tree.ts'
import type { NodeKeys } from '../secrets/keys.ts'
import { type ArchiveWriter, writeArchive } from './archive.ts'
import { sealKeys } from './keys.ts'
import { type ArchivedFile, DATA, KEYS, MANIFEST, MANIFEST_NOTE, type Manifest, manifestText, TABLES } from './manifest.ts'
import { rowsOf, type Table, tablesOf } from './tables.ts'

/** What a backup is made of. */
export type BackupParts = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly data: string
  readonly now: Date
  /** The version of Cordon. */
  readonly version: string
}

/** What was kept. */
export type BackupMade = { readonly file: string; readonly manifest: Manifest }

/** Tables that hold nothing of the node's: what the schema itself keeps, and room for a full disk. */
const OF_SCHEMA = new Set(['migration', 'reserve'])

/**
 * What of the data folder is not copied: the database (its rows are), keys (sealed or left out), locks, what is only half there, and backups themselves.
 */
const LEFT_OUT = /^(database|database\.new|keys|backups|jobs|lock.*|reserve.*|compiled)$|\/unfinished$|\.new$/

/**
 * Writes a node into one file: the database as it was at one moment, every file of the data folder, and the record signed as it was then. A node may run meanwhile.
 * Keys are secrets: they are sealed under `passphrase`, or left out where it is null. Memory does not grow with the node.
 *
 * @throws CordonError `backup/exists`, `backup/short-passphrase`, `backup/changed`, `node/disk-full`
 */
export async function makeBackup(parts: BackupParts, file: string, passphrase: string | null): Promise<BackupMade> {
  const { database, data, now, version } = parts
  const keys = passphrase === null ? null : await sealKeys(await keyFiles(data), passphrase)
  const manifest = await writeArchive(file, now, async (archive) => {
    const state = await database.snapshot((tx) => writeDatabase(tx, parts, archive))
    // What the rows name is older than they are, and is never taken away: it is here now.
    const files = [...state.files]
    if (keys !== null) files.push(await addText(archive, KEYS, keys))
    for (const path of await dataFiles(data)) {
      const added = await addFile(archive, data, path)
      if (added !== null) files.push(added)
    }
    const whole: Manifest = {
      format: 'cordon-backup/1',
      cordon: version,
      at: now.toISOString(),
      steps: state.steps,
      record: state.record,
      keys: keys === null ? 'left out' : 'sealed',
      tables: state.tables,
      files,
    }
    const text = `${JSON.stringify(whole)}\n`
    await addText(archive, MANIFEST, text)
    await addText(archive, MANIFEST_NOTE, signNote(manifestText(text), [parts.keys.record]))
    return whole
  })
  return { file, manifest }
}

type DatabaseState = Pick<Manifest, 'steps' | 'record' | 'tables' | 'files'>

async function writeDatabase(tx: Tx, { keys }: BackupParts, archive: ArchiveWriter): Promise<DatabaseState> {
  const steps = await tx.query<{ id: string; sha256: string }>('select id, sha256 from migration order by id')
  const size = await recordSize(tx)
  const origin = keys.record.key.name
  const root = frontierRoot(await frontierAt(treeOf(tx), size))
  const checkpoint = signCheckpoint({ origin, size, root, extensions: [] }, [keys.record])
  const tables: Manifest['tables'] = []
  const files: ArchivedFile[] = []
  for (const table of await tablesOf(tx)) {
    if (OF_SCHEMA.has(table.name)) continue
    let rows = 0
    let part = 0
    for await (const piece of rowsOf(tx, table)) {
      rows += piece.rows
      part++
      files.push(await addText(archive, `${TABLES}/${table.name}/${String(part).padStart(6, '0')}.ndjson`, piece.lines))
    }
    tables.push({ ...mutable(table), rows })
  }
  return { steps, record: { origin, size, checkpoint }, tables, files }
}

function mutable({ name, columns }: Table): Omit<Manifest['tables'][number], 'rows'> {
  return { name, columns: columns.map((column) => ({ ...column })) }
}

async function addText(archive: ArchiveWriter, path: string, text: string): Promise<ArchivedFile> {
  const bytes = Buffer.from(text)
  return await archive.add(path, bytes.length, [bytes])
}

/** Adds a file as long as it is now; null where it has gone: uploads that were used or ended do so. */
async function addFile(archive: ArchiveWriter, data: string, path: string): Promise<ArchivedFile | null> {
  const from = join(data, path)
  const found = await stat(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (found === null) return null
  const content = found.size === 0 ? [] : createReadStream(from, { end: found.size - 1, highWaterMark: 256 * 1024 })
  return await archive.add(`${DATA}/${path}`, found.size, content as AsyncIterable<Buffer>)
}

/** Paths of the files that are kept, below the data folder, in order. */
async function dataFiles(data: string): Promise<string[]> {
  const files: string[] = []
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(data, folder), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (LEFT_OUT.test(path)) continue
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files.push(path)
    }
  }
  await walk('')
  return files
}

async function keyFiles(data: string): Promise<Record<string, string>> {
  const folder = join(data, 'keys')
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])))
}
