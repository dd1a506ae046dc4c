import type { Reply } from '../world.ts'

/** A browser as far as a node notices: keeps cookies, says from where its page comes, and repeats the value that a session's page knows. */
export class Browser {
  readonly cookies = new Map<string, string>()
  csrf: string | null = null
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** A request by a script of the node's own page. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await this.#send(method, `/api/v1${path}`, body, {
      'sec-fetch-site': 'same-origin',
      origin: this.#url,
      ...(this.csrf !== null && { 'x-cordon-csrf': this.csrf }),
      ...headers,
    })
    const csrf = reply.json?.csrf ?? reply.json?.session?.csrf
    if (typeof csrf === 'string') this.csrf = csrf
    return reply
  }

  /** Opens a page. `site` is where the link to it was. */
  async open(path: string, site = 'none'): Promise<Reply> {
    return await this.#send('GET', path, undefined, { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' })
  }

  async #send(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value === '') this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
  }
}
