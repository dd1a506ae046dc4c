import { isIP } from 'node:net'
import { CordonError } from '../../chain/index.ts'

/** Where a request goes, read from a URL that has exactly one meaning. */
export type Target = {
  readonly url: URL
  readonly secure: boolean
  /** Lower-case ASCII; an IPv6 literal without brackets. */
  readonly host: string
  readonly port: number
  /** Whether `host` is an IP address rather than a name. */
  readonly literal: boolean
}

const LONGEST_URL = 2048
/** Scheme, then the authority up to the first character that ends it. */
const SHAPE = /^(https?):\/\/([^/?#]*)([/?#].*)?$/
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d{1,5}))?$/
const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/

/**
 * Reads a URL and refuses every spelling that parsers disagree on: the name that was checked must be the name that is called. So the host must stand in the URL as it is resolved: ASCII (an international name as `xn--…`),
 * no numbers but dotted decimal ones (`127.0.0.1`, not `2130706433`, `0x7f.1` or `0177.0.0.1`), no dot at the end, no user and password.
 *
 * @throws CordonError `outbound/url`
 */
export function parseTarget(text: string): Target {
  if (typeof text !== 'string' || text.length > LONGEST_URL) throw bad(`the URL is longer than ${LONGEST_URL} characters`)
  // White space, control characters, backslashes and anything beyond ASCII are dropped, turned or mapped by URL parsers, each in its own way.
  if (!/^[!-[\]-~]*$/.test(text)) throw bad('the URL holds white space, a backslash or letters beyond ASCII', idnRemedy(text))
  const [, scheme, authority = ''] = SHAPE.exec(text) ?? []
  if (scheme === undefined) throw bad('the URL does not begin with https://')
  if (authority.includes('@')) throw bad('the URL carries a user name or password', 'Leave it off: requests are signed.')
  if (authority.includes('%')) throw bad('the host of the URL is percent-encoded', 'Write the host as plain letters.')
  const [, written, portText] = HOST_AND_PORT.exec(authority) ?? []
  if (written === undefined || written === '') throw bad('the URL names no host')
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username !== '' || url.password !== '') throw bad('the host of the URL is neither a name nor an IP address')
  const host = written.toLowerCase()
  if (url.hostname !== host) {
    throw bad(`the host is written ${JSON.stringify(written)} and means ${JSON.stringify(url.hostname)}`, `Write ${url.hostname}.`)
  }
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  const literal = isIP(bare) !== 0
  if (host.endsWith('.')) throw bad('the host ends in a dot', `Write ${host.replace(/\.+$/, '')}.`)
  if (!literal && !NAME.test(host)) throw bad(`${JSON.stringify(written)} is no host name`)
  const secure = scheme === 'https'
  const port = portText === undefined ? (secure ? 443 : 80) : Number(portText)
  if (port < 1 || port > 65_535) throw bad(`${portText} is no port`, 'Ports are 1 to 65535.')
  return { url, secure, host: bare, port, literal }
}

function idnRemedy(text: string): string {
  const ascii = URL.canParse(text) ? new URL(text).hostname : ''
  return ascii.startsWith('xn--') || ascii.includes('.xn--') ? `Write the host as ${ascii}.` : 'Write it in plain ASCII.'
}

function bad(message: string, remedy = 'Give a URL such as https://receiver.example/cordon.'): CordonError {
  return new CordonError('outbound/url', message, { place: { field: 'url' }, remedy })
}
