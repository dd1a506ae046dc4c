import { importText, persons } from './plain-list.ts'

/** A process to be killed: `import-loop.ts STORE DAY` imports list after list without end. Says a line on stdout when it begins. */
const [store = '', first = '0'] = process.argv.slice(2)
process.stdout.write('importing\n')
for (let round = Number(first); ; round++) {
  // Files that were there before, now and then, and refusals: every kind of event is in the middle of being written at some time.
  const text = round % 7 === 3 ? persons(20) : persons(600 + (round % 5), null, `Spelling ${round % 11}`)
  await importText(store, text, round / 1000)
}
