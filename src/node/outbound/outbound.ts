import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { isIPv6 } from 'node:net'
import { CordonError } from '../../chain/index.ts'
import { type ClassifiedAddress, classifyAddress } from './addresses.ts'
import { resolveName } from './resolve.ts'
import { type Allow, fitting, judgeAddresses } from './rules.ts'
import { parseTarget, type Target } from './target.ts'

/** What the node may call, and how long and how much it listens. */
export type OutboundRules = {
  readonly allow: readonly Allow[]
  /** From the first look-up to the last byte, in milliseconds. */
  readonly timeout: number
  /** Largest body of an answer, in bytes. */
  readonly maxBody: number
  /** Largest head of an answer, in bytes. */
  readonly maxHeaders: number
  /** Certificate authorities (PEM) beside those that Node carries; empty for these alone. */
  readonly authorities: readonly string[]
  /** All addresses of a name. */
  readonly resolve: (host: string) => Promise<readonly string[]>
}

export const OUTBOUND: OutboundRules = {
  allow: [],
  timeout: 10_000,
  maxBody: 1 << 20,
  maxHeaders: 16 << 10,
  authorities: [],
  resolve: resolveName,
}

export type OutboundRequest = {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
}

export type OutboundHead = {
  readonly status: number
  /** Names in lower case; values of a name that comes several times are joined with a comma. */
  readonly headers: ReadonlyMap<string, string>
}

export type OutboundAnswer = OutboundHead & { readonly body: Uint8Array }

/** Decided by the connection, never by a caller. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
  'proxy-connection',
  'expect',
])

/**
 * Refuses a URL that the node would not call whatever its name resolves to: to be asked when somebody writes one down. `guardedFetch` asks again and looks at the addresses.
 *
 * @throws CordonError `outbound/url`, `outbound/not-allowed`, `outbound/address` (an address written out)
 */
export function checkUrl(text: string, { allow }: Pick<OutboundRules, 'allow'>): void {
  const target = parseTarget(text)
  const candidates = fitting(target, allow)
  if (target.literal) judgeAddresses([classifyAddress(target.host)], candidates)
}

/**
 * One HTTP request to a host that somebody else named. The name is resolved once, every address is judged, and the connection goes to one of exactly these addresses, so that a name that
 * resolves differently a moment later (DNS rebinding) gains nothing. Redirects are not followed: a 3xx with a place to go is an error. No cookies, no proxy, no kept connections, no decompression.
 *
 * @throws CordonError `outbound/url`, `outbound/not-allowed`, `outbound/address` (refused before anything is sent); `outbound/dns`, `outbound/connection`, `outbound/tls`, `outbound/timeout`,
 * `outbound/aborted` (the network); `outbound/redirect`, `outbound/too-large`, `outbound/encoded` (the answer); `outbound/request` (the caller's headers)
 */
export function guardedFetch(text: string, request: OutboundRequest, rules: OutboundRules): Promise<OutboundAnswer> {
  return call(text, request, rules, readBody)
}

/**
 * The same where only the status matters: whatever follows the head of the answer is left unread after a second, and changes nothing.
 *
 * @throws what `guardedFetch` throws, without `outbound/encoded` and for a body `outbound/too-large`
 */
export function guardedSend(text: string, request: OutboundRequest, rules: OutboundRules): Promise<OutboundHead> {
  return call(text, request, rules, leaveBody)
}

type Reader<T> = (head: OutboundHead, answer: IncomingMessage, rules: OutboundRules) => Promise<T>

async function call<T>(text: string, request: OutboundRequest, rules: OutboundRules, read: Reader<T>): Promise<T> {
  const target = parseTarget(text)
  const candidates = fitting(target, rules.allow)
  const headers = ownHeaders(request.headers ?? {})
  const deadline = AbortSignal.timeout(rules.timeout)
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal])
  try {
    const addresses = await addressesOf(target, rules, signal)
    judgeAddresses(addresses, candidates)
    const pinned = addresses.flatMap((each) => (each === null ? [] : [each.address]))
    return await before(signal, exchange(target, pinned, { ...request, headers }, rules, signal, read))
  } catch (error) {
    if (error instanceof CordonError) throw error
    if (deadline.aborted) throw failed('timeout', `no full answer within ${rules.timeout / 1000} s`, error)
    if (signal.aborted) throw failed('aborted', 'the request was called off', error)
    throw ofNetwork(error)
  }
}

async function addressesOf(target: Target, rules: OutboundRules, signal: AbortSignal): Promise<readonly (ClassifiedAddress | null)[]> {
  if (target.literal) return [classifyAddress(target.host)]
  const found = await before(signal, rules.resolve(target.host)).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw failed('dns', 'the host name does not resolve', error)
  })
  if (found.length === 0) throw failed('dns', 'the host name has no address')
  return found.map(classifyAddress)
}

