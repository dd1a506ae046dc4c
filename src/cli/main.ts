import { run } from './run.ts'
import { stopOnSignals } from './stop.ts'

const err = (text: string): void => {
  process.stderr.write(text)
}

// Whoever reads us may stop reading (`cordon … | head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text)
  },
  err,
  columns: () => (process.stderr.isTTY ? process.stderr.columns || 80 : null),
  now: () => performance.now(),
  signal: stopOnSignals({
    signals: process,
    now: () => performance.now(),
    say: (text) => {
      if (process.stderr.isTTY) err(text)
    },
    kill: () => process.exit(130),
  }),
})
