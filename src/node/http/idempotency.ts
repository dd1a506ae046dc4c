import { createHash } from 'node:crypto'
import { CordonError, canonicalJson } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { notFound } from '../objects/errors.ts'
import { renewRing } from '../objects/ring.ts'
import type { Answer } from './answer.ts'

/** A request that carries a key, in a form in which two are the same or not. */
export type Keyed = { readonly key: string; readonly fingerprint: Buffer }

/**
 * The key of a request (draft-ietf-httpapi-idempotency-key-header), or null.
 *
 * @throws CordonError `node/bad-request`
 */
export function keyedRequest(header: string | undefined, method: string, url: string, body: unknown): Keyed | null {
  if (header === undefined) return null
  if (!/^[\x21-\x7e]{8,128}$/.test(header))
    throw new CordonError('node/bad-request', 'Idempotency-Key: 8 to 128 printable characters are wanted', {
      place: { field: 'Idempotency-Key' },
      remedy: 'Send e.g. a random UUID.',
    })
  return {
    key: header,
    fingerprint: createHash('sha256')
      .update(canonicalJson([method, url, body ?? null]))
      .digest(),
  }
}

type Row = { fingerprint: Buffer; status: number | null; headers: Record<string, string>; body: string; visible: boolean }

/**
 * The earlier answer to the same request, or null for a new one, whose key is then taken until this transaction ends. A second request with the same key waits meanwhile.
 * An answer is given again only while everything in it is still open to the caller.
 *
 * @throws CordonError `node/conflict` where the key was used for another request; `node/not-found`
 */
export async function earlierAnswer(ask: Ask, { key, fingerprint }: Keyed): Promise<Answer | null> {
  const { tx, caller, now, ring } = ask
  const [taken] = await tx.query(
    'insert into idempotency (person, key, fingerprint, at) values ($1, $2, $3, $4) on conflict do nothing returning key',
    [caller.person, key, fingerprint, now.toISOString()],
  )
  if (taken !== undefined) return null
  const look = async () =>
    (
      await tx.query<Row>(
        `select fingerprint, status, headers, body,
            not exists (select 1 from unnest(objects) wanted where not exists (select 1 from object where id = wanted and clauses <@ $3::int[])) as visible
     from idempotency where person = $1 and key = $2`,
        [caller.person, key, ring],
      )
    )[0]
  let row = await look()
  // The request that this one waited for may have made its object under a new label.
  if (row?.visible === false && (await renewRing(ask))) row = await look()
  if (row === undefined || !Buffer.from(row.fingerprint).equals(fingerprint) || row.status === null)
    throw new CordonError('node/conflict', 'this Idempotency-Key was used for another request', {
      remedy: 'Make a new key for every new request.',
    })
  if (!row.visible) throw notFound('answer', key)
  return { status: row.status, headers: row.headers, body: row.body === '' ? undefined : JSON.parse(row.body), replayed: true }
}

/** Keeps an answer under its key. */
export async function keepAnswer({ tx, caller, touched }: Ask, { key }: Keyed, answer: Answer): Promise<void> {
  await tx.query(
    'update idempotency set status = $3, headers = $4::jsonb, body = $5, objects = $6::uuid[] where person = $1 and key = $2',
    [
      caller.person,
      key,
      answer.status ?? 200,
      JSON.stringify(answer.headers ?? {}),
      answer.body === undefined ? '' : JSON.stringify(answer.body),
      [...new Set(touched.map(({ id }) => id))],
    ],
  )
}
