import { setTimeout as wait } from 'node:timers/promises'
import { CordonError, type Progress } from '../../../chain/index.ts'
import { readBody } from './body.ts'
import type { Server } from './server.ts'

export interface ClientOptions {
  readonly server: Server
  /** Milliseconds from the end of one request to the start of the next. */
  readonly minInterval: number
  /** Milliseconds that one request may take, with its body. */
  readonly timeout: number
  /** Requests in all, repeated ones too. */
  readonly maxRequests: number
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
  readonly fetch?: typeof globalThis.fetch
  readonly signal?: AbortSignal
  /** Told of every request: with pauses between them, even a few hundred take minutes. */
  readonly progress?: (progress: Progress) => void
}

/** What one question of the server is allowed. */
export interface Ask {
  /** Bytes of the answer. */
  readonly limit: number
  /** Answer null for 404 instead of an error. */
  readonly orNull?: boolean
}

/** How often a question is asked again after the first time, and how long to wait before: doubled each time, so that the whole patience is a minute. */
const REPEATS = 6
/** The same for a server that has not answered once: its address may be wrong, or there is no network. */
const FIRST_REPEATS = 2
const FIRST_WAIT = 1000
const LONGEST_WAIT = 32_000
/** A server that asks to be left alone for longer than this is given up. */
const LONGEST_ASKED = 10 * 60_000
const REDIRECTS = 3

/** Worth asking again: too many requests, or the server's own trouble. */
const TROUBLE: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** A failure that may pass, with the wait that the server asked for. */
class Passing extends Error {
  readonly error: CordonError
  readonly asked: number | null

  constructor(error: CordonError, asked: number | null) {
    super(error.message)
    this.error = error
    this.asked = asked
  }
}

/**
 * Asks an Esplora server, politely: one request at a time, with a pause between them, and with longer pauses when it is in trouble or says so
 * (429 or 503 with Retry-After, RFC 9110 10.2.3). Redirects are followed on the same host alone; bodies are bounded; nothing is believed of them here.
 */
export class Client {
  readonly #o: ClientOptions
  readonly #clock: () => number
  readonly #sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
  readonly #fetch: typeof globalThis.fetch
  #turn: Promise<unknown> = Promise.resolve()
  #free = Number.NEGATIVE_INFINITY
  #closed = false
  #answered = false
  requests = 0
  repeated = 0
  bytes = 0

  constructor(options: ClientOptions) {
    this.#o = options
    this.#clock = options.clock ?? Date.now
    this.#sleep = options.sleep ?? ((milliseconds, signal) => wait(milliseconds, undefined, signal === undefined ? {} : { signal }))
    this.#fetch = options.fetch ?? globalThis.fetch
  }

