import { argon2Sync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ARGON2_COST, PasswordHasher } from '../../../src/node/people/password-hash.ts'
import { checkNewPassword, ownCharacters } from '../../../src/node/people/password-rules.ts'
import { waitAfter } from '../../../src/node/people/throttle.ts'
import { CHEAP } from './node.ts'

const hasher = new PasswordHasher({ random: randomBytes, cost: CHEAP })

test('RFC 9106 section 5.3: argon2id gives the tag of the test vector', () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  })
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
})

test('A password is stored as a PHC string with OWASP’s parameters, with another salt each time', async () => {
  const real = new PasswordHasher({ random: randomBytes })
  const stored = await real.hash('a long walk to Busan')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await real.hash('a long walk to Busan')).not.toBe(stored)
  expect(await real.check('a long walk to Busan', stored)).toEqual({ right: true, outdated: false })
  expect(await real.check('a long walk to Seoul', stored)).toEqual({ right: false, outdated: false })
  expect(ARGON2_COST.memory).toBeGreaterThanOrEqual(19_456)
})

test('A hash made with other parameters is still checked, and said to be outdated', async () => {
  const old = await new PasswordHasher({ random: randomBytes, cost: { memory: 16, passes: 1, parallelism: 1 } }).hash(
    'a long walk to Busan',
  )
  expect(await hasher.check('a long walk to Busan', old)).toEqual({ right: true, outdated: true })
})

test('The same characters typed on another keyboard are the same password (NFKC)', async () => {
  const composed = await hasher.hash('caf\u00e9 \ud55c\uad6d one two')
  expect((await hasher.check('cafe\u0301 \u1112\u1161\u11ab\u1100\u116e\u11a8 one two', composed)).right).toBe(true)
})

test('An account that does not exist costs one derivation, as one that does', async () => {
  const stored = await hasher.hash('a long walk to Busan')
  const before = hasher.derivations
  await hasher.check('whatever it is', stored)
  const known = hasher.derivations - before
  await hasher.check('whatever it is', null)
  expect([known, hasher.derivations - before - known]).toEqual([1, 1])
  expect((await hasher.check('', null)).right).toBe(false)
})

test('However many sign in at once, all are answered', async () => {
  const stored = await hasher.hash('a long walk to Busan')
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, at) => hasher.check(at % 2 === 0 ? 'a long walk to Busan' : 'no', stored)),
  )
  expect(answers.filter(({ right }) => right).length).toBe(20)
})

test('A stored text that is no hash, or asks for endless work, is an error and no sign-in', async () => {
  for (const stored of [
    '',
    'secret',
    '$2b$12$abcdefghijklmnopqrstuv',
    '$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])
    await expect(hasher.check('secret', stored)).rejects.toThrow(/password hash/)
})

const refusal = (password: string, own: readonly string[] = []) => {
  try {
    checkNewPassword(password, own)
    return 'taken'
  } catch (error) {
    expect((error as { code: string }).code).toBe('people/weak-password')
    expect((error as Error).message).not.toContain(password)
    return (error as Error).message
  }
}

test('SP 800-63B: length counts in characters, long ones are taken whole, and there are no rules of composition', () => {
  expect(refusal('Tr0ub4dor&3')).toContain('needs 12')
  expect(refusal('correct horse battery staple')).toBe('taken')
  expect(refusal('vqkz mwtr jhpx')).toBe('taken')
  expect(refusal('귀뚜라미 우는 밤에 산책을 하네')).toBe('taken')
  expect(refusal('🦊🐳🌵🎻🧭🪁🧩🥨🦉🛶🪶🧊')).toBe('taken')
  expect(refusal('x7Kq'.padEnd(64, 'vwz2Lm9pRt'))).toBe('taken')
  expect(refusal('kettle obelisk marzipan'.repeat(20))).toContain('may have 256')
  expect(refusal('kettle\0obelisk marzipan')).toContain('control character')
})

test('What is made of common passwords, runs, repetitions, years or one’s own names is refused', () => {
  for (const password of [
    'password1234',
    'PasswordPassword',
    'P@ssw0rd2024!',
    'qwertyuiop[]',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'letmein letmein!',
    'Summer2024!!',
    'iloveyou-dragon',
    'zyxwvutsrqponm',
    'bitcoin12345678',
    'saranghae1004',
  ])
    expect([password, refusal(password)]).toEqual([password, expect.stringContaining('commonly used')])
  expect(refusal('kim.minjun-1988', ['kim.minjun@npa.example', 'Kim Minjun'])).toContain('your own names')
})

test('What comes from nobody’s list is never more than the password, and a common beginning never makes it stronger', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      // An accent at the beginning would change the last letter of the other password.
      fc.pre(!/^\p{M}/u.test(text.normalize('NFKC')))
      const own = ownCharacters(text, [])
      expect(own).toBeLessThanOrEqual([...text.normalize('NFKC').toLowerCase()].length)
      expect(ownCharacters(`password${text}`, [])).toBeLessThanOrEqual(own)
    }),
  )
})

test('The longest password is judged in milliseconds', () => {
  const start = performance.now()
  ownCharacters('ab'.repeat(127) + 'xy', ['a'.repeat(200)])
  expect(performance.now() - start).toBeLessThan(500)
})

test('The wait doubles from one second to a quarter of an hour, and failures that are free cost nothing', () => {
  expect([1, 5, 6, 7, 8, 15, 16, 1000].map((failures) => waitAfter(failures, 5))).toEqual([
    0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000,
  ])
})
