import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BuilderInput, BuilderTransaction } from '../../../src/ledger/bitcoin/builder.ts'
import { extendBitcoinLedger, openBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/bitcoin/local/import.ts'
import { verifyBitcoinLedger } from '../../../src/ledger/bitcoin/local/verify.ts'
import { ABSENT } from '../../../src/ledger/index.ts'
import { mix } from '../../../src/ledger/local/words.ts'
import { dataScript, hash, incomingBlocks, nameOf, type PlainBlock, script } from './chain.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-bitcoin-odd-'))
let made = 0
const folder = (): string => join(root, String(made++))
afterAll(() => rm(root, { recursive: true, force: true }))

type Output = BuilderTransaction['outputs'][number]

function transaction(txid: string, inputs: readonly BuilderInput[], outputs: readonly Output[]): BuilderTransaction {
  return { txid, version: 1, lockTime: 0, witness: false, inputs, outputs }
}

const pays = (value: bigint, to = 1): Output => ({ value, script: script(to) })
const spends = (txid: string, index = 0, spent?: Output): BuilderInput => ({
  txid,
  index,
  sequence: 0xffff_ffff,
  ...(spent === undefined ? {} : { spent }),
})

/** Blocks in a row from `first` on, each with a coinbase of its own unless its first transaction is one. */
function chain(lists: readonly (readonly BuilderTransaction[])[], first = 0): PlainBlock[] {
  return lists.map((list, k) => {
    const height = first + k
    const coinbase = transaction(hash('coinbase', height), [], [pays(50_0000_0000n, 1)])
    return {
      height,
      hash: hash('block', height),
      previous: hash('block', height - 1),
      time: 1_000_000 + height,
      transactions: list[0]?.inputs.length === 0 ? list : [coinbase, ...list],
    }
  })
}

/** What becomes of blocks that are imported at once, and of the same with each block appended by itself: the code of the error, or nothing. */
async function outcomes(blocks: readonly PlainBlock[]): Promise<readonly (string | null)[]> {
  const code = async (work: () => Promise<unknown>): Promise<string | null> =>
    work().then(
      () => null,
      (error: { code: string }) => error.code,
    )
  const parts = folder()
  return [
    await code(() => writeBitcoinLedger(incomingBlocks(blocks), folder())),
    await code(async () => {
      await writeBitcoinLedger(incomingBlocks(blocks.slice(0, 1)), parts)
      for (let end = 2; end <= blocks.length; end++) await extendBitcoinLedger(incomingBlocks(blocks.slice(0, end)), parts)
    }),
  ]
}

describe('what no chain holds', () => {
  it('is refused where an output from before the ledger is spent twice, in one transaction, in two, and in two appends', async () => {
    const outside = spends(hash('outside'), 3, pays(70n))
    const one = transaction(hash('one'), [outside], [pays(60n)])
    const two = transaction(hash('two'), [outside], [pays(50n)])
    expect(await outcomes(chain([[], [one, two]], 100))).toEqual(['bitcoin/double-spend', 'bitcoin/double-spend'])
    expect(await outcomes(chain([[one], [two]], 100))).toEqual(['bitcoin/double-spend', 'bitcoin/double-spend'])
    expect(await outcomes(chain([[], [transaction(hash('one'), [outside, outside], [pays(60n)])]], 100))).toEqual([
      'bitcoin/double-spend',
      'bitcoin/double-spend',
    ])
    const other = transaction(hash('two'), [spends(hash('outside'), 4, pays(70n))], [pays(50n)])
    expect(await outcomes(chain([[one], [other]], 100))).toEqual([null, null])
  })

  it('is refused where an OP_RETURN from before the ledger is spent', async () => {
    const bad = transaction(hash('bad'), [spends(hash('outside'), 0, { value: 5n, script: dataScript(1) })], [pays(5n)])
    expect(await outcomes(chain([[], [bad]], 100))).toEqual(['bitcoin/no-such-output', 'bitcoin/no-such-output'])
  })

  it('is refused where two transactions have one id, though they spend different outputs', async () => {
    const again = (height: number): BuilderTransaction => transaction(hash('again'), [spends(hash('coinbase', height))], [pays(5n)])
    const blocks = chain([[], [], [again(0)], [again(1)]])
    await expect(writeBitcoinLedger(incomingBlocks(blocks), folder())).rejects.toMatchObject({ code: 'bitcoin/repeated-transaction' })
  })

  it('is refused where the source tells other values of spent outputs than the ledger holds, were it only their order', async () => {
    const split = (...values: bigint[]) =>
      transaction(
        hash('split'),
        [spends(hash('coinbase', 0))],
        values.map((value) => pays(value)),
      )
    const joins = (first: bigint | null, second: bigint | null) =>
      transaction(
        hash('joins'),
        [first, second].map((value, index) => spends(hash('split'), index, value === null ? undefined : pays(value))),
        [pays(60n)],
      )
    const big = 2n ** 32n + 5n
    const outcome = (first: bigint | null, second: bigint | null) => outcomes(chain([[], [split(30n, 40n)], [joins(first, second)]]))
    expect(await outcome(30n, 40n)).toEqual([null, null])
    expect(await outcome(null, 41n), 'an input of which nothing is told').toEqual([null, null])
    for (const [first, second] of [
      [30n, 41n],
      [40n, 30n],
      [0n, 70n],
      [30n + 2n ** 32n, 40n],
    ] as const)
      expect(await outcome(first, second)).toEqual(['bitcoin/contradicted-values', 'bitcoin/contradicted-values'])
    expect(
      await outcomes(chain([[], [split(big)], [transaction(hash('far'), [spends(hash('split'), 0, pays(big))], [pays(big)])]])),
    ).toEqual([null, null])
  })

  it('is refused where a block has no transactions', async () => {
    const [first, second] = chain([[], []])
    const blocks = [first as PlainBlock, { ...(second as PlainBlock), transactions: [] }]
    expect(await outcomes(blocks)).toEqual(['bitcoin/bad-block', 'bitcoin/bad-block'])
  })
})

