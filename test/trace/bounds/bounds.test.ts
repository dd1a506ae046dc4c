import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bounder, type BoundsInput, bounds, terminal } from '../../../src/trace/bounds/index.ts'
import { everyColouring } from './colourings.ts'
import { ledger, ledgers } from './ledgers.ts'
import { plainBounds } from './reference.ts'

const one = (input: BoundsInput): [bigint, bigint] => {
  const { least, most } = bounds(input)
  return [least[0]!, most[0]!]
}

describe('bounds on ledgers that can be checked by hand', () => {
  it('gives what must and what can have come out of a mixture', () => {
    const mixed = [
      [0, 10, 'stolen'],
      [0, 10, 'clean'],
    ] as const
    expect(one(ledger([[0, 'A', 15]], mixed))).toEqual([5n, 10n])
    expect(one(ledger([[0, 'A', 20]], mixed))).toEqual([10n, 10n])
    expect(one(ledger([[0, 'A', 10]], mixed))).toEqual([0n, 10n])
  })

  it('does not let stolen value leave before it came', () => {
    expect(
      one(
        ledger(
          [
            [1, 'A', 5],
            [0, 1, 5],
          ],
          [
            [0, 5, 'stolen'],
            [1, 5, 'clean'],
          ],
        ),
      ),
    ).toEqual([0n, 0n])
    expect(
      one(
        ledger(
          [
            [0, 1, 5],
            [1, 'A', 5],
          ],
          [
            [0, 5, 'stolen'],
            [1, 5, 'clean'],
          ],
        ),
      ),
    ).toEqual([0n, 5n])
  })

  it('remembers how little a pool held in between', () => {
    // Of the 10 that came first only 2 were left when the clean 8 came.
    const rows = [
      [0, 1, 10],
      [1, 'outside', 8],
      ['outside', 1, 8],
      [1, 'A', 10],
    ] as const
    expect(one(ledger(rows, [[0, 10, 'stolen']]))).toEqual([2n, 2n])
  })

  it('gives zero for an empty ledger, for no groups, and for a group that nothing reached', () => {
    const nothing = {
      pools: 0,
      groups: 0,
      opening: [],
      injections: [],
      moves: { from: new Int32Array(), to: new Int32Array(), value: [], tx: new Uint32Array() },
    }
    expect(bounds(nothing)).toEqual({ least: [], most: [] })
    expect(bounds({ ...nothing, groups: 2 })).toEqual({ least: [0n, 0n], most: [0n, 0n] })
    expect(
      bounds(
        ledger(
          [
            [0, 'outside', 4],
            [0, 'B', 1],
          ],
          [[0, 5, 'stolen']],
        ),
      ),
    ).toEqual({ least: [0n, 1n], most: [0n, 1n] })
    expect(bounds(ledger([[0, 'A', 4]], [[0, 4, 'clean']]))).toEqual({ least: [0n], most: [0n] })
  })

  it('ignores moves of nothing and moves from an account to itself', () => {
    expect(
      one(
        ledger(
          [
            [0, 0, 9],
            [0, 1, 0],
            [0, 'A', 5],
            [0, 'A', 0],
          ],
          [[0, 9, 'stolen']],
        ),
      ),
    ).toEqual([5n, 5n])
  })

  it('takes a balance of unknown origin for stolen in the most and for clean in the least', () => {
    expect(
      one(
        ledger(
          [[0, 'A', 7]],
          [
            [0, 4, 'stolen'],
            [0, 6, 'unknown'],
          ],
        ),
      ),
    ).toEqual([1n, 7n])
  })

  it('calls stolen all that a seed account receives, and ends there what its payer sent', () => {
    const rows = [
      [0, 1, 6],
      [1, 'A', 6],
      [0, 'B', 4],
    ] as const
    const opening = [
      [0, 4, 'stolen'],
      [0, 6, 'clean'],
    ] as const
    expect(bounds(ledger(rows, opening, [{ kind: 'move', move: 0, least: 6n, most: 6n }]))).toEqual({ least: [6n, 0n], most: [6n, 4n] })
  })

  it('adds up two seeds that meet', () => {
    const rows = [
      [0, 2, 3],
      [1, 2, 4],
      ['outside', 2, 5],
      [2, 'A', 10],
    ] as const
    expect(
      one(
        ledger(rows, [
          [0, 3, 'stolen'],
          [1, 4, 'stolen'],
        ]),
      ),
    ).toEqual([5n, 7n])
  })

  it('carries limits through a swap', () => {
    const rows = [
      ['outside', 0, 10],
      [0, 'A', 8],
    ] as const
    expect(one(ledger(rows, [], [{ kind: 'move', move: 0, least: 4n, most: 7n }]))).toEqual([2n, 7n])
  })

  it('colours what an account holds from a moment on', () => {
    const rows = [
      [0, 'A', 5],
      [0, 'B', 5],
    ] as const
    const input = ledger(rows, [[0, 10, 'clean']], [{ kind: 'holding', pool: 0, before: 1, least: 3n, most: 5n }])
    expect(bounds(input)).toEqual({ least: [0n, 3n], most: [0n, 5n] })
  })

  it('lets the payers of one transaction reach any of its receivers', () => {
    const rows = [
      [0, 2, 5, 7],
      [1, 3, 5, 7],
      [2, 'A', 5, 8],
      [3, 'B', 5, 9],
    ] as const
    const opening = [
      [0, 5, 'stolen'],
      [1, 5, 'clean'],
    ] as const
    expect(bounds(ledger(rows, opening))).toEqual({ least: [0n, 0n], most: [5n, 5n] })
    expect(new Bounder(ledger(rows, opening)).of([0, 1])).toEqual({ least: 5n, most: 5n })
  })

  it('passes on inside a transaction what a pool pays before it had it', () => {
    expect(
      one(
        ledger(
          [
            [0, 1, 5, 0],
            [1, 'A', 5, 0],
          ],
          [[0, 5, 'stolen']],
        ),
      ),
    ).toEqual([5n, 5n])
  })

  it('refuses a ledger that cannot have happened', () => {
    expect(() => bounds(ledger([[0, 'A', 6]], [[0, 5, 'stolen']]))).toThrow(/pays more than its balance of 5/)
    expect(() =>
      bounds(
        ledger(
          [
            [0, 'A', 1, 3],
            [0, 'A', 1, 2],
          ],
          [[0, 5, 'stolen']],
        ),
      ),
    ).toThrow(/earlier transaction/)
    expect(() => bounds({ ...ledger([[0, 'A', 1]], [[0, 5, 'stolen']]), groups: 0 })).toThrow(/0 groups/)
    const injected = ledger([[0, 'A', 1]], [[0, 5, 'stolen']], [{ kind: 'move', move: 0, least: 0n, most: 2n }])
    expect(() => bounds(injected)).toThrow(expect.objectContaining({ code: 'bounds/malformed' }))
  })
})

