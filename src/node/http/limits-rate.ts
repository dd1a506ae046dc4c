import type { FastifyInstance, FastifyReply } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { addressKey, type Rate, RateLimiter } from '../people/rate-limit.ts'

/** Limits how fast anybody asks: who is not signed in by his address, who is by himself, a key by its own rate too. Follows the hook that finds out who asks. */
export function addRateLimits(app: FastifyInstance, { config, clock }: NodeParts): void {
  const limiter = new RateLimiter({ clock })
  const anonymous = ofMinute(config.limits.anonymousPerMinute)
  const signedIn = ofMinute(config.limits.requestsPerMinute)
  app.addHook('onRequest', async (request, reply) => {
    const { caller } = request
    if (caller === null) return take(limiter, addressKey(request.ip), anonymous, reply)
    take(limiter, `person:${caller.person}`, signedIn, reply)
    const { credential } = caller as Caller
    if (credential.kind === 'key') take(limiter, `key:${credential.id}`, credential.rate, reply)
  })
}

/** A minute's worth may come at once. */
function ofMinute(perMinute: number): Rate {
  return { perMinute, burst: perMinute }
}

function take(limiter: RateLimiter, key: string, rate: Rate, reply: FastifyReply): void {
  const { allowed, retryAfter } = limiter.take(key, rate)
  if (!allowed) throw tooMany(reply, retryAfter)
}

/** The refusal of who asks too fast, with the header that says when to come again. */
export function tooMany(reply: FastifyReply, seconds: number): CordonError {
  reply.header('retry-after', String(seconds))
  return new CordonError('node/too-many-requests', 'too many requests', { remedy: `Wait ${seconds} s, as Retry-After says.` })
}
