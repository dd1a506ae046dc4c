import { readFileSync } from 'node:fs'
import { recordDecision } from '../../../src/screen/decide/index.ts'
import { decisionNumber } from './decisions.ts'

/** A process to be killed: `record-loop.ts FILE` records decisions without end, and says on stdout which were acknowledged. */
const [file = ''] = process.argv.slice(2)
let n = 0
try {
  n = readFileSync(file, 'utf8').split('\n').length
} catch {
  // The first process finds no log.
}
process.stdout.write('begun\n')
for (; ; n++) {
  // Long reasons, so that a line takes more than one page to write.
  const record = await recordDecision({ file, clock: Date.now }, decisionNumber(n, `${n}: ${'so it is. '.repeat((n % 5) * 150 + 1)}`))
  process.stdout.write(`${record.record} ${record.hash}\n`)
}
