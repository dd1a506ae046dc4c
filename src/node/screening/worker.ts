/** Everything that jobs of screening do in their own processes: `(input, work) => outcome`, plain data on both sides. */
export { screenBatch, screenBatchAgain } from './batch-work.ts'
export { screenExposure } from './exposure-work.ts'
export { importIntoStore } from './import-work.ts'
export { verifyLists } from './verify-work.ts'
