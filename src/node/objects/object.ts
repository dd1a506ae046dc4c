import { createHash } from 'node:crypto'
import { canonicalJson } from '../../chain/index.ts'
import type { Label } from '../../share/index.ts'

/** One version of an object of work: a case, a trace, a decision, a request. Every version is kept. */
export type StoredObject<Body = unknown> = {
  readonly id: string
  readonly kind: string
  /** From 1. */
  readonly version: number
  /** The owner. */
  readonly organisation: string
  readonly createdBy: string
  readonly createdAt: string
  readonly changedBy: string
  /** UTC, milliseconds. */
  readonly changedAt: string
  /** The object's own label. What it contains may close it further. */
  readonly label: Label
  readonly body: Body
  /** Hex SHA-256 of this version: see {@link versionHash}. */
  readonly hash: string
}

/** The hash that stands for a version in the record: SHA-256, hex, of the canonical JSON of everything that its owner said. */
export function versionHash(object: Omit<StoredObject, 'hash' | 'createdBy' | 'createdAt'>): string {
  const { id, kind, version, organisation, changedBy, changedAt, label, body } = object
  return createHash('sha256').update(canonicalJson({ id, kind, version, organisation, changedBy, changedAt, label, body })).digest('hex')
}
