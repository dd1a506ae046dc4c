export {
  ANSWER_STATUSES,
  type AnswerGiven,
  type AnswerStatus,
  type FreezeAnswer,
  type Standing,
  standingOf,
} from './answer.ts'
export { FREEZE_STATES, type FreezeActor, type FreezeBody, type FreezeRole, type FreezeState, type FreezeStep } from './body.ts'
export { type Deadline, type DeadlineId, type Escalation, type FreezeClock, freezeClock, TIMELINE } from './clock.ts'
export { type ExchangeChannel, ExchangeDirectory, type ExchangeEntry, type NotAsked } from './directory.ts'
export { EXCHANGES_FILE, loadExchanges } from './exchanges-file.ts'
export type { FreezeFault, GateResult } from './fault.ts'
export { installedFonts } from './fonts.ts'
export { freezeGate, type GateAgainst } from './gate.ts'
export type { Confirmation } from './gate-points.ts'
export { FREEZE_REQUEST_SCHEMA, type FreezeDocument, freezeDocument, freezeJson, readFreezeDocument } from './json.ts'
export { type FreezeFonts, freezePdf } from './pdf.ts'
export { readExchanges } from './read-directory.ts'
export { FREEZE_KINDS, FREEZE_LANGUAGES, type FreezeKind, type FreezeLanguage, type FreezePoint, type FreezeRequest } from './request.ts'
export { readFreezeRequest } from './shape.ts'
export { type Span, spanText } from './span.ts'
export { applyFreezeAction, type FreezeAction, type FreezeDesk, openFreeze, requestDigest } from './states.ts'
export { FREEZE_ACTIONS, FREEZE_TABLE, type FreezeActionName, possibleActions } from './table.ts'
export { freezeText } from './text.ts'
