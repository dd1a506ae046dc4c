import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABSENT, type BitcoinOutput, SEQUENCES, sequenceClass, type UtxoLedger } from '../../../src/ledger/index.ts'
import { dataScript, nameOf, script } from './chain.ts'
import { type Draft, draftId, genesisBlock, mine, type TestBlock, type TestTransaction } from './esplora/blocks.ts'

export type MakeCoins = (blocks: readonly TestBlock[]) => Promise<UtxoLedger>

interface Payment {
  readonly inputs: readonly number[]
  readonly outputs: readonly { readonly part: number; readonly script: number }[]
  readonly fee: number
  readonly sequence: number
  readonly lockTime: number
  readonly witness: boolean
  readonly data: boolean
}

const payment: fc.Arbitrary<Payment> = fc.record({
  inputs: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }),
  outputs: fc.array(fc.record({ part: fc.nat(100), script: fc.nat(23) }), { minLength: 1, maxLength: 4 }),
  fee: fc.nat(5000),
  sequence: fc.constantFrom(0xffff_ffff, 0xffff_fffe, 0xffff_fffd, 7),
  lockTime: fc.nat(1000),
  witness: fc.boolean(),
  data: fc.boolean(),
})

/** Chains of regtest in which every output that is spent is there: blocks of up to three payments, and times that need not rise. */
const chain: fc.Arbitrary<TestBlock[]> = fc
  .array(fc.record({ payments: fc.array(payment, { maxLength: 3 }), late: fc.integer({ min: -900, max: 900 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps) => {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
    const blocks = [genesisBlock('regtest')]
    const unspent: { txid: string; index: number; value: number }[] = []
    for (const [k, { payments, late }] of steps.entries()) {
      const drafts: Draft[] = []
      for (const { inputs, outputs, fee, sequence, lockTime, witness, data } of payments) {
        const spent = inputs.flatMap((choice) => unspent.splice(choice % Math.max(1, unspent.length), 1))
        const sum = spent.reduce((total, { value }) => total + value, 0)
        if (sum === 0) continue
        let left = sum - Math.min(fee, sum)
        const paid = outputs.map(({ part, script: n }, o) => {
          const value = o === outputs.length - 1 ? left : Math.floor((left * part) / 100)
          left -= value
          return { value, script: hex(script(n)) }
        })
        if (data) paid.splice(1, 0, { value: 0, script: hex(dataScript(k)) })
        const draft: Draft = {
          inputs: spent.map(({ txid, index }, i) => ({ txid, index, sequence: i === 1 ? 0xffff_fffe : sequence })),
          outputs: paid,
          lockTime,
          witness,
        }
        drafts.push(draft)
        // May be spent in the same block.
        for (const [index, output] of paid.entries())
          if (!output.script.startsWith('6a')) unspent.push({ txid: draftId(draft), index, value: output.value })
      }
      const parent = blocks.at(-1) as TestBlock
      const block = mine(parent, drafts, 1_700_000_000 + 600 * k + late, hex(script(k % 5)))
      blocks.push(block)
      unspent.push({ txid: block.transactions[0]?.txid as string, index: 0, value: 50e8 })
    }
    return blocks
  })

/** What every ledger of outputs must answer beside the `Ledger` contract: transactions, outputs, spends and addresses are those of the blocks, whatever they are numbered. */
export function coinsContract(name: string, make: MakeCoins, runs = 12): void {
  describe(`a ledger of outputs: ${name}`, () => {
    const run = (check: (ledger: UtxoLedger, blocks: readonly TestBlock[]) => Promise<void>): Promise<void> =>
      fc.assert(
        fc.asyncProperty(chain, async (blocks) => {
          const ledger = await make(blocks)
          try {
            await check(ledger, blocks)
          } finally {
            await ledger.close()
          }
        }),
        { numRuns: runs },
      )

    it('tells transactions in full, as their blocks have them', () =>
      run(async (ledger, blocks) => {
        const truth = new Truth(blocks)
        for (const block of blocks) {
          for (const [position, transaction] of block.transactions.entries()) {
            const txs = await ledger.transactionIds([transaction.txid])
            const [told] = await ledger.bitcoinTransactions(txs)
            const { inputs = [], outputs = [], ...rest } = told ?? {}
            expect(rest).toEqual({
              tx: txs[0],
              block: block.height,
              time: block.time,
              version: transaction.version,
              lockTime: transaction.lockTime,
              witness: transaction.inputs.some(({ witness }) => witness.length > 0),
              sequence: truth.sequence(transaction),
              coinbase: position === 0,
              data: transaction.outputs.flatMap((output, index) =>
                output.script.startsWith('6a') ? [{ index, script: Uint8Array.from(Buffer.from(output.script, 'hex')) }] : [],
              ),
              fee: truth.fee(transaction),
            })
            expect(await described(ledger, inputs)).toEqual(
              position === 0 ? [] : transaction.inputs.map(({ txid, index }) => truth.output(txid, index)),
            )
            expect(await described(ledger, outputs)).toEqual(transaction.outputs.map((_, index) => truth.output(transaction.txid, index)))
          }
        }
      }))

    it('finds outputs by transaction and index, and tells them back', () =>
      run(async (ledger, blocks) => {
        const truth = new Truth(blocks)
        const all = blocks.flatMap(({ transactions }) =>
          transactions.flatMap(({ txid, outputs }) => outputs.map((_, index) => ({ txid, index }))),
        )
        const ids = await ledger.outputIds(all)
        expect(new Set(ids).size).toBe(all.length)
        expect(await ledger.outpoints(ids)).toEqual(all)
        expect(await described(ledger, await ledger.outputs(ids))).toEqual(all.map(({ txid, index }) => truth.output(txid, index)))
        const [{ txid, index }] = all.slice(-1) as [(typeof all)[number]]
        const none = [
          { txid, index: index + 1 },
          { txid, index: -1 },
          { txid: 'f'.repeat(64), index: 0 },
          { txid: 'none', index: 0 },
        ]
        expect([...(await ledger.outputIds(none))]).toEqual(none.map(() => ABSENT))
      }))

    it('lists what an address was paid, in chain order', () =>
      run(async (ledger, blocks) => {
        for (let n = 0; n < 24; n++) {
          const own = Buffer.from(script(n)).toString('hex')
          const paid = blocks.flatMap(({ transactions }) =>
            transactions.flatMap(({ txid, outputs }) =>
              outputs.flatMap((output, index) => (output.script === own ? [{ txid, index }] : [])),
            ),
          )
          const [account = ABSENT] = await ledger.accountIds([nameOf(script(n))])
          const listed = account === ABSENT ? [] : await ledger.outpoints(await ledger.outputsOf(account))
          expect(listed).toEqual(paid)
        }
      }))

    it('finds the first transaction at or after a height or a time', () =>
      run(async (ledger, blocks) => {
        const same = async (found: number, block: TestBlock | undefined): Promise<void> => {
          const [first] =
            block === undefined ? [Number.POSITIVE_INFINITY] : await ledger.transactionIds([block.transactions[0]?.txid as string])
          expect(found).toBe(first)
        }
        for (let height = 0; height <= blocks.length; height++) await same(await ledger.txAt({ block: height }), blocks[height])
        const times = [0, ...blocks.flatMap(({ time }) => [time, time + 1])]
        for (const time of times)
          await same(
            await ledger.txAt({ time }),
            blocks.find((block) => block.time >= time),
          )
      }))
  })
}

async function described(ledger: UtxoLedger, outputs: readonly BitcoinOutput[]): Promise<unknown[]> {
  const outpoints = await ledger.outpoints(outputs.map(({ output }) => output))
  const hash = async (tx: number | null): Promise<string | null> =>
    tx === null ? null : ((await ledger.transactions([tx]))[0]?.hash ?? null)
  const list: unknown[] = []
  for (const [i, { tx, index, value, account, script: type, spentBy }] of outputs.entries()) {
    const [address = null] = account === null ? [] : await ledger.addresses([account])
    list.push({
      outpoint: outpoints[i],
      creator: await hash(tx),
      index,
      value,
      address,
      data: type === 'data',
      spentBy: await hash(spentBy),
    })
  }
  return list
}

/** What the blocks say, read from them alone. */
class Truth {
  readonly #transactions = new Map<string, TestTransaction>()
  readonly #spenders = new Map<string, string>()

  constructor(blocks: readonly TestBlock[]) {
    for (const { transactions } of blocks) {
      for (const transaction of transactions) {
        this.#transactions.set(transaction.txid, transaction)
        if (transaction.coinbase) continue
        for (const { txid, index } of transaction.inputs) this.#spenders.set(`${txid}:${index}`, transaction.txid)
      }
    }
  }

  output(txid: string, index: number): unknown {
    const output = this.#transactions.get(txid)?.outputs[index]
    if (output === undefined) throw new Error(`no output ${txid}:${index}`)
    const data = output.script.startsWith('6a')
    return {
      outpoint: { txid, index },
      creator: txid,
      index,
      value: BigInt(output.value),
      address: data ? null : nameOf(Buffer.from(output.script, 'hex')),
      data,
      spentBy: this.#spenders.get(`${txid}:${index}`) ?? null,
    }
  }

  fee({ coinbase, inputs, outputs }: TestTransaction): bigint | null {
    if (coinbase) return null
    const held = inputs.reduce((sum, { txid, index }) => sum + (this.#transactions.get(txid)?.outputs[index]?.value ?? Number.NaN), 0)
    return BigInt(held - outputs.reduce((sum, { value }) => sum + value, 0))
  }

  /** Of a coinbase nothing is said. */
  sequence({ coinbase, inputs }: TestTransaction): unknown {
    if (coinbase) return expect.any(String)
    const classes = new Set(inputs.map(({ sequence }) => sequenceClass(sequence)))
    return classes.size > 1 ? 'mixed' : SEQUENCES[[...classes][0] as number]
  }
}
