import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EsploraLedger, type EsploraOptions, openEsplora } from '../../../../src/ledger/bitcoin/esplora/index.ts'
import type { TestBlock } from './blocks.ts'
import { EsploraServer } from './server.ts'

/** A clock that only sleeping moves. */
export class TestClock {
  now = 1_700_000_000_000
  readonly slept: number[] = []
  readonly clock = (): number => this.now
  readonly sleep = async (milliseconds: number): Promise<void> => {
    this.slept.push(milliseconds)
    this.now += milliseconds
  }
}

export interface Opened {
  readonly server: EsploraServer
  readonly url: string
  readonly time: TestClock
  open(options?: Partial<EsploraOptions>): Promise<EsploraLedger>
}

/** Runs with a server that serves the blocks; a ledger is opened on it with a clock that does not wait. */
export async function withServer<T>(blocks: readonly TestBlock[], run: (opened: Opened) => Promise<T>): Promise<T> {
  const server = new EsploraServer(blocks)
  const url = await server.listen()
  const time = new TestClock()
  try {
    return await run({
      server,
      url,
      time,
      open: (options = {}) => openEsplora({ url, network: 'main', clock: time.clock, sleep: time.sleep, ...options }),
    })
  } finally {
    await server.close()
  }
}

export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-esplora-'))
  try {
    return await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
