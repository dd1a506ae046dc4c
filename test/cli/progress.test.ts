import { describe, expect, it } from 'vitest'
import { describeProgress, progressLine } from '../../src/cli/progress.ts'

const reading = (done: number, total: number | null) => ({ phase: 'reading', done, total, unit: 'transfers' })

function line(columns: number | null) {
  let clock = 0
  const written: string[] = []
  const progress = progressLine({ write: (text) => written.push(text), columns: () => columns, now: () => clock })
  return {
    progress,
    written,
    at: (ms: number) => {
      clock = ms
    },
  }
}

describe('the progress line', () => {
  it('says what is done, of how much, how fast and how long it still takes', () => {
    expect(describeProgress(reading(12_000_000, 100_000_000), 12_000_000, 10_000)).toBe(
      'reading: 12,000,000 of 100,000,000 transfers (12 %), 1,200,000/s, 1 min 13 s left',
    )
  })
  it('promises no end where the total is unknown', () => {
    expect(describeProgress(reading(5_000, null), 5_000, 2_000)).toBe('reading: 5,000 transfers, 2,500/s')
  })
  it('measures the rate within the phase, not over what an earlier phase did', () => {
    const { progress, written, at } = line(200)
    progress.report(reading(100, 100))
    at(10_000)
    progress.report({ phase: 'sorting', done: 50, total: 1_050, unit: 'transfers' })
    at(11_000)
    progress.report({ phase: 'sorting', done: 550, total: 1_050, unit: 'transfers' })
    expect(written.at(-1)).toContain('500/s, 1 s left')
  })
  it('draws nothing for work that ends within a second', () => {
    const { progress, written, at } = line(80)
    progress.report(reading(1, 2))
    at(999)
    progress.report(reading(2, 2))
    progress.clear()
    expect(written).toEqual([])
  })
  it('draws nothing when nobody is looking', () => {
    const { progress, written, at } = line(null)
    at(60_000)
    progress.report(reading(1, 2))
    progress.clear()
    expect(written).toEqual([])
  })
  it('draws at most ten times a second, within the width, and takes itself away', () => {
    const { progress, written, at } = line(30)
    for (let ms = 0; ms < 2_000; ms += 10) {
      at(ms)
      progress.report(reading(ms, 2_000))
    }
    expect(written.length).toBeLessThanOrEqual(10)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the line begins with them
    for (const text of written) expect(text.replace(/^\r\u001b\[2K/, '').length).toBeLessThan(30)
    progress.clear()
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })
})
