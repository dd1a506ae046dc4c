import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePage } from '../../../src/node/http/pages/page.ts'
import { signInPage } from '../../../src/node/http/pages/sign-in.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'

let world: NodeWorld
beforeAll(async () => {
  world = await nodeWorld({ change: (config) => ({ ...config, home: { ...config.home, name: '<b>"NPA" & co</b>' } }) })
}, 60_000)
afterAll(() => world.close())

test('Pages load nothing, and their own script and style are what the policy names', async () => {
  for (const path of ['/', '/sign-in', '/welcome']) {
    const { status, text, headers } = await world.nobody('GET', path)
    expect(status).toBe(200)
    const policy = headers.get('content-security-policy')!
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    for (const [, code] of text.matchAll(/<(?:script type="module"|style)>([\s\S]*?)<\/(?:script|style)>/g))
      expect(policy).toContain(`'sha256-${createHash('sha256').update(code!).digest('base64')}'`)
    expect(text).not.toMatch(/ (src|action|on\w+|style)=/)
    expect(text).not.toMatch(/https?:\/\/(?!localhost)/)
    expect(text).toContain('&#60;b&#62;&#34;NPA&#34; &#38; co&#60;/b&#62;')
    expect(text).toMatch(/<html lang="en">/)
  }
})

test('Every field has a label, and what a password manager needs to know', async () => {
  for (const path of ['/sign-in', '/welcome']) {
    const { text } = await world.nobody('GET', path)
    const fields = [...text.matchAll(/<input[^>]*>/g)].map(([field]) => field)
    expect(fields.length).toBeGreaterThan(1)
    for (const field of fields) expect(field).toMatch(/ autocomplete="(username|current-password|new-password|name)"/)
    expect([...text.matchAll(/<label[^>]*>[^<]+(<small>[^<]*<\/small>)?<input/g)]).toHaveLength(fields.length)
  }
})

test('Only ways in that are switched on are shown', () => {
  const none = signInPage({ home: 'NPA', passwords: false, passkeys: null, providers: [] }).html
  expect(none).not.toMatch(/<(input|button)/)
  expect(none).toContain('No way to sign in is switched on')
  expect(signInPage({ home: 'NPA', passwords: false, passkeys: null, providers: ['mofa'] }).html).toContain('data-provider="mofa"')
})

test('A page without a script allows none', () => {
  expect(makePage({ title: 't', body: '' }).policy).not.toContain('script-src')
})
