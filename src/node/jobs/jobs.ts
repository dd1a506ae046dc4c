import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isAbort } from '../abort.ts'
import { diskFull, roomIn } from '../files/index.ts'
import type { NodeParts } from '../parts.ts'
import type { Credential } from '../people/caller.ts'
import { begun, failed, foundAtStart, type JobError, putBack } from './body.ts'
import type { JobKind } from './kind.ts'
import { type JobProgress, ProgressMeter } from './progress.ts'
import { runOnce } from './run.ts'
import { storable } from './storable.ts'
import { turnJob } from './turn.ts'

type Waiting = { id: string; kind: string; person: string; credential: Pick<Credential, 'kind' | 'id'>; task: unknown }
type Running = { readonly stop: AbortController; readonly meter: ProgressMeter; ended: Promise<void> }

/** Milliseconds after which the queue is looked at even if nothing rang. */
const LOOK_MS = 30_000
const EXPECTING_MS = 100
/** A job that was announced and never appeared: its transaction was rolled back. */
const EXPECTED_MS = 60_000
const DISK_MS = 1_000
const AGAIN_MS = 2_000
/** Characters of an error that are kept: a file's bytes may be in it. */
const MOST_TEXT = 2_000

/** Runs jobs, some at a time, each in a process of its own. */
export class Jobs {
  private readonly root: string
  private readonly kinds: ReadonlyMap<string, JobKind>
  private readonly running = new Map<string, Running>()
  private readonly expected = new Map<string, number>()
  private readonly end = new AbortController()
  private looking: Promise<void> = Promise.resolve()

  constructor(root: string, kinds: readonly JobKind[]) {
    this.root = root
    this.kinds = new Map(kinds.map((kind) => [kind.name, kind]))
  }

  /** The folder of a job. Its name is an id that this node made. */
  folder(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError(`${id} is no id`)
    return join(this.root, id)
  }

