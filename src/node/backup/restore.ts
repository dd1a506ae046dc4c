import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CordonError } from '../../chain/index.ts'
import { openNote } from '../../share/index.ts'
import type { Config } from '../config/index.ts'
import type { Database } from '../database/database.ts'
import { checkSteps, migrate } from '../database/migrate.ts'
import { MIGRATIONS } from '../database/migrations/index.ts'
import { openDatabase } from '../database/open.ts'
import type { Tx } from '../database/tx.ts'
import { explainDisk } from '../files/disk.ts'
import { append } from '../record/append.ts'
import { auditRecord, type RecordAudit } from '../record/audit.ts'
import { keptCheckpoints } from '../record/checkpoints.ts'
import { entryText } from '../record/entry.ts'
import { type NodeKeys, nodeKeys } from '../secrets/keys.ts'
import { readArchive } from './archive.ts'
import { openKeys } from './keys.ts'
import { DATA, type Manifest, TABLES } from './manifest.ts'
import { putRows, type Table, tablesOf, whileUnwatched } from './tables.ts'
import { damaged } from './tar.ts'
import { type VerifiedBackup, verifyBackup } from './verify.ts'

/** What was restored. */
export type Restored = {
  readonly manifest: Manifest
  /** Steps of the schema that were taken after the rows were back. */
  readonly migrated: readonly string[]
  /** The whole node compared with its record, before the entry that says that it was restored. */
  readonly audit: RecordAudit
}

/** What lets somebody in without a key or a password ends with a restore. */
const ENDED = ['session', 'sign_in', 'passkey_challenge', 'setup_link']
const PIECE = 500

/**
 * Restores a node into an empty data folder and an empty database, of whichever kind: verifies the backup, puts the rows back under the schema that they were made with, brings the schema up to date, audits everything, and lets the record go on with an entry `node.restored`.
 * The folder appears at the end. Whoever was signed in is so no longer.
 *
 * @param passphrase opens the keys of the backup; null where they lie in `keys` of the data folder already
 * @throws CordonError `backup/damaged`, `backup/not-read`, `backup/not-empty`, `backup/wrong-passphrase`, `backup/no-keys`, `backup/not-signed`, `backup/differs`, `database/newer`, `database/other-schema`
 */
export async function restoreBackup(file: string, config: Config, passphrase: string | null, now: Date): Promise<Restored> {
  const backup = await verifyBackup(file)
  const { manifest } = backup
  checkSteps(manifest.steps, MIGRATIONS)
  const data = resolve(config.data)
  await refuseFull(data)
  const folder = `${data}.restoring`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const keys = await placeKeys(backup, data, folder, passphrase)
    checkSigned(backup, keys)
    await placeFiles(file, folder)
    const done = await withDatabase(
      folder,
      config,
      async (database) => await restoreDatabase(database, { file, manifest, keys, folder, now }),
    )
    await rm(data, { recursive: true, force: true })
    await mkdir(dirname(data), { recursive: true })
    await rename(folder, data)
    return { manifest, ...done }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw explainDisk(error)
  }
}

type Restoring = {
  readonly file: string
  readonly manifest: Manifest
  readonly keys: NodeKeys
  readonly folder: string
  readonly now: Date
}

async function withDatabase<T>(folder: string, config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ data: folder, url: config.database.url, connections: 2 })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

async function restoreDatabase(database: Database, restoring: Restoring): Promise<Pick<Restored, 'migrated' | 'audit'>> {
  const { manifest, now } = restoring
  await refuseTables(database)
  try {
    const had = new Set(manifest.steps.map(({ id }) => id))
    await migrate(
      database,
      now,
      MIGRATIONS.filter(({ id }) => had.has(id)),
    )
    await database.system(async (tx) => await fill(tx, restoring))
    const migrated = await migrate(database, now)
    const audit = await auditAll(database, restoring)
    if (!audit.sound)
      throw new CordonError(
        'backup/differs',
        `what was restored differs from its record: ${audit.findings[0]?.where}: ${audit.findings[0]?.what}`,
        {
          remedy:
            'The node differed from its record before the backup was made: `cordon audit verify` on it says where. Take an earlier backup.',
        },
      )
    await database.system(async (tx) => {
      const detail = { size: manifest.record.size, checkpoint: manifest.record.checkpoint, madeAt: manifest.at, madeBy: manifest.cordon }
      await append(tx, [entryText({ door: 'cli', action: 'node.restored', outcome: 'done', objects: [], detail }, null, now, randomBytes)])
    })
    return { migrated, audit }
  } catch (error) {
    await database.system(async (tx) => await tx.query('drop schema cordon cascade')).catch(() => {})
    throw error
  }
}

