/**
 * The process of `npm run load` that asks: so many requests a second, whether or not the ones before were answered (an open loop), and each is timed from the moment at which it should have been sent.
 * A node that stands still for a second is thus seen by all who would have asked in that second, and not by the one who happened to (G. Tene, "How NOT to Measure Latency": coordinated omission).
 */
import { Agent, type IncomingMessage, request } from 'node:http'
import { chance } from './load-chance.ts'
import { type Door, type DoorTimes, type LoadCaller, type LoadOrder, type LoadResult, mix } from './load-plan.ts'

const TIMEOUT_MS = 30_000

type Reply = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }
type OwnCase = { readonly id: string; etag: string; readonly caller: LoadCaller }
type Ask = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly wanted: readonly number[]
  after?(reply: Reply): void
}

async function load(order: LoadOrder): Promise<LoadResult> {
  const next = chance(order.seed)
  // Without a time of its own the agent does not heed how long the server keeps a connection, and may send on one that is just being closed.
  const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: TIMEOUT_MS })
  const shares = mix(order.names.length > 0)
  const urn = shares.flatMap(([door, share]) => Array.from({ length: share }, () => door))
  const times = new Map<Door, { times: number[]; errors: Record<string, number> }>(
    shares.map(([door]) => [door, { times: [], errors: {} }]),
  )
  const ask = makeAsks(order, next)
  const streams = openStreams(order)
  let [sent, under, most] = [0, 0, 0]
  const begun = performance.now()
  const total = Math.round(order.perSecond * (order.seconds + order.warmUp))
  const ended: Promise<void>[] = []
  const fire = (at: number): void => {
    const due = begun + (at * 1000) / order.perSecond
    const counted = at >= order.warmUp * order.perSecond
    const door = urn[Math.floor(next() * urn.length)] as Door
    const caller = order.callers[Math.floor(next() * order.callers.length)] as LoadCaller
    const asked = ask(door, caller)
    sent++
    most = Math.max(most, ++under)
    ended.push(
      send(agent, order.url, asked.caller.key, asked.what)
        .then(
          (reply) => {
            asked.what.after?.(reply)
            return asked.what.wanted.includes(reply.status) ? null : `${reply.status} ${codeOf(reply)}`
          },
          (error: Error) => (error as NodeJS.ErrnoException).code ?? error.message,
        )
        .then((wrong) => {
          under--
          const of = times.get(door) as { times: number[]; errors: Record<string, number> }
          if (counted) of.times.push(performance.now() - due)
          if (wrong !== null) of.errors[wrong] = (of.errors[wrong] ?? 0) + 1
        }),
    )
  }
  for (let at = 0; at < total; ) {
    while (at < total && performance.now() >= begun + (at * 1000) / order.perSecond) fire(at++)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(ended)
  agent.destroy()
  const { events, lost } = streams.close()
  const doors = [...times].map(([door, of]): DoorTimes => ({ door, ...of }))
  return { doors, sent, most, events, streamsLost: lost }
}

function codeOf({ text }: Reply): string {
  try {
    return String((JSON.parse(text) as { code?: string }).code)
  } catch {
    return ''
  }
}

