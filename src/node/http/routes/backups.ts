import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { makeBackup, SHORTEST_PASSPHRASE } from '../../backup/index.ts'
import type { NodeParts } from '../../parts.ts'
import { VERSION } from '../../version.ts'
import { doorAfter } from '../door.ts'
import { Time } from '../shapes.ts'

const Backup = Type.Object(
  {
    name: Type.String({ description: "file in the folder `backups` of the node's data" }),
    bytes: Type.Integer(),
    at: Time,
    entries: Type.Integer({ description: 'how long the record was' }),
    keys: Type.Enum(['sealed', 'left out']),
  },
  { title: 'Backup' },
)

/** Backups that the running node makes of itself, into its own folder: whoever looks after its disk can take them away. Nothing of them goes out by HTTP, since they hold what no administrator may read. */
export function backupRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/node/backups',
      scope: 'node:manage',
      action: 'node.backup',
      summary: 'Make a backup of the node, on its own disk',
      description: 'With a passphrase the keys of the node are sealed into it; without, they are left out and have to be kept elsewhere.',
      tag: 'node',
      body: Type.Object(
        { passphrase: Type.Optional(Type.String({ minLength: SHORTEST_PASSPHRASE, maxLength: 1024 })) },
        { additionalProperties: false },
      ),
      answers: { 201: Backup },
    },
    async ({ body }) => {
      await node.space.admitWrite()
      const now = node.clock()
      const folder = join(node.config.data, 'backups')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${now.toISOString().replaceAll(/[:.]/g, '-')}.tar.gz`
      const parts = { database: node.database, keys: node.keys, data: node.config.data, now, version: VERSION }
      const { file, manifest } = await makeBackup(parts, join(folder, name), body.passphrase ?? null)
      return { name, bytes: (await stat(file)).size, at: manifest.at, entries: manifest.record.size, keys: manifest.keys }
    },
    async (ask, _came, made) => {
      Object.assign(ask.detail, { file: made.name, bytes: made.bytes, entries: made.entries, keys: made.keys })
      return { status: 201, body: made }
    },
  )
}
