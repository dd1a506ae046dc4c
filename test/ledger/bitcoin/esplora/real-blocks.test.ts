import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS, CordonError, SCRIPT_TYPES, scriptName, scriptTypeOf } from '../../../../src/chain/index.ts'
import { readBlock } from '../../../../src/ledger/bitcoin/wire/index.ts'
import { ABSENT, type BitcoinTransaction, SEQUENCES, TX_COINBASE, TX_WITNESS } from '../../../../src/ledger/index.ts'
import { hasShared, shared } from '../../../attribution/shared.ts'
import { readTransfers } from '../../contract.ts'
import { block300025, firstBlocks, genesisBlock, type TestBlock, type TestTransaction } from './blocks.ts'
import { withServer } from './opened.ts'

/** The first payment of all: 10 of Satoshi Nakamoto's coins of block 9 to Hal Finney, in block 170. */
const FIRST_PAYMENT = 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16'

const script = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const name = (hex: string): string => scriptName(script(hex), BITCOIN_NETWORKS.main)
const typeName = (hex: string): string => SCRIPT_TYPES[scriptTypeOf(script(hex), 0, script(hex).length)] as string

/** Transactions of blocks by id, with their place. */
function byId(
  blocks: readonly TestBlock[],
): Map<string, { readonly tx: TestTransaction; readonly block: TestBlock; readonly position: number }> {
  return new Map(blocks.flatMap((block) => block.transactions.map((tx, position) => [tx.txid, { tx, block, position }])))
}

