import { Worker } from 'node:worker_threads'
import { endOnceLoaded } from '../../src/ledger/local/loaded.ts'

/** Makes threads that load native code and ends each after some milliseconds more; prints how many, if it lives. */
let ended = 0
for (; ended < 60; ended++) {
  const worker = new Worker(new URL('./loaded-thread.ts', import.meta.url))
  const end = endOnceLoaded(worker)
  await new Promise((resolve) => setTimeout(resolve, 8 + (ended % 30)))
  await end()
}
console.log(ended)
