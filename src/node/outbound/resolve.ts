import { lookup, Resolver } from 'node:dns/promises'

/** Answers of a name server that mean "I do not know this name", as opposed to none at all. */
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

/**
 * All addresses of a name, IPv4 before IPv6. Name servers are asked without the operating system's look-up, of which only two run at once: a few names whose servers never answer would hold up every other
 * request. Names that the servers do not know (those of the hosts file, names without a dot) are looked up as the system does.
 *
 * @throws the error of the resolver (`ENOTFOUND`, `ETIMEOUT` …)
 */
export async function resolveName(host: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found = [v4, v6].flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  if (found.length > 0) return found
  const failed = [v4, v6].find((each) => each.status === 'rejected' && !UNKNOWN.has((each.reason as { code?: string }).code ?? ''))
  if (failed?.status === 'rejected' && host.includes('.')) throw failed.reason
  return (await lookup(host, { all: true, order: 'ipv4first' })).map(({ address }) => address)
}
