export { type Deliveries, startDeliveries } from './deliveries.ts'
export { ALERT, RULE, type RuleKept, WATCH, type WatchKept } from './kept.ts'
export type { CheckTask } from './kinds.ts'
export { keepLookout } from './lookout.ts'