  /** Takes up what was under way when the node went down, and begins to look for more. `report` is told what goes wrong in here. */
  async start(node: NodeParts, report: (error: unknown) => void): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 })
    const left = await node.database.system((tx) =>
      tx.query<{ id: string }>(`select id from object where kind = 'job' and body ->> 'status' in ('running', 'stopping') order by id`),
    )
    for (const { id } of left) await turnJob(node, id, 'job.found', foundAtStart)
    await this.sweep(node)
    this.looking = this.look(node, report)
  }

  /** A job is being asked for: it is looked for when its transaction is through. */
  expect(id: string): void {
    this.expected.set(id, performance.now())
  }

  /** Stops a job that runs. Its state is turned when its process has ended. */
  cancel(id: string): void {
    this.running.get(id)?.stop.abort()
  }

  /** How far a job is; null where it does not run or has not said. */
  progress(id: string): JobProgress | null {
    return this.running.get(id)?.meter.last ?? null
  }

  /** Stops what runs and puts it back into the queue. */
  async stop(): Promise<void> {
    this.end.abort()
    for (const { stop } of this.running.values()) stop.abort()
    await Promise.all([this.looking, ...[...this.running.values()].map(({ ended }) => ended)])
  }

  /** Takes folders of jobs away that are done, or that ended so long ago that nobody resumes them. */
  async sweep(node: NodeParts): Promise<void> {
    const there = (await readdir(this.root)).filter((name) => /^[0-9a-f-]{36}$/.test(name))
    if (there.length === 0) return
    const oldest = new Date(node.clock().getTime() - node.config.limits.uploadHours * 3_600_000).toISOString()
    const kept = await node.database.system((tx) =>
      tx.query<{ id: string }>(
        `select id from object where kind = 'job' and id = any($1::uuid[]) and body ->> 'status' <> 'done' and coalesce(body ->> 'endedAt', body ->> 'queuedAt') > $2`,
        [there, oldest],
      ),
    )
    const keep = new Set([...kept.map(({ id }) => id), ...this.expected.keys(), ...this.running.keys()])
    for (const id of there) if (!keep.has(id)) await rm(this.folder(id), { recursive: true, force: true })
  }

  private async look(node: NodeParts, report: (error: unknown) => void): Promise<void> {
    const { signal } = this.end
    let due = true
    while (!signal.aborted) {
      try {
        if (due) await this.begin(node, report)
      } catch (error) {
        report(error)
      }
      const at = performance.now()
      // What rang while the queue was being read is not heard here: what is expected is looked for anyway.
      await node.doorbell.wait(this.expected.size > 0 ? EXPECTING_MS : LOOK_MS, signal)
      for (const [id, since] of this.expected) if (performance.now() - since > EXPECTED_MS) this.expected.delete(id)
      due = this.expected.size > 0 || performance.now() - at >= LOOK_MS - 100
    }
  }

  private async begin(node: NodeParts, report: (error: unknown) => void): Promise<void> {
    const free = node.config.limits.jobs - this.running.size
    if (free <= 0) return
    const waiting = await node.database.system((tx) =>
      tx.query<Waiting>(
        `select o.id, o.body ->> 'kind' as kind, r.person, r.credential, r.task from object o join job_run r on r.job = o.id
         where o.kind = 'job' and o.body ->> 'status' = 'queued' order by o.body ->> 'queuedAt', o.id limit $1`,
        [free],
      ),
    )
    for (const job of waiting) {
      this.expected.delete(job.id)
      if (this.running.size >= node.config.limits.jobs) break
      if (this.running.has(job.id)) continue
      const entry: Running = { stop: new AbortController(), meter: new ProgressMeter(), ended: Promise.resolve() }
      this.running.set(job.id, entry)
      entry.ended = this.run(node, job, entry, report)
        .catch(report)
        .finally(() => {
          this.running.delete(job.id)
          // Whoever waits may begin.
          if (!this.end.signal.aborted) void this.begin(node, report).catch(report)
        })
    }
  }

  private async run(
    node: NodeParts,
    { id, kind: name, person, credential, task }: Waiting,
    { stop, meter }: Running,
    report: (error: unknown) => void,
  ): Promise<void> {
    const job = await turnJob(node, id, 'job.begin', begun)
    if (job === null) return
    let full = false
    const watch = setInterval(() => {
      roomIn(this.root, node.config.limits.reserveMiB * 2 ** 20).then((room) => {
        if (room > 0) return
        full = true
        stop.abort()
      }, report)
    }, DISK_MS)
    try {
      const kind = this.kinds.get(name)
      if (kind === undefined)
        throw new CordonError('jobs/unknown-kind', `this version of Cordon does not know jobs of the kind ${name}`, {
          remedy: 'Run the version that took it in.',
        })
      const progress = (told: Parameters<ProgressMeter['report']>[0]) => meter.report(told, performance.now())
      await runOnce(node, { kind, job, task, person, credential, folder: this.folder(id), signal: stop.signal, progress, report })
      await rm(this.folder(id), { recursive: true, force: true })
    } catch (caught) {
      const error = full ? diskFull(caught) : caught
      if (this.end.signal.aborted) await turnJob(node, id, 'job.putback', putBack)
      else await this.endBadly(node, id, isAbort(error) ? null : error, report)
    } finally {
      clearInterval(watch)
    }
  }

  /** Writes down that a job did not come to its end. That must be known even if the disk is full now: it is tried until it is. */
  private async endBadly(node: NodeParts, id: string, error: unknown, report: (error: unknown) => void): Promise<void> {
    if (error !== null && !(error instanceof CordonError)) report(error)
    const told = error === null ? null : errorOf(error, this.folder(id))
    while (!this.end.signal.aborted) {
      try {
        await turnJob(node, id, 'job.end', (body, at) => failed(body, told, at))
        return
      } catch (again) {
        report(again)
        await node.doorbell.wait(AGAIN_MS, this.end.signal)
      }
    }
  }
}

/** What went wrong, as far as it is the asker's to know. Paths of this machine are not. */
function errorOf(error: unknown, folder: string): JobError {
  if (!(error instanceof CordonError))
    return {
      code: 'node/internal',
      message: 'the node failed',
      place: null,
      remedy: 'Give the id of the job to the operator: the log has the reason.',
    }
  const { file, line, field } = error.place
  const hide = (text: string): string =>
    storable(
      text
        .replaceAll(`${join(folder, 'input')}/`, '')
        .replaceAll(folder, '')
        .slice(0, MOST_TEXT),
    )
  const place = [file, line, field].filter((part) => part !== undefined).join(':')
  return {
    code: error.code,
    message: hide(error.message),
    place: place === '' ? null : hide(place),
    remedy: error.remedy === null ? null : hide(error.remedy),
  }
}
