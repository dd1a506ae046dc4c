import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { moduleBeside } from '../jobs/index.ts'
import { runProcess } from '../jobs/process.ts'
import type { NodeParts } from '../parts.ts'

/** The functions of `worker.ts`. */
type Works = typeof import('./worker.ts')

/**
 * Lets a process of its own look at what is large: ledgers, documents of traces, lists. `prepare` is given an empty folder, which is taken away afterwards, and gives the function's input.
 *
 * @throws what the function throws
 */
export async function lookBeside<Name extends keyof Works>(
  { config }: Pick<NodeParts, 'config'>,
  work: Name,
  prepare: (folder: string) => Promise<Parameters<Works[Name]>[0]>,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Works[Name]>>> {
  const parent = resolve(join(config.data, 'alerts'))
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(parent, 'look-'))
  try {
    return (await runProcess({
      module: moduleBeside('./worker', import.meta.url),
      work,
      input: await prepare(folder),
      folder,
      memoryMiB: config.limits.jobMiB,
      signal,
      progress: () => {},
      log: () => {},
    })) as Awaited<ReturnType<Works[Name]>>
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
