import { readFile } from 'node:fs/promises'
import { CordonError } from '../../../chain/index.ts'
import type { LiveSource } from './source.ts'

type Fetch = typeof globalThis.fetch

/** A source as the library is given it: an address that stands for its name, and what asks it there. */
export type Asked = { readonly address: string; readonly fetch: Fetch }

/** Shorter texts are words by chance: to hide them would spoil sentences and hide nothing. */
const LEAST_HIDDEN = 4
/** A path that long, or a part of one, may be a provider's key. */
const LEAST_PATH = 12
const LEAST_SEGMENT = 8
/** What errors quote of an answer is cut off after some characters: that much of a secret is hidden too. */
const LEAST_BEGINNING = 8

/**
 * Lets the library ask a source without knowing where it is: the library has an address made of the source's name (under `.invalid`, RFC 2606), which is what its errors, manifests and caches show; the real one and the credentials are put
 * into each request here. Redirects are not followed.
 *
 * @throws CordonError `ledger/no-credentials`; what `use` throws, without address and credentials
 */
export async function askLive<T>(source: LiveSource, use: (asked: Asked) => Promise<T>): Promise<T> {
  const address = `http://${source.name}.invalid`
  const secrets = new Set(secretsOf(source.url))
  const letIn = async (): Promise<string | null> => {
    const text = await credentials(source)
    if (text === null) return null
    const encoded = Buffer.from(text, 'utf8').toString('base64')
    // In JSON and in addresses some write the signs of base64 otherwise; what is between them stays.
    for (const secret of [text, ...parts(text), encoded, ...encoded.split(/[+/=]/)]) secrets.add(secret)
    return `Basic ${encoded}`
  }
  try {
    return await use({ address, fetch: fetchFor(source, await letIn(), letIn) })
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    const { file, line, field } = error.place
    const hide = (text: string) => named(withoutSecrets(text, secrets), address, source.name)
    throw new CordonError(error.code, hide(error.message), {
      place: {
        ...(file !== undefined && { file: hide(file) }),
        ...(line !== undefined && { line }),
        ...(field !== undefined && { field: hide(field) }),
      },
      ...(error.remedy !== null && { remedy: hide(error.remedy) }),
    })
  }
}

function fetchFor({ url }: LiveSource, first: string | null, letIn: () => Promise<string | null>): Fetch {
  const real = globalThis.fetch
  let authorization = first
  const ask = async (path: string, init: RequestInit | undefined): Promise<Response> => {
    const headers = new Headers(init?.headers)
    if (authorization !== null) headers.set('authorization', authorization)
    try {
      return await real(path === '/' ? url : `${url.replace(/\/+$/, '')}${path}`, { ...init, headers, redirect: 'manual' })
    } catch (error) {
      if (init?.signal?.aborted === true) throw error
      // The message names the address; the code says what is wrong.
      const code = codeOf(error)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
    }
  }
  return async (input, init) => {
    const { pathname, search } = new URL(String(input))
    const path = `${pathname}${search}`
    let response = await ask(path, init)
    if (response.status === 401 && authorization !== null) {
      // A node that was started again has another cookie.
      const now = await letIn().catch(() => authorization)
      if (now !== authorization) {
        await response.body?.cancel()
        authorization = now
        response = await ask(path, init)
      }
    }
    if (response.status < 300 || response.status >= 400) return response
    await response.body?.cancel()
    return new Response(null, { status: 302, headers: { location: 'http://elsewhere.invalid/' } })
  }
}

/** `user:password`; null where the source needs none. */
async function credentials({ name, credentialsFile }: LiveSource): Promise<string | null> {
  if (credentialsFile === null) return null
  const text = await readFile(credentialsFile, 'utf8').catch(() => '')
  const [line = ''] = text.split(/\r?\n/, 1)
  if (line.length <= 1024 && /^[^:]+:/.test(line)) return line
  throw new CordonError('ledger/no-credentials', `the credentials of the source ${name} cannot be read`, {
    remedy:
      'The operator sees to it that the file of library.bitcoin exists, that the node may read it, and that its first line is user:password.',
  })
}

function secretsOf(text: string): string[] {
  const url = new URL(text)
  const path = url.pathname.replace(/\/+$/, '')
  const segments = path.split('/').filter(({ length }) => length >= LEAST_SEGMENT)
  return [text, url.href, url.origin, url.host, url.hostname, ...(path.length < LEAST_PATH ? [] : [path]), ...segments]
}

function parts(text: string): string[] {
  const at = text.indexOf(':')
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Longest first: what is part of another is hidden with it. */
function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  const all = [...secrets].filter(({ length }) => length >= LEAST_HIDDEN).sort((a, b) => b.length - a.length)
  // Addresses begin as all do; their hosts and paths are secrets of their own.
  const long = all.filter((secret) => secret.length > LEAST_BEGINNING && !secret.includes('://'))
  return long.reduce(
    withoutBeginnings,
    all.reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  )
}

function withoutBeginnings(text: string, secret: string): string {
  const beginning = secret.slice(0, LEAST_BEGINNING)
  let shown = text
  for (let at = shown.indexOf(beginning); at >= 0; at = shown.indexOf(beginning, at)) {
    let length = LEAST_BEGINNING
    while (length < secret.length && shown[at + length] === secret[length]) length++
    shown = `${shown.slice(0, at)}***${shown.slice(at + length)}`
  }
  return shown
}

/** The address that stands for a name is shown as the name. */
function named(text: string, address: string, name: string): string {
  return text.replaceAll(new RegExp(`${address.replaceAll('.', '\\.')}/?(?=[\\s:]|$)`, 'g'), name).replaceAll(address, name)
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, name } = (cause ?? {}) as { readonly code?: unknown; readonly name?: unknown }
  return String(code ?? name ?? 'unknown')
}
