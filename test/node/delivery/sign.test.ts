import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newSecret, signWebhook, verifyWebhook } from '../../../src/node/delivery/index.ts'

const secret = newSecret(randomBytes)
const other = newSecret(randomBytes)
const now = 1_760_000_000
const message = { id: 'msg_1', timestamp: now, body: '{"a":1}' }
const failing = (code: string) => expect.objectContaining({ name: 'CordonError', code })

describe('signatures of Standard Webhooks', () => {
  it('are those of the reference libraries’ test vector', () => {
    const first = signWebhook({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }, [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ])
    expect(first['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('hold for what was signed, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/), fc.string(), async (id, body) => {
        const headers = signWebhook({ id, timestamp: now, body }, [secret])
        expect(await verifyWebhook(headers, Buffer.from(body), [secret], { now })).toEqual({ id, timestamp: now, repeated: false })
      }),
    )
  })

  it('break with one changed bit of body, id, time, signature or secret', async () => {
    const headers = signWebhook(message, [secret])
    const check = (changed: Record<string, string>, body = message.body, secrets = [secret]) =>
      verifyWebhook({ ...headers, ...changed }, body, secrets, { now })
    await expect(check({})).resolves.toMatchObject({ id: 'msg_1' })
    const body = Buffer.from(message.body)
    for (let bit = 0; bit < body.length * 8; bit++) {
      const changed = Buffer.from(body)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      await expect(verifyWebhook(headers, changed, [secret], { now })).rejects.toEqual(failing('webhook/signature'))
    }
    await expect(check({ 'webhook-id': 'msg_2' })).rejects.toEqual(failing('webhook/signature'))
    await expect(check({ 'webhook-timestamp': String(now + 1) })).rejects.toEqual(failing('webhook/signature'))
    await expect(check({ 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') })).rejects.toEqual(
      failing('webhook/signature'),
    )
    await expect(check({ 'webhook-signature': `${headers['webhook-signature'].slice(0, -4)}AAA=` })).rejects.toEqual(
      failing('webhook/signature'),
    )
    await expect(check({ 'webhook-signature': 'v1,' })).rejects.toEqual(failing('webhook/signature'))
    await expect(check({}, message.body, [other])).rejects.toEqual(failing('webhook/signature'))
    await expect(check({}, message.body, [])).rejects.toEqual(failing('webhook/signature'))
  })

  it('are two while a secret is changed, so that a receiver may know either', async () => {
    const headers = signWebhook(message, [other, secret])
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2)
    await expect(verifyWebhook(headers, message.body, [secret], { now })).resolves.toMatchObject({ id: 'msg_1' })
    await expect(verifyWebhook(headers, message.body, [other], { now })).resolves.toMatchObject({ id: 'msg_1' })
    await expect(verifyWebhook(signWebhook(message, [secret]), message.body, [other, secret], { now })).resolves.toMatchObject({
      id: 'msg_1',
    })
  })

  it('are of no use five minutes later or earlier', async () => {
    const headers = signWebhook(message, [secret])
    for (const off of [-300, 300]) await expect(verifyWebhook(headers, message.body, [secret], { now: now + off })).resolves.toBeDefined()
    for (const off of [-301, 301, 86_400]) {
      await expect(verifyWebhook(headers, message.body, [secret], { now: now + off })).rejects.toEqual(failing('webhook/time'))
    }
  })

  it('tell a receiver that it had the message before', async () => {
    const dealtWith = new Set<string>()
    const ask = () => verifyWebhook(signWebhook(message, [secret]), message.body, [secret], { now, seen: (id) => dealtWith.has(id) })
    expect((await ask()).repeated).toBe(false)
    // It failed before it could deal with it: the same message is still new.
    expect((await ask()).repeated).toBe(false)
    dealtWith.add('msg_1')
    expect((await ask()).repeated).toBe(true)
  })

  it('need all three headers, in their form', async () => {
    const headers = signWebhook(message, [secret])
    for (const name of Object.keys(headers)) {
      for (const value of [undefined, '', 'x'.repeat(3_000), 'a.b c']) {
        await expect(verifyWebhook({ ...headers, [name]: value }, message.body, [secret], { now })).rejects.toEqual(
          expect.objectContaining({ code: expect.stringMatching(/^webhook\/(headers|signature)$/) }),
        )
      }
    }
    await expect(verifyWebhook({ ...headers, 'webhook-timestamp': '1e9' }, message.body, [secret], { now })).rejects.toEqual(
      failing('webhook/headers'),
    )
  })

  it('are not made for an id with a dot, which would make two messages one, nor with a weak secret', () => {
    expect(() => signWebhook({ ...message, id: 'a.1' }, [secret])).toThrow(failing('webhook/cannot-sign'))
    expect(() => signWebhook({ ...message, timestamp: 1.5 }, [secret])).toThrow(failing('webhook/cannot-sign'))
    expect(() => signWebhook(message, [])).toThrow(failing('webhook/cannot-sign'))
    for (const weak of [
      '',
      'whsec_',
      'secret',
      `whsec_${Buffer.alloc(23).toString('base64')}`,
      `whsec_${Buffer.alloc(65).toString('base64')}`,
      secret.slice(6),
      `${secret}!`,
    ]) {
      expect(() => signWebhook(message, [weak])).toThrow(failing('webhook/secret'))
    }
  })
})
