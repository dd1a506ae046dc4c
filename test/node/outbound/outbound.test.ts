import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkUrl, customFetch, guardedFetch, OUTBOUND, type OutboundRules, parseAllow } from '../../../src/node/outbound/index.ts'
import { selfSigned } from './certificate.ts'

type Seen = { method: string; path: string; host: string; headers: IncomingMessage['headers']; body: string }

const pair = selfSigned(['receiver.example'], ['127.0.0.1'])
const servers: { close(): unknown }[] = []
const seen: Seen[] = []
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {}
let securePort = 0
let plainPort = 0

const listener: RequestListener = (request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { method = '', url = '', headers } = request
    seen.push({ method, path: url, host: headers.host ?? '', headers, body: Buffer.concat(parts).toString() })
    answer(request, response)
  })
}

async function listening(server: Server | ReturnType<typeof createSocketServer>): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  securePort = await listening(createSecureServer(pair, listener))
  plainPort = await listening(createServer(listener))
})
afterAll(() => {
  for (const server of servers) {
    ;(server as Server).closeAllConnections?.()
    server.close()
  }
})

const loopback = (scheme = ''): readonly string[] => [`${scheme}127.0.0.0/8:${securePort}`, `${scheme}127.0.0.0/8:${plainPort}`]

function rules(allow: readonly string[] = [], more: Partial<OutboundRules> = {}): OutboundRules {
  return { ...OUTBOUND, allow: parseAllow(allow), authorities: [pair.cert], resolve: async () => ['127.0.0.1'], timeout: 2_000, ...more }
}

const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' }
const code = (code: string) => expect.objectContaining({ name: 'CordonError', code })

async function refusedBeforeSending(url: string, given: OutboundRules, expected: string): Promise<void> {
  seen.length = 0
  await expect(guardedFetch(url, post, given), url).rejects.toEqual(code(expected))
  expect(seen, url).toEqual([])
}

describe('an allowed request', () => {
  it('reaches the receiver over TLS under its name, with method, headers and body', async () => {
    seen.length = 0
    answer = (_, response) => response.writeHead(202, { 'x-a': '1' }).end('taken')
    const got = await guardedFetch(`https://receiver.example:${securePort}/in?x=1`, post, rules(loopback()))
    expect(got.status).toBe(202)
    expect(got.headers.get('x-a')).toBe('1')
    expect(Buffer.from(got.body).toString()).toBe('taken')
    expect(seen).toEqual([
      expect.objectContaining({ method: 'POST', path: '/in?x=1', host: `receiver.example:${securePort}`, body: '{"a":1}' }),
    ])
    expect(seen[0]?.headers).toMatchObject({ 'content-length': '7', 'accept-encoding': 'identity' })
  })

  it('goes to an address written out, with the certificate checked for it', async () => {
    answer = (_, response) => response.end('ok')
    expect((await guardedFetch(`https://127.0.0.1:${securePort}/`, post, rules(loopback()))).status).toBe(200)
  })

  it('is refused when the certificate is not for the name, or nobody vouches for it', async () => {
    await refusedBeforeSending(`https://other.example:${securePort}/`, rules(loopback()), 'outbound/tls')
    await refusedBeforeSending(`https://receiver.example:${securePort}/`, rules(loopback(), { authorities: [] }), 'outbound/tls')
  })

  it('ignores a proxy that the environment names', async () => {
    answer = (_, response) => response.end('ok')
    process.env.HTTPS_PROXY = 'http://127.0.0.1:9'
    process.env.NODE_USE_ENV_PROXY = '1'
    try {
      expect((await guardedFetch(`https://receiver.example:${securePort}/`, post, rules(loopback()))).status).toBe(200)
    } finally {
      delete process.env.HTTPS_PROXY
      delete process.env.NODE_USE_ENV_PROXY
    }
  })
})

