import { readFileSync } from 'node:fs'
import type { ServerOptions } from 'node:https'
import { CordonError } from '../../chain/index.ts'
import type { Config } from '../config/index.ts'

/**
 * What TLS is served with, or null for plain HTTP. A client certificate is asked for where authorities are configured; who shows a bad one is nobody, and is not let in at all where one is required.
 *
 * @throws CordonError `node/bad-config` for a file that cannot be read
 */
export function tlsOptions({ tls }: Config): ServerOptions | null {
  if (tls.certificate === null || tls.key === null) return null
  return {
    cert: pem('tls.certificate', tls.certificate),
    key: pem('tls.key', tls.key),
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
    ...(tls.clientCa !== null && {
      ca: pem('tls.clientCa', tls.clientCa),
      requestCert: true,
      rejectUnauthorized: tls.requireClientCertificate,
    }),
  }
}

function pem(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new CordonError('node/bad-config', `${setting}: the file cannot be read: ${(cause as Error).message}`, {
      place: { file },
      remedy: 'Give a PEM file that the user of the node may read.',
      cause,
    })
  }
}
