import type { NodeParts } from '../parts.ts'
import { type RecordState, recordState } from './record-state.ts'

/** Whether a part of the node works. */
export type Check = 'ok' | 'failing'

/**
 * `ready`: everything works. `degraded`: the node reads and may not be able to write, or does not sign its record. `unavailable`: there is no database.
 * A degraded node stays in service: a full disk must not take from people what can still be read.
 */
export type Readiness = {
  readonly status: 'ready' | 'degraded' | 'unavailable'
  readonly checks: { readonly database: Check; readonly record: Check; readonly disk: Check }
}

/** Checkpoints may come so much later than they are due before something is wrong: a busy node signs late, seldom this late. */
const LATE_SECONDS = 30
/** A database that does not answer in this time does not work, milliseconds. */
const PATIENCE_MS = 5_000

/** Looks whether the node can work. What is wrong is told in single words, to whoever asks; the reason goes to `report`. */
export async function readinessOf(
  { config, database, clock, space }: Pick<NodeParts, 'config' | 'database' | 'clock' | 'space'>,
  report: (error: unknown) => void,
): Promise<Readiness> {
  const failed = (error: unknown) => {
    report(error)
    return null
  }
  const state = await soon(recordState(database, clock)).catch(failed)
  const room = await space.admitWrite().then(() => true, failed)
  const checks = {
    database: check(state !== null),
    record: check(state !== null && isSigned(state, config.record.checkpointSeconds)),
    disk: check(room !== null),
  }
  if (checks.database === 'failing') return { status: 'unavailable', checks }
  return { status: Object.values(checks).every((each) => each === 'ok') ? 'ready' : 'degraded', checks }
}

/** Whether the record is signed as far as it should be. */
function isSigned({ waiting }: RecordState, everySeconds: number): boolean {
  return waiting <= everySeconds + LATE_SECONDS
}

function check(works: boolean): Check {
  return works ? 'ok' : 'failing'
}

/** Fails when something takes longer than a probe waits. */
export async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the database has not answered for ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