describe('a name that resolves into the node’s own network', () => {
  it.each([
    ['loopback', ['127.0.0.1']],
    ['loopback', ['::1']],
    ['link-local', ['169.254.169.254']],
    ['private', ['10.0.0.8']],
    ['private', ['fd00:ec2::254']],
    ['carrier-nat', ['100.100.100.200']],
    ['platform', ['168.63.129.16']],
    ['loopback', ['::ffff:127.0.0.1']],
    ['link-local', ['64:ff9b::169.254.169.254']],
    ['tunnel', ['2002:7f00:1::']],
    ['unspecified', ['0.0.0.0']],
    ['unreadable', ['127.1']],
    ['loopback', ['93.184.215.14', '127.0.0.1']],
    ['private', ['2606:4700::1', '93.184.215.14', '192.168.0.1']],
  ])('is refused as %s: %s', async (word, addresses) => {
    seen.length = 0
    const attempt = guardedFetch(
      `https://receiver.example:${securePort}/`,
      post,
      rules([`*:${securePort}`], { resolve: async () => addresses }),
    )
    await expect(attempt).rejects.toEqual(code('outbound/address'))
    await expect(attempt).rejects.toThrow(word)
    for (const address of addresses) await expect(attempt).rejects.not.toThrow(address)
    expect(seen).toEqual([])
  })

  it('is refused for localhost as this machine resolves it', async () => {
    await refusedBeforeSending('https://localhost/', rules([], { resolve: OUTBOUND.resolve }), 'outbound/address')
  })

  it('is told when it does not resolve', async () => {
    await refusedBeforeSending('https://receiver.example/', rules([], { resolve: async () => [] }), 'outbound/dns')
    const none = async () => Promise.reject(new Error('ENOTFOUND'))
    await refusedBeforeSending('https://receiver.example/', rules([], { resolve: none }), 'outbound/dns')
  })
})

describe('an address written out', () => {
  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1]/',
    'https://0.0.0.0/',
    'https://255.255.255.255/',
  ])('is refused without a look-up: %s', async (url) => {
    const resolve = async () => Promise.reject(new Error('asked'))
    await refusedBeforeSending(url, rules([], { resolve }), 'outbound/address')
    expect(() => checkUrl(url, rules())).toThrow(code('outbound/address'))
  })
})

describe('a URL that means different things to different readers', () => {
  const tricks = [
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://127.0.0.01/',
    'https://[::ffff:127.0.0.1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::1%25lo]/',
    'https://[::1%lo]/',
    'https://receiver.example./',
    'https://receiver.example../',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://ⓛocalhost/',
    'https://localhos%74/',
    'https://%31%32%37.0.0.1/',
    'https://bücher.example/',
    'https://user@receiver.example/',
    'https://user:pass@receiver.example/',
    'https://receiver.example@127.0.0.1/',
    'https://receiver.example:443@127.0.0.1/',
    'https://receiver.example\\@127.0.0.1/',
    'https:\\\\127.0.0.1/',
    'https://127.0.0.1\\.receiver.example/',
    'https://receiver.example /',
    ' https://receiver.example/',
    'https://receiver.example/\r\nHost: a',
    'https://rece\tiver.example/',
    'https://receiver.example\u0000.internal/',
    'https:/receiver.example/',
    'https:receiver.example/',
    '//receiver.example/',
    'https:///receiver.example/',
    'https://',
    'https://:443/',
    'https://?x',
    'https://receiver.example:0/',
    'https://receiver.example:65536/',
    'https://receiver.example:443:80/',
    'https://receiver..example/',
    'https://-receiver.example/',
    'https://[receiver.example]/',
    'https://receiver.example,127.0.0.1/',
    'https://xn--/',
    'ftp://receiver.example/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:25/x',
    'data:text/plain,x',
    'javascript:alert(1)',
    'unix:/run/docker.sock',
    `https://receiver.example/${'a'.repeat(3000)}`,
    '',
  ]

  it.each(tricks)('is refused before anything is resolved: %j', async (url) => {
    const asked: string[] = []
    const given = rules(loopback('http://'), { resolve: async (host) => [asked.push(host), '127.0.0.1'].map(String) })
    await refusedBeforeSending(url, given, 'outbound/url')
    expect(() => checkUrl(url, given)).toThrow(code('outbound/url'))
    expect(asked).toEqual([])
  })

  it('is told how to write an international name', () => {
    expect(() => checkUrl('https://bücher.example/', rules())).toThrow(
      expect.objectContaining({ remedy: 'Write the host as xn--bcher-kva.example.' }),
    )
    expect(() => checkUrl('https://xn--bcher-kva.example/', rules())).not.toThrow()
  })
})

