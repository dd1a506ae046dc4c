import { createHmac } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import { sameSecret } from './secrets.ts'

/** What a request says of where it comes from. Absent headers are null. */
export type RequestOrigin = {
  readonly method: string
  /** Header `Origin`. */
  readonly origin: string | null
  /** Header `Sec-Fetch-Site`. */
  readonly site: string | null
  /** Header `X-Cordon-Csrf`. */
  readonly csrf: string | null
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The value that a page must repeat in a header: bound to the session's token, which no page can read, and needing no store. */
export function csrfOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('cordon csrf').digest('base64url')
}

/**
 * Refuses a request that another site may have made a browser send. Keys are exempt: no browser adds them by itself. Client certificates are not, since a browser does.
 * Methods that change nothing pass; routes must keep to that.
 *
 * @param by what the caller was recognised by; for a session its token
 * @param ownOrigins the origins under which this node is reached, e.g. `https://node.example`
 * @throws CordonError `people/cross-site`
 */
export function refuseCrossSite(
  by: { readonly kind: 'session'; readonly token: string } | { readonly kind: 'key' } | { readonly kind: 'certificate' },
  request: RequestOrigin,
  ownOrigins: readonly string[],
): void {
  if (by.kind === 'key' || SAFE.has(request.method.toUpperCase())) return
  if (request.origin !== null && !ownOrigins.includes(request.origin))
    throw crossSite('it was sent by a page of another site', 'Work from the node’s own pages, or use an API key.')
  if (request.site !== null && request.site !== 'same-origin' && request.site !== 'none')
    throw crossSite('the browser says that another site made it', 'Work from the node’s own pages, or use an API key.')
  if (by.kind === 'session' && (request.csrf === null || !sameSecret(request.csrf, csrfOf(by.token))))
    throw crossSite(
      request.csrf === null ? 'it lacks the header X-Cordon-Csrf' : 'its header X-Cordon-Csrf belongs to another session',
      'Send with every change the `csrf` that the answer to signing in has, and GET /api/v1/me.',
    )
}

function crossSite(what: string, remedy: string): CordonError {
  return new CordonError('people/cross-site', `the request was refused: ${what}`, { remedy })
}
