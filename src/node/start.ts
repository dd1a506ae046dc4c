import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config/index.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { Doorbell } from './events/doorbell.ts'
import { buildApp } from './http/app.ts'
import { LabelBook } from './objects/labels.ts'
import type { NodeParts } from './parts.ts'
import { authenticate } from './people/authenticate.ts'
import { nodeKeys } from './secrets/keys.ts'
import { sealOf } from './secrets/seal.ts'

/** A node that runs. */
export type RunningNode = {
  readonly url: string
  readonly parts: NodeParts
  readonly app: FastifyInstance
  /** Answers what is under way, signs the record's end and closes everything. */
  stop(): Promise<void>
}

/** What a node takes from the world. */
export type StartOptions = { readonly config: Config; readonly clock?: () => Date; readonly random?: (bytes: number) => Buffer }

/** Starts a node and listens. Throws what opening its parts throws; nothing is left open then. */
export async function startNode({ config, clock = () => new Date(), random = randomBytes }: StartOptions): Promise<RunningNode> {
  await mkdir(config.data, { recursive: true, mode: 0o700 })
  const keys = await nodeKeys(config.data)
  const database = await openDatabase({ data: config.data, url: config.database.url, connections: config.database.connections })
  try {
    await migrate(database, clock())
    await database.system((tx) =>
      tx.query('insert into organisation (code, name, nation, kind) values ($1, $2, $3, $4) on conflict (code) do update set name = excluded.name, nation = excluded.nation', [
        config.home.organisation,
        config.home.name,
        config.home.nation,
        'home',
      ]),
    )
    const life = { idle: config.signIn.idleMinutes * 60_000, absolute: config.signIn.absoluteHours * 3_600_000 }
    const parts: NodeParts = {
      config,
      database,
      clock,
      random,
      keys,
      cursors: sealOf(keys.node, 'cursors', random),
      labels: new LabelBook(),
      doorbell: new Doorbell(),
      authenticate: (presented) => database.system((tx) => authenticate(tx, presented, life, clock)),
    }
    const app = await buildApp(parts)
    const url = await app.listen({ host: config.listen.host, port: config.listen.port })
    return {
      url,
      parts,
      app,
      stop: async () => {
        await app.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
