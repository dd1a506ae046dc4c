import { stat } from 'node:fs/promises'
import { CordonError } from '../../chain/index.ts'
import { isMissing } from '../disk/faults.ts'
import { type Head, LONGEST_LINE, logLines, readHead } from './log.ts'
import { readRecord } from './record.ts'

/** What is wrong, and where. */
export interface DecisionFault {
  /** 1-based line of the log; null for the head, and for lines that are gone from the end. */
  readonly line: number | null
  readonly what: string
}

export interface DecisionsReport {
  readonly file: string
  /** True where every byte of every record is as it was written and none is missing. A torn end is no fault: it never was a record. */
  readonly sound: boolean
  readonly records: number
  /** Hash of the last record: keep it elsewhere, so that a log that was rewritten as a whole is found too. */
  readonly last: string | null
  readonly faults: readonly DecisionFault[]
  /** Bytes behind the last line feed: an append that is running or was killed. The next append sets them aside. */
  readonly torn: { readonly line: number; readonly bytes: number } | null
  /** The last line has no head yet: its append was killed right after it, or is running. */
  readonly headBehind: boolean
}

/** Faults kept; a log that was turned around would have one per line. */
const MOST_FAULTS = 100

/** Checks a log of decisions from the first byte to the last and names each line that was changed, is missing, or stands in another's place. Throws nothing but what reading the disk throws. */
export async function verifyDecisions(file: string): Promise<DecisionsReport> {
  const faults: DecisionFault[] = []
  const fault = (line: number | null, what: string) => {
    if (faults.length < MOST_FAULTS) faults.push({ line, what })
  }
  // The head first: what is appended meanwhile makes the log longer than the head, never shorter.
  let head: Head | null = null
  let headFault = false
  try {
    head = await readHead(file)
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    headFault = true
    fault(null, error.message)
  }
  if (head === null && !headFault && (await isAbsent(file))) fault(null, 'there is no such file')
  let line = 0
  let expected = 1
  let previous: string | null = null
  let time = ''
  let bytes = 0
  let torn: DecisionsReport['torn'] = null
  let atHead: string | null = null
  let bytesAtHead = 0
  for await (const { bytes: text, ended, length } of logLines(file)) {
    line++
    if (!ended) {
      torn = { line, bytes: length }
      break
    }
    bytes += length + 1
    const { record, fault: own } = length > LONGEST_LINE ? { record: null, fault: 'is longer than any record' } : readRecord(text)
    if (own !== null) fault(line, `line ${line} ${own}`)
    if (record === null || own !== null) {
      // What the line claimed of itself cannot be trusted, so the next one is only held against its number.
      expected++
      previous = null
      continue
    }
    if (record.record > expected) fault(line, `${missing(expected, record.record - 1)} before line ${line}`)
    else if (record.record < expected) fault(line, `line ${line} holds record ${record.record}, which stands out of its order or twice`)
    else if (previous !== null && record.previous !== previous)
      fault(line, `line ${line} does not follow line ${line - 1}: one of them was put in another's place`)
    else if (line === 1 && record.previous !== null) fault(line, 'line 1 is not the first record of a log')
    if (record.time < time) fault(line, `line ${line} is dated before a line above it`)
    time = record.time > time ? record.time : time
    expected = record.record + 1
    previous = record.hash
    if (head?.records === record.record) {
      atHead = record.hash
      bytesAtHead = bytes
    }
  }
  const records = torn === null ? line : line - 1
  const reached = expected - 1
  if (head !== null) {
    if (head.records > reached && torn !== null)
      fault(torn.line, `line ${torn.line} was changed: it has no line feed, and the head tells of ${head.records} records`)
    else if (head.records > reached) fault(null, `${missing(reached + 1, head.records)} from the end`)
    else if (atHead !== null && atHead !== head.hash) fault(head.records, `line ${head.records} is not the record that the head tells of`)
    else if (atHead !== null && faults.length === 0 && bytesAtHead !== head.bytes)
      fault(null, `the head tells of ${head.bytes} bytes up to record ${head.records}, there are ${bytesAtHead}`)
    if (reached > head.records + 1) fault(null, `the head tells of ${head.records} records, the log holds ${reached}`)
    if (torn !== null && reached > head.records)
      fault(torn.line, `line ${torn.line} has no line feed, and the line above it no head: no killed append leaves both`)
  } else if (!headFault && reached > 1) fault(null, 'the head is missing')
  return {
    file,
    sound: faults.length === 0,
    records,
    last: previous,
    faults,
    torn,
    headBehind: reached === (head?.records ?? 0) + 1,
  }
}

async function isAbsent(file: string): Promise<boolean> {
  return stat(file).then(
    () => false,
    (error: unknown) => isMissing(error),
  )
}

function missing(first: number, last: number): string {
  return first === last ? `record ${first} is missing` : `records ${first} to ${last} are missing`
}