describe.skipIf(!hasShared('bitcoin/btcd_blocks1-256.dat'))('the first 256 blocks, genesis among them, through Esplora', () => {
  const blocks = firstBlocks()
  const all = byId(blocks)
  const payments = [...all.values()].filter(({ tx }) => !tx.coinbase)
  const spenderOf = new Map(payments.flatMap(({ tx }) => tx.inputs.map((input) => [`${input.txid}:${input.index}`, tx.txid] as const)))

  it('numbers transactions in the order of the chain, and finds none that are not in it', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      const ids = [...all.keys()]
      const numbers = await ledger.transactionIds(ids)
      expect(numbers.length).toBeGreaterThan(256)
      for (let i = 1; i < numbers.length; i++) expect(numbers[i]).toBeGreaterThan(numbers[i - 1] as number)
      expect([...(await ledger.blocks(numbers))]).toEqual(ids.map((txid) => all.get(txid)?.block.height))
      expect([...(await ledger.transactionIds([FIRST_PAYMENT.toUpperCase(), '12', '0'.repeat(64), 'nobody']))]).toEqual([
        numbers[ids.indexOf(FIRST_PAYMENT)],
        ABSENT,
        ABSENT,
        ABSENT,
      ])
    }))

  it('tells every transaction as its block does, with what created its inputs and what spends its outputs', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      for (const { tx, block } of all.values()) {
        const [number] = await ledger.transactionIds([tx.txid])
        const [told] = (await ledger.bitcoinTransactions([number as number])) as [BitcoinTransaction]
        expect(told).toMatchObject({
          tx: number,
          block: block.height,
          time: block.time,
          version: tx.version,
          lockTime: tx.lockTime,
          witness: false,
          coinbase: tx.coinbase,
          sequence: 'final',
        })
        const outpoints = await ledger.outpoints(told.inputs.map(({ output }) => output))
        expect(outpoints).toEqual(tx.coinbase ? [] : tx.inputs.map(({ txid, index }) => ({ txid, index })))
        const creators = await ledger.transactionIds(outpoints.map(({ txid }) => txid))
        expect(told.inputs.map((input) => input.tx)).toEqual([...creators])
        const spent = outpoints.map(({ txid, index }) => all.get(txid)?.tx.outputs[index])
        expect(told.inputs.map(({ value }) => value)).toEqual(spent.map((output) => BigInt(output?.value as number)))
        expect(told.inputs.every(({ spentBy }) => spentBy === number)).toBe(true)
        expect(told.outputs.map(({ value }) => value)).toEqual(tx.outputs.map(({ value }) => BigInt(value)))
        expect(told.outputs.map((output) => output.script)).toEqual(tx.outputs.map((output) => typeName(output.script)))
        expect(await ledger.addresses(told.outputs.map(({ account }) => account as number))).toEqual(
          tx.outputs.map((output) => name(output.script)),
        )
        const spenders = tx.outputs.map((_, index) => spenderOf.get(`${tx.txid}:${index}`) ?? '')
        const numbers = await ledger.transactionIds(spenders)
        expect(told.outputs.map(({ spentBy }) => spentBy ?? ABSENT)).toEqual([...numbers])
        expect(await ledger.outputs(told.outputs.map(({ output }) => output))).toEqual(told.outputs)
        if (!tx.coinbase) expect(told.fee).toBe(0n)
      }
    }))

  it('lists what an account received and paid', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      const owner = all.get(FIRST_PAYMENT)?.tx.outputs[1]?.script as string
      const touching = [...all.values()].filter(({ tx }) =>
        [...tx.outputs, ...tx.inputs.flatMap(({ txid, index }) => all.get(txid)?.tx.outputs[index] ?? [])].some(
          (output) => output.script === owner,
        ),
      )
      expect(touching.length).toBeGreaterThan(4)
      const [account] = await ledger.accountIds([name(owner)])
      const found = await readTransfers(ledger, ledger.transfersOf([account as number]))
      expect([...new Set(found.map(({ tx }) => tx))]).toEqual([...(await ledger.transactionIds(touching.map(({ tx }) => tx.txid)))])
      const received = touching.flatMap(({ tx }) => tx.outputs.filter((output) => output.script === owner))
      const paid = touching.flatMap(({ tx }) =>
        tx.inputs.flatMap(({ txid, index }) => {
          const output = all.get(txid)?.tx.outputs[index]
          return output?.script === owner ? [output] : []
        }),
      )
      const total = (outputs: readonly { readonly value: number }[]): bigint => outputs.reduce((sum, { value }) => sum + BigInt(value), 0n)
      const balance = total(received) - total(paid)
      expect(await ledger.balanceAt(account as number, 0, await ledger.rowAt({ block: 1000 }))).toBe(balance)
      expect(found.reduce((sum, { to, value }) => (to === name(owner) ? sum + value : sum), 0n)).toBeGreaterThan(0n)
      const degrees = await ledger.degrees([account as number])
      expect([...degrees.in, ...degrees.out]).toEqual([received.length, paid.length])
      expect((await ledger.outputsOf(account as number)).length).toBe(received.length)
      expect(
        await ledger.outputIds([
          { txid: FIRST_PAYMENT, index: 1 },
          { txid: FIRST_PAYMENT, index: 2 },
        ]),
      ).toEqual(
        Float64Array.of(
          (await ledger.outputsOf(account as number))[touching.findIndex(({ tx }) => tx.txid === FIRST_PAYMENT)] as number,
          ABSENT,
        ),
      )
    }))

  it('keeps to a window of rows, and asks for no older page than it reaches into', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      const owner = all.get(FIRST_PAYMENT)?.tx.outputs[1]?.script as string
      const [account] = (await ledger.accountIds([name(owner)])) as unknown as [number]
      const whole = await readTransfers(ledger, ledger.transfersOf([account]))
      for (const fromRow of [0, ...whole.map(({ row }) => row)]) {
        for (const toRow of [...whole.map(({ row }) => row), Number.MAX_SAFE_INTEGER]) {
          expect(await readTransfers(ledger, ledger.transfersOf([account], { fromRow, toRow }))).toEqual(
            whole.filter(({ row }) => row >= fromRow && row < toRow),
          )
        }
      }
    }))

  it('finds the first row of a block and of a time', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      const numbers = await ledger.transactionIds(blocks.map(({ transactions }) => transactions[0]?.txid as string))
      const infos = await ledger.transactions(numbers)
      for (const height of [0, 1, 170, 255]) expect(await ledger.rowAt({ block: height })).toBe(infos[height]?.firstRow)
      expect(await ledger.rowAt({ block: 256 })).toBeGreaterThan(infos.at(-1)?.firstRow as number)
      for (const time of [0, 1_231_006_505, 1_231_006_506, 1_231_731_025, 1_231_600_000, blocks.at(-1)?.time as number]) {
        const first = blocks.findIndex((block) => block.time >= time)
        expect([time, await ledger.rowAt({ time })]).toEqual([time, infos[first]?.firstRow])
      }
      expect(await ledger.rowAt({ time: 2 ** 32 })).toBe(await ledger.rowAt({ block: 256 }))
      expect(await ledger.txAt({ block: 170 })).toBe(numbers[170])
      expect(await ledger.txAt({ block: 256 })).toBe(Number.POSITIVE_INFINITY)
    }))

  it('refuses numbers that it never gave, and names that name nothing', () =>
    withServer(blocks, async ({ open }) => {
      const ledger = await open()
      const never = name(`76a914${'07'.repeat(20)}88ac`)
      expect([...(await ledger.accountIds(['1abc', '', never, `scripthash:${'0'.repeat(64)}`]))]).toEqual([ABSENT, ABSENT, ABSENT, ABSENT])
      await expect(ledger.addresses([0])).rejects.toThrow(CordonError)
      await expect(ledger.blocks([170])).rejects.toMatchObject({ code: 'ledger/unknown-transaction' })
      await expect(ledger.bitcoinTransactions([170])).rejects.toMatchObject({ code: 'ledger/unknown-transaction' })
      await expect(ledger.outputs([0])).rejects.toMatchObject({ code: 'ledger/unknown-output' })
      await expect(readTransfers(ledger, ledger.transfersOf([3]))).rejects.toMatchObject({ code: 'ledger/unknown-account' })
    }))

  it('says in its manifest what it is: a chain up to a block, and counts of what was looked at', () =>
    withServer(blocks, async ({ open, url }) => {
      const ledger = await open()
      const before = ledger.manifest
      expect(before).toMatchObject({
        chain: BITCOIN_NETWORKS.main.chain,
        transactions: 0,
        genesis: true,
        lossy: false,
        blocks: { first: 0, last: 255 },
        time: { first: 1_231_006_505, last: blocks.at(-1)?.time },
      })
      expect(before.sources[0]).toMatchObject({ file: url, format: 'esplora' })
      await ledger.transactionIds([FIRST_PAYMENT])
      expect(ledger.manifest.transactions).toBe(1)
      expect(ledger.manifest.hash).toBe(before.hash)
      expect((await open({ asOf: blocks[200]?.hash as string })).manifest.hash).not.toBe(before.hash)
    }))

  it('answers as of an earlier block as if later ones had not come', () =>
    withServer(blocks, async ({ open, server }) => {
      const late = await open({ asOf: blocks[170]?.hash as string })
      server.setBlocks(blocks.slice(0, 171))
      const early = await open()
      server.setBlocks(blocks)
      for (const { tx } of all.values()) expect(await late.transactionIds([tx.txid])).toEqual(await early.transactionIds([tx.txid]))
      const [number] = await late.transactionIds([FIRST_PAYMENT])
      const [told] = (await late.bitcoinTransactions([number as number])) as [BitcoinTransaction]
      expect(told.outputs.map(({ spentBy }) => spentBy)).toEqual([null, null])
      const degrees = await late.degrees(told.outputs.map(({ account }) => account as number))
      // Ten coins came to the one; the other had fifty from block 9, which it spent here.
      expect([...degrees.in, ...degrees.out]).toEqual([1, 2, 0, 1])
    }))
})

