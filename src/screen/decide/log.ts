import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, stat, truncate } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { CordonError, canonicalJson } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import { replaceFile, sha256 } from '../disk/files.ts'
import { syncFolder } from '../disk/folder.ts'
import { byteLines } from '../disk/lines.ts'
import { dataHash } from './ask.ts'
import { diskFault, whileSole } from './disk.ts'
import { checkDecision, FOUR_EYES, type FourEyes } from './four-eyes.ts'
import { type DecisionRecord, type MadeDecision, readRecord, recordLine, type SetAside, sealed } from './record.ts'

/*
 * The log of decisions: `decisions.jsonl`, beside it `decisions.jsonl.head` and `decisions.jsonl.lock/`. What always holds, whenever a process is killed:
 *
 * 1. A decision is recorded if and only if its whole line, with the line feed, stands in the log; `recordDecision` returns only once that line and the head are on disk.
 * 2. Lines are only ever appended. Bytes behind the last line feed are an append that is running or was killed: no record. The next append moves them into a file of their own, and says so in its record.
 * 3. A record's `hash` covers all of it, `previous` is the hash of the record above, the head tells number, length and hash as of the last line: a changed byte, a missing or an exchanged line is found and named.
 *    Whoever can rewrite log and head together can also rewrite this: keep the last hash elsewhere, and compare.
 * 4. The head is at most one line behind the log, never ahead of it.
 * 5. Numbers count from 1 without gaps, and times never decrease.
 */

/** Where decisions are kept, and by which clock and rules. */
export interface DecisionLog {
  /** The path of `decisions.jsonl`. */
  readonly file: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly rules?: FourEyes
}

/** What the log held when its last line was written. */
export interface Head {
  readonly records: number
  /** Where the last line begins, and where it ends with its line feed. */
  readonly from: number
  readonly bytes: number
  readonly hash: string | null
  readonly time: string | null
}

const NO_RECORDS: Head = { records: 0, from: 0, bytes: 0, hash: null, time: null }

/** An answer has at most some hundred hits of a few KiB; what is longer was never written by us. */
export const LONGEST_LINE = 64 * 1024 * 1024

/** A clock may be set back this much before a decision is refused: it is then dated as the record above. */
const CLOCK_SLACK_MS = 5 * 60_000

/**
 * Appends a decision. It is on disk when this returns.
 *
 * @throws CordonError `screen/bad-decision`, `screen/four-eyes`; `screen/clock-behind` where the clock is more than five minutes behind the last record; `screen/decisions-corrupt` where the end of the log is not what
 * its head says; `screen/in-use`, `screen/not-writable`, `screen/disk-full`
 */
export async function recordDecision(log: DecisionLog, made: MadeDecision): Promise<DecisionRecord> {
  checkDecision(made, log.rules ?? FOUR_EYES)
  const { file } = log
  try {
    await mkdir(dirname(file), { recursive: true })
  } catch (error) {
    throw diskFault(error, file)
  }
  return whileSole(lockOf(file), file, async () => {
    try {
      const { head, setAside } = await mended(file)
      const record = sealed({
        format: 'cordon-decision',
        schema: 1,
        record: head.records + 1,
        time: timeAfter(head.time, log),
        customer: made.customer,
        ask: made.ask,
        data: dataHash(made.ask),
        answer: made.answer,
        entry: made.entry,
        decision: made.decision,
        reason: made.reason,
        by: made.by,
        second: made.second,
        expires: made.expires,
        setAside,
        previous: head.hash,
      })
      await append(file, record, head)
      return record
    } catch (error) {
      throw diskFault(error, file)
    }
  })
}

/**
 * The decisions in their order, each checked against the one before. What follows the last line feed is no record and is left out: `verifyDecisions` tells of it.
 *
 * @throws CordonError `screen/decisions-corrupt`, naming the line
 */
export async function* readDecisions(file: string): AsyncGenerator<DecisionRecord> {
  const head = await readHead(file)
  let last: DecisionRecord | null = null
  for await (const { bytes, ended } of logLines(file)) {
    if (!ended) break
    const line: number = (last?.record ?? 0) + 1
    const { record, fault } = readRecord(bytes)
    if (record === null || fault !== null) throw corrupt(file, `line ${line} ${fault}`, line)
    if (record.record !== line || record.previous !== (last?.hash ?? null))
      throw corrupt(file, `line ${line} does not follow the line above it`, line)
    if (head?.records === line && head.hash !== record.hash) throw corrupt(file, `line ${line} is not the one that the head tells of`, line)
    last = record
    yield record
  }
  if (head !== null && head.records > (last?.record ?? 0))
    throw corrupt(file, `has ${last?.record ?? 0} of ${head.records} records: its end was cut off`)
}

/** The bytes of the log, by lines; none where there is no log yet. */
export async function* logLines(
  file: string,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly ended: boolean; readonly length: number }> {
  try {
    yield* byteLines(createReadStream(file, { highWaterMark: 1 << 18 }), LONGEST_LINE)
  } catch (error) {
    if (isMissing(error)) return
    throw (error as { code?: unknown }).code === 'EISDIR' ? corrupt(file, 'is a folder') : error
  }
}