describe('what a chain may hold', () => {
  it('two coinbases of one id: the later takes the place of the earlier, which nobody can spend any more (BIP 30)', async () => {
    const twin = transaction(hash('twin'), [], [pays(50n, 2)])
    const blocks = chain([[twin], [], [twin], [transaction(hash('spend'), [spends(hash('twin'))], [pays(49n, 3)])]])
    for (const parts of [[4], [1, 2, 3, 4], [3, 4]]) {
      const directory = folder()
      for (const [k, end] of parts.entries()) {
        const incoming = incomingBlocks(blocks.slice(0, end))
        if (k === 0) await writeBitcoinLedger(incoming, directory)
        else await extendBitcoinLedger(incoming, directory)
      }
      expect((await verifyBitcoinLedger(directory)).problems).toEqual([])
      const ledger = await openBitcoinLedger(directory)
      expect([...(await ledger.transactionIds([hash('twin')]))]).toEqual([2])
      const [, , , , spender] = await ledger.bitcoinTransactions([0, 1, 2, 3, 4])
      expect(spender?.inputs.map(({ tx }) => tx)).toEqual([2])
      const [account = ABSENT] = await ledger.accountIds([nameOf(script(2))])
      expect((await ledger.outputs(await ledger.outputsOf(account))).map(({ tx, spentBy }) => [tx, spentBy])).toEqual([
        [0, null],
        [2, 4],
      ])
      await ledger.close()
    }
  })

  it('blocks of a coinbase alone, outputs of no value, and OP_RETURN outputs of some', async () => {
    const directory = folder()
    const burn = transaction(
      hash('burn'),
      [spends(hash('coinbase', 0))],
      [pays(0n, 4), { value: 30n, script: dataScript(7) }, pays(20n, 5)],
    )
    const dust = transaction(hash('dust'), [spends(hash('burn'), 0)], [pays(0n, 6)])
    await writeBitcoinLedger(incomingBlocks(chain([[], [], [burn, dust]])), directory)
    expect((await verifyBitcoinLedger(directory)).problems).toEqual([])
    const ledger = await openBitcoinLedger(directory)
    const transfers: [string, string, bigint][] = []
    for await (const batch of ledger.transfersIn([3, 4])) {
      const from = await ledger.addresses(batch.from)
      const to = await ledger.addresses(batch.to)
      for (let i = 0; i < batch.length; i++) transfers.push([from[i] as string, to[i] as string, batch.value.get(i)])
    }
    expect(transfers).toEqual([
      [nameOf(script(1)), 'unspendable', 30n],
      [nameOf(script(1)), nameOf(script(5)), 20n],
    ])
    expect((await ledger.bitcoinTransactions([4]))[0]).toMatchObject({ fee: 0n, inputs: [{ value: 0n }], outputs: [{ value: 0n }] })
    await ledger.close()
  })

  it('thousands of scripts that were made to fall into one bucket of the index', async () => {
    const directory = folder()
    const outputs = Array.from({ length: 5000 }, (_, n) => ({ value: 1n, script: colliding(n) }))
    await writeBitcoinLedger(incomingBlocks(chain([[], [transaction(hash('many'), [spends(hash('coinbase', 0))], outputs)]])), directory)
    const ledger = await openBitcoinLedger(directory)
    const starts = ledger.segments[0]?.u32('account.bucket') ?? new Uint32Array(0)
    expect(Math.max(...starts.map((at, b) => at - (starts[b - 1] ?? 0)))).toBeGreaterThanOrEqual(5000)
    const names = [0, 1, 2500, 4999].map((n) => nameOf(colliding(n)))
    expect(await ledger.addresses(await ledger.accountIds(names))).toEqual(names)
    await ledger.close()
  })
})

