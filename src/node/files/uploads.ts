import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { lockNamed } from '../database/named-locks.ts'
import { notFound } from '../objects/errors.ts'
import { uuidV7 } from '../uuid.ts'

/** A file on its way in: whose it is, what was said of it before, and how far it is. It is its sender's alone until it becomes a file or goes into a job. */
export type Upload = {
  readonly id: string
  readonly name: string
  readonly mediaType: string | null
  /** Bytes that will come, where that was said. */
  readonly bytes: number | null
  /** As said before; once it is complete, as it is. */
  readonly sha256: string | null
  readonly sniffed: string | null
  /** `open`: more may come. `complete`: all is there. `used`: it became something. `ended`: taken back, or too old. */
  readonly state: 'open' | 'complete' | 'used' | 'ended'
  readonly createdAt: string
  readonly expiresAt: string
}

type Row = {
  id: string
  name: string
  media_type: string | null
  bytes: number | null
  sha256: string | null
  sniffed: string | null
  state: Upload['state']
  created_at: string
  expires_at: string
}

const COLUMNS = 'id, name, media_type, bytes, sha256, sniffed, state, created_at, expires_at'

/**
 * Announces a file.
 *
 * @throws CordonError `uploads/too-many` where the caller has `most` under way already
 */
export async function announceUpload(
  { tx, caller, now, random }: Pick<Ask, 'tx' | 'caller' | 'now' | 'random'>,
  told: Pick<Upload, 'name' | 'mediaType' | 'bytes' | 'sha256'>,
  rules: { readonly most: number; readonly hours: number },
): Promise<Upload> {
  await lockNamed(tx, 'upload', caller.person)
  const [{ n } = { n: 0 }] = await tx.query<{ n: number }>(
    `select count(*)::int as n from upload where person = $1 and state in ('open', 'complete') and expires_at > $2`,
    [caller.person, now.toISOString()],
  )
  if (n >= rules.most)
    throw new CordonError(
      'uploads/too-many',
      `${n} uploads of yours are under way or not used yet, which is the most that one person has`,
      {
        remedy: 'Finish and use them, or take them back with DELETE.',
      },
    )
  const expires = new Date(now.getTime() + rules.hours * 3_600_000)
  const [row] = await tx.query<Row>(
    `insert into upload (id, person, name, media_type, bytes, sha256, state, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, 'open', $7, $8) returning ${COLUMNS}`,
    [uuidV7(now, random), caller.person, told.name, told.mediaType, told.bytes, told.sha256, now.toISOString(), expires.toISOString()],
  )
  return upload(row as Row)
}

/** An upload of the caller. Throws `node/not-found`, also for one that is too old. */
export async function ownUpload({ tx, caller, now }: Pick<Ask, 'tx' | 'caller' | 'now'>, id: string): Promise<Upload> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from upload where id = $1 and person = $2 and expires_at > $3 and state <> 'ended'`,
    [id, caller.person, now.toISOString()],
  )
  if (row === undefined) throw notFound('upload', id)
  return upload(row)
}

/** All of it is there. */
export async function completeUpload(
  ask: Ask,
  id: string,
  found: { readonly bytes: number; readonly sha256: string; readonly sniffed: string },
): Promise<Upload> {
  const [row] = await ask.tx.query<Row>(
    `update upload set state = 'complete', bytes = $3, sha256 = $4, sniffed = $5 where id = $1 and person = $2 and state in ('open', 'complete') returning ${COLUMNS}`,
    [id, ask.caller.person, found.bytes, found.sha256, found.sniffed],
  )
  if (row === undefined) throw notFound('upload', id)
  return upload(row)
}

/**
 * Uses a complete upload, once.
 *
 * @throws CordonError `node/not-found`, `uploads/not-complete`, `uploads/used`
 */
export async function useUpload(
  ask: Ask,
  id: string,
): Promise<Upload & { readonly bytes: number; readonly sha256: string; readonly sniffed: string }> {
  const found = await ownUpload(ask, id)
  if (found.state === 'open')
    throw new CordonError('uploads/not-complete', `upload ${id} is not complete`, { remedy: 'Send the rest of it with PATCH first.' })
  const [row] = await ask.tx.query<Row>(
    `update upload set state = 'used' where id = $1 and person = $2 and state = 'complete' returning ${COLUMNS}`,
    [id, ask.caller.person],
  )
  if (row === undefined)
    throw new CordonError('uploads/used', `upload ${id} was used already`, { remedy: 'Send the file again, or use what was made of it.' })
  return upload(row) as Upload & { bytes: number; sha256: string; sniffed: string }
}

/** Takes an upload back. Throws `node/not-found`. */
export async function endUpload(ask: Ask, id: string): Promise<void> {
  await ownUpload(ask, id)
  await ask.tx.query(`update upload set state = 'ended' where id = $1 and person = $2 and state <> 'used'`, [id, ask.caller.person])
}

function upload(row: Row): Upload {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    sha256: row.sha256,
    sniffed: row.sniffed,
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
