export { type EntryHashes, entryHash } from '../versions/entry-hash.ts'
export { type KeptAnswer, parseAnswer } from './answer-file.ts'
export { type Answered, type Ask, type Asker, askedText, dataHash } from './ask.ts'
export { FOUR_EYES, type FourEyes, isDocumentExact, needsSecond } from './four-eyes.ts'
export { type DecisionLog, readDecisions, recordDecision } from './log.ts'
export { DECISIONS, type DecidedEntry, type Decision, type DecisionRecord, type MadeDecision, type SetAside } from './record.ts'
export { type Change, type ChangeKind, type HitSide, type RescreenContext, rescreen, type Screened } from './rescreen.ts'
export {
  type AskedCustomer,
  applySuppressions,
  type Lapse,
  type Lapsed,
  readSuppressions,
  type Suppression,
  type Suppressions,
  type Suppressor,
  suppressionsOf,
} from './suppression.ts'
export { type DecisionFault, type DecisionsReport, verifyDecisions } from './verify.ts'
