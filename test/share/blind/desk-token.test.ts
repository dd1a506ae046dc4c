import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerRequest,
  type BlindedAnswer,
  type BlindedRequest,
  blindRequest,
  countOf,
  deskKey,
  deskTokens,
  finishRequest,
  MOST_ASKED,
} from '../../../src/share/blind/index.ts'
import { account, randomOf } from './accounts.ts'

const key = deskKey(randomOf('desk')(32))
const code = (name: string) => expect.objectContaining({ code: `blind/${name}` })

/** RFC 9496, appendix A.3: no encodings of elements (not canonical, negative, no square, and so on); and the identity. */
const NO_ELEMENTS = [
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  '00'.repeat(32),
]

describe('tokens of the desk', () => {
  it('are the same whether the desk sees the accounts or not', () => {
    const count = fc.integer({ min: 1, max: 6 })
    fc.assert(
      fc.property(count, fc.nat({ max: 1_000 }), (many, from) => {
        const accounts = Array.from({ length: many }, (_, i) => account(from + i))
        const random = randomOf(`asker ${from}`)
        const secret = blindRequest(accounts, random)
        const tokens = finishRequest(secret, key.public, answerRequest(key, secret.request, random))
        expect(tokens).toEqual(deskTokens(key, accounts))
        expect(new Set(tokens.values()).size).toBe(many)
        for (const token of tokens.values()) expect(token).toMatch(/^[0-9a-f]{8}\.[0-9a-f]{64}$/)
      }),
      { numRuns: 10 },
    )
  })

  it('meet for one account under one key, and under no other', () => {
    const [token] = deskTokens(key, ['eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed']).values()
    expect([...deskTokens(key, ['eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed']).values()]).toEqual([token])
    const other = deskKey(randomOf('another desk')(32))
    const [second] = deskTokens(other, ['eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed']).values()
    expect(second!.slice(0, 8)).toBe(other.id)
    expect(second!.slice(9)).not.toBe(token!.slice(9))
  })

  it('are asked for by elements that two requests never share', () => {
    const random = randomOf('asker')
    const one = blindRequest([account(1), account(2)], random)
    const two = blindRequest([account(1), account(2)], random)
    expect(new Set([...one.request.elements, ...two.request.elements]).size).toBe(4)
    expect(JSON.stringify(one.request)).not.toContain(account(1).slice(-8))
  })

  it('are not taken from a desk that used another key than the published one', () => {
    const random = randomOf('asker')
    const secret = blindRequest([account(1), account(2)], random)
    const other = deskKey(randomOf('a key for this team alone')(32))
    const honest = answerRequest(key, secret.request, random)
    const single = answerRequest(other, secret.request, random)
    for (const answer of [
      single,
      { ...single, proof: honest.proof },
      { ...honest, elements: [honest.elements[0]!, single.elements[1]!] },
      { ...honest, elements: honest.elements.toReversed() },
      { ...honest, proof: `${honest.proof.slice(0, -2)}00` },
      { ...honest, proof: 'ff'.repeat(64) },
    ]) {
      expect(() => finishRequest(secret, key.public, answer)).toThrow(code('bad-proof'))
    }
  })

  it('are not given for what is no element, for the identity, or for one element twice', () => {
    const random = randomOf('desk')
    const good = blindRequest([account(1)], random).request.elements[0]!
    for (const bad of [...NO_ELEMENTS, good.toUpperCase(), good.slice(2), `${good}00`, '', null, 7, {}]) {
      const request = { elements: [good, bad] } as unknown as BlindedRequest
      expect(() => answerRequest(key, request, random), String(bad)).toThrow(code('bad-element'))
    }
    expect(() => answerRequest(key, { elements: [good, good] }, random)).toThrow(code('repeated'))
    for (const bad of [null, undefined, {}, { elements: 'x' }, { elements: { length: 1 } }]) {
      expect(() => answerRequest(key, bad as unknown as BlindedRequest, random)).toThrow(code('bad-message'))
    }
  })

  it('are not taken from an answer of another shape', () => {
    const random = randomOf('asker')
    const secret = blindRequest([account(1), account(2)], random)
    const answer = answerRequest(key, secret.request, random)
    for (const [bad, name] of [
      [null, 'bad-message'],
      [{ ...answer, elements: answer.elements.slice(1) }, 'bad-message'],
      [{ ...answer, elements: [...answer.elements, answer.elements[0]] }, 'bad-message'],
      [{ ...answer, elements: [answer.elements[0], answer.elements[0]] }, 'repeated'],
      [{ ...answer, elements: [answer.elements[0], NO_ELEMENTS.at(-1)] }, 'bad-element'],
      [{ ...answer, proof: answer.proof.slice(2) }, 'bad-message'],
      [{ ...answer, proof: 'zz'.repeat(64) }, 'bad-message'],
    ] as const) {
      expect(() => finishRequest(secret, key.public, bad as BlindedAnswer)).toThrow(code(name))
    }
  })

  it('are asked for in counted numbers, up to a limit', () => {
    const random = randomOf('asker')
    const elements = Array.from({ length: MOST_ASKED + 1 }, (_, i) => String(i))
    expect(countOf({ elements: elements.slice(1) })).toBe(MOST_ASKED)
    expect(() => countOf({ elements })).toThrow(code('too-many'))
    expect(() => countOf({ elements: [] })).toThrow(code('too-many'))
    expect(() => blindRequest([], random)).toThrow(code('too-many'))
    expect(blindRequest([account(1), account(1)], random).items).toHaveLength(1)
    expect(() => deskKey(new Uint8Array(31))).toThrow(code('bad-seed'))
  })
})
