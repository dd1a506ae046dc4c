import { Worker } from 'node:worker_threads'

/**
 * Ends this process when the one that started it has gone, also while its own thread is busy: work that nobody waits for would go on beside the same work begun anew.
 * What it was writing is not looked at by anybody until it is whole.
 */
export function endWithParent(): void {
  const watch = `const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL') }, 200)`
  new Worker(watch, { eval: true }).unref()
  process.on('disconnect', () => process.exit(1))
  // A terminal's Ctrl-C reaches the whole group; the node decides what becomes of its work.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
}
