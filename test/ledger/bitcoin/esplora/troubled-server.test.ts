import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Opened, withServer } from './opened.ts'
import { blocks, follow, OTHER, open } from './payments.ts'

function withTrouble(
  trouble: (path: string, response: ServerResponse, time: number) => boolean,
  run: (opened: Opened) => Promise<void>,
): Promise<void> {
  return withServer(blocks, async (opened) => {
    let time = 0
    opened.server.misbehave = (path, response) => trouble(path, response, ++time)
    await run(opened)
  })
}

describe('a server in trouble', () => {
  it('is asked again after the time that it asks for', () =>
    withTrouble(
      (_, response, time) => time === 3 && Boolean(response.writeHead(429, { 'retry-after': '7' }).end('slow down')),
      async ({ open: openLedger, time }) => {
        const ledger = await openLedger(open)
        await follow(ledger)
        expect(time.slept).toEqual([7000])
        expect(ledger.traffic.repeated).toBe(1)
      },
    ))

  it('is left alone when it asks for more patience than there is', () =>
    withTrouble(
      (_, response) => Boolean(response.writeHead(429, { 'retry-after': '86400' }).end('come back tomorrow')),
      async ({ open: openLedger, server }) => {
        await expect(openLedger(open)).rejects.toMatchObject({
          code: 'esplora/rate-limited',
          message: expect.stringContaining('come back tomorrow'),
        })
        expect(server.asked).toHaveLength(1)
      },
    ))

  it('is asked at growing intervals, and given up', () =>
    withTrouble(
      (_, response) => Boolean(response.writeHead(503).end('<html>\u0007down for\nmaintenance</html>')),
      async ({ open: openLedger, server, time }) => {
        const error = (await openLedger(open).catch((caught: unknown) => caught)) as Error
        expect(error).toMatchObject({ code: 'esplora/server-error', message: 'the server answers 503: <html> down for maintenance</html>' })
        expect(server.asked).toHaveLength(7)
        expect(time.slept).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000])
      },
    ))

  it.each<[string, (response: ServerResponse) => void]>([
    ['hangs up at once', (response) => response.destroy()],
    [
      'hangs up in the middle of a body',
      (response) => void response.writeHead(200, { 'content-length': '500' }).write('{"txid":', () => response.destroy()),
    ],
    ['hangs up in the middle of a body of unknown length', (response) => void response.writeHead(200).write('[', () => response.destroy())],
  ])('is asked again when it %s', (_, hangUp) =>
    withTrouble(
      (path, response, time) => {
        if (!path.includes('outspends') || time > 12) return false
        hangUp(response)
        return true
      },
      async ({ open: openLedger }) => {
        const ledger = await openLedger(open)
        await follow(ledger)
        expect(ledger.traffic.repeated).toBeGreaterThan(0)
      },
    ),
  )

  it('is given up soon when it has never answered: its address may be wrong', () =>
    withTrouble(
      () => true,
      async ({ open: openLedger, server, time }) => {
        await expect(openLedger({ ...open, timeout: 20 })).rejects.toMatchObject({ code: 'esplora/timeout' })
        expect(server.asked).toHaveLength(3)
        expect(time.slept).toEqual([1000, 2000])
      },
    ))

  it('is asked with all patience when it has answered before', () =>
    withTrouble(
      (_, __, time) => time > 1,
      async ({ open: openLedger, server }) => {
        await expect(openLedger({ ...open, timeout: 20 })).rejects.toMatchObject({ code: 'esplora/timeout' })
        expect(server.asked).toHaveLength(1 + 7)
      },
    ))

  it('is given up when it cannot be reached', async () => {
    const url = await withServer(blocks, async (opened) => opened.url)
    await withServer(blocks, async ({ open: openLedger }) => {
      await expect(openLedger({ ...open, url })).rejects.toMatchObject({
        code: 'esplora/unreachable',
        message: expect.stringContaining('ECONNREFUSED'),
      })
    })
  })

  it('is not listened to without end', () =>
    withTrouble(
      (path, response) => {
        if (!path.includes('merkle-proof')) return false
        const more = (): void => void response.write('[0,'.repeat(1 << 16), (error) => (error ? undefined : setImmediate(more)))
        response.writeHead(200, { 'content-type': 'application/json' })
        more()
        return true
      },
      async ({ open: openLedger }) => {
        const ledger = await openLedger(open)
        await expect(follow(ledger)).rejects.toMatchObject({ code: 'esplora/too-large' })
        expect(ledger.traffic.repeated).toBe(0)
      },
    ))

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'esplora/not-esplora'],
    ['JSON that is cut off', '{"txid": "', 'esplora/bad-answer'],
    ['nothing', '', 'esplora/bad-answer'],
  ])('is told from one that answers with %s', (_, body, code) =>
    withTrouble(
      (path, response) => path.startsWith('/tx/') && Boolean(response.writeHead(200).end(body)),
      async ({ open: openLedger }) => {
        await expect(follow(await openLedger(open))).rejects.toMatchObject({ code })
      },
    ),
  )

  it.each([
    ['400', 400, 'esplora/refused'],
    ['401', 401, 'esplora/refused'],
    ['404 where there must be something', 404, 'esplora/refused'],
  ])('is not asked again when it answers %s', (_, status, code) =>
    withTrouble(
      (path, response) => path.includes('outspends') && Boolean(response.writeHead(status).end('no')),
      async ({ open: openLedger, time }) => {
        await expect(follow(await openLedger(open))).rejects.toMatchObject({ code })
        expect(time.slept).toEqual([])
      },
    ),
  )

  it('is not followed to another host, and is on its own', () =>
    withServer(blocks, async ({ open: openLedger, server, url }) => {
      server.misbehave = (path, response) => {
        if (!path.startsWith('/tx/')) return false
        response.writeHead(302, { location: `http://127.0.0.2:1/api${path}` }).end()
        return true
      }
      await expect(follow(await openLedger(open))).rejects.toMatchObject({
        code: 'esplora/redirect',
        message: expect.stringContaining('127.0.0.2'),
      })
      server.misbehave = (path, response) => {
        if (path.startsWith('/moved')) return false
        response.writeHead(308, { location: `/api${path}` }).end()
        return true
      }
      await expect(openLedger(open)).rejects.toMatchObject({ code: 'esplora/redirect' })
      server.misbehave = (path, response) => {
        if (!path.startsWith('/old')) return false
        response.writeHead(301, { location: `/api${path.slice(4)}` }).end()
        return true
      }
      await follow(await openLedger({ ...open, url: `${url}/old` }))
    }))
})

