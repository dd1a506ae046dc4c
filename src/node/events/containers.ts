import type { NodeParts } from '../parts.ts'
import { append } from '../record/append.ts'
import { entryText } from '../record/entry.ts'

type Untold = { id: number; container: string; content: string; kind: string; version: number; hash: string }

type TellingParts = Pick<NodeParts, 'database' | 'clock' | 'random' | 'doorbell'>

const EVERY_MS = 60_000
/** Told in one transaction. */
const TOGETHER = 500

/**
 * Gives containers whose content was released or restricted their places in the record, by which they are events. The node does this by itself, after the transaction that did it: whoever changes a label is told nothing of others' containers.
 * What a killed node left untold is told when it runs again. Gives how many there were.
 */
export async function tellContainers({ database, clock, random, doorbell }: TellingParts): Promise<number> {
  let told = 0
  for (;;) {
    const now = clock()
    const some = await database.system(async (tx) => {
      // One teller at a time, also between processes.
      await tx.query('select pg_advisory_xact_lock(7305015)')
      const untold = await tx.query<Untold>(
        `select c.id, c.container, c.content, o.kind, o.version, encode(o.hash, 'hex') as hash
         from container_change c join object o on o.id = c.container where c.seq is null order by c.id limit $1`,
        [TOGETHER],
      )
      if (untold.length === 0) return 0
      const first = await append(
        tx,
        untold.map(({ container, kind, version, hash, content }) =>
          entryText(
            {
              door: 'node',
              action: 'container.relabelled',
              outcome: 'done',
              objects: [{ id: container, kind, version, hash }],
              detail: { content },
            },
            null,
            now,
            random,
          ),
        ),
      )
      await tx.query(
        `update container_change set seq = $1::bigint + n - 1, version = given.version, at = $2
         from unnest($3::bigint[], $4::int[]) with ordinality as given (change, version, n) where container_change.id = given.change`,
        [first, now.toISOString(), untold.map(({ id }) => id), untold.map(({ version }) => version)],
      )
      return untold.length
    })
    told += some
    if (some < TOGETHER) break
  }
  if (told > 0) doorbell.ring()
  return told
}

/** Tells what a killed node left untold when it begins, what becomes of containers when it is asked to, and looks every minute whether anything else is untold. */
export class ContainerTeller {
  private readonly parts: TellingParts
  private running: Promise<unknown> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined
  private report: (error: unknown) => void = () => {}

  constructor(parts: TellingParts) {
    this.parts = parts
  }

  /** Begins. What goes wrong is told to `report`, and tried again at the next look. */
  start(report: (error: unknown) => void): void {
    this.report = report
    this.tell()
    this.timer = setInterval(() => this.tell(), EVERY_MS).unref()
  }

  /** Something was released or restricted. */
  tell(): void {
    this.running = this.running.then(() => tellContainers(this.parts)).catch((error: unknown) => this.report(error))
  }

  /** Ends when what is being told is told. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
  }
}
