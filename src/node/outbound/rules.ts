import { CordonError } from '../../chain/index.ts'
import { type AddressRange, type ClassifiedAddress, classifyAddress, inNetwork, type Network, parseNetwork } from './addresses.ts'
import type { Target } from './target.ts'

/** One exception that the operator makes. It holds for a request as a whole: that a port is open to one host and a network to another opens neither for a third. */
export type Allow = {
  /** Lower-case name; null for any host. */
  readonly host: string | null
  /** Ranges and networks in which the host may lie beside the public internet. */
  readonly ranges: readonly AddressRange[]
  readonly networks: readonly Network[]
  /** A port beside 443 (and beside 80 where `http`). */
  readonly port: number | null
  /** Whether plain HTTP will do. */
  readonly http: boolean
}

/** What needs nobody's word: HTTPS at its own port, at public addresses. */
const ALWAYS: Allow = { host: null, ranges: [], networks: [], port: null, http: false }

/** Where a host that the operator names may lie. Link-local addresses are left out: what answers there is a cloud's metadata service, and whoever wants that gives the network itself. */
const OWN_RANGES: readonly AddressRange[] = ['loopback', 'private', 'carrier-nat']

const SHAPE = /^(http:\/\/)?(\*|\[[0-9a-f:./]+\]|[^:[\]]+|[0-9a-f:./]+)(?::(\d{1,5}))?$/
/** The last part begins with a letter: `0x7f.1` is an address in disguise. */
const NAME = /^([a-z0-9_-]+\.)*[a-z][a-z0-9_-]*$/

/**
 * Reads the operator's exceptions, one text each:
 *
 * - `siem.internal`, `siem.internal:8443`: that host may lie in loopback, private or carrier-NAT ranges, at 443 or that port
 * - `10.1.0.0/16`, `10.1.2.3:8443`, `fd00::/8`, `[fd00::1]:8443`: any host may lie in that network
 * - `*:8443`: any host on the public internet, at that port
 * - `http://` before any of them: plain HTTP will do too
 *
 * @throws CordonError `outbound/allow`
 */
export function parseAllow(texts: readonly string[]): readonly Allow[] {
  return texts.map((text, i) => {
    const bad = (message: string) =>
      new CordonError('outbound/allow', `${JSON.stringify(text.slice(0, 100))} allows nothing: ${message}`, {
        place: { field: `outbound.allow[${i}]` },
        remedy: 'Write siem.internal:8443, 10.1.0.0/16, [fd00::1]:8443 or *:8443, with http:// before it where plain HTTP will do.',
      })
    const [, scheme, place = '', portText] = SHAPE.exec(text) ?? []
    if (place === '') throw bad('it is neither a host nor a network')
    const port = portText === undefined ? null : Number(portText)
    if (port !== null && (port < 1 || port > 65_535)) throw bad(`${port} is no port`)
    const common = { port, http: scheme !== undefined }
    if (place === '*') {
      if (port === null && !common.http) throw bad('any host may be called at 443 anyway')
      return { ...ALWAYS, ...common }
    }
    const bare = place.startsWith('[') ? place.slice(1, -1) : place
    const network = parseNetwork(bare.includes('/') ? bare : `${bare}/${bare.includes(':') ? 128 : 32}`)
    if (network !== null) return { ...ALWAYS, ...common, networks: [network] }
    if (!NAME.test(place) || classifyAddress(bare) !== null)
      throw bad('it is neither a host name in lower case nor a network without bits behind its prefix')
    return { ...ALWAYS, ...common, host: place, ranges: OWN_RANGES }
  })
}

/**
 * The exceptions (and what is always allowed) that cover scheme, port and host of a request; its addresses remain to be judged.
 *
 * @throws CordonError `outbound/not-allowed`
 */
export function fitting({ secure, port, host }: Target, allow: readonly Allow[]): readonly Allow[] {
  const named = [ALWAYS, ...allow].filter((each) => each.host === null || each.host === host)
  const schemes = named.filter((each) => secure || each.http)
  if (schemes.length === 0)
    throw refused('the URL is http, not https', 'Use https, or have the operator allow plain HTTP to this host (outbound.allow).')
  const usual = secure ? 443 : 80
  const ports = schemes.filter((each) => port === usual || port === each.port)
  if (ports.length > 0) return ports
  throw refused(`port ${port} is not allowed`, `Use port ${usual}, or have the operator allow it (outbound.allow).`)
}

/**
 * Refuses a host if any of its addresses lies outside the public internet and outside what one exception covers: an attacker's name may well have one good address among the bad. The message
 * says what kind of address it is and not which: names of the operator's network are not for everybody who may write a webhook.
 *
 * @throws CordonError `outbound/address`
 */
export function judgeAddresses(addresses: readonly (ClassifiedAddress | null)[], candidates: readonly Allow[]): void {
  if (candidates.some((allow) => addresses.every((each) => covers(allow, each)))) return
  const worst = addresses.find((each) => each?.range !== 'public')
  const word = worst?.range ?? 'unreadable'
  throw new CordonError(
    'outbound/address',
    `the host lies at ${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} address, which this node does not call`,
    {
      place: { field: 'url' },
      remedy: 'Use a host on the public internet, or have the operator allow its network (outbound.allow).',
    },
  )
}

function covers({ ranges, networks }: Allow, address: ClassifiedAddress | null): boolean {
  if (address === null) return false
  return address.range === 'public' || ranges.includes(address.range) || networks.some((network) => inNetwork(address, network))
}

function refused(message: string, remedy: string): CordonError {
  return new CordonError('outbound/not-allowed', message, { place: { field: 'url' }, remedy })
}
