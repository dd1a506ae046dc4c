import type { TagStore } from '../../src/attribution/index.ts'

/** Nobody is known: the released cases are followed without any label. */
export const NO_TAGS: TagStore = { tagsOf: () => [], entityOf: () => null, packs: [], size: 0 }
