import { cook, type PlainBlock } from './chain.ts'

/** A chain of `length` blocks with a few transactions each, always the same; from `fork` on its hashes are those of the branch `name`. */
export function longChain(length: number, fork: number, name: string): PlainBlock[] {
  const recipe = {
    blocks: Array.from({ length }, (_, block) => ({
      transactions: Array.from({ length: 5 }, (_unused, k) => ({
        inputs: [block * 5 + k, block * 7 + k * 3],
        outputs: [300, 300, 400],
        scripts: [block + k, block + k + 5, block * 3 + k, k],
        fee: 100 + k,
        data: (block + k) % 3 === 0,
        foreign: (block + k) % 4 === 1 ? 1 : 0,
      })),
    })),
  }
  return cook(recipe, { name, fork: name === '' ? length : fork })
}
