import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditReport, auditLog, type Checkpoint, frontierRoot, type KeptEntry, leafHash } from '../../../src/share/log/index.ts'
import { flipped, hex, logOf, numbered } from './tree.ts'

const tree = numbered(100)
const SIZES = [0, 1, 20, 50, 80]
const checkpoints = SIZES.map((size) => checkpointAt(size))

function checkpointAt(size: number, root = frontierRoot(tree.frontiers[size]!)): Checkpoint {
  return { origin: 'node.example/log', size, root, extensions: [] }
}

function kept(count = 100): KeptEntry[] {
  return tree.entries.slice(0, count).map((entry, index) => ({ index, entry, leaf: tree.leaves[index]! }))
}

async function audit(
  entries: readonly KeptEntry[],
  signed: readonly Checkpoint[] = checkpoints,
  mostFindings = 1_000,
): Promise<AuditReport> {
  async function* walked(): AsyncIterable<KeptEntry> {
    yield* entries
  }
  return auditLog(walked(), signed, { mostFindings })
}

/** Findings without their hashes. */
function said(report: AuditReport): readonly string[] {
  return report.findings.map((finding) => {
    const { kind } = finding
    return 'first' in finding ? `${kind} ${finding.first}-${finding.last}` : `${kind} ${finding.size}`
  })
}

function withEntry(entries: readonly KeptEntry[], index: number, change: Partial<KeptEntry>): KeptEntry[] {
  return entries.map((each) => (each.index === index ? { ...each, ...change } : each))
}

const FORGED = Buffer.from('forged')

