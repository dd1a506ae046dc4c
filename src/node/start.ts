import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config/index.ts'
import type { Database } from './database/database.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { Doorbell } from './events/doorbell.ts'
import { buildApp } from './http/app.ts'
import { takeData } from './lock.ts'
import { LabelBook } from './objects/labels.ts'
import type { NodeParts } from './parts.ts'
import { authenticate } from './people/authenticate.ts'
import { administratorLink } from './people/setup-link.ts'
import { RecordSigner } from './record/signer.ts'
import { screeningOf } from './screening/screening.ts'
import { nodeKeys } from './secrets/keys.ts'
import { sealOf } from './secrets/seal.ts'

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
  const keys = await nodeKeys(config.data, config.record.origin ?? `${config.home.organisation}/cordon-record`)
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: config.database.connections })
  open.defer(() => database.close())
  await migrate(database, clock())
  await settleHome(database, config)
  const life = { idle: config.signIn.idleMinutes * 60_000, absolute: config.signIn.absoluteHours * 3_600_000 }
  const screening = screeningOf(config.library.lists, keys, clock)
  open.defer(() => screening.close())
  const parts: NodeParts = {
    config,
    database,
    clock,
    random,
    keys,
    cursors: sealOf(keys.node, 'cursors', random),
    labels: new LabelBook(),
    doorbell: new Doorbell(),
    screening,
    authenticate: (presented) => database.system((tx) => authenticate(tx, presented, life, clock)),
  }
  const app = await buildApp(parts)
  screening.lists.start()
  const signer = new RecordSigner({ database, keys, data: config.data, clock }, (error) => app.log.error(error))
  open.defer(() => signer.stop())
  open.defer(() => app.close())
  const url = await app.listen({ host: config.listen.host, port: config.listen.port })
  signer.start(config.record.checkpointSeconds)
  const link = await database.system((tx) => administratorLink(tx, config.home.organisation, [], { clock, random }))
  const running = open.move()
  return {
    url,
    administratorLink: link && `${config.listen.publicUrl ?? url}/welcome#${link.token}`,
    parts,
    app,
    stop: () => running.disposeAsync(),
  }
}

/** The organisation that runs the node is the one of the configuration. */
async function settleHome(database: Database, { home }: Config): Promise<void> {
  await database.system((tx) =>
    tx.query(
      `insert into organisation (code, name, nation, kind) values ($1, $2, $3, 'home')
       on conflict (code) do update set name = excluded.name, nation = excluded.nation`,
      [home.organisation, home.name, home.nation],
    ),
  )
}
