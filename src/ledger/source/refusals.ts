import { CordonError } from '../../chain/index.ts'
import type { RefusedRow } from '../batch.ts'

/** Rows listed in full; beyond that they are counted. */
const LISTED = 1000

/** What was refused so far: bounded list, true count, and the limit at which reading stops. */
export class Refusals {
  count = 0
  readonly #listed: RefusedRow[] = []
  readonly #perFile = new Map<string, number>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Listed rows, by file and line. */
  get rows(): readonly RefusedRow[] {
    this.#listed.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    return this.#listed
  }

  of(file: string): number {
    return this.#perFile.get(file) ?? 0
  }

  /** @throws CordonError `ledger/too-many-refused` over the limit */
  add(row: RefusedRow): void {
    this.count++
    this.#perFile.set(row.file, this.of(row.file) + 1)
    if (this.#listed.length < LISTED) this.#listed.push(row)
    if (this.count > this.#limit) throw this.#tooMany(row)
  }

  #tooMany(last: RefusedRow): CordonError {
    const first = this.rows.slice(0, 5).map((row) => `${row.file}:${row.line} ${row.field}: ${row.reason}`)
    return new CordonError(
      'ledger/too-many-refused',
      `${this.count} rows refused, more than the limit of ${this.#limit}; the first are\n  ${first.join('\n  ')}`,
      {
        place: { file: last.file, line: last.line, field: last.field },
        remedy: 'Correct the rows, or raise the limit if leaving them out is what you want; each is reported.',
      },
    )
  }
}
