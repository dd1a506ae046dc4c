import { open, readFile, rename, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../disk/faults.ts'
import { sha256, textIfThere, writeNew } from '../disk/files.ts'
import { syncFolder } from '../disk/folder.ts'
import type { ImportedEvent, ListEvent } from './event.ts'
import { corrupt, diskError } from './files.ts'
import { HEAD, LOG, UNFINISHED_PREFIX } from './store.ts'

/** A list's log as it stood when it was read, checked from the first line to the last. */
export interface EventLog {
  readonly events: readonly ListEvent[]
  /** SHA-256 of the last line; null while there is none. */
  readonly head: string | null
  /** Bytes of whole lines. */
  readonly bytes: number
  /** Bytes after the last line feed: an append that is running, or was killed. */
  readonly torn: number
  /** Events that the head tells of: all of them, or one less where the last import was killed right after its append, or is running. */
  readonly headEvents: number
}

interface Head {
  readonly events: number
  readonly sha256: string
}

/**
 * Reads a log and checks its chain.
 *
 * @throws CordonError `list/corrupt`, naming the line that was changed or where lines are missing
 */
export async function readLog(folder: string): Promise<EventLog> {
  // The head first: what is appended meanwhile makes the log longer than the head, never shorter.
  const head = await readHead(folder)
  const path = join(folder, LOG)
  let text: Buffer
  try {
    text = await readFile(path)
  } catch (error) {
    if (!isMissing(error)) throw error
    if (head !== null) throw corrupt(path, `is missing; its head tells of ${head.events} events`)
    return { events: [], head: null, bytes: 0, torn: 0, headEvents: 0 }
  }
  const bytes = text.lastIndexOf(0x0a) + 1
  const events: ListEvent[] = []
  let previous: string | null = null
  for (let at = 0; at < bytes; ) {
    const end = text.indexOf(0x0a, at)
    const line = text.subarray(at, end)
    const number = events.length + 1
    const event = parseEvent(line)
    if (event?.event !== number || event.previous !== previous) throw broken(path, number)
    const last = events.at(-1)
    if (last !== undefined && event.time < last.time) throw corrupt(path, `line ${number} is dated before the line above it`)
    events.push(event)
    previous = sha256(line)
    if (head?.events === number && head.sha256 !== previous)
      throw corrupt(path, `was changed in line ${number}: its SHA-256 differs from the one in ${HEAD}`)
    at = end + 1
  }
  if (head !== null && head.events > events.length) {
    throw corrupt(path, `has lost its end: it holds ${events.length} of ${head.events} events`)
  }
  return { events, head: previous, bytes, torn: text.length - bytes, headEvents: head?.events ?? 0 }
}

function parseEvent(line: Uint8Array): ListEvent | null {
  try {
    const event = JSON.parse(Buffer.from(line).toString('utf8')) as ListEvent
    return typeof event === 'object' ? event : null
  } catch {
    return null
  }
}

function broken(path: string, number: number): Error {
  const which = number === 1 ? 'line 1 is not the first event of a log' : `line ${number} does not follow line ${number - 1}`
  return corrupt(path, `was changed: ${which} (one of them was changed, or lines were taken out)`)
}

async function readHead(folder: string): Promise<Head | null> {
  const path = join(folder, HEAD)
  const text = await textIfThere(path)
  if (text === null) return null
  const [, events, hash] = /^(\d{1,15}) ([0-9a-f]{64})\n$/.exec(text) ?? []
  if (events === undefined || hash === undefined) throw corrupt(path, 'was changed: it must be a number and a SHA-256')
  return { events: Number(events), sha256: hash }
}

/**
 * Makes a log ready for an append: takes a torn line away, and brings the head up to the last line. For the holder of the lock alone.
 *
 * @returns what was taken away, for the next event to tell
 * @throws CordonError `list/corrupt` where more than one event lacks its head, which no killed import leaves
 */
export async function mendLog(folder: string, log: EventLog): Promise<readonly string[]> {
  if (log.events.length > log.headEvents + 1) {
    throw corrupt(join(folder, HEAD), `tells of ${log.headEvents} events where the log has ${log.events.length}`)
  }
  if (log.events.length > log.headEvents && log.head !== null) await writeHead(folder, { events: log.events.length, sha256: log.head })
  if (log.torn === 0) return []
  await truncate(join(folder, LOG), log.bytes)
  return [`${log.torn} bytes of a line that was not finished`]
}

/** Appends an event: the moment of change. The lock must be held, and the log mended. */
export async function appendEvent(folder: string, event: ListEvent): Promise<void> {
  const path = join(folder, LOG)
  const line = JSON.stringify(event)
  try {
    const file = await open(path, 'a')
    try {
      await file.appendFile(`${line}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    if (event.event === 1) await syncFolder(folder)
    await writeHead(folder, { events: event.event, sha256: sha256(line) })
  } catch (error) {
    throw diskError(error, path)
  }
}

async function writeHead(folder: string, head: Head): Promise<void> {
  const beside = join(folder, `${UNFINISHED_PREFIX}head-${head.events}`)
  await writeNew(beside, `${head.events} ${head.sha256}\n`)
  await rename(beside, join(folder, HEAD))
  await syncFolder(folder)
}

/** Events that put a version into service, oldest first. */
export function importsOf(events: readonly ListEvent[]): readonly ImportedEvent[] {
  return events.filter((event) => event.kind === 'imported')
}

/** The event that put the version into service that was so at a time (ISO 8601 UTC with milliseconds); null before the first. */
export function inServiceAt(events: readonly ListEvent[], time: string): ImportedEvent | null {
  return importsOf(events).findLast((event) => event.time <= time) ?? null
}
