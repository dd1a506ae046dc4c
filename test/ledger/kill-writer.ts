import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a program that writes a ledger, in a mode of its own, waits for its line and `wait` milliseconds more, and kills it as nothing can be caught. */
export async function killWriter(writer: URL, mode: 'hang' | 'loop', directory: string, wait: number): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(writer), mode, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('the writer ended by itself')))
  })
  await new Promise((resolve) => setTimeout(resolve, wait))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
