import { mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Seed, TraceParameters } from '../../trace/index.ts'
import { checkInputs, type JobInput, jobKind, moduleBeside, storable, type WriteResult } from '../jobs/index.ts'
import { createObject } from '../objects/create.ts'
import { linkAll } from '../objects/link-all.ts'
import { MADE_FROM } from '../objects/links.ts'
import type { NodeParts } from '../parts.ts'
import type { LedgerTask } from './kinds-ledger.ts'
import { type ChainTask, placeOf } from './live/task.ts'
import { madeFile } from './made-file.ts'
import type { TraceBody } from './trace-body.ts'
import type { Detected } from './work-tags.ts'
import type { PeelInput, TraceInput, TraceOutcome } from './work-trace.ts'

/** Tags that a job takes beside those of the node. */
export type TagsTask = {
  /** Files of tags, as objects of the node. */
  readonly inputs: readonly JobInput[]
  /** Hash of the pack that was made of tag objects, and these objects. */
  readonly ownTags: string | null
  readonly tagObjects: readonly string[]
}

/** What a trace is to do. */
export type TraceTask = ChainTask &
  TagsTask & {
    readonly ledgerName: string
    readonly title: string
    readonly seeds: readonly Seed[]
    readonly parameters: Partial<TraceParameters>
  }

const WORKER = moduleBeside('./worker', import.meta.url)
const OWN_TAGS = 'own-tags.yaml'
/** Seeds and assets that the summary shows; the document has all. */
const MOST_SEEDS = 200
const MOST_ASSETS = 500

/** The files of tags where a job's process finds them. */
export async function tagPaths(
  node: NodeParts,
  { inputs, ownTags }: Pick<TagsTask, 'inputs' | 'ownTags'>,
  folder: string,
): Promise<string[]> {
  await checkInputs(folder, inputs)
  const own = join(folder, 'work', OWN_TAGS)
  if (ownTags !== null) await node.files.linkTo(ownTags, own)
  return [
    ...node.config.library.tags.map((path) => resolve(path)),
    ...inputs.map(({ file }) => join(folder, 'input', file)),
    ...(ownTags === null ? [] : [own]),
  ]
}

/** Objects that a job's result is made from. */
export function madeFrom({ object, inputs, tagObjects }: ChainTask & TagsTask): string[] {
  return [object, ...inputs.map((input) => input.object), ...tagObjects].filter((id) => id !== null)
}

/** Follows stolen value; its result is an object of kind `trace`. */
export const traceKind = jobKind<TraceTask, TraceOutcome>({
  name: 'trace.run',
  scope: 'traces:run',
  module: WORKER,
  work: 'trace',
  prepare: async (node, { task, folder }) => {
    const out = join(folder, 'work', 'out')
    await mkdir(out)
    return {
      place: placeOf(node, task, folder),
      tags: await tagPaths(node, task, folder),
      seeds: task.seeds,
      parameters: task.parameters,
      out,
    } satisfies TraceInput
  },
  settle: async (node, { job, task }, found): Promise<WriteResult> => {
    const take = async (path: string) => {
      const { sha256, bytes } = await node.files.adopt(path)
      return { sha256, bytes }
    }
    const parts = {
      document: await take(found.files.document),
      report: await take(found.files.report),
      flows: await take(found.files.flows),
      graph: await take(found.files.graph),
    }
    const { hash, chain, time } = found.ledger
    const body: TraceBody = {
      title: task.title,
      engine: found.engine,
      ledger: { key: task.key, name: task.ledgerName, hash, chain, time, ...(found.asOf !== null && { asOf: found.asOf }) },
      seeds: found.seeds.slice(0, MOST_SEEDS),
      seedCount: found.seeds.length,
      parameters: { ...found.parameters },
      tags: found.tags.map((pack) => ({ ...pack })),
      assets: found.assets.slice(0, MOST_ASSETS).map((asset) => ({ ...asset })),
      entities: found.entities.map((entity) => ({
        ...entity,
        evidence: [...entity.evidence],
        conflicts: [...entity.conflicts],
        amounts: [...entity.amounts],
      })),
      counts: { ...found.counts },
      conservation: found.conservation.slice(0, MOST_ASSETS).map((line) => ({ ...line })),
      limits: [...found.limits],
      parts,
      inputs: { ownTags: task.ownTags, tagFiles: task.inputs.map(({ file, sha256 }) => ({ file, sha256 })) },
      job: job.id,
    }
    return async (ask, { label }) => {
      const { id } = await createObject(ask, { kind: 'trace', body: storable(body), label })
      await linkAll(ask, id, madeFrom(task), MADE_FROM)
      ask.detail.document = parts.document.sha256
      ask.detail.ledger = hash
      return { trace: id, document: parts.document.sha256, flows: found.counts.flows, entities: found.counts.entities }
    }
  },
})

/** What a peel chain is followed from. */
export type PeelTask = LedgerTask & TagsTask & Pick<PeelInput, 'from' | 'backward' | 'maxHops'>

/** Follows one owner's chain of payments; its result is a file. */
export const peelKind = jobKind<PeelTask, Detected>({
  name: 'trace.peel',
  scope: 'traces:run',
  module: WORKER,
  work: 'peel',
  prepare: async (node, { task, folder }) => {
    const { directory, from, backward, maxHops } = task
    return { directory, from, backward, maxHops, tags: await tagPaths(node, task, folder), out: join(folder, 'work') } satisfies PeelInput
  },
  settle: async (node, run, { file, summary }): Promise<WriteResult> => {
    const stored = await node.files.adopt(file)
    return async (ask, job) => ({
      ledger: run.task.key,
      file: await madeFile(ask, job, basename(file), stored, madeFrom(run.task)),
      ...summary,
    })
  },
})
