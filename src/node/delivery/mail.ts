import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { CordonError } from '../../chain/index.ts'
import { classifyAddress } from '../outbound/index.ts'
import { checkMailAddress } from './mail-address.ts'
import type { Send } from './outbox.ts'
import type { Outcome } from './schedule.ts'

/** The operator's mail server. */
export type MailServer = {
  readonly host: string
  readonly port: number
  /** TLS from the first byte, TLS after STARTTLS (never without), or none. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string | null
  readonly password: string | null
}

export type MailOptions = {
  readonly server: MailServer
  /** One plain address; its domain names the list and the messages. */
  readonly from: string
  /** Milliseconds for each step of the conversation. */
  readonly timeout: number
  /** Certificate authorities (PEM) beside those that Node carries. */
  readonly authorities: readonly string[]
}

/** Longest text of a mail, in UTF-16 units. */
const LONGEST = 200_000

/**
 * Reads the server out of the configuration: `smtps://user:secret@host` (TLS, port 465), `smtp://user:secret@host` (STARTTLS demanded, port 587), or on loopback alone `smtp://127.0.0.1:25?security=none`.
 *
 * @throws CordonError `mail/server`
 */
export function parseMailServer(text: string): MailServer {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    throw badServer('it is no smtp:// or smtps:// URL')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const plain = url.search === '?security=none'
  if ((url.search !== '' && !plain) || (url.pathname !== '' && url.pathname !== '/')) throw badServer('something follows the host')
  const loopback = host === 'localhost' || classifyAddress(host)?.range === 'loopback'
  if (plain && (!loopback || url.protocol === 'smtps:')) throw badServer('security=none is for smtp:// on loopback')
  if ((url.username === '') !== (url.password === '')) throw badServer('a user needs a password')
  const security = plain ? 'none' : url.protocol === 'smtps:' ? 'tls' : 'starttls'
  return {
    host,
    port: url.port === '' ? { tls: 465, starttls: 587, none: 25 }[security] : Number(url.port),
    security,
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
  }
}

/**
 * Sends messages as plain-text mail, one recipient each. `Message-ID` is made of the message's id and stays the same in every attempt, so that mail systems and people can tell a repeat; `List-Id` (RFC 2919) lets them be
 * sorted, `Auto-Submitted` (RFC 3834) keeps answering machines quiet.
 *
 * @throws CordonError `mail/address` where `from` is no plain address
 */
export function mailSender({ server, from, timeout, authorities }: MailOptions): Send {
  checkMailAddress(from)
  const domain = from.slice(from.indexOf('@') + 1)
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
      ...(authorities.length === 0 ? {} : { ca: [...authorities] }),
    },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    // Content is text and nothing else: no part of it may name a file or a URL to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async (message, { subject, text }): Promise<Outcome> => {
    try {
      checkMailAddress(message.target)
      checkContent(subject, text)
      await transport.sendMail({
        from,
        to: message.target,
        envelope: { from, to: message.target },
        messageId: `<${message.id}@${domain}>`,
        date: new Date(message.enqueuedAt),
        subject,
        text,
        headers: { 'List-Id': `Cordon <cordon.${domain}>`, 'Auto-Submitted': 'auto-generated', 'Cordon-Event': message.event },
      })
      return { kind: 'delivered', status: 250 }
    } catch (error) {
      return outcomeOfError(error)
    }
  }
}

/** A line break in a header begins the next one, or the body: refused rather than cleaned, since somebody put it there. */
function checkContent(subject: string, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (subject.trim() === '' || subject.length > 500 || /[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(subject)) {
    throw new CordonError('mail/subject', 'the subject is empty, too long, or more than one line')
  }
  if (text.length > LONGEST || text.includes('\u0000'))
    throw new CordonError('mail/text', `the text is longer than ${LONGEST} characters, or binary`)
}

/** RFC 5321, section 4.2.1: 4yz may pass, 5yz does not. Trouble with the operator's own server or password is never held against the recipient. */
function outcomeOfError(error: unknown): Outcome {
  if (error instanceof CordonError) return { kind: 'refused', status: null, reason: error.message }
  const { responseCode, code } = (error ?? {}) as { responseCode?: number; code?: string }
  const status = typeof responseCode === 'number' ? responseCode : null
  const word = typeof code === 'string' ? code : 'unknown'
  if (status !== null && status >= 500 && (word === 'EENVELOPE' || word === 'EMESSAGE'))
    return { kind: 'refused', status, reason: `the mail server answered ${status}` }
  return {
    kind: 'retry',
    status,
    reason: status === null ? `the mail server cannot be used (${word})` : `the mail server answered ${status}`,
  }
}

function badServer(message: string): CordonError {
  return new CordonError('mail/server', `mail.server cannot be used: ${message}`, {
    place: { field: 'mail.server' },
    remedy:
      'Write smtps://user:secret@host, smtp://user:secret@host (with STARTTLS), or smtp://127.0.0.1:25?security=none for a relay on this machine.',
  })
}
