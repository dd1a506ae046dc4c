import {
  type Channel,
  type ClaimedMessage,
  mailSender,
  OUTBOX,
  parseMailServer,
  RETRIES,
  type Rendered,
  type Send,
  type Settled,
  sqlOutbox,
  startOutbox,
  webhookSender,
} from '../delivery/index.ts'
import { OUTBOUND, type OutboundRules, parseAllow } from '../outbound/index.ts'
import type { NodeParts } from '../parts.ts'
import { append } from '../record/append.ts'
import { entryText, type Touched } from '../record/entry.ts'
import { type Seal, sealOf } from '../secrets/seal.ts'
import { tellOf } from './render.ts'

/** How a node sends messages to others. */
export type Deliveries = {
  /** Something was put into the outbox and committed. */
  wake(): void
  readonly rules: OutboundRules
  /** For the endpoints' secrets at rest. */
  readonly seal: Seal
  /** Channels that the configuration gives. */
  readonly channels: readonly Channel[]
  readonly send: Readonly<Record<Channel, Send>>
}

/**
 * Starts to deliver what waits in the outbox. Every message is in the record twice: that it goes out, before it leaves, and what became of it, in the transaction that keeps that.
 *
 * @throws CordonError `outbound/allow`, `mail/server`, `mail/address` for a configuration that cannot work
 */
export function startDeliveries(
  node: Pick<NodeParts, 'config' | 'database' | 'clock' | 'labels' | 'random' | 'keys'>,
  report: (error: unknown) => void,
): { readonly deliveries: Deliveries; stop(): Promise<void> } {
  const { config, database, clock, random, keys } = node
  const rules: OutboundRules = { ...OUTBOUND, allow: parseAllow(config.outbound.allow), timeout: config.outbound.seconds * 1000 }
  const seal = sealOf(keys.node, 'webhook-secrets', random)
  const mail = mailOf(config.mail, rules.timeout)
  const send = { webhook: webhookSender(rules, clock), mail: mail ?? noMail }
  // What a message tells of is known from its making to its end.
  const told = new WeakMap<Rendered, Touched>()
  const sent = new WeakMap<ClaimedMessage, Touched>()
  const noting =
    (by: Send): Send =>
    (message, content, signal) => {
      const object = told.get(content)
      if (object !== undefined) sent.set(message, object)
      return by(message, content, signal)
    }
  const store = sqlOutbox(database.system, seal)
  const worker = startOutbox(
    {
      claim: (question) => store.claim(question),
      settle: (settled, now) =>
        sqlOutbox(
          (work) =>
            database.system(async (tx) => {
              const done = await work(tx)
              await append(
                tx,
                settled.map((each) => entryText(outcomeEntry(each, sent.get(each.message)), null, now, random)),
              )
              return done
            }),
          seal,
        ).settle(settled, now),
    },
    { webhook: noting(send.webhook), mail: noting(send.mail) },
    async (recipient, notice) => {
      const made = await tellOf(node, recipient, notice)
      if (made === null) return null
      told.set(made.content, made.object)
      return made.content
    },
    {
      ...OUTBOX,
      // An attempt must end before its claim does.
      lease: Math.max(OUTBOX.lease, config.outbound.seconds * 2),
      clock,
      chance: () => random(4).readUInt32BE() / 2 ** 32,
      retries: RETRIES,
      onSettled: () => {},
      onError: report,
    },
  )
  return {
    deliveries: { wake: () => worker.wake(), rules, seal, channels: mail === null ? ['webhook'] : ['webhook', 'mail'], send },
    stop: () => worker.stop(),
  }
}

/** What became of a message, by ids and numbers: its content is in the alert. */
function outcomeEntry({ message, state, status, reason, disable }: Settled, object: Touched | undefined) {
  const { id, endpoint, event, attempts } = message
  return {
    door: 'delivery',
    action: `delivery.${state === 'waiting' ? 'retry' : state}`,
    outcome: 'done',
    objects: object === undefined ? [] : [object],
    detail: { message: id, endpoint, event, object: message.object, attempts, status, reason, disabled: disable },
  } as const
}

function mailOf({ server, from }: NodeParts['config']['mail'], timeout: number): Send | null {
  return server === null ? null : mailSender({ server: parseMailServer(server), from, timeout, authorities: [] })
}

const noMail: Send = async () => ({ kind: 'retry', status: null, reason: 'this node has no mail server' })