describe('what the operator allows', () => {
  it('is asked for plain HTTP and for every port but 443', () => {
    expect(() => checkUrl('http://receiver.example/', rules())).toThrow(code('outbound/not-allowed'))
    expect(() => checkUrl('https://receiver.example:8443/', rules())).toThrow(code('outbound/not-allowed'))
    expect(() => checkUrl('https://receiver.example:443/', rules())).not.toThrow()
    expect(() => checkUrl('http://receiver.example/', rules(['http://*']))).not.toThrow()
    expect(() => checkUrl('http://receiver.example:8080/', rules(['http://*']))).toThrow(code('outbound/not-allowed'))
    expect(() => checkUrl('http://receiver.example:8080/', rules(['http://*:8080']))).not.toThrow()
  })

  it('holds for its own host only', async () => {
    const given = rules([`siem.internal:${securePort}`])
    expect(() => checkUrl(`https://siem.internal:${securePort}/`, given)).not.toThrow()
    expect(() => checkUrl(`https://siem.internal.example:${securePort}/`, given)).toThrow(code('outbound/not-allowed'))
    expect(() => checkUrl(`https://receiver.example:${securePort}/`, given)).toThrow(code('outbound/not-allowed'))
    await refusedBeforeSending('https://receiver.example/', given, 'outbound/address')
  })

  it('lets a named host lie in the operator’s own network, but not at a metadata service', async () => {
    seen.length = 0
    answer = (_, response) => response.end('ok')
    expect((await guardedFetch(`https://receiver.example:${securePort}/`, post, rules([`receiver.example:${securePort}`]))).status).toBe(
      200,
    )
    for (const address of ['169.254.169.254', 'fe80::1', '168.63.129.16', '0.0.0.0']) {
      const given = rules([`receiver.example:${securePort}`], { resolve: async () => [address] })
      await refusedBeforeSending(`https://receiver.example:${securePort}/`, given, 'outbound/address')
    }
    expect(() => checkUrl('http://169.254.169.254/', rules(['http://169.254.169.254']))).not.toThrow()
  })

  it('covers a network by any host in it, IPv4 inside IPv6 too', () => {
    expect(() => checkUrl('https://10.1.2.3/', rules(['10.1.0.0/16']))).not.toThrow()
    expect(() => checkUrl('https://[64:ff9b::a01:203]/', rules(['10.1.0.0/16']))).not.toThrow()
    expect(() => checkUrl('https://10.2.2.3/', rules(['10.1.0.0/16']))).toThrow(code('outbound/address'))
    expect(() => checkUrl('https://[fd00::1]:8443/', rules(['[fd00::/8]:8443']))).not.toThrow()
    expect(() => checkUrl('https://[fd00::1]/', rules(['fd00::1']))).not.toThrow()
    expect(() => checkUrl('https://[fd00::2]/', rules(['fd00::1']))).toThrow(code('outbound/address'))
  })

  it('does not add up: a port of one exception and a network of another open neither for a third', async () => {
    await refusedBeforeSending(`https://receiver.example:${securePort}/`, rules([`*:${securePort}`, '127.0.0.0/8']), 'outbound/address')
  })

  it('covers every address of the name or the name is refused', async () => {
    const given = rules(loopback(), { resolve: async () => ['127.0.0.1', '10.0.0.1'] })
    await refusedBeforeSending(`https://receiver.example:${securePort}/`, given, 'outbound/address')
  })

  it.each([
    '10.0.0.1/8',
    '10.0.0.0/33',
    'fd00::/129',
    '127.1/8',
    '127.1',
    '0x7f.1',
    '10.0.0.1:0',
    'a.example:70000',
    'a.example:x',
    'Siem.Internal',
    'siem internal',
    'siem.internal/path',
    'https://siem.internal',
    'fe80::1%eth0',
    '*',
    '*.example',
    '',
  ])('is refused where it is written wrongly: %j', (text) => {
    expect(() => parseAllow([text])).toThrow(code('outbound/allow'))
  })
})

describe('DNS rebinding', () => {
  it('gains nothing: the name is resolved once, and the call goes to the address that was judged', async () => {
    seen.length = 0
    answer = (_, response) => response.end('ok')
    let asked = 0
    const resolve = async () => (asked++ === 0 ? ['127.0.0.1'] : ['127.0.0.2'])
    const got = await guardedFetch(`https://receiver.example:${securePort}/`, post, rules(loopback(), { resolve }))
    expect([got.status, asked, seen.length]).toEqual([200, 1, 1])
  })

  it('gains nothing on the next call either: that resolves anew and is judged anew', async () => {
    answer = (_, response) => response.writeHead(200, { connection: 'keep-alive' }).end('ok')
    let asked = 0
    const resolve = async () => (asked++ === 0 ? ['127.0.0.1'] : ['169.254.169.254'])
    const given = rules(loopback(), { resolve })
    expect((await guardedFetch(`https://receiver.example:${securePort}/`, post, given)).status).toBe(200)
    await refusedBeforeSending(`https://receiver.example:${securePort}/`, given, 'outbound/address')
  })
})

