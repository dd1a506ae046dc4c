import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTags } from '../../src/attribution/index.ts'
import { importLedger, openLedger } from '../../src/ledger/index.ts'
import { simulate, type TruthDocument } from '../../src/simulate/index.ts'
import { POLICIES, type PolicyName, readSeeds, runTrace } from '../../src/trace/index.ts'
import type { MeasuredRow } from '../rows.ts'

interface Score {
  true: number
  found: number
  returned: number
  right: number
}

/**
 * A simulated world with honest traffic: recall of the true cash-outs and precision of the end points at services, over all of its thefts. Each policy runs with default
 * settings, with the tags that the world makes public (no deposit address among them).
 */
export async function simulatedRows(transfers: number, seed: number): Promise<MeasuredRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-accuracy-'))
  try {
    const world = join(directory, 'world')
    await simulate({ transfers, seed, out: world })
    await importLedger({ paths: [join(world, 'token_transfers')], directory: join(directory, 'ledger'), genesis: true })
    const truth = JSON.parse(readFileSync(join(world, 'truth.json'), 'utf8')) as TruthDocument
    const ledger = await openLedger(join(directory, 'ledger'))
    const tags = await loadTags([join(world, 'tags')])
    const rows: MeasuredRow[] = []
    for (const policy of Object.keys(POLICIES) as PolicyName[]) {
      const score: Score = { true: 0, found: 0, returned: 0, right: 0 }
      for (const theft of truth.thefts) {
        const seeds = readSeeds(readFileSync(join(world, 'seeds', `${theft.name}.csv`), 'utf8'))
        const doc = await runTrace({ ledger, tags, seeds, parameters: { policy, bounds: false } })
        const wanted = new Set(theft.cashOuts.map(({ account }) => account))
        const ends = new Set(doc.endpoints.filter(({ kind }) => kind === 'service').map(({ account }) => account))
        const right = [...ends].filter((account) => wanted.has(account)).length
        score.true += wanted.size
        score.found += right
        score.returned += ends.size
        score.right += right
      }
      const id = `simulated/${transfers}/${policy}`
      const data = `${transfers.toLocaleString('en-US')} simulated transfers, seed ${seed}, ${truth.thefts.length} thefts`
      const asked = policy === 'fifo'
      const share = (a: number, b: number): number => (b === 0 ? 0 : Math.round((a / b) * 10_000) / 10_000)
      const none = { peer: null, peerValue: null, ratio: null }
      rows.push({
        id: `${id}/recall`,
        what: `recall of ${score.true} true cash-outs (${policy}, default settings)`,
        data,
        value: share(score.found, score.true),
        unit: 'share',
        target: asked ? '>= 0.95' : null,
        ...none,
      })
      rows.push({
        id: `${id}/precision`,
        what: `precision of ${score.returned} end points at services (${policy}, default settings)`,
        data,
        value: share(score.right, score.returned),
        unit: 'share',
        target: asked ? '>= 0.9' : null,
        ...none,
      })
    }
    await ledger.close()
    return rows
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
