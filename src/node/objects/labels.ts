import { canonicalLabel, type Label, mayRead, type Reader } from '../../share/index.ts'
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
    const [row] = await tx.query<{ ring: number[] }>('select cordon_ring() as ring')
    const ring = (row as { ring: number[] }).ring
    await this.learn(tx, ring)
    return ring.filter((id) => {
      const label = this.labels.get(id)
      return label !== undefined && mayRead(reader, label, now)
    })
  }

  private async learn(tx: Tx, ids: readonly number[]): Promise<void> {
    const unknown = ids.filter((id) => !this.labels.has(id))
    if (unknown.length === 0) return
    for (const { id, ...label } of await tx.query<Row>(`select ${COLUMNS} from clause where id = any($1::int[])`, [unknown]))
      this.labels.set(id, label as Label)
  }
}
