import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { frontierAt, frontierRoot, signCheckpoint } from '../../share/index.ts'
import type { Database } from '../database/database.ts'
import type { NodeKeys } from '../secrets/keys.ts'
import { recordSize, treeOf } from './tree.ts'

/** The last checkpoint of an hour is also a file, so that whoever owns the database cannot take back what was signed. */
const SUFFIX = '.checkpoint'

/** What signs the record. */
export type CheckpointParts = { readonly database: Database; readonly keys: NodeKeys; readonly data: string; readonly clock: () => Date }

/**
 * Signs the record as it is now (C2SP tlog-checkpoint), unless it was signed at this size already (`last`). Gives the size that is signed and the note.
 * The file is on the disk before the table has the note: the file never knows less.
 */
export async function signRecord(
  { database, keys, data, clock }: CheckpointParts,
  last: number,
): Promise<{ readonly size: number; readonly note: string } | null> {
  const signed = await database.system(async (tx) => {
    const size = await recordSize(tx)
    if (size === last) return null
    const root = frontierRoot(await frontierAt(treeOf(tx), size))
    return { size, note: signCheckpoint({ origin: keys.record.key.name, size, root, extensions: [] }, [keys.record]) }
  })
  if (signed === null) return null
  const now = clock()
  const hour = `${now.toISOString().slice(0, 13)}:00:00.000Z`
  await keepFile(join(data, 'record'), hour, signed.note)
  await database.system((tx) =>
    tx.query(
      `insert into checkpoint (hour, size, note, at) values ($1, $2, $3, $4)
       on conflict (hour) do update set size = excluded.size, note = excluded.note, at = excluded.at`,
      [hour, signed.size, signed.note, now.toISOString()],
    ),
  )
  return signed
}

/** The checkpoints that were kept as files, oldest first. */
export async function keptCheckpoints(data: string): Promise<readonly { readonly file: string; readonly note: string }[]> {
  const folder = join(data, 'record')
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter((name) => name.endsWith(SUFFIX)).sort()
  return await Promise.all(files.map(async (name) => ({ file: join(folder, name), note: await readFile(join(folder, name), 'utf8') })))
}

async function keepFile(folder: string, hour: string, note: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${hour.slice(0, 13)}${SUFFIX}`)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(note)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
