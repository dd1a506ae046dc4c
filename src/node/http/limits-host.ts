import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CordonError } from '../../chain/index.ts'
import { type Config, isLoopback } from '../config/index.ts'

/**
 * Refuses a request that was not meant for this node. A page of another site whose name suddenly resolves to 127.0.0.1 (DNS rebinding) would otherwise be of the same origin as a node on loopback, and read what it says.
 *
 * @throws CordonError `node/misdirected`
 */
export function checkHost(request: FastifyRequest, config: Config): void {
  const host = request.raw.headers.host ?? ''
  if (!isLoopback(config.listen.host) || isOfLoopback(host, request.raw.socket.localPort) || host === publicHost(config)) return
  throw new CordonError('node/misdirected', `the request is for the host ${JSON.stringify(host.slice(0, 200))}, which is not this node`, {
    place: { field: 'Host' },
    remedy: 'Use the address that the node printed, or set listen.publicUrl to the one under which it is reached.',
  })
}

/** The origins under which a browser may work with the node: its public address, and where it listens unless that is to the world. */
export function ownOrigins(request: FastifyRequest, config: Config): readonly string[] {
  const { publicUrl, host } = config.listen
  const listening = `${(request.raw.socket as TLSSocket).encrypted ? 'https' : 'http'}://${request.raw.headers.host ?? ''}`
  if (publicUrl === null) return [listening]
  return isLoopback(host) ? [publicUrl, listening] : [publicUrl]
}

/** Where a browser that asked for `host` finds this node again: the public address, or where it listens. */
export function ownUrl(app: FastifyInstance, { listen, tls }: Config, host: string | undefined): string {
  if (listen.publicUrl !== null) return listen.publicUrl
  const { port } = app.server.address() as AddressInfo
  return `${tls.certificate === null ? 'http' : 'https'}://${host ?? `${listen.host}:${port}`}`
}

function isOfLoopback(host: string, port: number | undefined): boolean {
  const [, name, given] = /^(\[::1\]|localhost|[\d.]+)(?::(\d{1,5}))?$/i.exec(host) ?? []
  return (
    name !== undefined &&
    isLoopback(name.toLowerCase().replace(/^\[(.*)\]$/, '$1')) &&
    (given === undefined ? port === 80 || port === 443 : Number(given) === port)
  )
}

function publicHost({ listen }: Config): string | null {
  return listen.publicUrl === null ? null : new URL(listen.publicUrl).host
}
