import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { blocksOf } from '../../../src/ledger/bitcoin/local/blocks-of.ts'
import { extendBitcoinLedger, openBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/bitcoin/local/import.ts'
import type { LocalBitcoinLedger } from '../../../src/ledger/bitcoin/local/ledger.ts'
import { verifyBitcoinLedger } from '../../../src/ledger/bitcoin/local/verify.ts'
import { matchTransaction } from '../../../src/ledger/bitcoin/match.ts'
import { ABSENT } from '../../../src/ledger/index.ts'
import { cook, hash, incomingBlocks, nameOf, type PlainBlock, recipeArbitrary, script } from './chain.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-bitcoin-'))
let made = 0
afterAll(() => rm(root, { recursive: true, force: true }))

const folder = (): string => join(root, String(made++))

async function imported(blocks: readonly PlainBlock[]): Promise<LocalBitcoinLedger> {
  const directory = folder()
  await writeBitcoinLedger(incomingBlocks(blocks), directory)
  return openBitcoinLedger(directory)
}

/** Everything that a ledger says of a chain, by names alone, so that ledgers with other numbers can be compared. */
async function everything(ledger: LocalBitcoinLedger): Promise<unknown> {
  const txs = Array.from({ length: ledger.manifest.transactions }, (_, tx) => tx)
  const infos = await ledger.transactions(txs)
  const transactions = await ledger.bitcoinTransactions(txs)
  const name = async (account: number | null): Promise<string | null> =>
    account === null ? null : ((await ledger.addresses([account]))[0] ?? null)
  const told = []
  for (const [k, tx] of transactions.entries()) {
    const outputs = async (list: typeof tx.outputs): Promise<unknown[]> =>
      Promise.all(
        list.map(async (output) => ({
          outpoint: (await ledger.outpoints([output.output]))[0],
          value: output.value,
          account: await name(output.account),
          script: output.script,
          spentBy: output.spentBy === null ? null : infos[output.spentBy]?.hash,
        })),
      )
    const { block, time, version, lockTime, witness, sequence, coinbase, data, fee } = tx
    told.push({
      info: infos[k],
      block,
      time,
      version,
      lockTime,
      witness,
      sequence,
      coinbase,
      fee,
      data: data.map(({ index, script: bytes }) => [index, Buffer.from(bytes).toString('hex')]),
      inputs: await outputs(tx.inputs),
      outputs: await outputs(tx.outputs),
    })
  }
  return told
}

