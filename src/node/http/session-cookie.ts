import type { SerializeOptions } from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/index.ts'
import type { NewSession } from '../people/sessions.ts'

/** What the node keeps in a browser: the session; that somebody signed in here before; which sign-in at a provider this browser began. */
type Kept = 'session' | 'device' | 'oidc'

/** A sign-in at a provider comes back from another site, so its cookie must come along (Lax); the others never do. */
const SAME_SITE = { session: 'strict', device: 'strict', oidc: 'lax' } as const
/** Seconds. The session's cookie goes when the browser closes; its end is the database's matter. */
const MAX_AGE = { device: 180 * 24 * 3600, oidc: 600 } as const

/** Whether browsers reach the node by TLS: its own, or that of a proxy at its public address. */
export function isSecure({ tls, listen }: Config): boolean {
  return tls.certificate !== null || listen.publicUrl?.startsWith('https://') === true
}

/** The name of a cookie. `__Host-` ties it to this host over TLS (RFC 6265bis, section 4.1.3.2); plain HTTP, on loopback alone, cannot have it. */
export function cookieName(config: Config, kept: Kept = 'session'): string {
  return `${isSecure(config) ? '__Host-' : ''}cordon-${kept}`
}

/** The value of a cookie, or null. */
export function cookieOf(request: FastifyRequest, config: Config, kept: Kept): string | null {
  return request.cookies[cookieName(config, kept)] ?? null
}

/** The token of the session's cookie, or null. */
export function sessionToken(request: FastifyRequest, config: Config): string | null {
  return cookieOf(request, config, 'session')
}

/** Puts a cookie into the browser. */
export function setCookie(reply: FastifyReply, config: Config, kept: Kept, value: string): void {
  const age = kept === 'session' ? {} : { maxAge: MAX_AGE[kept] }
  reply.setCookie(cookieName(config, kept), value, { ...attributes(config, kept), ...age })
}

/** Puts a new session into the browser. */
export function setSession(reply: FastifyReply, config: Config, { token }: Pick<NewSession, 'token'>): void {
  setCookie(reply, config, 'session', token)
}

/** Takes a cookie from the browser. */
export function clearCookie(reply: FastifyReply, config: Config, kept: Kept): void {
  reply.clearCookie(cookieName(config, kept), attributes(config, kept))
}

/** The header that takes the session's cookie from the browser. */
export function clearingCookie(app: FastifyInstance, config: Config): string {
  return app.serializeCookie(cookieName(config), '', { ...attributes(config, 'session'), expires: new Date(0) })
}

function attributes(config: Config, kept: Kept): SerializeOptions {
  return { path: '/', httpOnly: true, secure: isSecure(config), sameSite: SAME_SITE[kept] }
}
