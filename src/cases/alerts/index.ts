export { type AccountName, parseAccount } from './account.ts'
export {
  type Act,
  type AlertBody,
  type AlertState,
  type AlertStep,
  acknowledge,
  CLOSE_REASONS,
  type CloseReason,
  close,
  escalate,
  FACTS_KEPT,
  reopen,
} from './alert.ts'
export { type AlertChange, deduplicate, raise } from './deduplicate.ts'
export { type AlertFact, evaluate, type Raised } from './evaluate.ts'
export type * from './event.ts'
export { type EntryChange, listEvents } from './list-events.ts'
export { type MovementQuestion, movements } from './movements.ts'
export { type Condition, ConditionSchema, checkRule, type RuleBody, RuleSchema, type Severity, type StoredRule } from './rule.ts'
export { traceEvents } from './trace-events.ts'
export { checkWatch, equalName, type SameName, type StoredWatch, type WatchBody, type Watched } from './watch.ts'
