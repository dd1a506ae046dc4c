import { parentPort, workerData } from 'node:worker_threads'
import { freezePdf, installedFonts } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import { deskKey, deskTokens } from '../../share/index.ts'
import type { DeskQuestion, DeskReply, DeskWork } from './thread.ts'

/** The desk's thread: one piece of work after the other. */
const { deskThread } = workerData as { readonly deskThread: { readonly seed: Uint8Array } }
const fonts = installedFonts()
const key = deskKey(deskThread.seed)
let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (question: DeskQuestion | 'end') => {
  last = last.then(() => (question === 'end' ? parentPort?.close() : answer(question)))
})

async function answer({ id, work }: DeskQuestion): Promise<void> {
  let reply: DeskReply
  try {
    reply = { id, value: await done(work) }
  } catch (error) {
    if (error instanceof CordonError) reply = { id, code: error.code, message: error.message, place: error.place, remedy: error.remedy }
    else reply = { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(reply)
}

async function done(work: DeskWork): Promise<unknown> {
  return work.do === 'pdf' ? await freezePdf(work.document, work.language, fonts) : deskTokens(key, work.accounts)
}
