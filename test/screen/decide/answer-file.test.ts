import { describe, expect, it } from 'vitest'
import { parseAnswer } from '../../../src/screen/decide/index.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { person, plainScreener } from './plain-screener.ts'

const screener = plainScreener([{ ...person('7', 'KIM Yong Chol'), wallets: [{ asset: 'ETH', address: '0xAB' }] }])
const answer = screener.screen(nameQuery('Kim Yong Chol'))

describe('an answer to decide on', () => {
  it('is an answer by itself, with the question beside it where it is there', () => {
    expect(parseAnswer(JSON.stringify(answer), 'a.json', null)).toEqual({
      customer: null,
      ask: { about: 'name', query: answer.query },
      answer,
    })
    const wallet = { ...screener.wallet('0xab', 'ETH'), ask: { about: 'wallet', address: '0xab', asset: 'ETH' } }
    expect(parseAnswer(JSON.stringify(wallet), 'a.json', null).ask).toEqual(wallet.ask)
  })

  it('or a line of a batch, of which the answer with the entry is taken', () => {
    const wallet = { ask: { about: 'wallet', address: '0xab', asset: null }, answer: screener.wallet('0xab', null) }
    const clean = { ask: { about: 'name', query: nameQuery('Nobody') }, answer: screener.screen(nameQuery('Nobody')) }
    const line = JSON.stringify({ record: 1, customer: 'C-1', asks: [clean, wallet] })
    expect(parseAnswer(line, 'a.json', { list: 'test-list', id: '7' })).toEqual({ customer: 'C-1', ...wallet })
    expect(parseAnswer(line, 'a.json', null)).toEqual({ customer: 'C-1', ...clean })
    expect(() => parseAnswer(line, 'a.json', { list: 'test-list', id: '8' })).toThrow(/none of its answers/)
  })

  it('anything else is refused with the place', () => {
    const { hits, lists: _lists, ...rest } = answer
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{}',
      '{"asks":[]}',
      '{"asks":[null]}',
      '{"asks":[{"ask":{"about":"name"},"answer":null}]}',
      JSON.stringify({ ...rest, hits }),
      JSON.stringify({ ...answer, hits: [{ list: 'x' }] }),
      JSON.stringify({ ...answer, matcher: 'other' }),
    ]) {
      expect(() => parseAnswer(bad, 'a.json', null)).toThrow(expect.objectContaining({ code: 'screen/not-an-answer' }))
    }
  })
})
