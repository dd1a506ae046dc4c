import { canonicalJson } from '../../chain/index.ts'
import { contentHash } from '../disk/canonical.ts'
import type { ScreenAnswer } from '../match/answer.ts'
import type { Ask } from './ask.ts'

/** What a person made of an answer. `no-hit` records that nothing was found; `undecided` that somebody looked and cannot tell yet. */
export type Decision = 'true-match' | 'false-positive' | 'escalated' | 'no-hit' | 'undecided'

export const DECISIONS: readonly Decision[] = ['true-match', 'false-positive', 'escalated', 'no-hit', 'undecided']

/** The entry that a decision is about. */
export interface DecidedEntry {
  readonly list: string
  readonly id: string
  /** Version of the list in which it was found. */
  readonly version: string
  /** `entryHash` of what the list said of it; null where the entry was not at hand. A false positive without it suppresses nothing. */
  readonly hash: string | null
}

/** A decision as somebody makes it; the log adds number, time and chain. */
export interface MadeDecision {
  /** The asker's own number of the customer; null for a question about nobody in particular. */
  readonly customer: string | null
  readonly ask: Ask
  /** The whole answer: query, list versions, matcher, setting, hits with score parts and reasons. */
  readonly answer: ScreenAnswer
  readonly entry: DecidedEntry | null
  readonly decision: Decision
  /** In the decider's own words; never empty. */
  readonly reason: string
  readonly by: string
  /** The person who looked at it independently; null where nobody did. */
  readonly second: string | null
  /** Last day (ISO date) or moment (ISO 8601 UTC) on which a false positive holds; null without an end. */
  readonly expires: string | null
}

/** Bytes of an append that was killed: they were moved into a file of their own and are no record. */
export interface SetAside {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/** One line of `decisions.jsonl`, in canonical JSON. */
export interface DecisionRecord extends MadeDecision {
  readonly format: 'cordon-decision'
  readonly schema: 1
  /** 1-based number of the line. */
  readonly record: number
  /** When it was written, ISO 8601 UTC with milliseconds; never before the record above. */
  readonly time: string
  /** `dataHash` of the question: the version of the customer's data. */
  readonly data: string
  readonly setAside: SetAside | null
  /** `hash` of the record above; null in the first. */
  readonly previous: string | null
  /** SHA-256 of the canonical JSON of this record without this field. */
  readonly hash: string
}

/** A record with its hash. Throws `chain/not-json`. */
export function sealed(body: Omit<DecisionRecord, 'hash'>): DecisionRecord {
  return { ...body, hash: contentHash(body) }
}

/** The line of a record, without a line feed. */
export function recordLine(record: DecisionRecord): string {
  return canonicalJson(record)
}

/** A line read back, and what is wrong with it by itself: null where every byte is as it was written. */
export function readRecord(line: Uint8Array): { readonly record: DecisionRecord | null; readonly fault: string | null } {
  let text: string
  let parsed: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)
    parsed = JSON.parse(text)
  } catch {
    return { record: null, fault: 'was changed: it is no JSON any more' }
  }
  const shape = parsed as Partial<DecisionRecord> | null
  if (
    typeof shape !== 'object' ||
    shape?.format !== 'cordon-decision' ||
    typeof shape.record !== 'number' ||
    typeof shape.hash !== 'string'
  ) {
    return { record: null, fault: 'is no record of a decision, or was changed' }
  }
  if (shape.schema !== 1)
    return { record: null, fault: `is of schema ${String(shape.schema)}, which this Cordon does not know, or was changed` }
  const record = parsed as DecisionRecord
  const { hash, ...body } = record
  try {
    if (contentHash(body) !== hash) return { record, fault: 'was changed: its content is not what its hash says' }
    if (recordLine(record) !== text) return { record, fault: 'was changed: it is spelt otherwise than it was written' }
  } catch {
    return { record: null, fault: 'was changed: it holds what no record can hold' }
  }
  return { record, fault: null }
}
