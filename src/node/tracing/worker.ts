/** Everything that jobs on ledgers, traces and tags do in their own processes: `(input, work) => outcome`, plain data on both sides. */
export { appendToLedger, exportLedgerFiles, importIntoLedger, verifyLedgerFiles } from './work-ledger.ts'
export { checkTags, clusters, coinJoins, deposits, lookAlikes } from './work-tags.ts'
export { peel, trace } from './work-trace.ts'
export { verifyOutsideDocument, verifyTraceDocument } from './work-verify.ts'
