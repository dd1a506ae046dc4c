import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { checkUrl, type OutboundRules } from '../outbound/index.ts'
import type { RowWritten } from '../record/entry.ts'
import { ENDPOINT, tellRows, written } from '../record/rows.ts'
import type { Seal } from '../secrets/seal.ts'
import { type Random, uuidV7 } from '../uuid.ts'
import { checkMailAddress } from './mail-address.ts'
import type { Channel } from './message.ts'
import { newSecret } from './sign.ts'

/** A place where messages go, as its owner sees it. Times are ISO 8601 UTC. */
export type Endpoint = {
  readonly id: string
  readonly organisation: string
  /** Whose eyes decide what is sent. */
  readonly person: string
  readonly channel: Channel
  readonly target: string
  /** Empty for all events. */
  readonly events: readonly string[]
  readonly failures: number
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly disabledReason: string | null
}

export type EndpointTools = {
  readonly now: Date
  readonly random: Random
  /** For the secrets at rest. */
  readonly seal: Seal
  readonly rules: OutboundRules
}

/** What a change is told to the record with. */
type Telling = Pick<EndpointTools, 'now' | 'random'>

export type NewEndpoint = Pick<Endpoint, 'organisation' | 'person' | 'channel' | 'target' | 'events'>

/** Seconds for which a secret stays valid beside the one that took its place. */
export const OVERLAP = 86_400

const COLUMNS = `id, organisation, person, channel, target, events, failures, created_at as "createdAt", disabled_at as "disabledAt", disabled_reason as "disabledReason"`
const EVENT = /^[a-z][a-z-]*(\.[a-z][a-z-]*)*$/

/**
 * Makes an endpoint. A webhook gets a secret, which is shown this once.
 *
 * @throws CordonError `outbound/url`, `outbound/not-allowed`, `outbound/address`, `mail/address`, `delivery/event`
 */
export async function createEndpoint(
  tx: Tx,
  { organisation, person, channel, target, events }: NewEndpoint,
  { now, random, seal, rules }: EndpointTools,
): Promise<{ readonly id: string; readonly secret: string | null }> {
  if (channel === 'webhook') checkUrl(target, rules)
  else checkMailAddress(target)
  const wrong = events.find((event) => !EVENT.test(event))
  if (wrong !== undefined || events.length > 100) {
    throw new CordonError('delivery/event', `${JSON.stringify(wrong?.slice(0, 60))} is no event`, {
      place: { field: 'events' },
      remedy: 'Name events such as alert.opened, 100 at most, or none for all.',
    })
  }
  const id = uuidV7(now, random)
  const secret = channel === 'webhook' ? newSecret(random) : null
  const rows = await tx.query<RowWritten>(
    `insert into cordon.delivery_endpoint (id, organisation, person, channel, target, events, secret, created_at)
     values ($1, $2, $3, $4, $5, (select coalesce(array_agg(value), '{}') from jsonb_array_elements_text($6::jsonb)), $7, $8)
     returning ${written(ENDPOINT)}`,
    [
      id,
      organisation,
      person,
      channel,
      target,
      JSON.stringify(events),
      secret === null ? null : seal.seal(secret, purposeOf(id)),
      now.toISOString(),
    ],
  )
  await tellRows(tx, rows, { now, random })
  return { id, secret }
}

/** The endpoints that the transaction may see, oldest first. */
export async function listEndpoints(tx: Tx): Promise<readonly Endpoint[]> {
  return await tx.query<Endpoint>(`select ${COLUMNS} from cordon.delivery_endpoint where removed_at is null order by id`)
}

/**
 * Gives a webhook a new secret. The one before stays valid for `OVERLAP` seconds: messages carry both signatures so long.
 *
 * @throws CordonError `delivery/no-endpoint`
 */
export async function rotateSecret(tx: Tx, id: string, { now, random, seal }: Telling & Pick<EndpointTools, 'seal'>): Promise<string> {
  const secret = newSecret(random)
  const until = new Date(now.getTime() + OVERLAP * 1000)
  const rows = await tx.query<RowWritten>(
    `update cordon.delivery_endpoint set previous_secret = secret, previous_until = $3, secret = $2
     where id = $1 and channel = 'webhook' and removed_at is null
     returning ${written(ENDPOINT, ['secret', 'previous_secret', 'previous_until'])}`,
    [id, seal.seal(secret, purposeOf(id)), until.toISOString()],
  )
  found(rows)
  await tellRows(tx, rows, { now, random })
  return secret
}

/** Switches an endpoint off; its messages wait. Throws `delivery/no-endpoint`. */
export async function disableEndpoint(tx: Tx, id: string, reason: string, telling: Telling): Promise<void> {
  const rows = await tx.query<RowWritten>(
    `update cordon.delivery_endpoint set disabled_at = $2, disabled_reason = $3
     where id = $1 and removed_at is null and disabled_at is null returning ${written(ENDPOINT, ['disabled_at', 'disabled_reason'])}`,
    [id, telling.now.toISOString(), reason],
  )
  // One that is off already stays as it was.
  if (rows.length === 0) found(await tx.query('select from cordon.delivery_endpoint where id = $1 and removed_at is null', [id]))
  await tellRows(tx, rows, telling)
}

/** Switches an endpoint on again; what waited goes out. Throws `delivery/no-endpoint`. */
export async function enableEndpoint(tx: Tx, id: string, telling: Telling): Promise<void> {
  const rows = await tx.query<RowWritten>(
    `update cordon.delivery_endpoint set disabled_at = null, disabled_reason = null, failures = 0
     where id = $1 and removed_at is null returning ${written(ENDPOINT, ['disabled_at', 'disabled_reason', 'failures'])}`,
    [id],
  )
  found(rows)
  await tellRows(tx, rows, telling)
}

/** Takes an endpoint away for good, with its secrets. Its row stays, and so do its messages: what was sent to whom is not forgotten. Throws `delivery/no-endpoint`. */
export async function removeEndpoint(tx: Tx, id: string, telling: Telling): Promise<void> {
  const rows = await tx.query<RowWritten>(
    `update cordon.delivery_endpoint set removed_at = $2, secret = null, previous_secret = null, disabled_at = coalesce(disabled_at, $2), disabled_reason = 'removed'
     where id = $1 and removed_at is null
     returning ${written(ENDPOINT, ['removed_at', 'secret', 'previous_secret', 'disabled_at', 'disabled_reason'])}`,
    [id, telling.now.toISOString()],
  )
  found(rows)
  await tellRows(tx, rows, telling)
}

/** What a sealed secret is bound to: one row's secret is of no use in another. */
export function purposeOf(endpoint: string): string {
  return `webhook-secret/${endpoint}`
}

function found(rows: readonly unknown[]): void {
  if (rows.length === 0)
    throw new CordonError('delivery/no-endpoint', 'there is no such endpoint', {
      remedy: 'List your endpoints, and take its id from there.',
    })
}
