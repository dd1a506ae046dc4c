import { mayRead } from './decide.ts'
import type { Label } from './label.ts'
import type { Reader } from './reader.ts'

/** A label as the store keeps it: an immutable row with a number. */
export type Clause = { readonly id: number; readonly label: Label }

/** The numbers of the clauses that a reader passes at an instant, ascending. */
export type Ring = Uint32Array

export function ringOf(reader: Reader, clauses: readonly Clause[], now: Date): Ring {
  return Uint32Array.from(clauses.filter(({ label }) => mayRead(reader, label, now)).map(({ id }) => id)).sort()
}

/** Whether a ring opens a record: it holds every one of its clauses, and there is at least one. */
export function opens(ring: Ring, clauses: readonly number[]): boolean {
  return clauses.length > 0 && clauses.every((id) => holds(ring, id))
}

function holds(ring: Ring, id: number): boolean {
  let low = 0
  let high = ring.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ring[middle]! < id) low = middle + 1
    else high = middle
  }
  return ring[low] === id
}