describe.skipIf(!hasShared('bitcoin/bcoin_block300025.raw'))('block 300,025 through Esplora', () => {
  const block = block300025()
  const ids = new Set(block.transactions.map(({ txid }) => txid))
  const inside = block.transactions.filter((tx) => !tx.coinbase && tx.inputs.every(({ txid }) => ids.has(txid)))

  it('tells transactions that spend from the same block with the values that the undo data has', () =>
    withServer([genesisBlock('main'), block], async ({ open }) => {
      expect(inside.length).toBeGreaterThan(30)
      const ledger = await open()
      for (const tx of inside) {
        const [number] = await ledger.transactionIds([tx.txid])
        const [told] = (await ledger.bitcoinTransactions([number as number])) as [BitcoinTransaction]
        expect(told.inputs.map(({ value }) => value)).toEqual(tx.inputs.map(({ spent }) => BigInt(spent?.value as number)))
        expect(await ledger.addresses(told.inputs.map(({ account }) => account as number))).toEqual(
          tx.inputs.map(({ spent }) => name(spent?.script as string)),
        )
        const fee =
          tx.inputs.reduce((sum, { spent }) => sum + (spent?.value ?? 0), 0) - tx.outputs.reduce((sum, { value }) => sum + value, 0)
        expect(told.fee).toBe(BigInt(fee))
        const payer = told.inputs.at(-1)?.account as number
        const transfers = await readTransfers(ledger, ledger.transfersIn([number as number]))
        expect(transfers.reduce((sum, { value }) => sum + value, 0n)).toBe(tx.outputs.reduce((sum, { value }) => sum + BigInt(value), 0n))
        expect(transfers.every(({ row }, k) => row === (transfers[0]?.row as number) + k)).toBe(true)
        expect(await ledger.sourceIndexes(transfers.map(({ row }) => row))).toHaveLength(transfers.length)
        expect(payer).toBeGreaterThanOrEqual(0)
      }
    }))

  it('proves the place of every one of its transactions', () =>
    withServer([genesisBlock('main'), block], async ({ open }) => {
      const ledger = await open()
      const numbers = await ledger.transactionIds(block.transactions.map(({ txid }) => txid))
      expect([...numbers]).toEqual(block.transactions.map((_, position) => 300_025 * 2 ** 15 + position))
    }))

  it('sees version, lock time, witness and sequence numbers as the reader of raw blocks does', () =>
    withServer([genesisBlock('main'), block], async ({ open }) => {
      const columns = readBlock(readFileSync(shared('bitcoin/bcoin_block300025.raw')), { height: 300_025, network: 'main' })
      const ledger = await open()
      for (const [k, tx] of block.transactions.entries()) {
        if (!tx.coinbase && !inside.includes(tx)) continue
        const [told] = (await ledger.bitcoinTransactions(await ledger.transactionIds([tx.txid]))) as [BitcoinTransaction]
        const flags = columns.flags[k] as number
        expect(told).toMatchObject({
          version: columns.version[k],
          lockTime: columns.lockTime[k],
          sequence: SEQUENCES[flags >> 2],
          witness: (flags & TX_WITNESS) !== 0,
          coinbase: (flags & TX_COINBASE) !== 0,
        })
      }
    }))

  it('says which transaction a server lacks, instead of guessing what was spent', () =>
    withServer([genesisBlock('main'), block], async ({ open }) => {
      const ledger = await open()
      const outside = block.transactions.find((tx) => !tx.coinbase && tx.inputs.some(({ txid }) => !ids.has(txid))) as TestTransaction
      const [number] = await ledger.transactionIds([outside.txid])
      await expect(ledger.bitcoinTransactions([number as number])).rejects.toMatchObject({ code: 'esplora/missing-transaction' })
    }))
})