describe('a Bitcoin ledger on disk', () => {
  it('answers what the chain says, for random chains', async () => {
    await fc.assert(
      fc.asyncProperty(recipeArbitrary, async (recipe) => {
        const blocks = cook(recipe)
        const ledger = await imported(blocks)
        try {
          const spenders = new Map<string, string>()
          const paid = new Map<string, bigint>()
          for (const { transactions } of blocks) {
            for (const tx of transactions) {
              for (const input of tx.inputs) spenders.set(`${input.txid}:${input.index}`, tx.txid)
              for (const [index, output] of tx.outputs.entries()) paid.set(`${tx.txid}:${index}`, output.value)
            }
          }
          let number = 0
          for (const block of blocks) {
            for (const tx of block.transactions) {
              const [id] = await ledger.transactionIds([tx.txid])
              expect(id).toBe(number++)
              const [read] = await ledger.bitcoinTransactions([id as number])
              const [info] = await ledger.transactions([id as number])
              expect(info).toMatchObject({ hash: tx.txid, block: block.height, time: block.time })
              expect(ledger.table().timeOf?.(id as number)).toBe(block.time)
              expect(read).toMatchObject({
                version: tx.version,
                lockTime: tx.lockTime,
                witness: tx.witness,
                coinbase: tx.inputs.length === 0,
                block: block.height,
              })
              expect(await ledger.outpoints(read?.inputs.map(({ output }) => output) ?? [])).toEqual(
                tx.inputs.map(({ txid, index }) => ({ txid, index })),
              )
              for (const [k, input] of tx.inputs.entries()) {
                const told = read?.inputs[k]
                expect(told?.value).toBe(paid.get(`${input.txid}:${input.index}`) ?? input.spent?.value ?? null)
                expect(told?.spentBy).toBe(id)
              }
              for (const [k, output] of tx.outputs.entries()) {
                const told = read?.outputs[k]
                expect(told?.value).toBe(output.value)
                const isData = output.script[0] === 0x6a
                expect(told?.account === null).toBe(isData)
                if (isData) expect(Buffer.from(read?.data.find(({ index }) => index === k)?.script ?? []).equals(output.script)).toBe(true)
                else expect(await ledger.addresses([told?.account as number])).toEqual([nameOf(output.script)])
                const spender = spenders.get(`${tx.txid}:${k}`)
                expect(told?.spentBy ?? null).toBe(spender === undefined ? null : ((await ledger.transactionIds([spender]))[0] ?? null))
                expect([...(await ledger.outputIds([{ txid: tx.txid, index: k }]))]).toEqual([told?.output])
              }
              expect(info?.rows).toBe(
                matchTransaction(read as NonNullable<typeof read>).filter((m) => m.output !== -1 || read?.fee === null).length,
              )
            }
          }
          for (let n = 0; n < 24; n++) {
            const [account] = await ledger.accountIds([nameOf(script(n))])
            const expected = blocks
              .flatMap((block) => block.transactions)
              .flatMap((tx) => tx.outputs.map((output, index) => ({ output, outpoint: { txid: tx.txid, index } })))
              .filter(({ output }) => nameOf(output.script) === nameOf(script(n)))
              .map(({ outpoint }) => outpoint)
            if (account === ABSENT) {
              expect(expected).toEqual([])
              continue
            }
            const outputs = await ledger.outputsOf(account as number)
            const own = (await ledger.outputs(outputs)).filter(({ tx }) => tx !== null)
            expect(await ledger.outpoints(own.map(({ output }) => output))).toEqual(expected)
            const degrees = await ledger.degrees([account as number])
            expect(degrees.in[0]).toBe(outputs.length)
            expect(degrees.out[0]).toBe((await ledger.outputs(outputs)).filter(({ spentBy }) => spentBy !== null).length)
          }
        } finally {
          await ledger.close()
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('is the same ledger when it is imported in parts, and when its own blocks are imported again', async () => {
    await fc.assert(
      fc.asyncProperty(recipeArbitrary, fc.array(fc.nat(7), { maxLength: 6 }), async (recipe, cuts) => {
        const blocks = cook(recipe)
        const whole = await imported(blocks)
        const directory = folder()
        const bounds = [...new Set([...cuts, blocks.length])].filter((at) => at > 0 && at <= blocks.length).sort((a, b) => a - b)
        let from = 0
        for (const end of bounds) {
          const part = incomingBlocks(blocks.slice(0, end))
          if (from === 0) await writeBitcoinLedger(part, directory)
          else expect((await extendBitcoinLedger(part, directory)).blocks).toBe(end - from)
          from = end
        }
        const parts = await openBitcoinLedger(directory)
        const again = folder()
        await writeBitcoinLedger(
          {
            ...incomingBlocks([]),
            blocks: async function* () {
              yield* blocksOf(parts, parts.segments)
            },
          },
          again,
        )
        const copy = await openBitcoinLedger(again)
        try {
          expect(parts.manifest.hash).toBe(whole.manifest.hash)
          expect(copy.manifest.hash).toBe(whole.manifest.hash)
          expect(await everything(parts)).toEqual(await everything(whole))
          expect(parts.manifest).toMatchObject({
            transfers: whole.manifest.transfers,
            accounts: whole.manifest.accounts,
            foreign: whole.manifest.foreign,
            unknownValues: whole.manifest.unknownValues,
            genesis: whole.manifest.foreign === 0,
            time: whole.manifest.time,
            blocks: whole.manifest.blocks,
            tip: whole.manifest.tip,
          })
        } finally {
          for (const ledger of [whole, parts, copy]) await ledger.close()
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('undoes the blocks of a branch that a longer one replaced, and is then what importing the longer one gives', async () => {
    await fc.assert(
      fc.asyncProperty(recipeArbitrary, recipeArbitrary, fc.nat(6), fc.nat(3), async (first, second, at, part) => {
        const fork = Math.max(1, Math.min(at, first.blocks.length - 1))
        const shared = first.blocks.slice(0, fork)
        const longer = [...shared, ...second.blocks, ...first.blocks.slice(fork)]
        const old = cook(first)
        const branch = cook({ blocks: longer }, { name: 'b', fork })
        const directory = folder()
        const split = Math.max(1, Math.min(part, old.length))
        await writeBitcoinLedger(incomingBlocks(old.slice(0, split)), directory)
        await extendBitcoinLedger(incomingBlocks(old), directory)
        const report = await extendBitcoinLedger(incomingBlocks(branch.slice(Math.max(0, fork - 1))), directory)
        expect(report.undone).toBe(old.length - fork)
        const now = await openBitcoinLedger(directory)
        const direct = await imported(branch)
        try {
          const { segments: _own, ...told } = now.manifest
          const { segments: _direct, ...expected } = direct.manifest
          expect(told).toEqual(expected)
          expect(await everything(now)).toEqual(await everything(direct))
          expect((await verifyBitcoinLedger(directory)).problems).toEqual([])
        } finally {
          for (const ledger of [now, direct]) await ledger.close()
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('keeps what it has when a branch is not longer or follows nothing', async () => {
    const recipe = { blocks: Array.from({ length: 4 }, () => ({ transactions: [] })) }
    const directory = folder()
    await writeBitcoinLedger(incomingBlocks(cook(recipe)), directory)
    const before = await openBitcoinLedger(directory)
    await before.close()
    await expect(extendBitcoinLedger(incomingBlocks(cook(recipe, { name: 'b', fork: 2 })), directory)).rejects.toMatchObject({
      code: 'bitcoin/shorter-branch',
    })
    await expect(extendBitcoinLedger(incomingBlocks(cook(recipe, { name: 'c', fork: 0 }).slice(2)), directory)).rejects.toMatchObject({
      code: 'bitcoin/not-linked',
    })
    const after = await openBitcoinLedger(directory)
    expect(after.manifest).toEqual(before.manifest)
    await after.close()
  })

  it('refuses what no chain holds: double spends, outputs that are not there, value out of nothing', async () => {
    const coinbase = (height: number) => ({
      txid: hash('c', height),
      version: 1,
      lockTime: 0,
      witness: false,
      inputs: [],
      outputs: [{ value: 50n, script: script(1) }],
    })
    const spend = (name: string, index: number, value: bigint) => ({
      txid: hash(name),
      version: 1,
      lockTime: 0,
      witness: false,
      inputs: [{ txid: hash('c', 0), index, sequence: 0 }],
      outputs: [{ value, script: script(2) }],
    })
    const chain = (...transactions: ReturnType<typeof spend>[]): PlainBlock[] => [
      { height: 0, hash: hash('b', 0), previous: '0'.repeat(64), time: 1, transactions: [coinbase(0)] },
      { height: 1, hash: hash('b', 1), previous: hash('b', 0), time: 2, transactions: [coinbase(1), ...transactions] },
    ]
    const refused = async (blocks: readonly PlainBlock[], code: string): Promise<void> => {
      await expect(writeBitcoinLedger(incomingBlocks(blocks), folder())).rejects.toMatchObject({ code })
      const directory = folder()
      await writeBitcoinLedger(incomingBlocks(blocks.slice(0, 1)), directory)
      await expect(extendBitcoinLedger(incomingBlocks(blocks), directory)).rejects.toMatchObject({ code })
    }
    await refused(chain(spend('a', 0, 50n), spend('b', 0, 50n)), 'bitcoin/double-spend')
    await refused(chain(spend('a', 1, 50n)), 'bitcoin/no-such-output')
    await refused(chain(spend('a', 0, 51n)), 'bitcoin/creates-value')
    await (await imported(chain(spend('a', 0, 50n)))).close()
  })
})