async function auditAll(database: Database, { keys, folder, manifest }: Restoring): Promise<RecordAudit> {
  const kept = (await keptCheckpoints(folder)).map(({ file, note }) => ({ from: file, note }))
  const origin = keys.record.key.name
  return await auditRecord(database, { origin, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [
    ...kept,
    { from: 'checkpoint of the backup', note: manifest.record.checkpoint },
  ])
}

/** Puts every row back. */
async function fill(tx: Tx, { file, manifest }: Restoring): Promise<void> {
  const here = (await tablesOf(tx)).filter(({ name }) => name !== 'migration')
  const wanted = manifest.tables.map(({ name, columns }) => ({ name, columns }))
  if (JSON.stringify(here) !== JSON.stringify(wanted)) throw damaged('its tables are not those of its schema')
  const tables = new Map(here.map((table) => [table.name, table]))
  const counts = new Map<string, number>()
  await whileUnwatched(tx, here, async () => {
    for await (const { path, content } of readArchive(file)) {
      const [top, name] = path.split('/')
      if (top !== TABLES) continue
      const table = tables.get(name ?? '')
      if (table === undefined) throw damaged(`it has rows of a table ${name}`)
      counts.set(table.name, (counts.get(table.name) ?? 0) + (await putLines(tx, table, content)))
    }
  })
  for (const { name, rows } of manifest.tables) if ((counts.get(name) ?? 0) !== rows) throw damaged(`rows of ${name} are missing`)
  for (const { name } of here) if (ENDED.includes(name)) await tx.query(`delete from cordon.${name}`)
}

async function putLines(tx: Tx, table: Table, content: AsyncIterable<Buffer>): Promise<number> {
  let rows = 0
  let lines: string[] = []
  let length = 0
  const put = async () => {
    if (lines.length > 0) await putRows(tx, table, lines)
    rows += lines.length
    lines = []
    length = 0
  }
  for await (const line of createInterface({ input: Readable.from(content), crlfDelay: Number.POSITIVE_INFINITY })) {
    lines.push(line)
    length += line.length
    if (lines.length >= PIECE || length > 2 ** 20) await put()
  }
  await put()
  return rows
}

async function placeKeys(
  { manifest, sealedKeys }: VerifiedBackup,
  data: string,
  folder: string,
  passphrase: string | null,
): Promise<NodeKeys> {
  const target = join(folder, 'keys')
  await mkdir(target, { mode: 0o700 })
  if (sealedKeys !== null && passphrase !== null) {
    for (const [name, text] of Object.entries(await openKeys(sealedKeys, passphrase))) {
      if (!/^[a-z0-9.-]+\.key$/.test(name)) throw damaged('a key in it has a name that is none of ours')
      await using key = await open(join(target, name), 'wx', 0o600)
      await key.writeFile(text)
      await key.sync()
    }
  } else if ((await readdir(join(data, 'keys')).catch((): string[] => [])).includes('record.key')) {
    await cp(join(data, 'keys'), target, { recursive: true })
  } else {
    throw new CordonError(
      'backup/no-keys',
      `the keys of the node are ${sealedKeys === null ? 'not in the backup' : 'sealed in the backup'}`,
      {
        place: { file: join(data, 'keys') },
        remedy:
          sealedKeys === null
            ? 'Put the `keys` folder of the node into the data folder first: the record can go on only under the key that signed it.'
            : 'Give the passphrase, or put the `keys` folder of the node into the data folder first.',
      },
    )
  }
  const keys = await nodeKeys(folder, manifest.record.origin)
  if (keys.record.key.name !== manifest.record.origin)
    throw new CordonError('backup/no-keys', `the key signs ${keys.record.key.name}, and the backup is of ${manifest.record.origin}`, {
      place: { file: join(data, 'keys') },
      remedy: 'Put the keys of the same node there.',
    })
  return keys
}

/** What a backup holds, the node itself put there: its manifest is signed with the key of the record. */
function checkSigned({ note }: VerifiedBackup, keys: NodeKeys): void {
  try {
    openNote(note, [keys.record.key])
  } catch (cause) {
    throw new CordonError('backup/not-signed', 'the backup was not signed by the node whose keys these are', {
      remedy: 'Somebody else made or changed it. Do not restore it.',
      cause,
    })
  }
}

async function placeFiles(file: string, folder: string): Promise<void> {
  for await (const { path, content } of readArchive(file)) {
    if (!path.startsWith(`${DATA}/`)) continue
    // Verified: plain names, down from the top.
    const target = join(folder, path.slice(DATA.length + 1))
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await pipeline(content, createWriteStream(target, { mode: 0o600, flush: true }))
  }
}

async function refuseFull(data: string): Promise<void> {
  const names = await readdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.every((name) => name === 'keys')) return
  throw new CordonError('backup/not-empty', `${data} is not empty`, {
    place: { file: data },
    remedy: 'Restore into a new folder (the `keys` of the node may lie in it), and look at what is in this one first.',
  })
}

async function refuseTables(database: Database): Promise<void> {
  const [there] = await database.system((tx) => tx.query(`select 1 from pg_namespace where nspname = 'cordon'`))
  if (there === undefined) return
  throw new CordonError('backup/not-empty', 'the database holds a node already', {
    remedy: 'Restore into an empty database, and look at what is in this one first.',
  })
}
