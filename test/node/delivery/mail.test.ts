import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { type ClaimedMessage, type MailServer, mailSender, type Outcome, parseMailServer } from '../../../src/node/delivery/index.ts'
import { selfSigned } from '../outbound/certificate.ts'

type Mail = {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
  readonly secure: boolean
  readonly user: unknown
}

const pair = selfSigned(['localhost'], ['127.0.0.1'])
const got: Mail[] = []
const servers: SMTPServer[] = []

async function serve(options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    ...pair,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => done(password === 'right' ? null : new Error('no'), { user: username }),
    onData: (stream, { envelope, secure, user }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        got.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString(),
          secure,
          user,
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.server.address() as AddressInfo).port
}

afterEach(async () => {
  got.length = 0
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
})

const message: ClaimedMessage = {
  id: '0198c0de-0000-7000-8000-000000000001',
  event: 'alert.opened',
  object: '0198c0de-0000-7000-8000-000000000002',
  endpoint: '0198c0de-0000-7000-8000-000000000003',
  person: '0198c0de-0000-7000-8000-000000000004',
  organisation: 'police',
  enqueuedAt: '2026-02-21T14:13:35.000Z',
  channel: 'mail',
  target: 'desk@agency.example',
  secrets: [],
  attempts: 1,
  refusals: 0,
  lease: '0198c0de-0000-7000-8000-000000000005',
  failing: false,
}
const content = { subject: 'Alert: 도난 자금 이동', text: 'Value moved.\n.\nSee the node.', data: {} }
const server = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: null,
  password: null,
  ...more,
})

function send(to: MailServer, more: Partial<ClaimedMessage> = {}, rendered = content, authorities = [pair.cert]): Promise<Outcome> {
  const sender = mailSender({ server: to, from: 'cordon@node.example', timeout: 1_000, authorities })
  return sender({ ...message, ...more }, rendered, new AbortController().signal)
}

