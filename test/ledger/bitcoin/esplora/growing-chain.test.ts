import { glob, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EsploraLedger } from '../../../../src/ledger/bitcoin/esplora/index.ts'
import { ABSENT, type BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { readTransfers } from '../../contract.ts'
import { type Draft, draftId, genesisBlock, mine, type TestBlock } from './blocks.ts'
import { withFolder, withServer } from './opened.ts'

/** P2WPKH of a made-up key hash, and its address (BIP 173). */
const ALICE = `0014${'11'.repeat(20)}`
const BOB = `0014${'22'.repeat(20)}`
const CAROL = `0014${'33'.repeat(20)}`
/** Bare multisig has no address: it goes by the hash of its script. */
const SHARED = `5121${'02'.repeat(33)}51ae`
const DATA = '6a0548656c6c6f'

interface World {
  readonly blocks: readonly TestBlock[]
  /** Alice's coins from a coinbase, and what Alice then pays to Bob, one after the other, each with the change back to her. */
  readonly payments: readonly Draft[]
}

/** Alice is paid 50 coins in block 1, and pays Bob one coin in each of `payments` transactions, three to a block. */
function world(payments: number): World {
  const blocks = [genesisBlock('regtest')]
  blocks.push(mine(blocks[0] as TestBlock, [], undefined, ALICE))
  let at = { txid: blocks[1]?.transactions[0]?.txid as string, index: 0 }
  let left = 50e8
  const drafts: Draft[] = []
  for (let k = 0; k < payments; k++) {
    left -= 1e6 + 100
    const draft: Draft = {
      inputs: [at],
      outputs: [
        { value: 1e6, script: BOB },
        { value: left, script: ALICE },
      ],
      witness: true,
    }
    drafts.push(draft)
    at = { txid: draftId(draft), index: 1 }
  }
  for (let k = 0; k < payments; k += 3) blocks.push(mine(blocks.at(-1) as TestBlock, drafts.slice(k, k + 3)))
  return { blocks, payments: drafts }
}

const open = { network: 'regtest', minInterval: 0 } as const
const addressOf = async (ledger: EsploraLedger, txid: string, index: number): Promise<string> => {
  const ids = await ledger.transactionIds([txid])
  const [told] = await ledger.bitcoinTransactions(ids)
  const [address] = await ledger.addresses([told?.outputs[index]?.account as number])
  return address as string
}

describe('a chain of regtest through Esplora', () => {
  it('reads a history of several pages, each transaction once and in chain order', () =>
    withServer(world(70).blocks, async (opened) => {
      const ledger = await opened.open(open)
      const { payments } = world(70)
      const bob = await addressOf(ledger, draftId(payments[0] as Draft), 0)
      const [account] = await ledger.accountIds([bob])
      const found = await readTransfers(ledger, ledger.transfersOf([account as number]))
      expect(found.map(({ tx }) => tx)).toEqual([...(await ledger.transactionIds(payments.map(draftId)))])
      expect(found.every(({ to, value, alone }) => to === bob && value === 1_000_000n && alone === 0)).toBe(true)
      expect(opened.server.asked.filter((path) => path.includes('/txs/chain'))).toHaveLength(3)
      expect(await ledger.balanceAt(account as number, 0, (found[40]?.row as number) + 1)).toBe(41_000_000n)
    }))

  it('counts fees with their payer, apart from transfers', () =>
    withServer(world(4).blocks, async (opened) => {
      const ledger = await opened.open(open)
      const { payments } = world(4)
      const [told] = (await ledger.bitcoinTransactions(await ledger.transactionIds([draftId(payments[2] as Draft)]))) as [
        BitcoinTransaction,
      ]
      expect(told).toMatchObject({ fee: 100n, witness: true, sequence: 'replaceable' })
      const [bob, alice] = told.outputs.map(({ account }) => account as number) as [number, number]
      expect(await ledger.fees([alice, bob])).toEqual([
        { account: alice, amount: 400n },
        { account: bob, amount: 0n },
      ])
    }))

  it('asks only for the pages that a window of rows reaches into', () =>
    withServer(world(70).blocks, async (opened) => {
      const ledger = await opened.open(open)
      const last = draftId(world(70).payments[69] as Draft)
      const bob = await addressOf(ledger, last, 0)
      const [account] = await ledger.accountIds([bob])
      const [tx] = await ledger.transactionIds([last])
      const [info] = await ledger.transactions([tx as number])
      expect(await readTransfers(ledger, ledger.transfersOf([account as number], { fromRow: info?.firstRow as number }))).toHaveLength(1)
      expect(opened.server.asked.filter((path) => path.includes('/txs/chain'))).toHaveLength(1)
    }))

  it('names scripts without an address by their hash, and keeps data apart from accounts', () => {
    const { blocks, payments } = world(1)
    const odd: Draft = {
      inputs: [{ txid: draftId(payments[0] as Draft), index: 0 }],
      outputs: [
        { value: 500_000, script: SHARED },
        { value: 0, script: DATA },
        { value: 400_000, script: CAROL },
      ],
    }
    return withServer([...blocks, mine(blocks.at(-1) as TestBlock, [odd])], async (opened) => {
      const ledger = await opened.open(open)
      const [told] = await ledger.bitcoinTransactions(await ledger.transactionIds([draftId(odd)]))
      expect(told?.outputs.map(({ script }) => script)).toEqual(['multisig', 'data', 'p2wpkh'])
      expect(told?.outputs[1]?.account).toBe(null)
      expect(told?.data).toEqual([{ index: 1, script: Uint8Array.from(Buffer.from(DATA, 'hex')) }])
      const [name] = await ledger.addresses([told?.outputs[0]?.account as number])
      expect(name).toMatch(/^scripthash:[0-9a-f]{64}$/)
      const other = await opened.open(open)
      const [account] = await other.accountIds([name as string])
      expect(await other.addresses([account as number])).toEqual([name])
      expect([...(await other.degrees([account as number])).in]).toEqual([1])
      // A script that has an address does not go by its hash.
      const [carol] = await ledger.addresses([told?.outputs[2]?.account as number])
      expect(carol).toMatch(/^bcrt1q/)
      const hash = `scripthash:${opened.server.hashOf(CAROL)}`
      expect([...(await other.accountIds([hash]))]).toEqual([ABSENT])
    })
  })

  it('does not change its answers while the chain grows, and counts as of its tip', () => {
    const { blocks, payments } = world(12)
    const later = mine(blocks.at(-1) as TestBlock, [
      {
        inputs: [{ txid: draftId(payments[5] as Draft), index: 0 }],
        outputs: [{ value: 900_000, script: BOB }],
      },
    ])
    return withServer(blocks, async (opened) => {
      const ledger = await opened.open(open)
      opened.server.setBlocks([...blocks, later])
      const tx = await ledger.transactionIds([draftId(payments[5] as Draft)])
      const [told] = (await ledger.bitcoinTransactions(tx)) as [BitcoinTransaction]
      expect(told.outputs[0]?.spentBy).toBe(null)
      expect([...(await ledger.transactionIds([later.transactions[1]?.txid as string]))]).toEqual([ABSENT])
      const bob = told.outputs[0]?.account as number
      const degrees = await ledger.degrees([bob])
      expect([...degrees.in, ...degrees.out]).toEqual([12, 0])
      expect(await readTransfers(ledger, ledger.transfersOf([bob]))).toHaveLength(12)
      expect(opened.server.asked).not.toContain(`/tx/${later.transactions[1]?.txid}/merkle-proof`)
    })
  })

  it('says so when its tip is no longer part of the chain', () => {
    const { blocks } = world(6)
    const fork = mine(blocks.at(-2) as TestBlock, [], (blocks.at(-1)?.time as number) + 1)
    return withServer(blocks, async (opened) => {
      const ledger = await opened.open(open)
      const [miner] = await ledger.accountIds([await addressOf(ledger, blocks[1]?.transactions[0]?.txid as string, 0)])
      opened.server.setBlocks([...blocks.slice(0, -1), fork, mine(fork, [])])
      await expect(ledger.degrees([miner as number])).rejects.toMatchObject({ code: 'esplora/reorganised' })
      await expect(opened.open({ ...open, asOf: blocks.at(-1)?.hash as string })).rejects.toMatchObject({ code: 'esplora/not-in-chain' })
    })
  })

  it('goes on where an interrupted run stopped: what is in the cache is not asked for again', () =>
    withFolder((folder) =>
      withServer(world(60).blocks, async (opened) => {
        const { payments, blocks } = world(60)
        const follow = async (maxRequests: number): Promise<{ readonly hops: number; readonly ledger: EsploraLedger }> => {
          const ledger = await opened.open({ ...open, cacheDirectory: folder, asOf: blocks.at(-1)?.hash as string, maxRequests })
          let [tx] = await ledger.transactionIds([draftId(payments[0] as Draft)])
          let hops = 0
          for (; tx !== undefined; hops++) {
            const [told] = (await ledger.bitcoinTransactions([tx])) as [BitcoinTransaction]
            tx = told.outputs[1]?.spentBy ?? undefined
          }
          return { hops, ledger }
        }
        await expect(follow(50)).rejects.toMatchObject({ code: 'esplora/request-limit' })
        expect(opened.server.asked).toHaveLength(50)
        const { hops, ledger } = await follow(1000)
        expect(hops).toBe(60)
        const all = opened.server.asked.filter((path) => !path.startsWith('/block-height'))
        expect(new Set(all).size).toBe(all.length)
        const asked = ledger.traffic.requests
        expect(asked).toBeGreaterThan(50)
        const again = await follow(1000)
        expect(again.hops).toBe(60)
        // Whether the server is of this network and still has the block is asked every time.
        expect(again.ledger.traffic).toMatchObject({ requests: 2, spoilt: 0 })
      }),
    ))

  it('asks again for what the cache has spoilt', () =>
    withFolder((folder) =>
      withServer(world(9).blocks, async (opened) => {
        const { payments } = world(9)
        const read = async (): Promise<EsploraLedger> => {
          const ledger = await opened.open({ ...open, cacheDirectory: folder })
          const [told] = await ledger.bitcoinTransactions(await ledger.transactionIds([draftId(payments[4] as Draft)]))
          expect(told?.fee).toBe(100n)
          return ledger
        }
        const first = (await read()).traffic
        expect(first).toMatchObject({ cached: 0, spoilt: 0 })
        for await (const file of glob('**/*.txt', { cwd: folder })) await writeFile(join(folder, file), `${'0'.repeat(64)}\nhalf an ans`)
        const { traffic } = await read()
        expect(traffic.requests).toBe(first.requests)
        expect(traffic.spoilt).toBeGreaterThan(5)
        expect((await read()).traffic.requests).toBe(2)
      }),
    ))

  it('keeps what may change under the tip of which it was true', () =>
    withFolder((folder) => {
      const { blocks, payments } = world(9)
      return withServer(blocks.slice(0, -1), async (opened) => {
        const spent = draftId(payments[5] as Draft)
        const spentBy = async (): Promise<readonly (number | null)[]> => {
          const ledger = await opened.open({ ...open, cacheDirectory: folder })
          const [told] = (await ledger.bitcoinTransactions(await ledger.transactionIds([spent]))) as [BitcoinTransaction]
          return told.outputs.map((output) => output.spentBy)
        }
        expect(await spentBy()).toEqual([null, null])
        opened.server.setBlocks(blocks)
        const [bob, alice] = await spentBy()
        expect(bob).toBe(null)
        expect(alice).toBeGreaterThan(0)
      })
    }))

  it('takes few requests for each transaction on the way', () =>
    withServer(world(60).blocks, async (opened) => {
      const { payments } = world(60)
      const ledger = await opened.open({ ...open })
      const opening = opened.server.asked.length
      let [tx] = await ledger.transactionIds([draftId(payments[0] as Draft)])
      for (let hop = 0; hop < 60; hop++) {
        const [told] = (await ledger.bitcoinTransactions([tx as number])) as [BitcoinTransaction]
        tx = told.outputs[1]?.spentBy ?? undefined
      }
      expect(opening).toBe(4)
      // Bytes, proof, spends of each; the block for each three of them, but for the newest, which is known from the start; bytes, proof and block of what created the first one's input.
      expect(opened.server.asked.length - opening).toBe(60 * 3 + 19 + 3)
    }))
})
