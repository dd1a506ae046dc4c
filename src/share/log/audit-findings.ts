import type { Hash } from './merkle.ts'

/** The first and the last index that a finding is about. */
export type Indexes = { readonly first: number; readonly last: number }

export type AuditFinding =
  /** Entries whose bytes do not have the leaf hash kept beside them, where a signed root says that the hash is right. */
  | ({ readonly kind: 'changed' } & Indexes)
  /** Entries that are right by a signed root, with a wrong leaf hash beside them. */
  | ({ readonly kind: 'leaf hash changed' } & Indexes)
  /** Entries that differ from the leaf hash beside them, where no signed root says which of both is right. */
  | ({ readonly kind: 'entry and leaf hash differ' } & Indexes)
  /** The entries below `first` are proven by an earlier checkpoint (or `first` is 0); those up to `last` have not the root of the checkpoint of `size`: something between was changed, put in or exchanged. */
  | ({ readonly kind: 'root differs'; readonly size: number; readonly signed: Hash; readonly computed: Hash } & Indexes)
  /** Entries that are not there, with later ones behind them. */
  | ({ readonly kind: 'missing' } & Indexes)
  /** Entries whose number came before already. They were left out of the tree. */
  | ({ readonly kind: 'repeated' } & Indexes)
  /** Entries at the end that a signed checkpoint speaks of. */
  | ({ readonly kind: 'truncated'; readonly size: number } & Indexes)
  /** The log signed two different trees of one size. */
  | { readonly kind: 'equivocation'; readonly size: number; readonly roots: readonly Hash[] }
  /** The log signed a tree which is no beginning of the one that it signed later, and that its entries have. */
  | { readonly kind: 'forked checkpoint'; readonly size: number; readonly signed: Hash; readonly laterSize: number }

/** What an entry that differs from its leaf hash turns out to be. */
export type DifferenceKind = 'changed' | 'leaf hash changed' | 'entry and leaf hash differ'

type SpanKind = Extract<AuditFinding, Indexes>['kind']

/** Collects findings: neighbouring entries with one fault become one finding, and what is above the limit is counted. */
export class Findings {
  readonly #most: number
  readonly #all: AuditFinding[] = []
  #leftOut = 0

  constructor(most: number) {
    this.#most = most
  }

  add(finding: AuditFinding): void {
    const last = this.#all.at(-1)
    if ('first' in finding && last !== undefined && 'first' in last && joins(last, finding)) {
      this.#all[this.#all.length - 1] = { ...last, last: finding.last }
    } else if (this.#all.length < this.#most) {
      this.#all.push(finding)
    } else {
      this.#leftOut++
    }
  }

  /** Takes over the findings of another, each as one of this kind. */
  take(others: Findings, kind: DifferenceKind): void {
    for (const finding of others.#all) if ('first' in finding) this.add({ kind, first: finding.first, last: finding.last })
    this.#leftOut += others.#leftOut
  }

  get leftOut(): number {
    return this.#leftOut
  }

  /** By the place in the log that a finding begins at. */
  inOrder(): readonly AuditFinding[] {
    return this.#all.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

/** Faults of which many entries in a row can each have their own. */
const PER_ENTRY: ReadonlySet<SpanKind> = new Set(['changed', 'leaf hash changed', 'entry and leaf hash differ', 'repeated'])

function joins(last: Extract<AuditFinding, Indexes>, next: Extract<AuditFinding, Indexes>): boolean {
  return last.kind === next.kind && PER_ENTRY.has(next.kind) && last.last + 1 === next.first
}

function placeOf(finding: AuditFinding): number {
  return 'first' in finding ? finding.first : finding.size
}