describe('bounds on random ledgers', () => {
  it('are the least and the most over all admissible colourings', () => {
    const tiny = ledgers({ pools: 3, groups: 2, transactions: 5, largest: 3n, width: 1, injections: true, unknown: true })
    fc.assert(
      fc.property(tiny, (input) => {
        expect(bounds(input)).toEqual(everyColouring(input))
      }),
      { numRuns: 1500 },
    )
  })

  it('are so too where several pay several in one transaction', () => {
    const tiny = ledgers({ pools: 4, groups: 2, transactions: 3, largest: 3n, width: 4, injections: true, unknown: true })
    fc.assert(
      fc.property(tiny, (input) => {
        expect(bounds(input)).toEqual(everyColouring(input))
      }),
      { numRuns: 1500 },
    )
  })

  it.each([
    ['small', 20n],
    ['of 100 bits', 2n ** 100n],
    ['of 256 bits', 2n ** 256n - 1n],
  ])('agree with the plain expansion event by event, for amounts %s', (_, largest) => {
    const medium = ledgers({ pools: 8, groups: 3, transactions: 80, largest, width: 3, injections: true, unknown: true })
    fc.assert(
      fc.property(medium, (input) => {
        const { least, most } = bounds(input)
        for (let g = 0; g < 3; g++) expect({ least: least[g], most: most[g] }).toEqual(plainBounds(input, g))
      }),
      { numRuns: 150 },
    )
  })

  it('of a union are no more than the sum of the most, and no less than the sum of the least, of its parts', () => {
    const medium = ledgers({ pools: 6, groups: 3, transactions: 60, largest: 50n, width: 2, injections: false, unknown: true })
    fc.assert(
      fc.property(medium, (input) => {
        const bounder = new Bounder(input)
        const all = bounder.of([0, 1, 2])
        const parts = [0, 1, 2].map((g) => bounder.of([g]))
        const sum = (of: (part: { least: bigint; most: bigint }) => bigint): bigint => parts.reduce((total, part) => total + of(part), 0n)
        expect(all.most <= sum((part) => part.most)).toBe(true)
        expect(all.least >= sum((part) => part.least)).toBe(true)
        expect(all.least <= all.most).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('scale with the unit of the amounts', () => {
    const medium = ledgers({ pools: 6, groups: 2, transactions: 40, largest: 50n, width: 2, injections: true, unknown: true })
    const unit = 10n ** 24n + 7n
    fc.assert(
      fc.property(medium, (input) => {
        const scaled: BoundsInput = {
          ...input,
          opening: input.opening.map((o) => ({ ...o, amount: o.amount * unit })),
          injections: input.injections.map((i) => ({ ...i, least: i.least * unit, most: i.most * unit })),
          moves: { ...input.moves, value: input.moves.value.map((v) => v * unit) },
        }
        const { least, most } = bounds(input)
        expect(bounds(scaled)).toEqual({ least: least.map((v) => v * unit), most: most.map((v) => v * unit) })
      }),
      { numRuns: 100 },
    )
  })

  it('name terminal groups as they are encoded', () => {
    expect([terminal(0), terminal(1)]).toEqual([-2, -3])
  })
})
