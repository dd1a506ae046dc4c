import { readFile } from 'node:fs/promises'
import { CordonError } from '../../../chain/index.ts'
import { ask, badAnswer, type HttpAnswer, type HttpOptions, nodeUrl } from './http.ts'

export interface RpcOptions extends HttpOptions {
  /** http or https, e.g. `http://127.0.0.1:8332`; may hold a user and a password. */
  readonly url: string
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** The file `.cookie` that Bitcoin Core writes into its folder at every start. */
  readonly cookieFile?: string | undefined
}

/** What a node said no to, with the code of its JSON-RPC error (Bitcoin Core, `rpc/protocol.h`). */
export class RpcRefusal extends CordonError {
  readonly rpcCode: number

  constructor(url: URL, method: string, code: number, message: string) {
    super('bitcoin/node-error', `${url.href} ${method}: ${message} (JSON-RPC error ${code})`, {
      place: { file: url.href, field: method },
      remedy: 'The node says what is missing; compare its version and settings with the documentation.',
    })
    this.rpcCode = code
  }
}

export interface RpcClient {
  /** Without user and password. */
  readonly url: URL
  /**
   * @param limit bytes of the answer over which reading stops
   * @throws CordonError `bitcoin/node-unreachable`, `bitcoin/node-refused`, `bitcoin/bad-answer`, `bitcoin/answer-too-long`, `bitcoin/redirected`; RpcRefusal `bitcoin/node-error`
   */
  call(method: string, params: readonly unknown[], limit: number): Promise<unknown>
}

/** The node still reads its files (RPC_IN_WARMUP). */
const STARTING = -28
const NO_METHOD = -32_601
/** An answer longer than this is no refusal, and not parsed to look for one. */
const REFUSAL = 4096

/** @throws CordonError `bitcoin/bad-url`, `bitcoin/no-cookie` */
export async function rpcClient(options: RpcOptions): Promise<RpcClient> {
  const { url, user, password } = nodeUrl(options.url)
  const fixed = options.user ?? user
  let authorization = fixed === null ? null : basic(`${fixed}:${options.password ?? password}`)
  if (options.cookieFile !== undefined) authorization = basic(await cookie(options.cookieFile))
  let id = 0

  async function post(method: string, params: readonly unknown[], limit: number, own: number): Promise<HttpAnswer> {
    const headers = { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) }
    const body = JSON.stringify({ jsonrpc: '1.0', id: own, method, params })
    return ask({ method: 'POST', url, headers, body, limit }, options, (answer) => {
      const error = answer.body.length < REFUSAL ? errorOf(parsed(answer.body)) : null
      return error?.code === STARTING ? new RpcRefusal(url, method, error.code, error.message) : null
    })
  }

  return {
    url,
    async call(method, params, limit) {
      const own = ++id
      let answer = await post(method, params, limit, own)
      if (answer.status === 401 && options.cookieFile !== undefined) {
        // A node that was started again has another cookie.
        authorization = basic(await cookie(options.cookieFile))
        answer = await post(method, params, limit, own)
      }
      return resultOf(url, method, own, answer)
    },
  }
}

function resultOf(url: URL, method: string, id: number, { status, body }: HttpAnswer): unknown {
  if (status === 401 || status === 403) {
    throw new CordonError('bitcoin/node-refused', `${url.href} refuses: HTTP ${status}`, {
      place: { file: url.href, field: method },
      remedy:
        'Give the user and password of the node (rpcuser, rpcauth), or its cookie file, and see that it takes requests from this machine (rpcallowip).',
    })
  }
  const answer = parsed(body)
  // Bitcoin Core answers errors with HTTP 500 and the JSON that says which.
  const error = errorOf(answer)
  if (error !== null) throw new RpcRefusal(url, method, error.code, error.message)
  if (status === 404) throw new RpcRefusal(url, method, NO_METHOD, 'HTTP 404')
  if (status !== 200 || answer === null || !('result' in answer)) {
    const start = body.toString('latin1', 0, 80).replace(/[^ -~]+/g, ' ')
    throw badAnswer(
      url,
      `the answer to ${method} is no JSON-RPC: HTTP ${status}, ${body.length} bytes, beginning with ${JSON.stringify(start)}`,
    )
  }
  if (answer.id !== id) throw badAnswer(url, `the answer to ${method} is to another request`)
  return answer.result
}

function errorOf(answer: Readonly<Record<string, unknown>> | null): { readonly code: number; readonly message: string } | null {
  const error = answer?.error
  if (typeof error !== 'object' || error === null) return null
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return { code: typeof code === 'number' ? code : 0, message: String(message).slice(0, 300) }
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> | null {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Readonly<Record<string, unknown>>) : null
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
}

async function cookie(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (cause) {
    throw new CordonError('bitcoin/no-cookie', `the cookie file ${path} cannot be read: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'The node writes it at its start into its folder (of main, testnet3 or regtest), readable for its own user alone.',
      cause,
    })
  }
}
