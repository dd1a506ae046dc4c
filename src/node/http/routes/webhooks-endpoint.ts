import { createHash } from 'node:crypto'
import type { Static } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { Ask } from '../../ask.ts'
import { lockNamed } from '../../database/named-locks.ts'
import { type Channel, type Endpoint, type EndpointTools, listEndpoints } from '../../delivery/index.ts'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import type { EndpointGiven } from './webhooks-shapes.ts'

/** Endpoints of one person. */
const MOST = 50

/** An endpoint that the caller may see. Throws `node/not-found`. */
export async function endpointOf(ask: Pick<Ask, 'tx'>, id: string): Promise<Endpoint> {
  const endpoint = (await listEndpoints(ask.tx)).find((each) => each.id === id)
  if (endpoint === undefined) throw notFound('webhook', id)
  return endpoint
}

/** Each alert is a message to each of them. Throws `delivery/too-many`. */
export async function mustHaveRoomForOne({ tx, caller }: Ask): Promise<void> {
  await lockNamed(tx, 'endpoint', caller.person)
  const own = (await listEndpoints(tx)).filter(({ person }) => person === caller.person)
  if (own.length < MOST) return
  throw new CordonError('delivery/too-many', `you have ${MOST} webhooks and mail addresses, which is the most`, {
    remedy: 'Take one away that is not needed any more.',
  })
}

export function toolsOf({ now, random }: Ask, { deliveries }: NodeParts): EndpointTools {
  return { now, random, seal: deliveries.seal, rules: deliveries.rules }
}

/** Where a message is to go. Throws `mail/not-configured`. */
export function channelOf(
  given: Static<typeof EndpointGiven>,
  { deliveries }: Pick<NodeParts, 'deliveries'>,
): { readonly channel: Channel; readonly target: string } {
  if (given.channel === 'webhook') return { channel: 'webhook', target: given.url }
  if (!deliveries.channels.includes('mail'))
    throw new CordonError('mail/not-configured', 'this node has no mail server', {
      place: { field: 'channel' },
      remedy: 'Have the operator set mail.server, or give a webhook.',
    })
  return { channel: 'mail', target: given.address }
}

/** What is sent is what the endpoint's person may see: of one who may not read alerts nothing would ever go out. Throws `delivery/no-reader`. */
export function mayBeTold({ scopes }: Caller): void {
  if (scopes.includes('alerts:read')) return
  throw new CordonError('delivery/no-reader', 'you may not read alerts, so that nothing would be sent', {
    remedy: 'Let somebody make it who may: what is sent is what he may see.',
  })
}

/** What the record says of a target: enough to tell another from it. */
export function targetHash(target: string): string {
  return createHash('sha256').update(target).digest('hex')
}
