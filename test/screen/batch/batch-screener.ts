import type { BatchScreener } from '../../../src/screen/batch/as-of.ts'
import * as decide from '../decide/plain-screener.ts'

/** The simple screener, with nothing to say of its lists. */
export function plainScreener(...given: Parameters<typeof decide.plainScreener>): BatchScreener {
  return { ...decide.plainScreener(...given), notes: [] }
}
