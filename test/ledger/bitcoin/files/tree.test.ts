import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Catalogue } from '../../../../src/ledger/bitcoin/files/catalogue.ts'
import { growTree } from '../../../../src/ledger/bitcoin/files/tree.ts'
import { workOf } from '../../../../src/ledger/bitcoin/wire/index.ts'

const hashNamed = (name: number): Uint8Array => createHash('sha256').update(String(name)).digest()

interface Made {
  readonly name: number
  /** Name of the block before it; negative for one that is not there. */
  readonly before: number
  readonly bits: number
}

function catalogueOf(blocks: readonly Made[]): Catalogue {
  const catalogue = new Catalogue()
  for (const { name, before, bits } of blocks) catalogue.add(0, 0, 0, { hash: hashNamed(name), previous: hashNamed(before), bits })
  return catalogue
}

/** Hashes of 2^224, 2^232, 2^240 and so on; the hardest target makes a chain of any length of the easiest lighter. */
const BITS = [0x207fffff, 0x1d00ffff, 0x1b0404cb, 0x170331db]

/** Blocks with a parent that is of a lower name, or missing, in any order. */
const anyBlocks: fc.Arbitrary<Made[]> = fc
  .array(fc.record({ back: fc.nat(4), bits: fc.constantFrom(...BITS) }), { minLength: 1, maxLength: 25 })
  .map((parts) =>
    parts.map(({ back, bits }, name) => ({ name, before: back === 0 ? -1 - name : name - back < 0 ? -1 - name : name - back, bits })),
  )
  .chain((blocks) => fc.shuffledSubarray(blocks, { minLength: blocks.length }))

/** The definition: of all blocks that lead back to a root, the one with most work behind it, the first found of several. */
function plainly(blocks: readonly Made[]): number[][] {
  const byName = new Map(blocks.map((block) => [block.name, block]))
  const pathTo = (block: Made): Made[] => {
    const before = byName.get(block.before)
    return before === undefined ? [block] : [...pathTo(before), block]
  }
  const paths = blocks.map(pathTo)
  const work = (path: readonly Made[]): bigint => path.reduce((sum, { bits }) => sum + workOf(bits), 0n)
  return blocks
    .filter(({ before }) => !byName.has(before))
    .map((root) => {
      const own = paths.filter((path) => path[0] === root)
      return own.reduce((best, path) => (work(path) > work(best) ? path : best)).map(({ name }) => name)
    })
}

describe('a tree of blocks', () => {
  it('gives the chain of most work from every beginning, and everything else as stale', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const catalogue = catalogueOf(blocks)
        const { chains, stale } = growTree(catalogue)
        const named = chains.map((chain) => Array.from(chain.blocks, (block) => (blocks[block] as Made).name))
        expect(named).toEqual(plainly(blocks))
        expect([...named.flat(), ...stale.map((block) => (blocks[block] as Made).name)].sort((a, b) => a - b)).toEqual(
          blocks.map((_, i) => i),
        )
        chains.forEach((chain) => {
          expect(chain.work).toBe(Array.from(chain.blocks).reduce((sum, block) => sum + workOf((blocks[block] as Made).bits), 0n))
        })
      }),
      { numRuns: 300 },
    )
  })

  it('counts work and not blocks', () => {
    const blocks = [
      { name: 0, before: -1, bits: 0x1d00ffff },
      { name: 1, before: 0, bits: 0x1d00ffff },
      { name: 2, before: 1, bits: 0x1d00ffff },
      { name: 3, before: 0, bits: 0x1b0404cb },
    ]
    expect(Array.from((growTree(catalogueOf(blocks)).chains[0] as { blocks: Uint32Array }).blocks)).toEqual([0, 3])
  })

  it('of 200,000 blocks is grown and searched', () => {
    const catalogue = new Catalogue()
    for (let i = 0; i < 200_000; i++)
      expect(catalogue.add(0, 0, 0, { hash: hashNamed(i), previous: hashNamed(i - 1), bits: BITS[0] as number }) === null).toBe(true)
    expect(catalogue.add(0, 0, 0, { hash: hashNamed(777), previous: hashNamed(776), bits: BITS[0] as number })).toBe(777)
    const { chains, stale } = growTree(catalogue)
    expect(chains).toHaveLength(1)
    expect(chains[0]?.blocks.length).toBe(200_000)
    expect(stale).toEqual([])
  })
})
