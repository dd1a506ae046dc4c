import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Point } from '../../../src/share/blind/element.ts'
import { answerOffer, BUCKETS, finishExchange, type Offered, startExchange } from '../../../src/share/blind/index.ts'
import { account, randomOf } from './accounts.ts'

const code = (name: string) => expect.objectContaining({ code: `blind/${name}` })
const context = { initiator: 'usa.example', responder: 'jpn.example', session: '5e'.repeat(32) }

/** What both sides learn, over messages that went through JSON. */
function exchanged(ours: readonly string[], theirs: readonly string[], seed: string) {
  const wire = <T>(message: T): T => JSON.parse(JSON.stringify(message)) as T
  const [usa, jpn] = [randomOf(`${seed} usa`), randomOf(`${seed} jpn`)]
  const a = startExchange(context, 'initiator', ours, usa)
  const b = startExchange(context, 'responder', theirs, jpn)
  const fromB = answerOffer(b, wire(a.offer), jpn)
  const fromA = answerOffer(a, wire(b.offer), usa)
  return {
    a,
    b,
    fromA,
    fromB,
    ours: finishExchange(fromA.answered, wire(fromB.answer)),
    theirs: finishExchange(fromB.answered, wire(fromA.answer)),
  }
}

describe('an exchange of two nodes', () => {
  it('gives each side exactly its own accounts that the other holds, for random sets', () => {
    const set = fc.uniqueArray(fc.nat({ max: 20 }), { minLength: 1, maxLength: 16 })
    fc.assert(
      fc.property(set, set, fc.nat(), (ours, theirs, seed) => {
        const common = ours
          .filter((n) => theirs.includes(n))
          .map(account)
          .sort()
        const { ours: found, theirs: alsoFound } = exchanged(ours.map(account), theirs.map(account), String(seed))
        expect(found).toEqual(common)
        expect(alsoFound).toEqual(common)
      }),
      { numRuns: 12 },
    )
  })

  it('finds an account though both spell it differently', () => {
    const { ours, theirs } = exchanged(
      ['eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
      ['eip155:1:0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED'],
      'x',
    )
    expect(ours).toEqual(['eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'])
    expect(theirs).toEqual(ours)
  })

  it('shows of the size of a set only the bucket that it is padded to', () => {
    const { offer: one } = startExchange(context, 'initiator', [account(1)], randomOf('a'))
    const { offer: sixteen } = startExchange(
      context,
      'initiator',
      Array.from({ length: 16 }, (_, i) => account(i)),
      randomOf('a'),
    )
    const { offer: seventeen } = startExchange(
      context,
      'initiator',
      Array.from({ length: 17 }, (_, i) => account(i)),
      randomOf('a'),
    )
    expect([one, sixteen, seventeen].map(({ elements }) => elements.length)).toEqual([16, 16, 64])
    for (const { elements } of [one, sixteen, seventeen]) expect(elements).toEqual(elements.toSorted())
    expect(Object.keys(one)).toEqual(Object.keys(sixteen))
  })

  it('has nothing in common with another exchange of the same sets, nor with the same randomness in another session', () => {
    const accounts = [account(1), account(2)]
    const offers = [
      startExchange(context, 'initiator', accounts, randomOf('monday')),
      startExchange(context, 'initiator', accounts, randomOf('tuesday')),
      startExchange({ ...context, session: '6f'.repeat(32) }, 'initiator', accounts, randomOf('monday')),
      startExchange({ ...context, responder: 'kor.example' }, 'initiator', accounts, randomOf('monday')),
    ]
    const held = offers.flatMap(({ offer, items }) => offer.elements.filter((_, i) => items[i] !== null))
    expect(new Set(held).size).toBe(8)
    expect(new Set(offers.slice(0, 2).map(({ offer }) => offer.key)).size).toBe(2)
  })

  it('refuses an answer that the key of the offer did not make, as a whole or in one place', () => {
    const { a, b, fromA, fromB } = exchanged([account(1), account(2)], [account(2), account(3)], 'honest')
    const stranger = startExchange(context, 'responder', [account(2)], randomOf('stranger'))
    const foreign = answerOffer(stranger, a.offer, randomOf('stranger')).answer
    const { elements } = fromB.answer
    const [first = '', second = '', ...rest] = elements
    const ownTwice = fromA.answer.elements.find((each) => !elements.includes(each))
    for (const answer of [
      foreign,
      { ...fromB.answer, elements: [second, first, ...rest] },
      { ...fromB.answer, elements: [foreign.elements[0], second, ...rest] },
      // To be told of a meeting that is none: our own element under both keys, in the place of another.
      { ...fromB.answer, elements: [ownTwice, second, ...rest] },
      { ...fromB.answer, elements: a.offer.elements },
      { ...fromB.answer, elements: b.offer.elements },
      { ...fromB.answer, proof: '00'.repeat(64) },
    ]) {
      expect(() => finishExchange(fromA.answered, answer)).toThrow(code('bad-proof'))
    }
  })

  it('refuses an offer that is made of our own, in whole or in part', () => {
    const { offer, ...rest } = startExchange(context, 'initiator', [account(1)], randomOf('a'))
    const ours: Offered = { offer, ...rest }
    const other = startExchange(context, 'responder', [account(1)], randomOf('b'))
    const mixed = [...other.offer.elements.slice(1), offer.elements[0]!].sort()
    for (const elements of [offer.elements, mixed]) {
      expect(() => answerOffer(ours, { ...other.offer, elements }, randomOf('a'))).toThrow(code('reflected'))
    }
    expect(() => answerOffer(ours, { ...other.offer, key: offer.key }, randomOf('a'))).toThrow(code('reflected'))
    expect(() => answerOffer(ours, offer, randomOf('a'))).toThrow(code('other-exchange'))
  })

  it('refuses messages with no elements of the group, the identity, repeated or unsorted ones, or another number', () => {
    const ours = startExchange(context, 'initiator', [account(1)], randomOf('a'))
    const { offer } = startExchange(context, 'responder', [account(1)], randomOf('b'))
    const { elements } = offer
    const identity = Buffer.from(Point.ZERO.toBytes()).toString('hex')
    for (const [spoilt, name] of [
      [{ ...offer, elements: [identity, ...elements.slice(1)] }, 'bad-element'],
      [{ ...offer, elements: [...elements.slice(1), 'ff'.repeat(32)] }, 'bad-element'],
      [{ ...offer, elements: [...elements.slice(1), 7] }, 'bad-element'],
      [{ ...offer, elements: [elements[0], elements[0], ...elements.slice(2)] }, 'repeated'],
      [{ ...offer, elements: elements.toReversed() }, 'bad-message'],
      [{ ...offer, elements: elements.slice(1) }, 'bad-message'],
      [{ ...offer, elements: [] }, 'bad-message'],
      [{ ...offer, elements: Array(16_384).fill(elements[0]) }, 'bad-message'],
      [{ ...offer, elements: { length: 16 } }, 'bad-message'],
      [{ ...offer, key: identity }, 'bad-element'],
      [{ ...offer, key: undefined }, 'bad-element'],
      [{ ...offer, format: 'cordon/psi-offer@2' }, 'bad-message'],
      [{ ...offer, session: '00'.repeat(32) }, 'other-exchange'],
      [{ ...offer, from: 'initiator' }, 'other-exchange'],
      [null, 'bad-message'],
      [[], 'bad-message'],
      ['offer', 'bad-message'],
    ] as const) {
      expect(() => answerOffer(ours, spoilt, randomOf('a')), JSON.stringify(spoilt)?.slice(0, 80)).toThrow(code(name))
    }
    const { fromA, fromB } = exchanged([account(1)], [account(1)], 'answers')
    const { answer } = fromB
    for (const [spoilt, name] of [
      [{ ...answer, elements: answer.elements.slice(1) }, 'bad-message'],
      [{ ...answer, elements: [identity, ...answer.elements.slice(1)] }, 'bad-element'],
      [{ ...answer, elements: [answer.elements[1], ...answer.elements.slice(1)] }, 'repeated'],
      [{ ...answer, proof: 'x' }, 'bad-message'],
      [{ ...answer, from: 'initiator' }, 'other-exchange'],
      [undefined, 'bad-message'],
    ] as const) {
      expect(() => finishExchange(fromA.answered, spoilt)).toThrow(code(name))
    }
  })

  it('begins with accounts, not too many, and two nodes that are not one', () => {
    const many = Array.from({ length: BUCKETS.at(-1)! + 1 }, (_, i) => account(i))
    for (const accounts of [[], many]) expect(() => startExchange(context, 'initiator', accounts, randomOf('a'))).toThrow(code('too-many'))
    for (const bad of [
      { ...context, session: 'abc' },
      { ...context, session: 'ZZ'.repeat(32) },
      { ...context, initiator: '' },
      { ...context, responder: 'x'.repeat(256) },
      { ...context, responder: 'usa.example' },
    ]) {
      expect(() => startExchange(bad, 'initiator', [account(1)], randomOf('a'))).toThrow(code('bad-message'))
    }
  })
})
