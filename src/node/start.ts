import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { loadExchanges } from '../cases/index.ts'
import { keepLookout, startDeliveries } from './alerts/index.ts'
import { openRegister } from './cases/register.ts'
import type { Config } from './config/index.ts'
import type { Database } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { deconflictSeed } from './deconflict/index.ts'
import { ContainerTeller } from './events/containers.ts'
import { Doorbell } from './events/doorbell.ts'
import { keepDesk } from './freeze/clockwork.ts'
import { DeskThread } from './freeze/index.ts'
import { buildApp } from './http/app.ts'
import { keepTidy } from './jobs/index.ts'
import { openWork } from './jobs/open.ts'
import { takeData } from './lock.ts'
import { LabelBook } from './objects/labels.ts'
import type { NodeParts } from './parts.ts'
import { authenticate } from './people/authenticate.ts'
import { administratorLink } from './people/setup-link.ts'
import type { RowWritten } from './record/entry.ts'
import { ORGANISATION, tellRows, written } from './record/rows.ts'
import { RecordSigner } from './record/signer.ts'
import { screeningOf } from './screening/screening.ts'
import { nodeKeys, recordOrigin } from './secrets/keys.ts'
import { sealOf } from './secrets/seal.ts'
import { watchSpace } from './space/index.ts'
import { keepSwept } from './sweep.ts'
import { telemetryOf } from './telemetry/index.ts'
import { VERSION } from './version.ts'

/** A node that runs. */
export type RunningNode = {
  /** Where it listens. */
  readonly url: string
  /** Where its first administrator comes in, once; null when there is one already. */
  readonly administratorLink: string | null
  readonly parts: NodeParts
  readonly app: FastifyInstance
  /** Takes no more, answers what is under way, signs the record's end and closes everything. */
  stop(): Promise<void>
}

/** What a node takes from the world. */
export type StartOptions = { readonly config: Config; readonly clock?: () => Date; readonly random?: (bytes: number) => Buffer }

/** Starts a node and listens. Throws what opening its parts throws; nothing is left open then. */
export async function startNode({ config, clock = () => new Date(), random = randomBytes }: StartOptions): Promise<RunningNode> {
  await using open = new AsyncDisposableStack()
  await mkdir(config.data, { recursive: true, mode: 0o700 })
  open.defer(await takeData(config.data))
  const heists = await openRegister(config.library.heists)
  const exchanges = await loadExchanges(config.library.exchanges === null ? null : resolve(config.library.exchanges))
  const keys = await nodeKeys(config.data, recordOrigin(config))
  const telemetry = telemetryOf(config, VERSION, random(8).toString('hex'))
  open.defer(() => telemetry.stop())
  const early: unknown[] = []
  let report: (error: unknown) => void = (error) => void early.push(error)
  const { url: server, connections } = config.database
  const opened = await openDatabase({ data: config.data, url: server, connections, report: (error) => report(error) })
  open.defer(() => opened.close())
  await migrate(opened, clock())
  const space = await watchSpace(config, opened, clock, (error) => report(error))
  open.defer(() => space.stop())
  const database = telemetry.observe(space.database)
  await settleHome(database, config, { now: clock(), random })
  const life = { idle: config.signIn.idleMinutes * 60_000, absolute: config.signIn.absoluteHours * 3_600_000 }
  const screening = screeningOf(config.library.lists, keys, clock)
  open.defer(() => screening.close())
  const desk = new DeskThread(deconflictSeed(keys))
  open.defer(() => desk.close())
  const work = await openWork(config)
  open.defer(() => work.library.close())
  const labels = new LabelBook()
  const { deliveries, ...outbox } = startDeliveries({ config, database, clock, labels, random, keys }, (error) => report(error))
  open.defer(() => outbox.stop())
  const doorbell = new Doorbell()
  const containers = new ContainerTeller({ database, clock, random, doorbell })
  // After all that may still ask it to tell something.
  open.defer(() => containers.stop())
  const parts: NodeParts = {
    config,
    database,
    space,
    clock,
    random,
    keys,
    cursors: sealOf(keys.node, 'cursors', random),
    labels,
    doorbell,
    containers,
    telemetry,
    screening,
    heists,
    exchanges,
    desk,
    deliveries,
    ...work,
    authenticate: (presented) => authenticate(database.alone, presented, life, clock),
  }
  const app = await buildApp(parts)
  screening.lists.start()
  const signer = new RecordSigner({ database, keys, data: config.data, clock }, (error) => app.log.error(error))
  open.defer(() => signer.stop())
  report = (error) => app.log.error(error)
  for (const error of early) report(error)
  open.defer(() => work.jobs.stop())
  open.defer(() => app.close())
  await work.jobs.start(parts, report)
  open.defer(keepTidy(parts, report))
  containers.start(report)
  open.defer(keepDesk(parts, report))
  open.defer(keepLookout(parts, report))
  const url = await app.listen({ host: config.listen.host, port: config.listen.port })
  signer.start(config.record.checkpointSeconds)
  open.defer(keepSwept(parts, life, report))
  const link = await database.system((tx) =>
    administratorLink(tx, config.home.organisation, config.home.administratorRoles, { clock, random }),
  )
  const running = open.move()
  return {
    url,
    // By name and not by address: passkeys are bound to names.
    administratorLink: link && `${config.listen.publicUrl ?? url.replace('//127.0.0.1:', '//localhost:')}/welcome#${link.token}`,
    parts,
    app,
    stop: () => running.disposeAsync(),
  }
}

/** The organisation that runs the node is the one of the configuration. What this writes is told to the record, as what people write. */
async function settleHome(
  database: Database,
  { home }: Config,
  telling: { readonly now: Date; readonly random: (bytes: number) => Buffer },
): Promise<void> {
  const values = [home.organisation, home.name, home.nation]
  await database.system(async (tx) => {
    const made = await tx.query<RowWritten>(
      `insert into organisation (code, name, nation, kind) values ($1, $2, $3, 'home') on conflict (code) do nothing returning ${written(ORGANISATION)}`,
      values,
    )
    const changed = await tx.query<RowWritten>(
      `update organisation set name = $2, nation = $3 where code = $1 and (name <> $2 or nation <> $3)
       returning ${written(ORGANISATION, ['name', 'nation'])}`,
      values,
    )
    await tellRows(tx, [...made, ...changed], telling)
  })
}
