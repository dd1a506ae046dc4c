import { describe, expect, it } from 'vitest'
import { readSeeds } from '../../src/trace/index.ts'

const A = `0x${'ab'.repeat(20)}`
const T = `0x${'cd'.repeat(32)}`

describe('seeds as text', () => {
  it('are one a line: addresses, addresses with asset, amount and time, transactions, transfers', () => {
    const text = `# a comment\n${A.toUpperCase().replace('0X', '0x')}\r\n\n${A},usd\n${A},usd,100,2023-06-02\n${T}\n${T}#12\n`
    expect(readSeeds(text)).toEqual([
      { kind: 'account', account: A, asset: null, from: null },
      { kind: 'account', account: A, asset: 'usd', from: null },
      { kind: 'amount', account: A, asset: 'usd', amount: '100', from: '2023-06-02T00:00:00Z' },
      { kind: 'transaction', transaction: T },
      { kind: 'transfer', transaction: T, index: 12 },
    ])
  })
  it('are taken from JSON as the trace document holds them', () => {
    const seeds = [
      { kind: 'account', account: A, asset: null, from: '2023-06-02T00:00:00Z' },
      { kind: 'amount', account: A, asset: 'usd', amount: '100', from: null },
      { kind: 'transaction', transaction: T },
      { kind: 'transfer', transaction: T, index: 12 },
    ] as const
    expect(readSeeds(JSON.stringify(seeds))).toEqual(seeds)
  })
  it.each([
    ['', 1],
    ['# nothing\n', 1],
    [`${A}\nnonsense`, 2],
    [`${A},usd,-5`, null],
    [`${A},,5`, 1],
    [`${A},usd,5,yesterday`, null],
    [`${A},usd,5,2023-06-02,more`, 1],
    [`${T}#x`, 1],
    ['[', 1],
    ['[]', 1],
    [`[{"account": 5}]`, 1],
  ])('refuses %j and says where', (text, line) => {
    try {
      readSeeds(text, 'seeds.csv')
      expect.unreachable()
    } catch (error) {
      const { code, place, remedy } = error as { code: string; place: { line?: number; file?: string }; remedy: string }
      expect(code).toMatch(/^trace\/bad-/)
      expect(remedy).toBeTruthy()
      if (line !== null) expect(place).toEqual({ file: 'seeds.csv', line })
    }
  })
})
