import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type FlowRow, honestAround, type LaidCase, parseFlows, printFlows, type RealCase } from '../../src/simulate/index.ts'

const data = new URL('../../../shared/data/heists/', import.meta.url)
const cases = ['atomic-wallet-2023', 'harmony-2022']
const missing = !existsSync(data)

function load(name: string): RealCase {
  const text = (file: string) => readFileSync(new URL(`${name}/${file}`, data), 'utf8')
  const list = (file: string) => text(file).trim().split('\n')
  return { flows: parseFlows(text('flows.csv')), sources: list('sources.csv'), terminals: list('terminals.csv') }
}

const address = (digit: string) => `0x${digit.repeat(40)}`
const flow = (block: number, from: string, to: string, value: string, toLabel = ''): FlowRow => ({
  time: 1_680_000_000 + block * 12,
  block,
  hash: `0x${String(block).padStart(64, '0')}`,
  from,
  fromLabel: '',
  to,
  toLabel,
  value,
})

const small: RealCase = {
  flows: [
    flow(100_000, address('1'), address('2'), '5000.5'),
    flow(100_050, address('2'), address('3'), '3000.25'),
    flow(100_060, address('2'), address('4'), '2000.0', 'Oakdesk_Deposit_0x44'),
    flow(100_500, address('3'), address('5'), '2999.0', 'Great Bridge'),
  ],
  sources: [address('1')],
  terminals: [address('4'), address('5')],
}

const laws = (name: string, real: () => RealCase) => {
  describe(`honest traffic around ${name}`, () => {
    const input = real()
    const laid = honestAround({ real: input, seed: 4, transfers: 6_000 })

    it('keeps the rows of the case to the letter', () => {
      const strip = ({ real: _, ...row }: LaidCase['rows'][number]) => JSON.stringify(row)
      expect(
        laid.rows
          .filter((row) => row.real)
          .map(strip)
          .sort(),
      ).toEqual(input.flows.map((row) => JSON.stringify(row)).sort())
      expect(laid.truth.transfers).toBe(input.flows.length)
    })

    it('is in block order', () => {
      for (let i = 1; i < laid.rows.length; i++) expect(laid.rows[i]!.block).toBeGreaterThanOrEqual(laid.rows[i - 1]!.block)
    })

    it('lets no honest account spend what it does not have', () => {
      const honest = new Set(laid.noise.accounts)
      honest.delete(address('0'))
      const balances = new Map<string, bigint>()
      for (const row of laid.rows) {
        const [whole, part = ''] = row.value.split('.')
        const amount = BigInt(whole + part.padEnd(20, '0'))
        balances.set(row.from, (balances.get(row.from) ?? 0n) - amount)
        balances.set(row.to, (balances.get(row.to) ?? 0n) + amount)
        if (honest.has(row.from)) expect(balances.get(row.from)).toBeGreaterThanOrEqual(0n)
      }
    })

    it('empties the deposit addresses of the case into hot wallets that are tagged', () => {
      const text = laid.tags.map((pack) => pack.text).join('')
      const simulated = new Set(laid.noise.hotWallets.map((hot) => hot.address))
      for (const { address, hotWallet } of laid.noise.forwarded.filter((entry) => simulated.has(entry.hotWallet))) {
        expect(text).toContain(hotWallet)
        expect(laid.rows.some((row) => row.from === address && row.to === hotWallet)).toBe(true)
      }
    })

    it('is the same for the same seed', () => {
      expect(honestAround({ real: input, seed: 4, transfers: 6_000 }).rows).toEqual(laid.rows)
    })

    it('survives being written and read as a flow CSV', () => {
      expect(parseFlows(printFlows(laid.rows))).toEqual(laid.rows.map(({ real: _, ...row }) => row))
    })
  })
}

laws('a small case', () => small)
for (const name of cases) {
  if (missing)
    describe.skip(`honest traffic around ${name} (skipped: the shared data is missing)`, () => it('needs the flows of the case', () => {}))
  else laws(name, () => load(name))
}

describe('a flow CSV', () => {
  it('is refused by line when a row is not a flow', () => {
    const text = `${printFlows(small.flows)}2023-01-01 00:00:00,abc,0x,0x,,0x,,1.0\n`
    expect(() => parseFlows(text)).toThrow(expect.objectContaining({ code: 'simulate/flow-csv', place: { file: 'flows.csv', line: 6 } }))
  })
})
