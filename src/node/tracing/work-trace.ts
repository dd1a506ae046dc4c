import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { clusterAccounts, followPeelChain, followPeelChainBack, loadTags } from '../../attribution/index.ts'
import { CordonError, type Work } from '../../chain/index.ts'
import { ABSENT, isUtxoLedger, type LocalBitcoinLedger, openAnyLedger, type UtxoLedger } from '../../ledger/index.ts'
import {
  flowsCsv,
  renderReport,
  runTrace,
  type Seed,
  serializeLines,
  type TraceDocument,
  type TraceParameters,
  toGexf,
} from '../../trace/index.ts'
import { type Place, withChain } from './live/chain.ts'
import { writeJson } from './write-json.ts'

/** What a trace is given. `tags`: files and folders. */
export type TraceInput = {
  readonly place: Place
  readonly tags: readonly string[]
  readonly seeds: readonly Seed[]
  readonly parameters: Partial<TraceParameters>
  readonly out: string
}

/** What a trace gives back beside its files: enough to show it in a list and to find it. */
export type TraceOutcome = Pick<TraceDocument, 'engine' | 'ledger' | 'parameters' | 'seeds' | 'assets' | 'conservation' | 'tags'> & {
  readonly entities: readonly Omit<TraceDocument['entities'][number], 'accounts'>[]
  readonly counts: Readonly<Record<'entities' | 'endpoints' | 'flows' | 'swaps' | 'accounts' | 'notFollowed' | 'lookAlikes', number>>
  readonly limits: readonly string[]
  /** Hash of the block as of which a live server answered; null of a ledger. */
  readonly asOf: string | null
  /** Files in `out`. */
  readonly files: { readonly document: string; readonly report: string; readonly flows: string; readonly graph: string }
}

/** Entities, evidence and lists that the summary holds; the document has all. */
const MOST_ENTITIES = 100
const MOST_EVIDENCE = 3

/** Follows stolen value, and writes the document, the report, the flows and the graph. */
export async function trace({ place, tags: paths, seeds, parameters, out }: TraceInput, work: Work): Promise<TraceOutcome> {
  work.progress?.({ phase: 'reading tags', done: 0, total: null, unit: 'files' })
  const tags = await loadTags(paths)
  work.signal?.throwIfAborted()
  const { document, asOf } = await withChain(place, work, async (ledger, asOf) => ({
    document: await runTrace({ ledger, tags, seeds, parameters, ...work }),
    asOf,
  }))
  work.progress?.({ phase: 'writing', done: 0, total: null, unit: 'files' })
  const files = {
    document: join(out, 'trace.json'),
    report: join(out, 'report.html'),
    flows: join(out, 'flows.csv'),
    graph: join(out, 'graph.gexf'),
  }
  await put(files.document, serializeLines(document))
  await put(files.report, [renderReport(document)])
  await put(files.flows, [flowsCsv(document)])
  await put(files.graph, [toGexf(document)])
  const {
    engine,
    ledger: reference,
    parameters: used,
    seeds: named,
    assets,
    conservation,
    tags: packs,
    entities,
    endpoints,
    flows,
    swaps,
    accounts,
    notFollowed,
    lookAlikes,
  } = document
  return {
    engine,
    ledger: reference,
    parameters: used,
    seeds: named,
    assets,
    conservation,
    tags: packs,
    entities: entities
      .slice(0, MOST_ENTITIES)
      .map(({ accounts: _, evidence, ...entity }) => ({ ...entity, evidence: evidence.slice(0, MOST_EVIDENCE) })),
    counts: {
      entities: entities.length,
      endpoints: endpoints.length,
      flows: flows.length,
      swaps: swaps.length,
      accounts: accounts.length,
      notFollowed: notFollowed.length,
      lookAlikes: lookAlikes.length,
    },
    limits: document.completeness.limits,
    asOf,
    files,
  }
}

async function put(path: string, pieces: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

/** What a peel chain is followed from. */
export type PeelInput = {
  readonly directory: string
  readonly tags: readonly string[]
  readonly from: string
  readonly backward: boolean
  readonly maxHops: number
  readonly out: string
}

/** One owner's chain of payments, hop by hop, each with its evidence. */
export async function peel({ directory, tags: paths, from, backward, maxHops, out }: PeelInput, work: Work) {
  const tags = await loadTags(paths)
  const ledger = await openAnyLedger(directory)
  try {
    if (!isUtxoLedger(ledger))
      throw new CordonError('trace/not-of-outputs', 'a peel chain is of outputs, and the ledger is of accounts', {
        remedy: 'Name a Bitcoin ledger.',
      })
    const clusters = await clusterAccounts((ledger as LocalBitcoinLedger).table(), { work })
    const follow = backward ? followPeelChainBack : followPeelChain
    const found = await follow(ledger, await startOf(from, ledger), {
      maxHops,
      tags,
      sameOwner: (a: number, b: number) => clusters.clusterOf(a) === clusters.clusterOf(b),
      ...(work.signal === undefined ? {} : { signal: work.signal }),
    })
    return {
      file: await writeJson(join(out, 'peel-chain.json'), found),
      summary: {
        hops: found.hops.length,
        peeled: found.peeled.toString(),
        stopped: found.stoppedBecause.reason,
        confidence: found.confidence,
      },
    }
  } finally {
    await ledger.close()
  }
}

async function startOf(text: string, ledger: UtxoLedger): Promise<number | { txid: string; index: number }> {
  const [txid = '', index] = text.toLowerCase().split(':')
  if (index !== undefined) return { txid, index: Number(index) }
  const [tx = ABSENT] = await ledger.transactionIds([txid])
  if (tx === ABSENT)
    throw new CordonError('trace/seed-not-found', `the ledger does not hold transaction ${txid}`, {
      remedy: 'Check the spelling, or import the blocks that hold it.',
    })
  return tx
}
