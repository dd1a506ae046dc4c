import { runBatch } from '../../../src/screen/batch/index.ts'
import { NOW, slowScreener } from './slow.ts'

/** A process to be killed: `batch-once.ts INPUT OUT` runs a batch to its end. Says a line on stdout when it begins to screen. */
const [input = '', out = ''] = process.argv.slice(2)
await runBatch({
  input,
  screener: slowScreener(),
  out,
  // Every process has another clock: the batch keeps to the time at which it began.
  clock: () => NOW + (process.argv[4] === undefined ? 0 : Number(process.argv[4])),
  progress: () => process.stdout.write('screening\n'),
})
process.stdout.write('done\n')
