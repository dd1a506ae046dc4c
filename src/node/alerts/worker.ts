/** What looks for events in processes of their own: `(input, work) => outcome`, plain data on both sides. */
export { lookAtList } from './work-list.ts'
export { lookAtLedger } from './work-movements.ts'
export { lookAtTrace } from './work-trace.ts'
