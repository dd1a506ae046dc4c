import { watch } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/node/index.ts'
import { startPostgres } from '../../test/node/postgres.ts'
import { auditAll } from './torture-audit.ts'
import { type Chance, chanceOf } from './torture-chance.ts'
import { look } from './torture-look.ts'
import { emptyMemory, type Memory } from './torture-memory.ts'
import { type SignedIn, settlePeople } from './torture-people.ts'
import { type NodeProcess, startProcess } from './torture-process.ts'
import { type Writer, write } from './torture-writer.ts'

/** What is to be done. */
export type TortureOptions = {
  readonly database: 'embedded' | 'server'
  readonly kills: number
  readonly seed: number
  /** Kills after which everything is audited; it is at the end in any case. */
  readonly auditEvery: number
  readonly say: (text: string) => void
}

/** What came of it. */
export type TortureReport = {
  readonly kills: Readonly<Record<Death, number>>
  readonly acknowledged: number
  /** Requests whose answer never came. */
  readonly unanswered: number
  readonly checkpoints: number
  readonly audits: number
  /** What was acknowledged and is gone, is different, or is there twice. */
  readonly lost: readonly string[]
  readonly findings: readonly string[]
  /** Milliseconds from the start of a process to its first answer, after a kill. */
  readonly starts: readonly number[]
}

/**
 * How a node dies: before it has ever run, while it starts, while it writes, while it signs the record, together with the PostgreSQL server, or the server alone.
 */
export type Death = 'first start' | 'start' | 'writes' | 'signing' | 'with server' | 'server alone'

const WRITERS = 4

/** Kills a node again and again and looks, after each start, whether it still knows what it has acknowledged. */
export async function torture({ database, kills, seed, auditEvery, say }: TortureOptions): Promise<TortureReport> {
  await using open = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'cordon-torture-'))
  open.defer(() => rm(data, { recursive: true, force: true }))
  const server = database === 'server' ? await startPostgres() : null
  if (server !== null) open.defer(() => server.stop())
  const settings: Record<string, string> = {
    CORDON_DATA: join(data, 'node'),
    CORDON_LISTEN_PORT: '0',
    CORDON_TELEMETRY_LOG: 'silent',
    CORDON_LIBRARY_LISTS: join(data, 'lists'),
    CORDON_LIMITS_REQUESTS_PER_MINUTE: '1000000',
    NODE_COMPILE_CACHE: join(data, 'compiled'),
    DATABASE_URL: server?.url ?? '',
  }
  const config = await readConfig(null, settings)
  const chance = chanceOf(seed)
  const memory = emptyMemory()
  const report = { kills: { 'first start': 0, start: 0, writes: 0, signing: 0, 'with server': 0, 'server alone': 0 } }
  const lost: string[] = []
  const findings: string[] = []
  const found = (text: string) => {
    say(`finding: ${text}`)
    findings.push(text)
  }
  const starts: number[] = []
  let unanswered = 0
  let audits = 0
  const audit = async () => {
    audits++
    const audited = await auditAll(config, memory)
    lost.push(...audited.lost)
    for (const each of audited.findings) found(each)
  }

  const births = Math.ceil(kills / 50)
  for (let n = 0; n < births; n++) {
    await killWhileStarting(settings, chance.whole(0, 6000))
    report.kills['first start']++
  }
  const people = await settlePeople(config, WRITERS)
  const writers = people.analysts.map(
    (who, n): Writer => ({
      who,
      releaser: people.releaser,
      chance: chanceOf(seed + 1 + n),
      objects: [],
      found,
    }),
  )
  await mkdir(join(config.data, 'record'), { recursive: true })

  const start = async () => {
    const began = performance.now()
    const node = startProcess(settings)
    const url = (await node.listening) as string
    starts.push(performance.now() - began)
    return { node, url }
  }
  let running = await start()
  for (let done = births; done < kills; done++) {
    const death = chooseDeath(chance, server !== null, done)
    if (death === 'start') {
      await running.node.kill()
      await killWhileStarting(settings, chance.whole(0, Math.round((starts.at(-1) as number) * 1.1)))
    } else {
      const died = async () => {
        if (death === 'signing') await untilSigning(config.data)
        else {
          // Mostly amid writes; now and then before the first of them has been answered.
          if (!chance.oneIn(5)) await untilMore(memory, memory.acknowledged)
          await new Promise((resolve) => setTimeout(resolve, chance.whole(1, 300)))
        }
        if (server !== null && death.includes('server')) await server.crash()
        if (death !== 'server alone') await running.node.kill()
      }
      await writeUntil(running.url, writers, memory, died)
      if (server !== null && death.includes('server')) await server.restart()
    }
    report.kills[death]++
    unanswered += memory.unanswered.length + [...memory.touched].filter(({ unsure }) => unsure !== null).length
    if ((done + 1) % auditEvery === 0) {
      await running.node.kill()
      await audit()
    }
    if (death !== 'server alone' || (done + 1) % auditEvery === 0) running = await start()
    else await untilReady(running)
    await look({ url: running.url, who: people.analysts[0] as SignedIn, auditor: people.auditor, lost: (text) => lost.push(text) }, memory)
    if ((done + 1) % 25 === 0)
      say(`${database}: ${done + 1} kills, ${memory.acknowledged} acknowledged, ${lost.length} lost, ${findings.length} findings`)
    if (lost.length + findings.length > 50) break
  }
  await running.node.kill()
  await audit()
  return {
    kills: report.kills,
    acknowledged: memory.acknowledged,
    unanswered,
    checkpoints: memory.notes.size,
    audits,
    lost,
    findings,
    starts,
  }
}

function chooseDeath(chance: Chance, hasServer: boolean, done: number): Death {
  if (hasServer && done % 10 === 9) return chance.oneIn(2) ? 'with server' : 'server alone'
  const dice = chance.whole(1, 8)
  return dice === 1 ? 'start' : dice === 2 ? 'signing' : 'writes'
}

async function killWhileStarting(settings: Readonly<Record<string, string>>, after: number): Promise<void> {
  const node = startProcess(settings)
  const listening = node.listening.catch((error: unknown) => error)
  await new Promise((resolve) => setTimeout(resolve, after))
  await node.kill()
  const ended = await listening
  if (ended instanceof Error) throw ended
}

async function writeUntil(url: string, writers: readonly Writer[], memory: Memory, died: () => Promise<void>): Promise<void> {
  const end = new AbortController()
  const writing = writers.map((writer) => write(url, writer, memory, end.signal))
  await died()
  end.abort()
  await Promise.all(writing)
}

/** Until something more is acknowledged; at most some seconds. */
async function untilMore(memory: Memory, than: number): Promise<void> {
  for (let tries = 0; memory.acknowledged <= than && tries < 5000; tries++) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** The moment at which a checkpoint is being written; at most some seconds. */
async function untilSigning(data: string): Promise<void> {
  const watcher = watch(join(data, 'record'))
  await new Promise<void>((resolve) => {
    const late = setTimeout(resolve, 3000)
    watcher.once('change', () => {
      clearTimeout(late)
      resolve()
    })
  })
  watcher.close()
}

/** A node whose database server came back is ready again without being started. */
async function untilReady({ node, url }: { readonly node: NodeProcess; readonly url: string }): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const ended = node.ended()
    if (ended !== null) throw new Error(ended)
    const ready = await fetch(`${url}/ready`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the node did not become ready within 30 s after its database server came back')
}
