import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { readerOf } from '../../ask.ts'
import { changesSince, type Position, type Told } from '../../events/changes.ts'
import { EventHub } from '../../events/hub.ts'
import { OneAtATime } from '../../one-at-a-time.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import { callerOf } from '../caller-hook.ts'

/** A comment this often keeps proxies from closing a quiet stream; it comes by the clock alone, whatever happens unseen. */
const HEARTBEAT_MS = 15_000
/** How often it is asked whether the listener is still signed in. */
const ASK_AGAIN_MS = 5_000

/** What changes, as server-sent events (WHATWG HTML, section 9.2). */
export function eventRoutes(app: FastifyInstance, node: NodeParts): void {
  let open = 0
  // All streams wake at once: one after another, they leave room for whoever asks in between.
  const turns = new OneAtATime()
  const hub = new EventHub(node, (error) => app.log.error(error))
  app.addHook('onClose', () => hub.stop())
  app.get<{ Querystring: { kind?: string[]; after?: string } }>(
    '/events',
    {
      schema: {
        summary: 'What changes, as server-sent events',
        description:
          'Each event says which object changed, how, and to which version; read it for its content. A missed deadline of a freeze request is an event of the request as well (`overdue-…`), once; so is `content-relabelled` of a container whose content was released or restricted. `id` is a cursor: a client that sends it in Last-Event-ID (or `after`) misses nothing. Of what is not released to you there is no event.',
        tags: ['events'],
        operationId: 'events.stream',
        security: [{ session: [] }, { key: ['events:read'] }],
        querystring: Type.Object(
          {
            kind: Type.Optional(
              Type.Array(Type.String({ maxLength: 40 }), { maxItems: 40, description: 'kinds of objects (default all)' }),
            ),
            after: Type.Optional(Type.String({ maxLength: 512 })),
          },
          { additionalProperties: false },
        ),
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      checkScope(caller)
      if (open >= node.config.limits.streams)
        throw new CordonError('node/too-many-requests', 'too many event streams are open', {
          remedy: 'Close some, and use one for all kinds.',
        })
      // Before anything is waited for: whoever goes meanwhile is noticed, and so are those who come all at once.
      open++
      const gone = new AbortController()
      const { socket } = request.raw
      if (socket.destroyed) gone.abort()
      socket.once('close', () => gone.abort())
      const leaving: (() => void)[] = []
      try {
        const kinds = request.query.kind ?? []
        const purpose = `events/${caller.person}/${[...kinds].sort().join(',')}`
        const after = (request.headers['last-event-id'] as string | undefined) ?? request.query.after
        let position: Position =
          after === undefined
            ? await changesSince(node, caller, null, kinds)
            : { at: node.cursors.open(after, purpose), told: [], more: false }
        reply.hijack()
        leaving.push(() => reply.raw.end())
        for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value as string)
        reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
        const listening = hub.listen(readerOf(caller), kinds)
        const heart = setInterval(() => reply.raw.write(': still here\n\n'), HEARTBEAT_MS)
        leaving.push(() => {
          hub.leave(listening)
          clearInterval(heart)
        })
        reply.raw.write(`retry: 3000\nid: ${node.cursors.seal(position.at, purpose)}\n\n`)
        while (!gone.signal.aborted) {
          const looked = await turns.run(async () => {
            const now = await stillSignedIn(node, request)
            if (now === null) return null
            listening.reader = readerOf(now)
            if (!listening.pending && !position.more) return { ...position, told: [] }
            listening.pending = false
            return await changesSince(node, now, position.at, kinds)
          })
          if (looked === null) {
            reply.raw.write('event: signed-out\ndata: {}\n\n')
            break
          }
          position = looked
          if (position.told.length > 0) {
            const events = position.told.map(
              (told) => `id: ${node.cursors.seal(told.at, purpose)}\nevent: change\ndata: ${JSON.stringify(dataOf(told))}\n\n`,
            )
            if (!reply.raw.write(events.join(''))) await drained(reply.raw, gone.signal)
          }
          if (!position.more) await hub.wait(listening, ASK_AGAIN_MS, gone.signal)
        }
      } catch (error) {
        // Before the first byte it is a refusal as any other.
        if (leaving.length === 0) throw error
        request.log.error(error)
      } finally {
        open--
        for (const leave of leaving) leave()
      }
    },
  )
}

function dataOf({ at: _at, hash: _hash, ...data }: Told): object {
  return data
}

function checkScope(caller: Caller): void {
  if (!caller.scopes.includes('events:read'))
    throw new CordonError('node/forbidden', 'this needs the scope events:read', { remedy: 'Ask an administrator for the role.' })
}

/** A stream outlives neither its session nor its key, and is told by today's rights. */
async function stillSignedIn(node: NodeParts, request: FastifyRequest): Promise<Caller | null> {
  const caller = request.shown === null ? null : await node.authenticate(request.shown)
  return caller?.scopes.includes('events:read') ? caller : null
}

async function drained(stream: NodeJS.EventEmitter, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
