import { canonicalLabel, type Label, type Reader, RingCache } from '../../share/index.ts'
import type { Tx } from '../database/tx.ts'

type Row = {
  id: number
  policy: string
  tlp: string
  nations: string[]
  organisations: string[]
  caveats: string[]
  persons: string[]
  originator: string
  expires: string | null
}

const COLUMNS = 'id, policy, tlp, nations, organisations, caveats, persons, originator, expires'

/** The labels that callers have met, by number. They are immutable, so what was read once is right for ever. */
export class LabelBook {
  private readonly labels = new Map<number, Label>()
  /** What was decided of them, for as long as it holds. */
  private readonly decisions = new RingCache()

  /** The label of a number that the caller passes. */
  async label(tx: Tx, id: number): Promise<Label> {
    await this.learn(tx, [id])
    return this.labels.get(id) as Label
  }

  /** The number of a label, which is made if it is new. */
  async number(tx: Tx, given: Label): Promise<number> {
    // One spelling, one number.
    const label = canonicalLabel(given)
    const [row] = await tx.query<{ id: number }>(
      'select cordon_clause($1, $2, $3::text[], $4::text[], $5::text[], $6::uuid[], $7, $8::timestamptz) as id',
      [label.policy, label.tlp, label.nations, label.organisations, label.caveats, label.persons, label.originator, label.expires],
    )
    return (row as { id: number }).id
  }

  /**
   * The numbers of the labels that a reader passes now. The database has decided by itself already; each of its answers is decided again here, and both must say yes.
   */
  async ring(tx: Tx, reader: Reader, now: Date): Promise<number[]> {
    const ring = tx.ring ?? []
    await this.learn(tx, ring)
    const decided = new Set(this.decisions.ringOf(reader, now))
    return ring.filter((id) => decided.has(id))
  }

  /** The labels of these numbers, for the node itself; a number that nobody gave has none. */
  async known(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, Label>> {
    await this.learn(tx, ids)
    return this.labels
  }

  private add(id: number, label: Label): void {
    if (this.labels.has(id)) return
    this.labels.set(id, label)
    this.decisions.learn([{ id, label }])
  }

  private async learn(tx: Tx, ids: readonly number[]): Promise<void> {
    const unknown = ids.filter((id) => !this.labels.has(id))
    if (unknown.length === 0) return
    for (const { id, ...label } of await tx.query<Row>(`select ${COLUMNS} from clause where id = any($1::int[])`, [unknown]))
      this.add(id, label as Label)
  }
}
