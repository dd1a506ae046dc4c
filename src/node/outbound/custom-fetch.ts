import { guardedFetch, type OutboundRules } from './outbound.ts'

/** What `customFetch` of openid-client 6 and `[customFetch]` of jose 6 pass; both are Fetch in shape and say `redirect: 'manual'`. */
export type FetchOptions = {
  readonly method?: string
  readonly headers?: Headers | Readonly<Record<string, string>>
  readonly body?: ArrayBuffer | ReadableStream | string | Uint8Array | URLSearchParams | null | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * `guardedFetch` in the shape that openid-client and jose call, so that an identity provider's metadata cannot point the node at its own network: discovery, keys and token end points are all URLs
 * that somebody else wrote.
 *
 * @throws what `guardedFetch` throws
 */
export function customFetch(rules: OutboundRules): (url: string, options: FetchOptions) => Promise<Response> {
  return async (url, { method = 'GET', headers, body, signal }) => {
    const bytes =
      body === undefined || body === null
        ? undefined
        : new Uint8Array(await new Response(body as ConstructorParameters<typeof Response>[0]).arrayBuffer())
    const sent = Object.fromEntries(new Headers(headers as Record<string, string>))
    // The length follows from the body.
    delete sent['content-length']
    const answer = await guardedFetch(
      url,
      { method, headers: sent, ...(bytes === undefined ? {} : { body: bytes }), ...(signal == null ? {} : { signal }) },
      rules,
    )
    const empty = answer.status === 204 || answer.status === 205 || answer.status === 304
    return new Response(empty ? null : Buffer.from(answer.body), { status: answer.status, headers: [...answer.headers].filter(isWhole) })
  }
}

/** Cookies are not kept, and joined they could not be read. */
function isWhole([name]: readonly [string, string]): boolean {
  return name !== 'set-cookie'
}
