import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { BITCOIN_SCHEMA, type BitcoinManifest } from '../bitcoin/local/layout.ts'
import { diskError, sync, writeFile } from './files.ts'
import { LOCK, MANIFEST, SCHEMA, SEGMENT_PREFIX, STAGING_PREFIX, type StoredManifest } from './layout.ts'
import { system } from './mapping.ts'
import { assertLittleEndian } from './words.ts'

/** What a folder of a ledger can hold: transfers between accounts, or outputs and spends. */
export type AnyManifest = StoredManifest | BitcoinManifest

const SCHEMAS: Readonly<Record<AnyManifest['format'], number>> = { 'cordon-ledger': SCHEMA, 'cordon-bitcoin-ledger': BITCOIN_SCHEMA }

/** Folder of a ledger, held for writing. */
export interface Held {
  readonly directory: string
  release(): void
}

const LOCK_EXCLUSIVE_NOW = 2 | 4

/**
 * Takes a ledger's folder for writing and clears away what a killed import left behind. The system gives the lock back when its holder
 * dies, however it dies.
 *
 * @throws CordonError `ledger/in-use` when another process writes; `ledger/not-a-ledger` when the folder holds something else;
 *   `ledger/not-writable`, `ledger/disk-full`
 */
function holdDirectory(directory: string): Held {
  let fd: number
  const lock = join(directory, LOCK)
  try {
    mkdirSync(directory, { recursive: true })
    refuseForeign(directory)
    fd = openSync(lock, 'a+')
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'EEXIST' || (error as { readonly code?: unknown }).code === 'ENOTDIR') {
      throw new CordonError('ledger/not-a-ledger', `${directory} is a file; a ledger is a folder`, {
        place: { file: directory },
        remedy: 'name another folder',
      })
    }
    throw diskError(error, directory)
  }
  const calls = system()
  if (calls === null) holdByProcess(lock, fd)
  else if (calls.flock(fd, LOCK_EXCLUSIVE_NOW) !== 0) {
    closeSync(fd)
    throw inUse(directory)
  }
  const held: Held = {
    directory,
    release() {
      // Whatever did not become part of the ledger goes, after a failure as after a success.
      clearLeftovers(directory)
      if (calls === null) rmSync(lock, { force: true })
      closeSync(fd)
    },
  }
  try {
    clearLeftovers(directory)
  } catch (error) {
    closeSync(fd)
    throw error
  }
  return held
}

/**
 * Holds a ledger's folder while something is written from `incoming`, and lets go of both whatever happens.
 *
 * @throws CordonError as `holdDirectory`, `ledger/big-endian`, and what `run` throws
 */
export async function whileHeld<T>(incoming: { close(): Promise<void> }, directory: string, run: (held: Held) => Promise<T>): Promise<T> {
  try {
    assertLittleEndian()
    const held = holdDirectory(directory)
    try {
      return await run(held)
    } finally {
      held.release()
    }
  } finally {
    await incoming.close()
  }
}

function inUse(directory: string): CordonError {
  return new CordonError('ledger/in-use', `another process is writing to ${directory}`, {
    place: { file: directory },
    remedy: 'wait until it has finished',
  })
}

/** Where there is no flock: the lock file names its holder, and a holder that is gone holds nothing. */
function holdByProcess(lock: string, fd: number): void {
  const holder = Number.parseInt(readFileSync(lock, 'utf8'), 10)
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    closeSync(fd)
    throw inUse(lock)
  }
  rmSync(lock, { force: true })
  const own = openSync(lock, 'wx')
  writeSync(own, `${process.pid}\n`)
  closeSync(own)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { readonly code?: unknown }).code === 'EPERM'
  }
}

/** A folder that holds anything but a ledger is left alone. */
function refuseForeign(directory: string): void {
  const foreign = readdirSync(directory).find((name) => !isOurs(name))
  if (foreign === undefined) return
  throw new CordonError('ledger/not-a-ledger', `${directory} is not a ledger: it holds ${foreign}`, {
    place: { file: directory },
    remedy: 'name a new or empty folder',
  })
}

function isOurs(name: string): boolean {
  return name === MANIFEST || name === LOCK || name.startsWith(SEGMENT_PREFIX) || name.startsWith(STAGING_PREFIX)
}

/** Removes unfinished folders, and segments that the manifest does not name (a process was killed before or just after its rename). */
function clearLeftovers(directory: string): void {
  const named = namedSegments(directory)
  for (const name of readdirSync(directory)) {
    if (name.startsWith(STAGING_PREFIX) || (name.startsWith(SEGMENT_PREFIX) && named !== null && !named.has(name))) {
      rmSync(join(directory, name), { recursive: true, force: true })
    }
  }
}

