export { contentOf } from './content.ts'
export type { ImportTask, LedgerTask } from './kinds-ledger.ts'
export type { CheckTagsTask, DetectTask } from './kinds-tags.ts'
export type { PeelTask, TagsTask, TraceTask } from './kinds-trace.ts'
export type { VerifyDocumentTask, VerifyTraceTask } from './kinds-verify.ts'
export {
  type ChainRef,
  chainNamed,
  filledLedger,
  LedgerBody,
  LedgerContent,
  LedgerKey,
  type LedgerRef,
  labelFor,
  ledgerOf,
  writableLedger,
} from './ledger.ts'
export { Library } from './library/library.ts'
export { blockSource, SourceName, sourceChain } from './live/source.ts'
export type { ChainTask } from './live/task.ts'
export { asTag, markedTagPack, ownTagPack, TagBody, TagInput, tagBody, tagsOfAddress } from './own-tags.ts'
export { peek } from './peek.ts'
export { TraceBody } from './trace-body.ts'
