import type { Progress } from '../../chain/index.ts'

/** What a job's process is told. */
export type ToWorker =
  | { readonly type: 'run'; readonly module: string; readonly work: string; readonly input: unknown; readonly folder: string }
  | { readonly type: 'stop' }

/** What it answers: errors lose their class on the way and are put together again. */
export type FromWorker =
  | { readonly type: 'begun' }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'stopped' }
  | Answer

/** What came of the work. */
export type Answer =
  | { readonly type: 'done'; readonly outcome: unknown }
  | { readonly type: 'error'; readonly code: string; readonly message: string; readonly place: object; readonly remedy: string | null }
  | { readonly type: 'failure'; readonly text: string }
