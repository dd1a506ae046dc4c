import type { FreezeAnswer } from './answer.ts'
import type { FreezeRequest } from './request.ts'

export const FREEZE_STATES = [
  'draft',
  'authorised',
  'sent',
  'received',
  'held',
  'refused',
  'frozen',
  'released',
  'expired',
  'seized',
] as const
export type FreezeState = (typeof FREEZE_STATES)[number]

/** Roles of people as the node knows them. */
export type FreezeRole = 'analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber'

/** Who acts: a person's id and the roles that the person has now. */
export type FreezeActor = { readonly person: string; readonly roles: readonly FreezeRole[] }

/** One step of the request's history. Never changed afterwards. */
export type FreezeStep = {
  /** ISO 8601 UTC, milliseconds. */
  readonly at: string
  readonly by: string
  readonly action: string
  readonly from: FreezeState | null
  readonly to: FreezeState
  readonly reason: string | null
  /** SHA-256 of the request as it was after this step, over its canonical JSON. */
  readonly request: string
}

/** The body of an object of kind `request`: what is asked, and what became of it. Everything but `request` stays with the agency. */
export type FreezeBody = {
  readonly format: 'cordon-freeze'
  readonly formatVersion: 1
  /** Id of the object that holds this body, a UUID: what the exchange is given as our reference. */
  readonly id: string
  readonly state: FreezeState
  readonly request: FreezeRequest
  readonly history: readonly FreezeStep[]
  /** What left the house: when, by which channel, the JSON document byte for byte, and the SHA-256 of its UTF-8; null before. */
  readonly sent: { readonly at: string; readonly channel: string; readonly json: string; readonly sha256: string } | null
  readonly acknowledged: { readonly at: string; readonly reference: string } | null
  readonly answers: readonly FreezeAnswer[]
  /** Until when value is held or frozen by the exchange's last word, ISO 8601 UTC; null where nothing is held or no end was given. */
  readonly until: string | null
}
