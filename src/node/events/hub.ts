import { type Label, mayReadAll, type Reader } from '../../share/index.ts'
import type { NodeParts } from '../parts.ts'

/** Changes are looked for at most this often, however many there are. */
const CALM_MS = 1000
/** And this often although nobody rang: another process on the same database may have changed something. */
const LOOK_MS = 2000
const PAGE = 1000

type Row = { seq: number; kind: string; clauses: number[]; label: number }

/** Somebody who waits for changes that he may see. */
export type Listening = {
  /** Who he is, as of the last time that he was asked. */
  reader: Reader
  readonly kinds: readonly string[]
  /** True when there may be something for him. */
  pending: boolean
  wake: () => void
}

/**
 * Reads what changed once for all listeners, and wakes those whom the decision point lets see some of it. They then look for themselves, in a transaction of their own under row-level security: what is said here opens nothing.
 */
export class EventHub {
  private readonly node: Pick<NodeParts, 'database' | 'labels' | 'clock' | 'doorbell'>
  private readonly listeners = new Set<Listening>()
  private readonly report: (error: unknown) => void
  private readonly stopped = new AbortController()
  private seen: number | null = null
  private running: Promise<void> | null = null

  constructor(node: Pick<NodeParts, 'database' | 'labels' | 'clock' | 'doorbell'>, report: (error: unknown) => void) {
    this.node = node
    this.report = report
  }

  /** Begins to listen. Whatever is committed from here on wakes him. */
  listen(reader: Reader, kinds: readonly string[]): Listening {
    const listening: Listening = { reader, kinds, pending: true, wake: () => {} }
    this.listeners.add(listening)
    this.running ??= this.run()
    return listening
  }

  leave(listening: Listening): void {
    this.listeners.delete(listening)
  }

  /** Ends when there may be something for the listener, after the time, or when the signal says so. */
  async wait(listening: Listening, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (listening.pending || signal.aborted) return
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        listening.wake = () => {}
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal.addEventListener('abort', done, { once: true })
      listening.wake = done
    })
  }

  async stop(): Promise<void> {
    this.stopped.abort()
    await this.running
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped
    while (!signal.aborted && this.listeners.size > 0) {
      const rung = this.node.doorbell.wait(LOOK_MS, signal)
      try {
        await this.look()
      } catch (error) {
        this.report(error)
        for (const listening of this.listeners) wakeUp(listening)
      }
      await rung
      await new Promise((resolve) => setTimeout(resolve, CALM_MS))
    }
    // Whoever listens next begins anew, and looks for himself first.
    this.seen = null
    this.running = null
  }

  private async look(): Promise<void> {
    const { database, labels, clock } = this.node
    const from = this.seen
    const { rows, known, end } = await database.system(async (tx) => {
      const [head] = await tx.query<{ size: number }>('select size from log_head')
      const { size } = head as { size: number }
      if (from === null) return { rows: [], known: new Map<number, Label>(), end: size - 1 }
      const found = await tx.query<Row>(
        `select c.seq, c.kind, o.clauses, v.label from happening c join object o on o.id = c.object join object_version v on v.id = c.object and v.version = c.version
         where c.seq > $1 and c.seq < $2 order by c.seq limit $3`,
        [from, size, PAGE],
      )
      const ids = [...new Set(found.flatMap(({ clauses, label }) => [...clauses, label]))]
      return { rows: found, known: await labels.known(tx, ids), end: found.length === PAGE ? (found.at(-1) as Row).seq : size - 1 }
    })
    this.seen = end
    // What changed between a listener's own look and this first one would be announced by nobody.
    if (from === null) for (const listening of this.listeners) wakeUp(listening)
    const now = clock()
    for (const { kind, clauses, label } of rows) {
      const all = [...clauses, label].flatMap((id) => known.get(id) ?? [])
      for (const listening of this.listeners) {
        if (listening.pending || (listening.kinds.length > 0 && !listening.kinds.includes(kind))) continue
        if (all.length === clauses.length + 1 && mayReadAll(listening.reader, all, now)) wakeUp(listening)
      }
    }
  }
}

function wakeUp(listening: Listening): void {
  listening.pending = true
  listening.wake()
}
