import { CordonError, canonicalJson } from '../../chain/index.ts'
import { mayRead } from './decide.ts'
import { canonicalLabel, instantOf, type Label, labelHash } from './label.ts'
import type { Reader } from './reader.ts'
import { type Clause, type Ring, ringOf } from './ring.ts'

export type RingCacheLimits = {
  /** Most readers whose rings are kept. */
  readonly readers?: number
  /** Most clause numbers in all rings that are kept; 4 bytes each. */
  readonly ids?: number
}

type Kept = {
  ring: Ring
  /** How many of the clauses were decided. */
  seen: number
  /** The ring holds from this instant (inclusive) to that one (exclusive), milliseconds since 1970: in between no label expires on which it depends. */
  from: number
  until: number
}

const KEPT_READERS = 1_000
const KEPT_IDS = 4_000_000

/**
 * Rings of readers, as long as they hold. At every instant, also one that lies before the last, it gives what `ringOf` would: a ring is kept under everything that is known of its reader (a caveat withdrawn
 * makes another key), together with the span of time in which none of its decisions changes; clauses learnt since are decided when it is next asked for. The rings that were asked for longest ago go first.
 */
export class RingCache {
  readonly #readers: number
  readonly #ids: number
  readonly #clauses: Clause[] = []
  readonly #hashes = new Map<number, string>()
  readonly #kept = new Map<string, Kept>()
  #held = 0

  constructor({ readers = KEPT_READERS, ids = KEPT_IDS }: RingCacheLimits = {}) {
    this.#readers = readers
    this.#ids = ids
  }

  /**
   * Takes in clauses, new or known.
   *
   * @throws CordonError `release/clause-changed` where a known number comes with another label; `release/bad-clause` for a number that is none; `release/garbled-label`
   */
  learn(clauses: readonly Clause[]): void {
    for (const { id, label } of clauses) {
      const hash = labelHash(label)
      const known = this.#hashes.get(id)
      if (known === hash) continue
      if (known !== undefined) {
        throw new CordonError('release/clause-changed', `clause ${id} is not the label that it was`, {
          remedy: 'Clauses never change. Somebody wrote to the table by hand: restore it from a backup, and start the node again.',
        })
      }
      if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) {
        throw new CordonError('release/bad-clause', `${String(id).slice(0, 40)} is no number of a clause`, {
          remedy: 'Give the number that the store gave it.',
        })
      }
      this.#hashes.set(id, hash)
      this.#clauses.push({ id, label: canonicalLabel(label) })
    }
  }

  /** How much is kept: readers, and clause numbers in their rings. */
  get size(): { readonly readers: number; readonly ids: number } {
    return { readers: this.#kept.size, ids: this.#held }
  }

  ringOf(reader: Reader, now: Date): Ring {
    const at = now.getTime()
    if (Number.isNaN(at)) return new Uint32Array(0)
    const { person, organisation, nation, caveats, community, disabled } = reader
    const key = canonicalJson([person, organisation, nation, caveats, community, disabled])
    const found = this.#kept.get(key)
    const holds = found !== undefined && found.from <= at && at < found.until
    if (found !== undefined) this.#drop(key, found)
    const kept: Kept = holds
      ? found
      : { ring: new Uint32Array(0), seen: 0, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
    this.#complete(kept, reader, now)
    this.#keep(key, kept)
    return kept.ring
  }

  /** Decides the clauses that were learnt since. */
  #complete(kept: Kept, reader: Reader, now: Date): void {
    if (kept.seen === this.#clauses.length) return
    const fresh = this.#clauses.slice(kept.seen)
    const ring = ringOf(reader, fresh, now)
    kept.ring = kept.ring.length === 0 ? ring : Uint32Array.from([...kept.ring, ...ring]).sort()
    kept.seen = this.#clauses.length
    for (const { label } of fresh) {
      const expires = expiryFor(reader, label)
      if (expires === null) continue
      if (expires <= now.getTime()) kept.from = Math.max(kept.from, expires)
      else kept.until = Math.min(kept.until, expires)
    }
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    this.#held += kept.ring.length
    // A map keeps the order of insertion; what was asked for is taken out and put in again.
    for (const [oldest, ring] of this.#kept) {
      if (this.#kept.size <= this.#readers && this.#held <= this.#ids) break
      this.#drop(oldest, ring)
    }
  }

  #drop(key: string, kept: Kept): void {
    this.#kept.delete(key)
    this.#held -= kept.ring.length
  }
}

/** When a reader loses a clause, or null where time changes nothing for him. */
function expiryFor(reader: Reader, label: Label): number | null {
  if (label.expires === null || reader.organisation === label.originator) return null
  const expires = instantOf(label.expires)
  return mayRead(reader, label, new Date(expires - 1)) ? expires : null
}