/** The head; null where there is none. Throws `screen/decisions-corrupt` where it is not as it was written. */
export async function readHead(file: string): Promise<Head | null> {
  let text: string
  try {
    text = await readFile(headOf(file), 'utf8')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
  try {
    const head = JSON.parse(text) as Head
    const whole = [head.records, head.from, head.bytes].every(Number.isSafeInteger) && /^[0-9a-f]{64}$/.test(String(head.hash))
    if (whole && headText(head) === text) return head
  } catch {
    // Told below, as every other change of it.
  }
  throw corrupt(headOf(file), 'was changed: it must tell number, length, hash and time of the last record')
}

/** Brings head and log to agree before an append: what a killed one left is adopted where it is whole and set aside where it is torn. */
async function mended(file: string): Promise<{ readonly head: Head; readonly setAside: SetAside | null }> {
  const stored = await readHead(file)
  const size = await sizeOf(file)
  const head = stored ?? NO_RECORDS
  if (size < head.bytes) throw corrupt(file, `has lost its end: ${size} of ${head.bytes} bytes are there`)
  if (size - head.bytes > LONGEST_LINE) throw corrupt(file, `has ${size - head.bytes} bytes behind the record that its head tells of`)
  const end = await bytesFrom(file, head.from, size - head.from)
  const lines = end.toString('latin1').split('\n').length - 1
  const known = head.bytes - head.from
  const last = head.records === 0 ? null : readRecord(end.subarray(0, Math.max(0, known - 1)))
  if (
    last !== null &&
    (last.fault !== null || last.record?.hash !== head.hash || last.record?.record !== head.records || end[known - 1] !== 0x0a)
  ) {
    throw corrupt(file, `line ${head.records} ${last.fault ?? 'is not the one that the head tells of'}`, head.records)
  }
  const tail = end.subarray(known)
  if (lines === (head.records === 0 ? 0 : 1)) return { head, setAside: tail.length === 0 ? null : await setAside(file, head, tail) }
  const number = head.records + 1
  const { record, fault } = readRecord(tail.subarray(0, tail.indexOf(0x0a)))
  if (fault !== null || record?.record !== number || record.previous !== head.hash || tail.indexOf(0x0a) !== tail.length - 1) {
    throw corrupt(file, `does not end as its head says: line ${number} ${fault ?? 'is not what a killed append leaves'}`, number)
  }
  const found = { records: number, from: head.bytes, bytes: size, hash: record.hash, time: record.time }
  await replaceFile(headOf(file), headText(found))
  return { head: found, setAside: null }
}

async function setAside(file: string, head: Head, bytes: Uint8Array): Promise<SetAside> {
  const hash = sha256(bytes)
  const path = `${file}.torn-${head.records + 1}-${hash.slice(0, 12)}`
  // Its name holds its hash: writing it again after a kill changes nothing.
  await replaceFile(path, bytes)
  await truncate(file, head.bytes)
  return { file: basename(path), bytes: bytes.length, sha256: hash }
}

async function append(file: string, record: DecisionRecord, head: Head): Promise<void> {
  const line = Buffer.from(`${recordLine(record)}\n`)
  if (line.length > LONGEST_LINE) {
    throw new CordonError('screen/bad-decision', `the record would have ${line.length} bytes`, {
      remedy: 'Screen again with a lower limit of hits.',
    })
  }
  const log = await open(file, 'a')
  try {
    await log.writeFile(line)
    await log.sync()
  } finally {
    await log.close()
  }
  if (head.records === 0) await syncFolder(dirname(file))
  await replaceFile(
    headOf(file),
    headText({ records: record.record, from: head.bytes, bytes: head.bytes + line.length, hash: record.hash, time: record.time }),
  )
}

function timeAfter(last: string | null, { clock, file }: DecisionLog): string {
  const now = clock()
  const time = new Date(now).toISOString()
  if (last === null || time >= last) return time
  if (Date.parse(last) - now <= CLOCK_SLACK_MS) return last
  throw new CordonError('screen/clock-behind', `it is ${time} by this clock, but ${file} goes to ${last}`, {
    place: { file },
    remedy: 'Set the clock of this machine; if the log was written with a clock that was ahead, wait until then.',
  })
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

async function bytesFrom(file: string, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  if (length === 0) return bytes
  const log = await open(file, 'r')
  try {
    let at = 0
    while (at < length) {
      const { bytesRead } = await log.read(bytes, at, length - at, from + at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await log.close()
  }
}

function headOf(file: string): string {
  return `${file}.head`
}

function lockOf(file: string): string {
  return `${file}.lock`
}

function headText(head: Head): string {
  return `${canonicalJson({ records: head.records, from: head.from, bytes: head.bytes, hash: head.hash, time: head.time })}\n`
}

function corrupt(file: string, what: string, line?: number): CordonError {
  return new CordonError('screen/decisions-corrupt', `${file} ${what}`, {
    place: line === undefined ? { file } : { file, line },
    remedy: 'Keep the file as it is, as evidence; `cordon screen decisions verify` names every fault. Go on from a backup.',
  })
}