  /**
   * Text of the answer to GET `path` (with its leading slash); null for 404 where `orNull` says so.
   *
   * @throws CordonError `esplora/unreachable`, `esplora/timeout`, `esplora/rate-limited`, `esplora/server-error` after all repeats; `esplora/refused`, `esplora/redirect`,
   *   `esplora/too-large`, `esplora/not-esplora`, `esplora/request-limit`, `esplora/closed` at once; the signal's reason when aborted
   */
  async get(path: string, ask: Ask & { readonly orNull: true }): Promise<string | null>
  async get(path: string, ask: Ask): Promise<string>
  async get(path: string, ask: Ask): Promise<string | null> {
    const turn = this.#turn.then(() => this.#persist(path, ask))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Names a path of the server in errors. */
  place(path: string): { readonly file: string } {
    return { file: `${this.#o.server.base}${path}` }
  }

  close(): void {
    this.#closed = true
  }

  async #persist(path: string, ask: Ask): Promise<string | null> {
    for (let repeat = 0; ; repeat++) {
      try {
        return await this.#once(path, ask)
      } catch (error) {
        if (!(error instanceof Passing)) throw error
        if (repeat >= (this.#answered ? REPEATS : FIRST_REPEATS) || (error.asked !== null && error.asked > LONGEST_ASKED)) throw error.error
        this.repeated++
        await this.#sleep(Math.max(error.asked ?? 0, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** repeat)), this.#o.signal)
      }
    }
  }

  async #once(path: string, ask: Ask): Promise<string | null> {
    const { server } = this.#o
    let url = `${server.base}${path}`
    for (let redirects = 0; ; redirects++) {
      const response = await this.#request(url, path)
      if (response.status >= 301 && response.status <= 308 && response.status !== 304) {
        await drop(response)
        url = this.#redirected(response, url, path, redirects)
        continue
      }
      if (response.status === 404 && ask.orNull === true) {
        await drop(response)
        return null
      }
      if (response.status !== 200) throw await this.#failure(response, path)
      const text = await this.#body(response, path, ask.limit)
      if (/^\s*</.test(text)) {
        throw new CordonError('esplora/not-esplora', 'the server answers with a web page and not as an Esplora API does', {
          place: this.place(path),
          remedy: 'Check the address: the API of most servers lies under /api. A proxy or a log-in page in between does this too.',
        })
      }
      return text
    }
  }

  async #request(url: string, path: string): Promise<Response> {
    const { server, signal, minInterval, timeout, maxRequests } = this.#o
    signal?.throwIfAborted()
    if (this.#closed) throw new CordonError('esplora/closed', 'the ledger is closed', { place: this.place(path) })
    if (this.requests >= maxRequests) {
      throw new CordonError('esplora/request-limit', `${maxRequests} requests have been made, as many as were allowed`, {
        place: this.place(path),
        remedy: 'Allow more, or follow less. With a cache directory what is known already is not asked for again.',
      })
    }
    const pause = this.#free + minInterval - this.#clock()
    if (pause > 0) await this.#sleep(pause, signal)
    signal?.throwIfAborted()
    this.requests++
    this.#o.progress?.({ phase: 'asking the server', done: this.requests, total: null, unit: 'requests' })
    const limit = AbortSignal.timeout(timeout)
    try {
      const response = await this.#fetch(url, {
        redirect: 'manual',
        headers: {
          accept: 'application/json, text/plain',
          ...(server.authorization === null ? {} : { authorization: server.authorization }),
        },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      })
      this.#answered = true
      return response
    } catch (cause) {
      throw this.#broken(cause, path)
    } finally {
      this.#free = this.#clock()
    }
  }

  async #body(response: Response, path: string, limit: number): Promise<string> {
    try {
      const body = await readBody(response, limit)
      if (body === null) {
        throw new CordonError('esplora/too-large', `the answer is longer than ${limit} bytes`, {
          place: this.place(path),
          remedy: 'Such an answer is read from a local ledger of the chain: import its blocks.',
        })
      }
      this.bytes += body.length
      return new TextDecoder().decode(body)
    } catch (cause) {
      throw cause instanceof CordonError ? cause : this.#broken(cause, path)
    } finally {
      this.#free = this.#clock()
    }
  }

  #redirected(response: Response, from: string, path: string, redirects: number): string {
    const target = URL.parse(response.headers.get('location') ?? '', from)
    const source = new URL(from)
    const secure = target?.protocol === 'https:' || target?.protocol === source.protocol
    const follow = target !== null && secure && target.hostname === source.hostname && target.username === '' && redirects < REDIRECTS
    // A port may change with the scheme alone: anything else is another server.
    if (follow && (target.port === source.port || target.protocol !== source.protocol)) return target.href
    throw new CordonError(
      'esplora/redirect',
      `the server sends us on${target === null ? '' : ` to ${target.origin}`}, and is not followed there`,
      {
        place: this.place(path),
        remedy: 'If you trust that server, give its address instead.',
      },
    )
  }

  async #failure(response: Response, path: string): Promise<Error> {
    const { status } = response
    const said = await excerpt(response)
    const what = `the server answers ${status}${said === '' ? '' : `: ${said}`}`
    if (!TROUBLE.has(status)) {
      const error = { place: this.place(path), remedy: 'Check the address of the server, and whether it lets you in.' }
      return new CordonError('esplora/refused', what, error)
    }
    const asked = retryAfter(response.headers.get('retry-after'), this.#clock())
    const limited = status === 429
    const error = new CordonError(limited ? 'esplora/rate-limited' : 'esplora/server-error', what, {
      place: this.place(path),
      remedy: limited
        ? 'Wait, ask more slowly (a longer interval), or use a server of your own. With a cache directory the work goes on where it stopped.'
        : 'Try again later, or another server. With a cache directory the work goes on where it stopped.',
    })
    return new Passing(error, asked)
  }

  #broken(cause: unknown, path: string): unknown {
    const { signal, timeout } = this.#o
    if (signal?.aborted === true) return signal.reason
    const late = (cause as { readonly name?: unknown } | null)?.name === 'TimeoutError'
    const error = new CordonError(
      late ? 'esplora/timeout' : 'esplora/unreachable',
      late ? `the server took longer than ${timeout} ms` : `the connection to the server failed: ${reasonOf(cause)}`,
      {
        place: this.place(path),
        remedy: 'Check the network and the address, or try another server. With a cache directory the work goes on where it stopped.',
        cause,
      },
    )
    return new Passing(error, null)
  }
}

/** Milliseconds that a Retry-After header asks for: seconds, or a date; null where there is none that can be read. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** `fetch failed` says nothing; the reason lies beneath. */
function reasonOf(error: unknown): string {
  const cause = (error as { readonly cause?: { readonly code?: unknown; readonly message?: unknown } } | null)?.cause
  return String(cause?.code ?? cause?.message ?? (error as { readonly message?: unknown } | null)?.message ?? error)
}

async function drop(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
}

/** The beginning of what the server said of its failure, on one line and without control characters. */
async function excerpt(response: Response): Promise<string> {
  const body = await readBody(response, 4096).catch(() => null)
  if (body === null) return ''
  const text = new TextDecoder().decode(body).replaceAll(/[\p{C}\s]+/gu, ' ')
  return text.trim().slice(0, 200)
}
