import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { ED25519, formatSecretKey, type NoteSigner, parseSecretKey } from '../../share/index.ts'
import type { Config } from '../config/index.ts'

/** The secrets of a node. They lie in its data folder, readable by its user alone, and never in the database. */
export type NodeKeys = {
  /** 32 bytes from which keys for cursors and for secrets at rest are derived. */
  readonly node: Uint8Array
  /** Signs the checkpoints of the record. Its name is the record's origin, for as long as the node lives. */
  readonly record: NoteSigner
}

/** The name under which a node signs its record. */
export function recordOrigin({ record, home }: Pick<Config, 'record' | 'home'>): string {
  return record.origin ?? `${home.organisation}/cordon-record`
}

/** Whether a node has ever been started on a data folder. */
export function hasKeys(data: string): boolean {
  return existsSync(join(data, 'keys', 'record.key'))
}

/**
 * The keys of a data folder; they are made at the first start, the record's under the name `origin`.
 *
 * @throws CordonError `node/bad-key` for a file that is not a key
 */
export async function nodeKeys(data: string, origin: string): Promise<NodeKeys> {
  const folder = join(data, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const node = await kept(join(folder, 'node.key'), () => `${randomBytes(32).toString('base64')}\n`)
  const record = await kept(join(folder, 'record.key'), () => `${formatSecretKey(origin, ED25519, randomBytes(32))}\n`)
  const secret = Buffer.from(node.trim(), 'base64')
  if (secret.length !== 32) throw badKey(join(folder, 'node.key'), 'it does not hold 32 bytes in base64')
  try {
    return { node: secret, record: parseSecretKey(record.trim()) }
  } catch (cause) {
    throw badKey(join(folder, 'record.key'), cause instanceof Error ? cause.message : String(cause))
  }
}

/** The text of a file, which is made whole if it is not there: two starts at once end with the same key, and one that is killed amid it leaves none. */
async function kept(path: string, make: () => string): Promise<string> {
  if (!existsSync(path)) {
    const beside = `${path}.${randomBytes(6).toString('hex')}`
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(make())
      await file.sync()
    } finally {
      await file.close()
    }
    try {
      await link(beside, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      await rm(beside)
    }
  }
  return await readFile(path, 'utf8')
}

function badKey(file: string, why: string): CordonError {
  return new CordonError('node/bad-key', `the key cannot be read: ${why}`, {
    place: { file },
    remedy:
      'Restore it from a backup. A new key cannot read what the old one sealed, and starts a record that the old one does not vouch for.',
  })
}