const header = (text: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(text.split('\r\n\r\n')[0] as string)?.[1]

describe('mail', () => {
  it('is plain text to one recipient, with an id that stays the same in every attempt', async () => {
    const port = await serve({ disabledCommands: ['STARTTLS'] })
    for (const attempts of [1, 2]) expect(await send(server(port), { attempts })).toEqual({ kind: 'delivered', status: 250 })
    expect(got).toHaveLength(2)
    for (const { from, to, text } of got) {
      expect([from, to]).toEqual(['cordon@node.example', ['desk@agency.example']])
      expect(header(text, 'To')).toBe('desk@agency.example')
      expect(header(text, 'Message-ID')).toBe('<0198c0de-0000-7000-8000-000000000001@node.example>')
      expect(header(text, 'List-Id')).toBe('Cordon <cordon.node.example>')
      expect(header(text, 'Auto-Submitted')).toBe('auto-generated')
      expect(header(text, 'Date')).toBe('Sat, 21 Feb 2026 14:13:35 +0000')
      expect(header(text, 'Content-Type')).toMatch(/^text\/plain; charset=utf-8/)
      expect(Buffer.from(/=\?UTF-8\?B\?([^?]*)\?=/.exec(header(text, 'Subject') as string)?.[1] as string, 'base64').toString()).toContain(
        '도난',
      )
      expect(text).toContain('Value moved.\r\n.\r\nSee the node.')
    }
    expect(header(got[0]!.text, 'Message-ID')).toBe(header(got[1]!.text, 'Message-ID'))
  })

  it('goes over TLS, and over STARTTLS, with a password', async () => {
    const port = await serve({ secure: true })
    const start = await serve()
    const login = { user: 'node', password: 'right' }
    expect(await send(server(port, { security: 'tls', ...login }))).toEqual({ kind: 'delivered', status: 250 })
    expect(await send(server(start, { security: 'starttls', ...login }))).toEqual({ kind: 'delivered', status: 250 })
    expect(got.map(({ secure, user }) => [secure, user])).toEqual([
      [true, 'node'],
      [true, 'node'],
    ])
  })

  it('is not sent in the clear to a server that has no STARTTLS, or strips it', async () => {
    const port = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    expect((await send(server(port, { security: 'starttls', user: 'node', password: 'right' }))).kind).toBe('retry')
    expect(got).toEqual([])
  })

  it('is not sent to a server that nobody vouches for', async () => {
    for (const security of ['tls', 'starttls'] as const) {
      const port = await serve({ secure: security === 'tls' })
      expect((await send(server(port, { security }), {}, content, [])).kind).toBe('retry')
    }
    expect(got).toEqual([])
  })

  it.each([
    [{ target: 'desk@agency.example\r\nBcc: all@agency.example' }],
    [{ target: 'desk@agency.example, all@agency.example' }],
    [{ target: '"desk@evil.example x"@agency.example' }],
    [{ target: 'desk@agency.example> SIZE=1' }],
    [{ target: 'desk' }],
  ])('is refused to an address that is not one plain address: %j', async (more) => {
    const port = await serve({ disabledCommands: ['STARTTLS'] })
    expect((await send(server(port), more)).kind).toBe('refused')
    expect(got).toEqual([])
  })

  it.each(['Alert\r\nBcc: all@agency.example', 'Alert\nX: y', 'Alert\rX', 'Alert\u0000', 'Alert\u2028X: y', '', '  ', 'x'.repeat(501)])(
    'is refused with a subject that is no line: %j',
    async (subject) => {
      const port = await serve({ disabledCommands: ['STARTTLS'] })
      expect((await send(server(port), {}, { ...content, subject })).kind).toBe('refused')
      expect(got).toEqual([])
    },
  )

  it('reads no file and no URL, whatever the content says', async () => {
    const port = await serve({ disabledCommands: ['STARTTLS'] })
    const text = { path: '/etc/passwd' } as unknown as string
    expect((await send(server(port), {}, { ...content, text })).kind).not.toBe('delivered')
    expect(got).toEqual([])
  })

  it('that the server puts off is tried again, what it refuses is not for long', async () => {
    const answering = (responseCode: number) =>
      serve({
        disabledCommands: ['STARTTLS'],
        onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
      })
    expect(await send(server(await answering(451)))).toEqual({ kind: 'retry', status: 451, reason: 'the mail server answered 451' })
    expect(await send(server(await answering(550)))).toEqual({ kind: 'refused', status: 550, reason: 'the mail server answered 550' })
  })

  it('is tried again when the operator’s own server or password fails', async () => {
    const port = await serve({ secure: true })
    expect(await send(server(port, { security: 'tls', user: 'node', password: 'wrong' }))).toMatchObject({ kind: 'retry', status: 535 })
    expect(await send(server(1))).toMatchObject({ kind: 'retry', status: null })
    const hanging = await serve({ disabledCommands: ['STARTTLS'], onMailFrom: () => {} })
    expect(await send(server(hanging))).toMatchObject({ kind: 'retry', status: null })
  })
})

describe('the mail server of the configuration', () => {
  it('speaks TLS, or STARTTLS, or nothing of it on loopback', () => {
    expect(parseMailServer('smtps://node:a%40b@mail.example')).toEqual({
      host: 'mail.example',
      port: 465,
      security: 'tls',
      user: 'node',
      password: 'a@b',
    })
    expect(parseMailServer('smtp://mail.example')).toEqual({
      host: 'mail.example',
      port: 587,
      security: 'starttls',
      user: null,
      password: null,
    })
    expect(parseMailServer('smtp://[::1]:2525?security=none')).toEqual({
      host: '::1',
      port: 2525,
      security: 'none',
      user: null,
      password: null,
    })
  })

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example?security=none',
    'smtps://127.0.0.1?security=none',
    'smtp://127.0.0.1?tls=off',
    'smtp://mail.example/path',
    'smtp://user@mail.example',
  ])('is refused: %s', (text) => {
    expect(() => parseMailServer(text)).toThrow(expect.objectContaining({ code: 'mail/server' }))
  })
})
