import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { LOADED } from '../../src/ledger/local/loaded.ts'

createRequire(import.meta.url)('koffi')
parentPort?.postMessage(LOADED)
parentPort?.on('message', () => {})