describe('the audit of a log', () => {
  it('finds nothing in a log that is whole, and says how far it is proven', async () => {
    const report = await audit(kept())
    expect(report).toMatchObject({ entries: 100, size: 100, provenSize: 80, provenCheckpoints: 5, uncheckedCheckpoints: 0, findings: [] })
    expect(hex(report.root!)).toBe(hex(frontierRoot(tree.frontiers[100]!)))
    const withoutLeaves = kept().map((each) => ({ ...each, leaf: null }))
    expect(await audit(withoutLeaves, checkpoints.toReversed())).toMatchObject({ provenSize: 80, findings: [] })
    expect(await audit([], [checkpointAt(0)])).toMatchObject({ size: 0, provenCheckpoints: 1, findings: [] })
    expect(await audit([], [])).toMatchObject({ size: 0, findings: [] })
  })

  it('names the entry of which any one bit was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 79 }), fc.nat(), async (index, bit) => {
        const entry = flipped(tree.entries[index]!, bit % (tree.entries[index]!.length * 8))
        const report = await audit(withEntry(kept(), index, { entry }))
        expect(said(report)).toEqual([`changed ${index}-${index}`])
        expect(report.provenSize).toBe(80)
      }),
      { numRuns: 100 },
    )
  })

  it('finds between which checkpoints an entry was changed together with its leaf hash', async () => {
    const report = await audit(withEntry(kept(), 33, { entry: FORGED, leaf: leafHash(FORGED) }))
    expect(said(report)).toEqual(['root differs 20-49'])
    expect(report).toMatchObject({ provenSize: 20, provenCheckpoints: 3 })
    expect(said(await audit(withEntry(kept(), 33, { entry: FORGED, leaf: null })))).toEqual(['root differs 20-49'])
  })

  it('names all that were changed, neighbours as one, and what is proven between', async () => {
    const spoilt = [3, 4, 5, 60].reduce((entries, index) => withEntry(entries, index, { entry: FORGED }), kept())
    expect(said(await audit(spoilt))).toEqual(['changed 3-5', 'changed 60-60'])
  })

  it('tells a leaf hash that was changed from a changed entry', async () => {
    const report = await audit(withEntry(kept(), 33, { leaf: leafHash(FORGED) }))
    expect(said(report)).toEqual(['leaf hash changed 33-33'])
    expect(report.provenSize).toBe(80)
  })

  it('names the difference also behind the last checkpoint, where nobody signed which is right', async () => {
    expect(said(await audit(withEntry(kept(), 90, { entry: FORGED })))).toEqual(['entry and leaf hash differ 90-90'])
    const both = withEntry(withEntry(kept(), 25, { entry: FORGED }), 30, { leaf: leafHash(FORGED) })
    expect(said(await audit(both))).toEqual(['root differs 20-49', 'entry and leaf hash differ 25-25', 'entry and leaf hash differ 30-30'])
  })

  it('finds entries taken out, at the end and between', async () => {
    const gap = await audit(kept().filter(({ index }) => index < 30 || index > 34))
    expect(said(gap)).toEqual(['missing 30-34'])
    expect(gap).toMatchObject({ size: 100, provenSize: 20, uncheckedCheckpoints: 2, root: null })
    const cut = await audit(kept(70))
    expect(said(cut)).toEqual(['truncated 70-79'])
    expect(cut).toMatchObject({ size: 70, provenSize: 50, uncheckedCheckpoints: 1 })
    expect(said(await audit([]))).toEqual(['truncated 0-79'])
    const renumbered = kept()
      .filter(({ index }) => index !== 33)
      .map((each, index) => ({ ...each, index }))
    expect(said(await audit(renumbered))).toEqual(['root differs 20-49'])
  })

  it('goes on to look at entries behind a gap', async () => {
    const spoilt = withEntry(kept(), 60, { entry: FORGED }).filter(({ index }) => index !== 30)
    expect(said(await audit(spoilt))).toEqual(['missing 30-30', 'entry and leaf hash differ 60-60'])
  })

  it('finds entries put in and exchanged', async () => {
    const twice = kept().toSpliced(41, 0, { index: 40, entry: FORGED, leaf: null })
    expect(said(await audit(twice))).toEqual(['repeated 40-40'])
    const [a, b] = [kept()[21]!, kept()[22]!]
    const exchanged = withEntry(withEntry(kept(), 21, { entry: b.entry, leaf: b.leaf }), 22, { entry: a.entry, leaf: a.leaf })
    expect(said(await audit(exchanged))).toEqual(['root differs 20-49'])
  })

  it('finds two trees that were signed for one size', async () => {
    const report = await audit(kept(), [...checkpoints, checkpointAt(50, leafHash(FORGED))])
    expect(said(report)).toEqual(['equivocation 50'])
    expect(report.provenSize).toBe(80)
    expect(said(await audit(kept(), [...checkpoints, checkpointAt(50)]))).toEqual([])
  })

  it('tells a checkpoint that was wrong from a log that was changed', async () => {
    const report = await audit(kept(), [...checkpoints, checkpointAt(60, leafHash(FORGED))])
    expect(said(report)).toEqual(['forked checkpoint 60'])
    expect(report).toMatchObject({ provenSize: 80, provenCheckpoints: 5 })
    expect(said(await audit(kept(), [...checkpoints, checkpointAt(90, leafHash(FORGED))]))).toEqual(['root differs 80-89'])
  })

  it('finds some fault whatever one row is changed, taken out, doubled or exchanged below the last checkpoint', async () => {
    const fault = fc.constantFrom('change', 'change both', 'take out', 'double', 'exchange')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.nat(), fault, async (count, at, what) => {
        const log = logOf(Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`)))
        const rows = log.entries.map((entry, index) => ({ index, entry, leaf: log.leaves[index]! }))
        const signed = [{ origin: 'o', size: count, root: frontierRoot(log.frontiers[count]!), extensions: [] }]
        expect((await audit(rows, signed)).findings).toEqual([])
        const index = at % count
        const other = (index + 1) % count
        const spoilt = {
          change: withEntry(rows, index, { entry: FORGED }),
          'change both': withEntry(rows, index, { entry: FORGED, leaf: leafHash(FORGED) }),
          'take out': rows.toSpliced(index, 1),
          double: rows.toSpliced(index, 0, rows[index]!),
          exchange: rows.with(index, { ...rows[other]!, index }).with(other, { ...rows[index]!, index: other }),
        }[what]!
        expect((await audit(spoilt, signed)).findings).not.toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('counts what is above the limit of findings', async () => {
    const spoilt = kept().map((each) => (each.index % 2 === 0 ? { ...each, entry: FORGED } : each))
    const report = await audit(spoilt, checkpoints, 10)
    expect(report.findings).toHaveLength(10)
    expect(report.findingsLeftOut).toBe(40)
  })
})
