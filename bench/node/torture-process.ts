import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A node as its operator runs it, in a process of its own. */
export type NodeProcess = {
  /** Its address once it listens; null where it was killed before. Fails where it ended by itself. */
  readonly listening: Promise<string | null>
  /** SIGKILL: nothing in the process can prepare for it. Returns once the system has taken the process away. */
  kill(): Promise<void>
  /** What it said before it ended by itself, or null. */
  ended(): string | null
}

/** Starts `cordon node start` with these settings. */
export function startProcess(settings: Readonly<Record<string, string>>): NodeProcess {
  const child = spawn(process.execPath, ['--no-memory-protection-keys', join(root, 'src/cli/main.ts'), 'node', 'start'], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let killed = false
  let alone: string | null = null
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const listening = new Promise<string | null>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-8000)
      const url = /listening at (\S+)/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code, signal) => {
      if (killed) return resolve(null)
      alone = `the node ended by itself (${signal ?? code}): ${said}`
      reject(new Error(alone))
    })
  })
  // Whoever waits for it is told; a node that ends later is found by those who ask it.
  listening.catch(() => {})
  return {
    listening,
    kill: async () => {
      killed = true
      child.kill('SIGKILL')
      await ended
    },
    ended: () => alone,
  }
}