/** Segments that belong to the ledger; null when its manifest cannot be read, and then nothing of it may be thrown away. */
function namedSegments(directory: string): ReadonlySet<string> | null {
  if (!existsSync(join(directory, MANIFEST))) return new Set()
  try {
    return new Set(readManifestSync(directory).segments.map(({ name }) => name))
  } catch (error) {
    if (error instanceof CordonError) return null
    throw error
  }
}

/** A new folder for a segment that is being built. */
export function stagingFolder(directory: string, name: string): string {
  const folder = join(directory, `${STAGING_PREFIX}${name}`)
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
  } catch (error) {
    throw diskError(error, folder)
  }
  return folder
}

/** Name for a new segment. Names of segments in use are not used again, so a reader that still has an old one open is not deceived. */
export function nextSegmentName(directory: string): string {
  const numbers = readdirSync(directory).flatMap((name) => /-(\d+)$/.exec(name)?.[1] ?? [])
  return `${SEGMENT_PREFIX}${String(Math.max(0, ...numbers.map(Number)) + 1).padStart(6, '0')}`
}

/**
 * The moment of change: the staged folder takes its name, then the manifest is replaced by one rename. Killed before it, the ledger is
 * the old one; after it, the new one.
 */
export async function publish(
  directory: string,
  manifest: AnyManifest,
  staged: readonly { readonly folder: string; readonly name: string }[],
): Promise<void> {
  for (const { folder, name } of staged) await rename(folder, join(directory, name))
  const next = join(directory, `${STAGING_PREFIX}${MANIFEST}`)
  writeFile(next, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`))
  await sync(next)
  await sync(directory)
  await rename(next, join(directory, MANIFEST))
  await sync(directory)
  const named = new Set(manifest.segments.map(({ name }) => name))
  for (const name of readdirSync(directory)) {
    if (name.startsWith(SEGMENT_PREFIX) && !named.has(name)) await rm(join(directory, name), { recursive: true, force: true })
  }
}

/** @throws CordonError `ledger/not-a-ledger`, `ledger/damaged`, `ledger/newer-schema`; `ledger/other-chain` when it is a ledger of the other kind */
export async function readManifest(directory: string): Promise<StoredManifest> {
  const manifest = await readAnyManifest(directory)
  if (manifest.format === 'cordon-ledger') return manifest
  throw new CordonError('ledger/other-chain', `${directory} is a ledger of ${manifest.chain}, which has outputs instead of accounts`, {
    place: { file: directory },
    remedy: 'name a ledger of an account chain',
  })
}

/** As `readManifest`, for a ledger of either kind. */
export async function readAnyManifest(directory: string): Promise<AnyManifest> {
  let text: string
  try {
    text = await readFile(join(directory, MANIFEST), 'utf8')
  } catch (error) {
    throw noManifest(directory, error)
  }
  return parseManifest(directory, text)
}

function readManifestSync(directory: string): AnyManifest {
  let text: string
  try {
    text = readFileSync(join(directory, MANIFEST), 'utf8')
  } catch (error) {
    throw noManifest(directory, error)
  }
  return parseManifest(directory, text)
}

function noManifest(directory: string, cause: unknown): CordonError {
  const unfinished = existsSync(join(directory, LOCK)) ? ' (an import into it did not finish)' : ''
  return new CordonError('ledger/not-a-ledger', `${directory} holds no ledger${unfinished}`, {
    place: { file: directory },
    remedy: 'make one with `cordon ledger import`',
    cause,
  })
}

function parseManifest(directory: string, text: string): AnyManifest {
  const file = join(directory, MANIFEST)
  let manifest: AnyManifest
  try {
    manifest = JSON.parse(text) as AnyManifest
  } catch (cause) {
    throw new CordonError('ledger/damaged', `${file} is not readable JSON`, {
      place: { file },
      remedy: 'import the chain data again',
      cause,
    })
  }
  const schema = SCHEMAS[manifest?.format]
  if (schema === undefined || !Array.isArray(manifest.segments)) {
    throw new CordonError('ledger/not-a-ledger', `${file} is not the manifest of a ledger`, {
      place: { file },
      remedy: 'name the folder of a ledger',
    })
  }
  // Names become paths: a manifest from elsewhere must not point out of its folder.
  const strange = (manifest.segments as readonly { readonly name: string; readonly files: object }[]).find(
    ({ name, files }) => !/^segment-\d+$/.test(name) || Object.keys(files).some((entry) => !/^[a-z.]+$/.test(entry)),
  )
  if (strange !== undefined)
    throw new CordonError('ledger/damaged', `${file} names files that no ledger has`, {
      place: { file, field: 'segments' },
      remedy: 'import the chain data again',
    })
  if (manifest.schema !== schema) {
    throw new CordonError('ledger/newer-schema', `${directory} has schema ${manifest.schema} and this version reads schema ${schema}`, {
      place: { file, field: 'schema' },
      remedy: 'import the chain data again with this version',
    })
  }
  return manifest
}
