import type { Tx } from '../database/tx.ts'
import type { Random } from '../uuid.ts'

/** The time now. */
export type Clock = () => Date

export type { Random }

/**
 * Runs work in one transaction as the owner of the tables of people, whom row-level security does not bind.
 * It commits when the work ends and rolls back when it throws; a refusal that must be remembered (a counted failure, a used challenge) is therefore an answer and no error.
 */
export type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** What people's functions need of the world outside. */
export type World = {
  readonly clock: Clock
  readonly random: Random
}

/** The same, for work that must not hold a transaction while it hashes or asks another server. */
export type TransactWorld = World & { readonly transact: Transact }

/** A time for the database: ISO 8601, UTC, milliseconds. */
export function iso(time: Date): string {
  return time.toISOString()
}

/** The time so many milliseconds after another. */
export function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds)
}
