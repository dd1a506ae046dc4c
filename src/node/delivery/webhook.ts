import { CordonError } from '../../chain/index.ts'
import { guardedSend, type OutboundRules } from '../outbound/index.ts'
import type { Send } from './outbox.ts'
import { type Outcome, outcomeOfStatus } from './schedule.ts'
import { signWebhook } from './sign.ts'

/** Refusals of the guard that waiting does not mend: the URL or the operator's rules would have to change. */
const STANDING = new Set(['outbound/url', 'outbound/not-allowed', 'outbound/address', 'outbound/redirect', 'outbound/request'])

/**
 * Sends messages as webhooks: a POST of `{"type", "timestamp", "data"}` (Standard Webhooks, "Payload structure"), where `timestamp` is when it happened and the signature's is when it is sent. Only the status of the
 * answer counts.
 */
export function webhookSender(rules: OutboundRules, clock: () => Date): Send {
  return async (message, { data }, signal): Promise<Outcome> => {
    if (message.secrets.length === 0) return { kind: 'retry', status: null, reason: "the endpoint's secret cannot be read" }
    const body = JSON.stringify({ type: message.event, timestamp: message.enqueuedAt, data })
    const now = clock().getTime()
    const signature = signWebhook({ id: message.id, timestamp: Math.floor(now / 1000), body }, message.secrets)
    const headers = { 'content-type': 'application/json', 'user-agent': 'cordon', ...signature }
    try {
      const answer = await guardedSend(message.target, { method: 'POST', headers, body, signal }, rules)
      return outcomeOfStatus(answer.status, answer.headers.get('retry-after'), now)
    } catch (error) {
      if (!(error instanceof CordonError)) throw error
      return { kind: STANDING.has(error.code) ? 'refused' : 'retry', status: null, reason: error.message }
    }
  }
}
