import type { SignedIn } from './torture-people.ts'

/** An answer of the node, or null where the connection broke or the node could not say what became of the request. */
export type Answered = {
  readonly status: number
  readonly etag: string
  readonly replayed: boolean // biome-ignore lint/suspicious/noExplicitAny: what the node answers is looked at field by field
  readonly json: any
} | null

/** Asks the node over HTTP. A failure of the node itself (5xx) leaves open whether anything was done, as a broken connection does. */
export async function askNode(
  url: string,
  who: SignedIn,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  try {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...who, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status >= 500) return null
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      replayed: response.headers.get('idempotent-replayed') === 'true',
      json: text === '' ? null : JSON.parse(text),
    }
  } catch {
    return null
  }
}