/** P2WSH script number n: words of its program chosen so that the hash of its key is the same for all n (MurmurHash3 can be run backward). */
function colliding(n: number): Uint8Array {
  const program = new Uint32Array(8)
  program[0] = n
  // Type code 5, P2WSH, is the first word of the key.
  let state = mix(9, 5)
  for (let k = 0; k < 7; k++) state = mix(state, program[k] as number)
  const inverse = (a: number): number => {
    let x = a
    for (let round = 0; round < 5; round++) x = Math.imul(x, 2 - Math.imul(a, x))
    return x
  }
  const back = (x: number, by: number): number => (x >>> by) | (x << (32 - by))
  const mixed = back(Math.imul(12_345 - 0xe6546b64, inverse(5)), 13) ^ state
  program[7] = Math.imul(back(Math.imul(mixed, inverse(0x1b873593)), 15), inverse(0xcc9e2d51))
  return Uint8Array.of(0x00, 0x20, ...new Uint8Array(program.buffer))
}

describe('the manifest of a Bitcoin ledger', () => {
  it('does not say that a ledger begins at genesis when it spends what it does not hold', async () => {
    const whole = await writeBitcoinLedger(incomingBlocks(chain([[], []])), folder())
    expect(whole.manifest.genesis).toBe(true)
    const lacking = transaction(hash('lacking'), [spends(hash('outside'), 0, pays(5n))], [pays(5n)])
    const part = await writeBitcoinLedger(incomingBlocks(chain([[], [lacking]])), folder())
    expect(part.manifest.genesis).toBe(false)
  })

  it('says once how many heights are missing, as it is after the last append', async () => {
    const directory = folder()
    const blocks = chain([[], [], [], [], [], []])
    const at = (...heights: readonly number[]): PlainBlock[] => heights.map((height) => blocks[height] as PlainBlock)
    await writeBitcoinLedger(incomingBlocks(at(0, 2)), directory)
    const { manifest } = await extendBitcoinLedger(incomingBlocks(at(2, 5)), directory)
    expect(manifest.orderNotes).toEqual([
      '3 heights between the first block and the last are not in the ledger: what was paid there is not seen.',
    ])
    expect(manifest).toMatchObject({ genesis: false, blocks: { first: 0, last: 5 } })
    expect((await verifyBitcoinLedger(directory)).problems).toEqual([])
  })

  it('forgets the times of blocks that were undone', async () => {
    const directory = folder()
    const blocks = chain([[], [], []])
    const late = { ...(blocks[2] as PlainBlock), hash: hash('late'), time: 9_999_999 }
    await writeBitcoinLedger(incomingBlocks([...blocks.slice(0, 2), late]), directory)
    const { manifest, undone } = await extendBitcoinLedger(
      incomingBlocks([
        ...blocks,
        {
          ...(blocks[2] as PlainBlock),
          height: 3,
          hash: hash('block', 3),
          previous: hash('block', 2),
          transactions: [transaction(hash('coinbase', 3), [], [pays(1n)])],
        },
      ]),
      directory,
    )
    expect(undone).toBe(1)
    expect(manifest.time).toEqual({ first: 1_000_000, last: 1_000_002 })
  })
})

describe('a reader', () => {
  it('goes on reading what it opened while blocks are appended and undone, and opens whatever is whole at that moment', async () => {
    const directory = folder()
    const blocks = chain(Array.from({ length: 30 }, () => []))
    await writeBitcoinLedger(incomingBlocks(blocks.slice(0, 10)), directory)
    const early = await openBitcoinLedger(directory)
    let writing = true
    let opened = 0
    const reading = (async () => {
      while (writing) {
        const ledger = await openBitcoinLedger(directory)
        const last = ledger.manifest.transactions - 1
        expect((await ledger.transactions([last]))[0]?.hash).toBe(hash('coinbase', last))
        await ledger.close()
        opened += 1
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    for (let end = 11; end <= 30; end++) await extendBitcoinLedger(incomingBlocks(blocks.slice(0, end)), directory)
    writing = false
    await reading
    expect(opened).toBeGreaterThan(1)
    expect((await early.transactions([9]))[0]?.hash).toBe(hash('coinbase', 9))
    await early.close()
    await expect(early.transactions([9])).rejects.toMatchObject({ code: 'ledger/closed' })
  })
})