describe('a polite client', () => {
  it('waits between requests, and never has two under way', () =>
    withServer(blocks, async ({ open: openLedger, server, time }) => {
      let underWay = 0
      let most = 0
      const fetch: typeof globalThis.fetch = async (...request) => {
        most = Math.max(most, ++underWay)
        try {
          return await globalThis.fetch(...request)
        } finally {
          underWay--
        }
      }
      const ledger = await openLedger({ network: 'regtest', fetch })
      await Promise.all([follow(ledger), ledger.transactionIds([OTHER]), ledger.accountIds(['1nobody'])])
      expect(most).toBe(1)
      expect(time.slept).toHaveLength(server.asked.length - 1)
      expect(new Set(time.slept)).toEqual(new Set([250]))
      const asked = server.asked.filter((path) => path !== '/blocks/tip/hash')
      expect(new Set(asked).size).toBe(asked.length)
    }))

  it('stops when it is told to', () =>
    withServer(blocks, async ({ open: openLedger, server }) => {
      const stop = new AbortController()
      const ledger = await openLedger({ ...open, signal: stop.signal })
      server.misbehave = () => {
        stop.abort()
        return true
      }
      await expect(follow(ledger)).rejects.toMatchObject({ name: 'AbortError' })
      await expect(ledger.transactionIds([OTHER])).rejects.toMatchObject({ name: 'AbortError' })
    }))

  it('asks nothing more once it is closed', () =>
    withServer(blocks, async ({ open: openLedger }) => {
      const ledger = await openLedger(open)
      await ledger.close()
      await expect(follow(ledger)).rejects.toMatchObject({ code: 'esplora/closed' })
    }))

  it.each([
    ['ftp://example.org/api', 'esplora/bad-url'],
    ['file:///etc/passwd', 'esplora/bad-url'],
    ['example.org', 'esplora/bad-url'],
    ['https://example.org/api?key=secret', 'esplora/bad-url'],
  ])('refuses the address %s', (url, code) =>
    withServer(blocks, async ({ open: openLedger }) => {
      const error = (await openLedger({ ...open, url }).catch((caught: unknown) => caught)) as Error
      expect(error).toMatchObject({ code })
      expect(error.message).not.toContain('secret')
    }),
  )

  it('sends the user and password of the address as a header', () =>
    withServer(blocks, async ({ open: openLedger, server, url }) => {
      const sent = new Set<string | undefined>()
      server.misbehave = (_, __, request) => {
        sent.add(request.headers.authorization)
        return false
      }
      await openLedger({ ...open, url: url.replace('http://', 'http://user:p%40ss@') })
      expect([...sent]).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`])
    }))
})
