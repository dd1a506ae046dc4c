import { isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Where in the address plan an IP address lies, after IANA's special-purpose registries (RFC 6890 and its updates). Only `public` may be reached without the operator's word:
 * everything else is the node's own machine, its neighbours, its cloud's control plane, or nobody.
 */
export type AddressRange =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'carrier-nat'
  | 'unspecified'
  | 'multicast'
  | 'documentation'
  /** An IPv6 address that carries an IPv4 one in a tunnel or a local translator (6to4, Teredo, IPv4-compatible, 64:ff9b:1::/48): where it ends cannot be judged. */
  | 'tunnel'
  /** A cloud's control plane that answers at an address of the public range. */
  | 'platform'
  | 'reserved'

export type ClassifiedAddress = {
  readonly range: AddressRange
  /** The address that a packet ends at, in canonical form: of an IPv4-mapped or NAT64 address the IPv4 one inside. */
  readonly address: string
}

/** Names of ipaddr.js that mean the same here. All that is not named is `reserved`. */
const RANGES: Readonly<Record<string, AddressRange>> = {
  unicast: 'public',
  loopback: 'loopback',
  private: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  linkLocal: 'link-local',
  carrierGradeNat: 'carrier-nat',
  unspecified: 'unspecified',
  broadcast: 'multicast',
  multicast: 'multicast',
  '6to4': 'tunnel',
  teredo: 'tunnel',
  rfc6145: 'tunnel',
}

/** RFC 5737, RFC 3849, RFC 9637. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map((text) =>
  ipaddr.parseCIDR(text),
)
/** Azure's "wire server", the one control plane of a large cloud outside link-local and private ranges. */
const PLATFORM = new Set(['168.63.129.16'])
/** RFC 6052, section 2.1: the well-known prefix of NAT64. Behind it every IPv4 host looks like this to a node on an IPv6-only network. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')
/** All that IANA has given out for the public IPv6 internet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * The range of an address as a resolver or a socket writes it; null where the text is no IP address in its usual form. IPv4-mapped (`::ffff:a.b.c.d`) and NAT64 addresses are judged by the IPv4 address inside.
 */
export function classifyAddress(text: string): ClassifiedAddress | null {
  // A zone (`fe80::1%eth0`) names an interface of this machine: such an address is never another's.
  const [plain = '', zone] = text.split('%')
  const parsed = parseAddress(plain)
  if (parsed === null) return null
  if (zone !== undefined) return { range: 'link-local', address: plain }
  const address = innermost(parsed)
  return { range: rangeOf(address), address: address.toString() }
}

/** A network in CIDR form (`10.1.0.0/16`, `fd00::/8`); null where the text is none or has bits set behind its prefix, which is mostly a slip. */
export function parseNetwork(text: string): Network | null {
  const [address = '', bits, more] = text.split('/')
  if (bits === undefined || more !== undefined || !/^\d{1,3}$/.test(bits)) return null
  const parsed = parseAddress(address)
  if (parsed === null || Number(bits) > (parsed.kind() === 'ipv4' ? 32 : 128)) return null
  const first = parsed.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text)
  return first.toString() === parsed.toString() ? { text, range: [parsed, Number(bits)] } : null
}

export type Network = { readonly text: string; readonly range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number] }

/** Whether an address lies in a network; one of another family never does. */
export function inNetwork({ address }: ClassifiedAddress, { range: [base, bits] }: Network): boolean {
  const parsed = parseAddress(address)
  return parsed !== null && parsed.kind() === base.kind() && parsed.match(base as ipaddr.IPv4, bits)
}

/** Four decimal numbers, or IPv6: ipaddr.js would also take `127.1`, `0x7f.1` and `017700000001`. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  if (!isIPv6(text) || text.includes('%')) return null
  // ipaddr.js reads `::1.2.3.4` as IPv4-mapped, which it is not: the URL parser writes it in hexadecimal first.
  return ipaddr.IPv6.parse(new URL(`http://[${text}]`).hostname.slice(1, -1))
}

function innermost(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!isV6(address)) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (address.match(NAT64)) return ipaddr.fromByteArray(address.toByteArray().slice(12))
  return address
}

function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressRange {
  if (PLATFORM.has(address.toString())) return 'platform'
  if (DOCUMENTATION.some(([base, bits]) => base.kind() === address.kind() && address.match(base as ipaddr.IPv4, bits)))
    return 'documentation'
  const range = RANGES[address.range()] ?? 'reserved'
  if (!isV6(address)) return range
  // 64:ff9b:1::/48 (RFC 8215) and ::/96 (IPv4-compatible, RFC 4291 section 2.5.5.1) hold IPv4 addresses too.
  if (address.range() === 'rfc6052' || (range === 'public' && address.match(ipaddr.IPv6.parse('::'), 96))) return 'tunnel'
  return range === 'public' && !address.match(GLOBAL_UNICAST) ? 'reserved' : range
}

function isV6(address: ipaddr.IPv4 | ipaddr.IPv6): address is ipaddr.IPv6 {
  return address.kind() === 'ipv6'
}
