import type { AddressInfo } from 'node:net'
import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type Config, isLoopback } from '../../config/index.ts'
import type { PasskeySite } from '../../people/passkeys.ts'

/**
 * The node as authenticators see it, or null where it offers no passkeys: they are bound to a name, and no address will do (Web Authentication Level 3, section 5.1.2). The name is that of `listen.publicUrl`; without one it is `localhost`, for a node on loopback.
 */
export function passkeySite(app: FastifyInstance, { listen, tls, home, signIn }: Config): PasskeySite | null {
  if (!signIn.passkeys) return null
  if (listen.publicUrl !== null) {
    const { hostname, origin } = new URL(listen.publicUrl)
    return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 ? { name: home.name, id: hostname, origins: [origin] } : null
  }
  if (!isLoopback(listen.host)) return null
  const { port } = app.server.address() as AddressInfo
  return {
    name: home.name,
    id: 'localhost',
    origins: [new URL(`${tls.certificate === null ? 'http' : 'https'}://localhost:${port}`).origin],
  }
}
