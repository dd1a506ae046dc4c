import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import type { NodeParts } from '../parts.ts'
import type { Scope } from '../people/roles.ts'
import type { JobBody, JobResult } from './body.ts'

/** A job whose work is prepared or taken in: who asked, what for, and its folder. */
export type JobRun<Task = unknown> = {
  readonly job: StoredObject<JobBody>
  readonly task: Task
  /** Its folder: `input` holds what it was given, `work` what its process writes. Both are its own. */
  readonly folder: string
}

/** What is written when a job has ended well: in one transaction, under the rights of who asked. `job` as it is then: what it makes has the label that it has by then. */
export type WriteResult = (ask: Ask, job: StoredObject<JobBody>) => Promise<JobResult>

/** A kind of job whose task and outcome have types. See {@link jobKind}. */
export type JobPlan<Task, Outcome> = {
  /** E.g. `ledger.import`. */
  readonly name: string
  /** What whoever asked must still be allowed when it begins. */
  readonly scope: Scope
  /** The module that does it, in a process of its own: a function of the name `work` there. */
  readonly module: URL
  /** The function of that module: `(input, work) => outcome`. */
  readonly work: string
  /** What the function is given, of plain data. Puts files where the process reads them. Outside any transaction. */
  prepare(node: NodeParts, run: JobRun<Task>): Promise<unknown>
  /** Takes in what the process left, outside any transaction, and gives what is then written in one. */
  settle(node: NodeParts, run: JobRun<Task>, outcome: Outcome): Promise<WriteResult>
}

/** A kind of job, as the register has it. */
export type JobKind = JobPlan<unknown, unknown>

/** Takes the types off a kind. A job's task is what its own kind wrote, and its outcome what its own module answered. */
export function jobKind<Task, Outcome>(plan: JobPlan<Task, Outcome>): JobKind {
  return plan as unknown as JobKind
}

/** The module beside another: `.ts` where sources run unbuilt, `.js` where they are built. */
export function moduleBeside(name: string, here: string): URL {
  return new URL(`${name}${here.endsWith('.ts') ? '.ts' : '.js'}`, here)
}
