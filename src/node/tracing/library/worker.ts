import { CordonError } from '../../../chain/index.ts'
import { endWithParent } from '../../jobs/guard.ts'
import type { Question, Reply } from './messages.ts'
import { QUESTIONS, useTags } from './questions.ts'

/** The library's process: questions one after the other, each with its answer. */
endWithParent()
useTags(JSON.parse(process.argv[2] ?? '[]') as string[])
let last: Promise<void> = Promise.resolve()
process.on('message', (question: Question) => {
  last = last.then(() => answer(question))
})

async function answer({ id, name, input }: Question): Promise<void> {
  let reply: Reply
  try {
    reply = { id, value: await (QUESTIONS as Readonly<Record<string, (input: never) => Promise<unknown>>>)[name]?.(input as never) }
  } catch (error) {
    if (error instanceof CordonError) reply = { id, code: error.code, message: error.message, place: error.place, remedy: error.remedy }
    else reply = { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  process.send?.(reply)
}
