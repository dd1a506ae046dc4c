import type { NodeKeys } from '../secrets/keys.ts'
import { EarlierLists } from './earlier-lists.ts'
import { LiveLists } from './live-lists.ts'
import { type QuestionMark, questionMarks } from './trail.ts'

/** What a node screens with. */
export type Screening = {
  /** The lists in service. */
  readonly lists: LiveLists
  /** Chosen lists, and those of other days. */
  readonly earlier: EarlierLists
  readonly mark: QuestionMark
  close(): Promise<void>
}

/** The screening of a node over a folder of lists. Nothing is opened until `lists.start()`. */
export function screeningOf(store: string, keys: Pick<NodeKeys, 'node'>, clock: () => Date): Screening {
  const lists = new LiveLists({ store, clock })
  const earlier = new EarlierLists({ store, clock })
  return {
    lists,
    earlier,
    mark: questionMarks(keys.node),
    close: async () => {
      await Promise.all([lists.close(), earlier.close()])
    },
  }
}