describe('a hostile answer', () => {
  const url = () => `https://receiver.example:${securePort}/`

  it.each([301, 302, 303, 307, 308, 300])('%i to the metadata service is an error and is not followed', async (status) => {
    seen.length = 0
    answer = (_, response) => response.writeHead(status, { location: `http://127.0.0.1:${plainPort}/latest/meta-data/` }).end()
    await expect(guardedFetch(url(), post, rules(loopback('http://')))).rejects.toEqual(code('outbound/redirect'))
    expect(seen).toHaveLength(1)
  })

  it('that never ends is cut off at the limit of its size', async () => {
    let closed = false
    answer = (_, response) => {
      response.on('close', () => {
        closed = true
      })
      const more = () => {
        while (!closed && response.write(Buffer.alloc(65_536))) {}
        if (!closed) response.once('drain', more)
      }
      more()
    }
    await expect(guardedFetch(url(), post, rules(loopback(), { maxBody: 200_000 }))).rejects.toEqual(code('outbound/too-large'))
    await expect.poll(() => closed).toBe(true)
  })

  it('that comes a byte at a time is cut off at the deadline', async () => {
    let closed = false
    answer = (_, response) => {
      response.write('x')
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => {
        clearInterval(timer)
        closed = true
      })
    }
    const began = performance.now()
    await expect(guardedFetch(url(), post, rules(loopback(), { timeout: 300 }))).rejects.toEqual(code('outbound/timeout'))
    expect(performance.now() - began).toBeLessThan(1_500)
    await expect.poll(() => closed).toBe(true)
  })

  it('that never begins is cut off at the deadline', async () => {
    answer = () => {}
    await expect(guardedFetch(url(), post, rules(loopback(), { timeout: 200 }))).rejects.toEqual(code('outbound/timeout'))
  })

  it('with a look-up that hangs is cut off at the deadline', async () => {
    const resolve = () => new Promise<string[]>(() => {})
    await expect(guardedFetch(url(), post, rules(loopback(), { timeout: 200, resolve }))).rejects.toEqual(code('outbound/timeout'))
  })

  it('with a huge head is refused', async () => {
    answer = (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end('ok')
    await expect(guardedFetch(url(), post, rules(loopback()))).rejects.toEqual(code('outbound/too-large'))
  })

  it('that is compressed against our word is refused, so that no bomb can go off', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('....')
    await expect(guardedFetch(url(), post, rules(loopback()))).rejects.toEqual(code('outbound/encoded'))
  })

  it('that breaks off is an error, not a short body', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    }
    await expect(guardedFetch(url(), post, rules(loopback()))).rejects.toEqual(code('outbound/connection'))
  })

  it('that is no HTTP, or switches protocols, is an error', async () => {
    const speak = async (text: string) => {
      const port = await listening(createSocketServer((socket: Socket) => void socket.on('error', () => {}).end(text)))
      return guardedFetch(`http://receiver.example:${port}/`, post, rules([`http://127.0.0.0/8:${port}`]))
    }
    await expect(speak('SSH-2.0-OpenSSH_9.6\r\n')).rejects.toEqual(code('outbound/connection'))
    await expect(speak('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')).rejects.toEqual(
      code('outbound/connection'),
    )
  })

  it('can be called off', async () => {
    answer = () => {}
    const signal = AbortSignal.timeout(50)
    await expect(guardedFetch(url(), { ...post, signal }, rules(loopback()))).rejects.toEqual(code('outbound/aborted'))
    await expect(guardedFetch(url(), { ...post, signal: AbortSignal.abort() }, rules(loopback()))).rejects.toEqual(code('outbound/aborted'))
  })
})

describe('the caller’s headers', () => {
  it.each([
    [{ 'x-a': 'b\r\nHost: evil' }],
    [{ 'x-a\r\nx-b': 'c' }],
    [{ 'x-a': 'b\u0000' }],
    [{ 'x-a': '한' }],
    [{ Host: '169.254.169.254' }],
    [{ 'Transfer-Encoding': 'chunked' }],
    [{ 'content-length': '0' }],
    [{ connection: 'upgrade' }],
  ])('cannot split the request or take over the connection: %j', async (headers) => {
    seen.length = 0
    const attempt = guardedFetch(`https://receiver.example:${securePort}/`, { ...post, headers: headers as any }, rules(loopback()))
    await expect(attempt).rejects.toEqual(code('outbound/request'))
    expect(seen).toEqual([])
  })
})

describe('the fetch for identity providers', () => {
  it('answers as Fetch does, and refuses as the guard does', async () => {
    seen.length = 0
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] }).end('{"ok":true}')
    const fetch = customFetch(rules(loopback()))
    const options = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ a: 'b c' }),
    }
    const got = await fetch(`https://receiver.example:${securePort}/token`, options)
    expect(await got.json()).toEqual({ ok: true })
    expect(got.headers.get('content-type')).toBe('application/json')
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/token', body: 'a=b+c' })
    await expect(fetch('https://169.254.169.254/', {})).rejects.toEqual(code('outbound/address'))
    answer = (_, response) => response.writeHead(204).end()
    expect((await fetch(`https://receiver.example:${securePort}/`, { headers: new Headers({ accept: '*/*' }) })).status).toBe(204)
  })
})
