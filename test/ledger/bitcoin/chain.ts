import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { BITCOIN_NETWORKS, scriptAddress } from '../../../src/chain/index.ts'
import type { BitcoinBlock, IncomingBlocks } from '../../../src/ledger/bitcoin/block.ts'
import { BlockBuilder, type BuilderInput, type BuilderTransaction } from '../../../src/ledger/bitcoin/builder.ts'

export const REGTEST = BITCOIN_NETWORKS.regtest

export function hash(...about: readonly (string | number)[]): string {
  return createHash('sha256').update(about.join('/')).digest('hex')
}

/** Script number n, of all kinds in turn. */
export function script(n: number): Uint8Array {
  const digest = createHash('sha256').update(`script ${n}`).digest()
  const hash20 = digest.subarray(0, 20)
  switch (n % 8) {
    case 0:
      return Uint8Array.of(0x76, 0xa9, 0x14, ...hash20, 0x88, 0xac)
    case 1:
      return Uint8Array.of(0xa9, 0x14, ...hash20, 0x87)
    case 2:
      return Uint8Array.of(0x00, 0x14, ...hash20)
    case 3:
      return Uint8Array.of(0x00, 0x20, ...digest)
    case 4:
      return Uint8Array.of(0x51, 0x20, ...digest)
    case 5:
      return Uint8Array.of(0x21, 0x02, ...digest, 0xac)
    case 6:
      return Uint8Array.of(0x51, 0x21, 0x03, ...digest, 0x21, 0x02, ...digest, 0x52, 0xae)
    default:
      return Uint8Array.of(0x63, ...digest, 0x68)
  }
}

export function dataScript(n: number): Uint8Array {
  return Uint8Array.of(0x6a, 0x04, n & 0xff, (n >> 8) & 0xff, 0x01, 0x02)
}

/** A block as plain objects, which the tests compare with what a ledger answers. */
export interface PlainBlock {
  readonly height: number
  readonly hash: string
  readonly previous: string
  readonly time: number
  readonly transactions: readonly BuilderTransaction[]
}

export function columnsOf(block: PlainBlock): BitcoinBlock {
  const builder = new BlockBuilder(block)
  for (const transaction of block.transactions) builder.add(transaction)
  return builder.build()
}

export function incomingBlocks(blocks: readonly PlainBlock[], notes: readonly string[] = []): IncomingBlocks {
  return {
    network: 'regtest',
    async *blocks() {
      for (const block of blocks) yield columnsOf(block)
    },
    sources: [],
    notes,
    lossy: false,
    close: async () => {},
  }
}

interface Unspent {
  readonly txid: string
  readonly index: number
  readonly value: bigint
  readonly script: Uint8Array
}

/** What decides a random chain. */
export interface Recipe {
  readonly blocks: readonly {
    readonly transactions: readonly {
      readonly inputs: readonly number[]
      readonly outputs: readonly number[]
      readonly scripts: readonly number[]
      readonly fee: number
      readonly data: boolean
      readonly foreign: number
    }[]
  }[]
}

export const recipeArbitrary: fc.Arbitrary<Recipe> = fc.record({
  blocks: fc.array(
    fc.record({
      transactions: fc.array(
        fc.record({
          inputs: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
          outputs: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
          scripts: fc.array(fc.nat(23), { minLength: 4, maxLength: 4 }),
          fee: fc.nat(5000),
          data: fc.boolean(),
          // 0: none; 1: spends something from before the chain whose value is told; 2: one whose value is not.
          foreign: fc.constantFrom(0, 0, 0, 1, 2),
        }),
        { maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  ),
})

/** Cooks a chain that is valid by construction: every input spends an unspent output, and no value is created but by coinbases. `branch` makes its hashes its own from `fork` on. */
export function cook(recipe: Recipe, branch: { readonly name: string; readonly fork: number } = { name: '', fork: 0 }): PlainBlock[] {
  const unspent: Unspent[] = []
  const blocks: PlainBlock[] = []
  let previous = '0'.repeat(64)
  for (const [height, { transactions }] of recipe.blocks.entries()) {
    const own = height >= branch.fork ? branch.name : ''
    const list: BuilderTransaction[] = []
    const add = (transaction: BuilderTransaction): void => {
      list.push(transaction)
      for (const [index, output] of transaction.outputs.entries())
        if (output.script[0] !== 0x6a) unspent.push({ txid: transaction.txid, index, value: output.value, script: output.script })
    }
    add({
      txid: hash('coinbase', own, height),
      version: 1,
      lockTime: 0,
      witness: false,
      inputs: [],
      outputs: [{ value: 50_0000_0000n, script: script(height) }],
    })
    for (const [k, recipeOf] of transactions.entries()) {
      const inputs: BuilderInput[] = []
      let sum = 0n
      let known = true
      for (const choice of recipeOf.inputs) {
        const [spent] = unspent.splice(choice % Math.max(1, unspent.length), 1)
        if (spent === undefined) continue
        inputs.push({ txid: spent.txid, index: spent.index, sequence: 0xffff_fffd + (choice % 3) })
        sum += spent.value
      }
      if (recipeOf.foreign > 0) {
        const value = BigInt(1000 * (recipeOf.fee + 1))
        known = recipeOf.foreign === 1
        inputs.push({
          txid: hash('foreign', own, height, k),
          index: k,
          sequence: 0xffff_ffff,
          ...(known ? { spent: { value, script: script(recipeOf.fee % 24) } } : {}),
        })
        if (known) sum += value
      }
      if (inputs.length === 0) continue
      let left = known ? sum - (sum > BigInt(recipeOf.fee) ? BigInt(recipeOf.fee) : 0n) : 1_000_000n
      const outputs: { value: bigint; script: Uint8Array }[] = recipeOf.outputs.map((part, o) => {
        const value = o === recipeOf.outputs.length - 1 ? left : (left * BigInt(part)) / 1000n
        left -= value
        return { value, script: script(recipeOf.scripts[o % 4] as number) }
      })
      if (recipeOf.data) outputs.splice(1, 0, { value: 0n, script: dataScript(height * 7 + k) })
      add({
        txid: hash('tx', own, height, k),
        version: 1 + (k % 2),
        lockTime: height,
        witness: k % 2 === 1,
        inputs,
        outputs,
      })
    }
    const block = {
      height,
      hash: hash('block', own, height),
      previous,
      time: 1_000_000 + height * 600 - (height % 3) * 700,
      transactions: list,
    }
    blocks.push(block)
    previous = block.hash
  }
  return blocks
}

/** Name of script n on the test network. */
export function nameOf(bytes: Uint8Array): string {
  const address = scriptAddress(bytes, REGTEST)
  return address ?? `scripthash:${createHash('sha256').update(bytes).digest('hex')}`
}
