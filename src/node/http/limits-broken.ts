import type { Socket } from 'node:net'
import type { Config } from '../config/index.ts'
import { securityHeaders } from './headers.ts'

const ANSWERS: Readonly<Record<string, readonly [status: number, phrase: string, code: string, remedy: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'node/timeout', 'Send the request at once.'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'node/header-too-large', 'Send fewer and shorter headers.'],
}
const BROKEN = [400, 'Bad Request', 'node/bad-request', 'Send HTTP/1.1 as RFC 9112 says.'] as const

/** Answers what is no HTTP, too much of it or too slow, as far as the other side still listens, and closes the connection. */
export function brokenRequest(config: Config): (error: Error & { code?: string }, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return void socket.destroy()
    const [status, phrase, code, remedy] = ANSWERS[error.code ?? ''] ?? BROKEN
    const body = JSON.stringify({ type: `/problems/${code}`, title: phrase, status, code, remedy })
    const headers = {
      ...securityHeaders(config),
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': body.length,
      connection: 'close',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    if (socket.writable) socket.write(`HTTP/1.1 ${status} ${phrase}\r\n${lines.join('')}\r\n${body}`)
    socket.destroySoon()
  }
}
