import { CordonError } from '../../../chain/index.ts'

export interface HttpOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds that one request may take, its body included; 60,000 when left out. */
  readonly timeout?: number | undefined
  /** How often a request is made again that failed for a reason which may pass; 4 when left out. */
  readonly retries?: number | undefined
  /** Waits so many milliseconds. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined
  /** Makes the requests; the global `fetch` when left out. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Bytes of the answer over which reading stops. */
  readonly limit: number
}

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

/** What came of one attempt: an answer, or an error after which the request may be made again. */
type Outcome<T> = { readonly done: T } | { readonly again: CordonError }

const TIMEOUT = 60_000
const RETRIES = 4
const FIRST_WAIT = 250
/** Too many requests; the node or what stands before it is busy or starts. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504])

/**
 * One URL of a node, checked. A user and a password in it are taken out, so that no message shows them.
 *
 * @throws CordonError `bitcoin/bad-url`
 */
export function nodeUrl(text: string): { readonly url: URL; readonly user: string | null; readonly password: string } {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    // The text may hold a password even where it is no URL.
    throw new CordonError('bitcoin/bad-url', 'the address of the node is no http or https URL', {
      remedy: 'Give it like http://127.0.0.1:8332.',
    })
  }
  const user = url.username === '' ? null : decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password)
  url.username = ''
  url.password = ''
  url.hash = ''
  url.search = ''
  return { url, user, password }
}

/**
 * Makes a request until it is answered, with waits that double, as often as the options allow. What the answer means is for the caller: statuses that do not pass by themselves are given back.
 *
 * @param accept may turn an answer down although it came, for a reason that may pass
 * @throws CordonError `bitcoin/node-unreachable`, `bitcoin/answer-too-long`, `bitcoin/redirected`; the signal's reason
 */
export async function ask(
  request: HttpRequest,
  options: HttpOptions,
  accept: (answer: HttpAnswer) => CordonError | null = () => null,
): Promise<HttpAnswer> {
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)))
  const retries = options.retries ?? RETRIES
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted()
    const outcome = await once(request, options, accept)
    if ('done' in outcome) return outcome.done
    if (attempt >= retries) throw outcome.again
    await sleep(FIRST_WAIT * 2 ** attempt)
  }
}

async function once(
  request: HttpRequest,
  options: HttpOptions,
  accept: (answer: HttpAnswer) => CordonError | null,
): Promise<Outcome<HttpAnswer>> {
  const { url } = request
  const limit = AbortSignal.timeout(options.timeout ?? TIMEOUT)
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal])
  let answer: HttpAnswer
  try {
    const { method, headers, body } = request
    const response = await (options.fetch ?? globalThis.fetch)(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body }),
    })
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw new CordonError('bitcoin/redirected', `${url.href} sends elsewhere (HTTP ${response.status})`, {
        place: { file: url.href },
        remedy: 'Redirects are not followed: a node does not send any. Give the address of the node itself.',
      })
    }
    answer = { status: response.status, body: await bounded(response, request) }
  } catch (error) {
    if (options.signal?.aborted === true) throw options.signal.reason
    if (error instanceof CordonError) throw error
    return { again: unreachable(url, limit.aborted ? `no whole answer within ${options.timeout ?? TIMEOUT} ms` : reason(error), error) }
  }
  if (PASSING.has(answer.status)) return { again: unreachable(url, `it is busy (HTTP ${answer.status})`) }
  const objection = accept(answer)
  return objection === null ? { done: answer } : { again: objection }
}

async function bounded(response: Response, { url, limit }: HttpRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop cancels the rest.
    if (length > limit) {
      throw new CordonError('bitcoin/answer-too-long', `${url.href} answers with more than ${limit} bytes`, {
        place: { file: url.href },
        remedy: 'No block is that large. Check that this is a Bitcoin node.',
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function unreachable(url: URL, why: string, cause?: unknown): CordonError {
  return new CordonError('bitcoin/node-unreachable', `no answer from ${url.href}: ${why}`, {
    place: { file: url.href },
    remedy: 'Check that the node runs, that its address and port are right, and that it takes requests from this machine (rpcallowip).',
    cause,
  })
}

/** `fetch failed` says nothing; what went wrong is its cause. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause)
}

/** An error for an answer that is none of those which the request can have. */
export function badAnswer(url: URL, what: string, cause?: unknown): CordonError {
  return new CordonError('bitcoin/bad-answer', `${url.href}: ${what}`, {
    place: { file: url.href },
    remedy: 'Check that this is a Bitcoin node, and no proxy or other service in its place.',
    cause,
  })
}
