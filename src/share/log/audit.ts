import { type AuditFinding, type DifferenceKind, Findings } from './audit-findings.ts'
import type { Checkpoint } from './checkpoint.ts'
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from './frontier.ts'
import { type Hash, leafHash, sameHash } from './merkle.ts'

/** An entry as it is kept. */
export type KeptEntry = {
  readonly index: number
  readonly entry: Uint8Array
  /** The leaf hash that was put beside the entry when it was appended; null where none is kept. With it, a changed entry is found exactly. */
  readonly leaf: Hash | null
}

export type AuditReport = {
  /** Entries read, repeated ones included. */
  readonly entries: number
  /** The log's size by its entries: one more than the highest index. */
  readonly size: number
  /** Root of the entries as they are; null where some are missing. */
  readonly root: Hash | null
  /** Every entry below this size is proven to be what was signed, but for those that findings name. */
  readonly provenSize: number
  /** Sizes at which the entries have a root that was signed. */
  readonly provenCheckpoints: number
  /** Sizes with a signed root that could not be compared, because entries before them are missing. */
  readonly uncheckedCheckpoints: number
  /** In the order of the log; empty when the log is whole. Entries behind the last checkpoint are no finding: `size` is then above `provenSize`. */
  readonly findings: readonly AuditFinding[]
  /** Findings above the limit. */
  readonly findingsLeftOut: number
}

export type AuditOptions = {
  /** Default 1,000. Neighbouring entries with one fault are one finding. */
  readonly mostFindings?: number
}

/**
 * Walks a log once and says what in it is not as its checkpoints say. Memory is two right edges of the tree, the checkpoints and the findings.
 *
 * Bytes that were changed are named exactly where the leaf hash beside them was left as it was; who changed both is found between two checkpoints.
 *
 * @param entries in the order of their index
 * @param checkpoints of this log, in any order, each opened with `openCheckpoint`: signatures are not looked at here
 */
export async function auditLog(
  entries: AsyncIterable<KeptEntry>,
  checkpoints: readonly Checkpoint[],
  options: AuditOptions = {},
): Promise<AuditReport> {
  const walk = new Walk(signedRoots(checkpoints), options.mostFindings ?? 1_000)
  for await (const kept of entries) walk.take(kept)
  return walk.end()
}

/** The different roots that were signed for one size; more than one where the log lied. */
type SignedSize = { readonly size: number; readonly roots: readonly Hash[] }

function signedRoots(checkpoints: readonly Checkpoint[]): readonly SignedSize[] {
  const bySize = new Map<number, Hash[]>()
  for (const { size, root } of checkpoints) {
    const roots = bySize.get(size) ?? []
    if (!roots.some((other) => sameHash(other, root))) roots.push(root)
    bySize.set(size, roots)
  }
  return [...bySize].map(([size, roots]) => ({ size, roots })).sort((a, b) => a.size - b.size)
}

class Walk {
  readonly #signed: readonly SignedSize[]
  readonly #findings: Findings
  /** The tree of the entries' bytes, and that of the leaf hashes beside them: one object until they first differ. */
  #byBytes: Frontier = EMPTY_FRONTIER
  #byHashes: Frontier = EMPTY_FRONTIER
  /** Entries that differ from their leaf hash, since the last checkpoint that fitted. */
  #differing: Findings
  readonly #most: number
  /** Checkpoints that did not fit, since the last one that did: only one that fits later shows them to be wrong themselves. */
  #misfits: { readonly size: number; readonly signed: Hash; readonly computed: Hash }[] = []
  #entries = 0
  #next = 0
  #nextSigned = 0
  #complete = true
  #provenSize = 0
  #proven = 0

  constructor(signed: readonly SignedSize[], most: number) {
    this.#signed = signed
    this.#most = most
    this.#findings = new Findings(most)
    this.#differing = new Findings(most)
    for (const { size, roots } of signed) if (roots.length > 1) this.#findings.add({ kind: 'equivocation', size, roots })
    this.#compare()
  }

  take({ index, entry, leaf }: KeptEntry): void {
    this.#entries++
    if (index < this.#next) {
      this.#findings.add({ kind: 'repeated', first: index, last: index })
      return
    }
    if (index > this.#next) {
      this.#findings.add({ kind: 'missing', first: this.#next, last: index - 1 })
      this.#complete = false
    }
    this.#next = index + 1
    const computed = leafHash(entry)
    const differs = leaf !== null && !sameHash(leaf, computed)
    if (differs) this.#differing.add({ kind: 'entry and leaf hash differ', first: index, last: index })
    if (!this.#complete) return
    const together = !differs && this.#byBytes === this.#byHashes
    this.#byBytes = appendLeaf(this.#byBytes, computed).frontier
    this.#byHashes = together ? this.#byBytes : appendLeaf(this.#byHashes, leaf ?? computed).frontier
    this.#compare()
  }

  end(): AuditReport {
    const last = this.#signed.at(-1)
    if (last !== undefined && last.size > this.#next) {
      this.#findings.add({ kind: 'truncated', first: this.#next, last: last.size - 1, size: last.size })
    }
    const [misfit] = this.#misfits
    if (misfit !== undefined) {
      this.#findings.add({ kind: 'root differs', first: this.#provenSize, last: misfit.size - 1, ...misfit })
    }
    this.#settle('entry and leaf hash differ')
    return {
      entries: this.#entries,
      size: this.#next,
      root: this.#complete ? frontierRoot(this.#byBytes) : null,
      provenSize: this.#provenSize,
      provenCheckpoints: this.#proven,
      uncheckedCheckpoints: this.#signed.length - this.#nextSigned,
      findings: this.#findings.inOrder(),
      findingsLeftOut: this.#findings.leftOut,
    }
  }

  #compare(): void {
    const at = this.#signed[this.#nextSigned]
    if (at === undefined || at.size !== this.#next) return
    this.#nextSigned++
    const computed = frontierRoot(this.#byBytes)
    const bytesFit = at.roots.some((root) => sameHash(root, computed))
    const hashesFit = at.roots.some((root) => sameHash(root, frontierRoot(this.#byHashes)))
    if (!bytesFit && !hashesFit) {
      this.#misfits.push({ size: at.size, signed: at.roots[0]!, computed })
      return
    }
    for (const { size, signed } of this.#misfits) this.#findings.add({ kind: 'forked checkpoint', size, signed, laterSize: at.size })
    this.#misfits = []
    this.#settle(bytesFit ? 'leaf hash changed' : 'changed')
    // Both go on from the tree that was signed, so that what comes after is judged by itself.
    if (bytesFit) this.#byHashes = this.#byBytes
    else this.#byBytes = this.#byHashes
    this.#provenSize = at.size
    this.#proven++
  }

  #settle(kind: DifferenceKind): void {
    this.#findings.take(this.#differing, kind)
    this.#differing = new Findings(this.#most)
  }
}
