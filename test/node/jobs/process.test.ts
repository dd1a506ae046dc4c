import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runProcess } from '../../../src/node/jobs/process.ts'

const MODULE = `
  export const double = async (n) => n * 2
  export const busy = async (milliseconds) => { const end = Date.now() + milliseconds; while (Date.now() < end); return 'busy' }
`
/** A module that never loads: its process is there and says nothing, as one that V8 has put to sleep. */
const MUTE = 'await new Promise(() => setInterval(() => {}, 1000)); export const double = (n) => n'

async function withModule<T>(
  text: string,
  run: (
    start: (work: string, input: unknown, patience: readonly number[], signal?: AbortSignal) => Promise<unknown>,
    said: string[],
  ) => Promise<T>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-process-'))
  const file = join(folder, 'work.mjs')
  await writeFile(file, text)
  const said: string[] = []
  const start = (work: string, input: unknown, patience: readonly number[], signal = new AbortController().signal) =>
    runProcess({
      ...{ module: pathToFileURL(file), work, input, folder, memoryMiB: 64, signal, patience },
      progress: () => {},
      log: (line) => said.push(line),
    })
  try {
    return await run(start, said)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('the process of a job', () => {
  it('is ended where it does not begin, and another is started in its place', () =>
    withModule(MODULE, async (start, said) => {
      expect(await start('double', 21, [1, 60_000])).toBe(42)
      expect(said).toEqual(['its process had not begun after 1 ms and was ended'])
    }))

  it('is not waited for without end', () =>
    withModule(MUTE, async (start, said) => {
      await expect(start('double', 21, [2_000, 500])).rejects.toMatchObject({ code: 'jobs/not-begun' })
      expect(said).toHaveLength(2)
    }))

  it('may take as long as it likes once it has begun', () =>
    withModule(MODULE, async (start) => {
      expect(await start('busy', 9_000, [8_000])).toBe('busy')
    }))

  it('is stopped by its signal, also before it has begun', () =>
    withModule(MUTE, async (start) => {
      const stop = new AbortController()
      setTimeout(() => stop.abort(new Error('cancelled')), 300)
      await expect(start('double', 21, [60_000], stop.signal)).rejects.toThrow('cancelled')
    }))
})