/** Look-ups cannot be called off, and Node forgets a request whose connection was taken over: nobody has to wait for either. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const called = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([called, work])
}

function exchange<T>(
  { url, secure, host, port, literal }: Target,
  addresses: readonly string[],
  { method, headers, body }: OutboundRequest,
  rules: OutboundRules,
  signal: AbortSignal,
  read: Reader<T>,
): Promise<T> {
  const bytes = body === undefined ? undefined : Buffer.from(body as Uint8Array)
  const options: RequestOptions & https.RequestOptions = {
    // An address written out is taken as judged (the IPv4 one inside of an IPv6 one); a name is kept for TLS and `Host`, and `lookup` answers for it.
    host: literal ? addresses[0] : host,
    port,
    path: `${url.pathname}${url.search}`,
    method,
    headers: {
      ...headers,
      host: url.host,
      'accept-encoding': 'identity',
      ...(bytes === undefined ? {} : { 'content-length': bytes.length }),
    },
    maxHeaderSize: rules.maxHeaders,
    signal,
    // A fresh agent: kept connections could be shared with another name, and a proxy from the environment would resolve the name anew.
    agent: secure ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
    lookup: (_name, { all }, answer) => {
      const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
      if (all === true) answer(null, found)
      else answer(null, found[0]?.address ?? '', found[0]?.family)
    },
    ...(secure && !literal ? { servername: host } : {}),
    ...(secure && rules.authorities.length > 0 ? { ca: [...rules.authorities] } : {}),
    ...(secure ? { minVersion: 'TLSv1.2', rejectUnauthorized: true } : {}),
  }
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = secure ? https.request(options) : http.request(options)
    sent.on('error', reject)
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy()
      reject(failed('connection', 'the host answers 101 and wants to speak another protocol'))
    })
    sent.on('response', (answer) => {
      readAnswer(answer, rules, read).then(resolve, (error: unknown) => {
        reject(error)
        sent.destroy()
      })
    })
    sent.end(bytes)
  })
}

function readAnswer<T>(answer: IncomingMessage, rules: OutboundRules, read: Reader<T>): Promise<T> {
  const status = answer.statusCode ?? 0
  const headers = new Map<string, string>()
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    const [name = '', value = ''] = [answer.rawHeaders[i]?.toLowerCase(), answer.rawHeaders[i + 1]]
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
  }
  if (status >= 300 && status < 400 && status !== 304) {
    const remedy = 'Give the URL that it points to.'
    return Promise.reject(failed('redirect', `the host answers ${status} and points elsewhere, which is not followed`, undefined, remedy))
  }
  return read({ status, headers }, answer, rules)
}

async function readBody(head: OutboundHead, answer: IncomingMessage, { maxBody }: OutboundRules): Promise<OutboundAnswer> {
  const encoding = head.headers.get('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    throw failed('encoded', `the answer is encoded (${encoding.slice(0, 40)}), which was not asked for`)
  }
  const parts: Buffer[] = []
  let length = 0
  for await (const part of answer) {
    length += (part as Buffer).length
    if (length > maxBody) throw failed('too-large', `the answer is longer than ${maxBody} bytes`)
    parts.push(part as Buffer)
  }
  return { ...head, body: new Uint8Array(Buffer.concat(parts)) }
}

/** Lets a short body end, as hosts expect that somebody reads it. */
function leaveBody(head: OutboundHead, answer: IncomingMessage, { maxBody }: OutboundRules): Promise<OutboundHead> {
  return new Promise((resolve) => {
    let length = 0
    const timer = setTimeout(() => answer.destroy(), 1_000)
    answer.on('data', (part: Buffer) => {
      length += part.length
      if (length > maxBody) answer.destroy()
    })
    answer.on('error', () => {})
    answer.on('close', () => {
      clearTimeout(timer)
      resolve(head)
    })
  })
}

function ownHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    // Node refuses these too; said here, nothing has been resolved yet.
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw failed('request', `the header ${JSON.stringify(name.slice(0, 60))} cannot be sent`)
    }
    if (OURS.has(name.toLowerCase())) throw failed('request', `the header ${name} is not the caller's to set`)
  }
  return headers
}

function ofNetwork(error: unknown): CordonError {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'HPE_HEADER_OVERFLOW') return failed('too-large', 'the head of the answer is too long', error)
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/.test(code)) {
    return failed('tls', `no trust in the host's certificate, or no TLS at all (${code})`, error)
  }
  return failed('connection', `the host cannot be reached, or broke off (${code === '' ? 'unknown' : code})`, error)
}

function failed(
  kind: string,
  message: string,
  cause?: unknown,
  remedy = 'Check that the host runs and speaks HTTP as expected.',
): CordonError {
  return new CordonError(`outbound/${kind}`, message, { place: { field: 'url' }, remedy, cause })
}