/** Makes requests. What was opened in this run is changed and written to in this run. */
function makeAsks(order: LoadOrder, next: () => number): (door: Door, caller: LoadCaller) => { caller: LoadCaller; what: Ask } {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  const toChange: OwnCase[] = []
  const toNote: OwnCase[] = []
  const key = () => ({ 'idempotency-key': `${Math.floor(next() * 2 ** 52).toString(36)}-${Math.floor(next() * 2 ** 52).toString(36)}` })
  const get = (path: string, wanted: readonly number[] = [200]): Ask => ({ method: 'GET', path, wanted })
  const open = (caller: LoadCaller): Ask => ({
    method: 'POST',
    path: '/cases',
    body: {
      case: {
        title: `Load ${pick(order.words)} ${pick(order.words)}`,
        summary: Array.from({ length: 30 }, () => pick(order.words)).join(' '),
      },
    },
    headers: key(),
    wanted: [201],
    after: ({ status, headers, text }) => {
      if (status !== 201) return
      const own = { id: (JSON.parse(text) as { id: string }).id, etag: String(headers.etag), caller }
      ;(next() < 0.5 ? toChange : toNote).push(own)
      if (toNote.length > 500) toNote.shift()
    },
  })
  return (door, caller) => {
    switch (door) {
      case 'GET /cases/{id}':
        return { caller, what: get(`/cases/${pick(caller.cases)}`) }
      case 'GET /cases':
        return { caller, what: get('/cases?limit=20') }
      case 'GET /objects/{id}':
        return { caller, what: get(`/objects/${pick(caller.objects)}`) }
      case 'GET /objects?q=':
        return { caller, what: get(`/objects?limit=20&q=${pick(order.words)}%20${pick(order.words)}`) }
      case 'GET /objects/counts':
        return { caller, what: get('/objects/counts') }
      case 'GET /objects/{id}/versions':
        return { caller, what: get(`/objects/${pick(caller.objects)}/versions`) }
      case 'GET /objects/{id}/links':
        return { caller, what: get(`/objects/${pick(caller.objects)}/links`) }
      case 'GET /cases/{id} closed (404)':
        return { caller, what: get(`/cases/${pick(caller.closed)}`, [404]) }
      case 'GET /lists':
        return { caller, what: get('/lists') }
      case 'POST /screen/name':
        return { caller, what: { method: 'POST', path: '/screen/name', body: { name: pick(order.names), kind: 'person' }, wanted: [200] } }
      case 'POST /screen/wallet':
        return { caller, what: { method: 'POST', path: '/screen/wallet', body: { address: pick(order.wallets) }, wanted: [200] } }
      case 'POST /cases':
        return { caller, what: open(caller) }
      case 'POST /cases/{id}/notes': {
        const own = pick(toNote)
        if (own === undefined) return { caller, what: open(caller) }
        const body = { note: { text: Array.from({ length: 30 }, () => pick(order.words)).join(' ') } }
        return { caller: own.caller, what: { method: 'POST', path: `/cases/${own.id}/notes`, body, headers: key(), wanted: [201] } }
      }
      case 'PUT /cases/{id}': {
        const own = toChange.shift()
        if (own === undefined) return { caller, what: open(caller) }
        return {
          caller: own.caller,
          what: {
            method: 'PUT',
            path: `/cases/${own.id}`,
            body: { title: `Changed ${pick(order.words)}` },
            headers: { 'if-match': own.etag },
            wanted: [200],
            after: ({ status, headers }) => {
              if (status !== 200) return
              own.etag = String(headers.etag)
              toChange.push(own)
            },
          },
        }
      }
    }
  }
}

function send(agent: Agent, url: string, key: string, { method, path, body, headers }: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    const sent = request(
      `${url}/api/v1${path}`,
      {
        agent,
        method,
        timeout: TIMEOUT_MS,
        headers: {
          authorization: `Bearer ${key}`,
          ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
          ...headers,
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
        )
        response.once('error', reject)
      },
    )
    sent.once('timeout', () => sent.destroy(new Error('timeout')))
    sent.once('error', reject)
    sent.end(bytes)
  })
}

/** Listeners that stay for the whole time and count what they are told. */
function openStreams({ url, callers, streams }: LoadOrder): { close(): { events: number; lost: number } } {
  let [events, lost, closing] = [0, 0, false]
  const open = Array.from({ length: streams }, (_, at) => {
    const { key } = callers[at % callers.length] as LoadCaller
    const sent = request(`${url}/api/v1/events`, { headers: { authorization: `Bearer ${key}` } }, (response) => {
      if (response.statusCode !== 200) lost++
      response.on('data', (part: Buffer) => {
        for (let from = part.indexOf('event: change'); from >= 0; from = part.indexOf('event: change', from + 1)) events++
      })
      response.once('close', () => {
        if (!closing) lost++
      })
    })
    sent.on('error', () => {
      if (!closing) lost++
    })
    sent.end()
    return sent
  })
  return {
    close: () => {
      closing = true
      for (const each of open) each.destroy()
      return { events, lost }
    },
  }
}

process.once('message', (order: LoadOrder) => {
  load(order).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      console.error(error)
      process.exitCode = 1
      process.disconnect()
    },
  )
})
