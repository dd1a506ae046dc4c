import { CordonError } from '../../../chain/index.ts'

/** Where an Esplora server answers. */
export interface Server {
  /** Scheme, host and path, without credentials and without a slash at the end: safe to show. */
  readonly base: string
  /** Value of the Authorization header, where the URL named a user. Never shown. */
  readonly authorization: string | null
}

/**
 * Reads the URL of an Esplora API, e.g. `https://blockstream.info/api`. A user and password in it go into a header.
 *
 * @throws CordonError `esplora/bad-url`
 */
export function readServer(text: string): Server {
  const refuse = (what: string): CordonError =>
    new CordonError('esplora/bad-url', what, { remedy: 'Give the address of the API itself, such as https://blockstream.info/api.' })
  let url: URL
  try {
    url = new URL(text)
  } catch {
    // The text may hold a password: it is not repeated.
    throw refuse('the address of the Esplora server is not a URL')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refuse(`the address of the Esplora server is ${url.protocol} and not http or https`)
  if (url.search !== '' || url.hash !== '') throw refuse('the address of the Esplora server has a query or a fragment')
  const named = url.username !== '' || url.password !== ''
  let credentials: string
  try {
    credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  } catch {
    throw refuse('the user or password in the address of the Esplora server is not percent-encoded as it should be')
  }
  return {
    base: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    authorization: named ? `Basic ${Buffer.from(credentials).toString('base64')}` : null,
  }
}
