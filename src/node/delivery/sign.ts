import { createHmac, timingSafeEqual } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import type { Random } from '../uuid.ts'

/**
 * Signatures of webhooks after the Standard Webhooks specification 1.0.0 (standard-webhooks/standard-webhooks, spec/standard-webhooks.md): `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
 */

/** What is signed. `timestamp` is the time of this attempt, in seconds since 1970; the id stays the same in every attempt. */
export type SignedMessage = { readonly id: string; readonly timestamp: number; readonly body: string }

export type SignatureHeaders = {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

export type VerifyOptions = {
  /** Seconds since 1970. */
  readonly now: number
  /** How far the timestamp may lie from `now` either way, in seconds. */
  readonly tolerance?: number
  /** Whether the receiver has already dealt with a message of this id. */
  readonly seen?: (id: string) => boolean | Promise<boolean>
}

/** A message whose signature holds. */
export type VerifiedMessage = {
  readonly id: string
  readonly timestamp: number
  /** It was dealt with before: answer 2xx and do nothing. */
  readonly repeated: boolean
}

/** Seconds by which a timestamp may be off, as the reference libraries have it. */
export const TOLERANCE = 300

const PREFIX = 'whsec_'
const ID = /^[A-Za-z0-9_-]{1,255}$/

/** A new secret of 32 random bytes, as people copy it. */
export function newSecret(random: Random): string {
  return `${PREFIX}${random(32).toString('base64')}`
}

/** The headers of one attempt, with a signature for each secret: while a secret is changed a receiver may know either. */
export function signWebhook({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): SignatureHeaders {
  // A dot in the id would let two different messages have the same signed text.
  if (!ID.test(id) || !Number.isSafeInteger(timestamp) || secrets.length === 0) {
    throw new CordonError('webhook/cannot-sign', `the message ${JSON.stringify(id.slice(0, 60))} cannot be signed`, {
      remedy: 'A message needs an id of letters, digits, - and _, a time in whole seconds, and at least one secret.',
    })
  }
  const signatures = secrets.map((secret) => `v1,${hmac(secret, id, String(timestamp), body).toString('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}

/**
 * What a receiver does with a request: checks the signature in constant time, then the time, then whether it had the message before. The same message may come several times (an answer got lost): remember its id once
 * it is dealt with, not before, and keep ids as long as the sender tries, which is days and longer than the tolerance.
 *
 * @param body the bytes as they came, before any JSON parser
 * @throws CordonError `webhook/headers`, `webhook/signature`, `webhook/time`
 */
export async function verifyWebhook(
  headers: Readonly<Record<string, string | undefined>>,
  body: string | Uint8Array,
  secrets: readonly string[],
  { now, tolerance = TOLERANCE, seen = () => false }: VerifyOptions,
): Promise<VerifiedMessage> {
  const [id = '', time = '', signatures = ''] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name])
  if (!ID.test(id) || !/^\d{1,12}$/.test(time) || signatures === '' || signatures.length > 2_000) {
    throw refused('headers', 'webhook-id, webhook-timestamp or webhook-signature is missing or malformed')
  }
  const given = signatures.split(' ').flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []))
  let matches = false
  // No early end: how long it takes says nothing of which secret or signature was nearly right.
  for (const secret of secrets) {
    const expected = hmac(secret, id, time, body)
    for (const each of given) matches = (each.length === expected.length && timingSafeEqual(each, expected)) || matches
  }
  if (!matches) throw refused('signature', 'no signature of the message is ours')
  const off = Number(time) - now
  if (Math.abs(off) > tolerance) throw refused('time', `the message was signed ${Math.abs(off)} s ${off < 0 ? 'ago' : 'in the future'}`)
  return { id, timestamp: Number(time), repeated: await seen(id) }
}

function hmac(secret: string, id: string, time: string, body: string | Uint8Array): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${time}.`).update(body).digest()
}

/** The specification wants 24 to 64 bytes. */
function keyOf(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : ''
  const key = Buffer.from(text, 'base64')
  if (key.length >= 24 && key.length <= 64 && key.toString('base64') === text) return key
  throw new CordonError('webhook/secret', 'the secret is not whsec_ and 24 to 64 bytes in base64', {
    remedy: 'Copy it again as it was shown, or make a new one.',
  })
}

function refused(kind: string, message: string): CordonError {
  return new CordonError(`webhook/${kind}`, message, { remedy: 'Answer 400 and do nothing with it. Check the secret, and the clock.' })
}
