import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_AMOUNT, NULL_ACCOUNT } from '../../../src/chain/index.ts'
import { KIND } from '../../../src/ledger/batch.ts'
import { DEPOSIT, TRANSFER, WITHDRAWAL } from '../../../src/ledger/formats/events.ts'
import { csv, folder, parquetRows, readAll, tx, who, word } from './files.ts'

const files = folder()
const TOKENS = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number'
const TRANSACTIONS =
  'hash,nonce,block_hash,block_number,transaction_index,from_address,to_address,value,gas,gas_price,input,block_timestamp,max_fee_per_gas,max_priority_fee_per_gas,transaction_type'
const RECEIPTS =
  'transaction_hash,transaction_index,block_hash,block_number,cumulative_gas_used,gas_used,contract_address,root,status,effective_gas_price'
const LOGS = 'log_index,transaction_hash,transaction_index,block_hash,block_number,address,data,topics'
const TRACES =
  'block_number,transaction_hash,transaction_index,from_address,to_address,value,input,output,trace_type,call_type,reward_type,gas,gas_used,subtraces,trace_address,error,status,trace_id'
const TYPES = {
  token_address: 'VARCHAR',
  from_address: 'VARCHAR',
  to_address: 'VARCHAR',
  value: 'VARCHAR',
  transaction_hash: 'VARCHAR',
  log_index: 'BIGINT',
  block_number: 'BIGINT',
}
const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
const NATIVE = 'eip155:1/slip44:60'

const token = (block: number, index: number, more: Readonly<Record<string, string | number>> = {}) => ({
  token_address: who(0xdac),
  from_address: who(1),
  to_address: who(2),
  value: '5',
  transaction_hash: tx(block * 1000 + Math.trunc(index / 10)),
  log_index: index,
  block_number: block,
  ...more,
})
const topic = (address: string) => `0x${'0'.repeat(24)}${address.slice(2)}`

describe('ethereum-etl token transfers', () => {
  it('Parquet in chain order streams as it lies, every column exact', async () => {
    const path = await files.parquet(
      'ordered.parquet',
      parquetRows(TYPES, [
        token(7, 1, { value: (2n ** 128n - 1n).toString() }),
        token(7, 2),
        token(9, 0, { to_address: '0xdeadbeefdeadbeefdeadbeefdeadbeef80000001' }),
      ]),
    )
    const { rows, incoming } = await readAll([path])
    expect(rows.map((row) => [row.block, row.index, row.value])).toEqual([
      [7, 1, 2n ** 128n - 1n],
      [7, 2, 5n],
      [9, 0, 5n],
    ])
    expect(rows[2]).toEqual({
      block: 9,
      time: -1,
      txIndex: -1,
      index: 0,
      kind: KIND.token,
      hash: tx(9000),
      from: who(1),
      to: '0xdeadbeefdeadbeefdeadbeefdeadbeef80000001',
      asset: `eip155:1/erc20:${who(0xdac)}`,
      value: 5n,
    })
    expect(incoming.sources[0]).toMatchObject({
      format: 'ethereum-etl/token_transfers',
      rowsRead: 3,
      transfers: 3,
      refused: 0,
      lossy: false,
    })
    expect(incoming.sources[0]!.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(incoming.sources[0]!.lacks).toContain('time')
  })

  it('files that are in order but given in another order are read in chain order', async () => {
    const late = await files.parquet('a-late.parquet', parquetRows(TYPES, [token(20, 0), token(21, 0)]))
    const early = await files.parquet('b-early.parquet', parquetRows(TYPES, [token(18, 3), token(19, 0)]))
    expect((await readAll([late, early])).rows.map((row) => row.block)).toEqual([18, 19, 20, 21])
  })

  it('rows out of order are sorted by block and log index', async () => {
    const path = await files.parquet('unordered.parquet', parquetRows(TYPES, [token(8, 4), token(7, 9), token(8, 1), token(7, 2)]))
    expect((await readAll([path])).rows.map((row) => [row.block, row.index])).toEqual([
      [7, 2],
      [7, 9],
      [8, 1],
      [8, 4],
    ])
  })

  it('CSV, gzip, zstd and Parquet of the same rows give the same transfers', async () => {
    const rows = [token(7, 2), token(7, 1), token(9, 0, { value: MAX_AMOUNT.toString() })]
    const text = csv(TOKENS, rows)
    const paths = [
      await files.write('same.csv', text),
      await files.write('same.csv.gz', gzipSync(text)),
      await files.write('same.csv.zst', zstdCompressSync(Buffer.from(text))),
      await files.parquet('same.parquet', parquetRows(TYPES, rows)),
    ]
    const read = await Promise.all(paths.map(async (path) => (await readAll([path])).rows))
    for (const other of read.slice(1)) expect(other).toEqual(read[0])
    expect(read[0]!.at(-1)!.value).toBe(MAX_AMOUNT)
  })

  it('the columns may stand in any order and others may stand between', async () => {
    const header = 'block_number,extra,value,log_index,to_address,transaction_hash,from_address,token_address'
    const path = await files.write('shuffled.csv', csv(header, [token(7, 2)]))
    expect((await readAll([path])).rows).toEqual((await readAll([await files.write('plain.csv', csv(TOKENS, [token(7, 2)]))])).rows)
  })

  it('both lanes agree on any values and addresses', async () => {
    const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`)
    const row = fc.record({
      token_address: address,
      from_address: address,
      to_address: address,
      transaction_hash: hash,
      value: fc.bigInt({ min: 0n, max: MAX_AMOUNT }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 50 }), async (list) => {
        const rows = list.map((one, i) => ({ ...one, value: one.value.toString(), block_number: 1 + (i >> 3), log_index: i }))
        const [streamed, sorted] = await Promise.all([
          readAll([await files.parquet('any.parquet', parquetRows(TYPES, rows))]),
          readAll([await files.write('any.csv', csv(TOKENS, [...rows].reverse()))]),
        ])
        expect(streamed.rows).toEqual(sorted.rows)
        expect(streamed.rows.map(({ from, to, hash: name, value }) => ({ from, to, name, value }))).toEqual(
          list.map((one) => ({ from: one.from_address, to: one.to_address, name: one.transaction_hash, value: one.value })),
        )
      }),
      { numRuns: 10 },
    )
  })

  it('a token transfer without amount is a transfer: poisoning is made of them', async () => {
    const path = await files.parquet('zero.parquet', parquetRows(TYPES, [token(7, 1, { value: '0' })]))
    expect((await readAll([path])).rows[0]!.value).toBe(0n)
  })

  it('equal rows all count, and are pointed out', async () => {
    const path = await files.parquet('twice.parquet', parquetRows(TYPES, [token(7, 1), token(7, 1), token(7, 1)]))
    const { rows, incoming } = await readAll([path])
    expect(rows).toHaveLength(3)
    expect(incoming.orderNotes.join()).toMatch(/2 token transfers have the block and log index of the one before/)
  })

  it('a time column is read when there is one, else times come from blocks given beside', async () => {
    const timed = await files.parquet(
      'timed.parquet',
      parquetRows({ ...TYPES, block_timestamp: 'TIMESTAMP' }, [{ ...token(7, 1), block_timestamp: '2023-06-02 21:49:23' }]),
    )
    expect((await readAll([timed])).rows[0]!.time).toBe(1_685_742_563)
    const untimed = await files.parquet('untimed.parquet', parquetRows(TYPES, [token(7, 1), token(8, 1)]))
    const blocks = await files.write('blocks.csv', csv('number,hash,timestamp', [{ number: 7, hash: tx(7), timestamp: 1_500_000_000 }]))
    expect((await readAll([untimed, blocks])).rows.map((row) => row.time)).toEqual([1_500_000_000, -1])
  })

  it('names of tokens given beside are shown, not believed', async () => {
    const transfers = await files.parquet('named.parquet', parquetRows(TYPES, [token(7, 1)]))
    const tokens = await files.write(
      'tokens.csv',
      csv('address,symbol,name,decimals,total_supply,block_number', [{ address: who(0xdac), symbol: 'USDT', decimals: 6 }]),
    )
    expect((await readAll([transfers, tokens])).incoming.assets).toEqual([
      { id: `eip155:1/erc20:${who(0xdac)}`, decimals: 6, symbol: 'USDT' },
    ])
  })
})

describe('ethereum-etl transactions, receipts and traces', () => {
  const transaction = (n: number, index: number, more: Readonly<Record<string, string | number>> = {}) => ({
    hash: tx(n),
    nonce: 0,
    block_number: 7,
    transaction_index: index,
    from_address: who(1),
    to_address: who(2),
    value: '10',
    gas_price: 3,
    block_timestamp: 1_500_000_000,
    ...more,
  })
  const receipt = (n: number, more: Readonly<Record<string, string | number>> = {}) => ({
    transaction_hash: tx(n),
    block_number: 7,
    gas_used: 21_000,
    status: 1,
    effective_gas_price: 2,
    ...more,
  })
  const trace = (n: number | '', path: string, more: Readonly<Record<string, string | number>> = {}) => ({
    block_number: 7,
    transaction_hash: n === '' ? '' : tx(n),
    transaction_index: n === '' ? '' : n,
    from_address: who(1),
    to_address: who(2),
    value: '1',
    trace_type: 'call',
    call_type: 'call',
    trace_address: path,
    status: 1,
    ...more,
  })

  it('native value moves once per transaction, what is zero or failed moves nothing, fees are apart and failed transactions pay them too', async () => {
    const list = [transaction(1, 0), transaction(2, 1, { value: '0' }), transaction(3, 2)]
    const paths = [
      await files.write('transactions.csv', csv(TRANSACTIONS, list)),
      await files.write('receipts.csv', csv(RECEIPTS, [receipt(1), receipt(2), receipt(3, { status: 0 })])),
    ]
    const { rows, fees, incoming } = await readAll(paths)
    expect(rows).toEqual([
      {
        block: 7,
        time: 1_500_000_000,
        txIndex: 0,
        index: -1,
        kind: KIND.native,
        hash: tx(1),
        from: who(1),
        to: who(2),
        asset: NATIVE,
        value: 10n,
      },
    ])
    expect(fees).toEqual([1, 2, 3].map((n) => ({ hash: tx(n), payer: who(1), amount: 42_000n })))
    expect(incoming.sources.map((source) => [source.format, source.rowsRead, source.transfers])).toEqual([
      ['ethereum-etl/transactions', 3, 1],
      ['ethereum-etl/receipts', 3, 0],
    ])
  })

  it('a transaction without receiver pays the contract that it creates', async () => {
    const creator = '0x970e8128ab834e8eac17ab8e3812f010678cf791'
    const path = await files.write(
      'creation.csv',
      csv(TRANSACTIONS, [transaction(1, 0, { from_address: creator, to_address: '', nonce: 1 })]),
    )
    expect((await readAll([path])).rows[0]!.to).toBe('0x8bda78331c916a08481428e4b07c96d3e916d165')
  })

  it('token transfers take their transaction index from the transactions beside, and stand after native value inside a transaction', async () => {
    const paths = [
      await files.write(
        'beside-tokens.csv',
        csv(TOKENS, [token(7, 0, { transaction_hash: tx(2) }), token(7, 1, { transaction_hash: tx(2) })]),
      ),
      await files.write('beside-transactions.csv', csv(TRANSACTIONS, [transaction(3, 2), transaction(2, 1), transaction(1, 0)])),
    ]
    const { rows } = await readAll(paths)
    expect(rows.map((row) => [row.txIndex, row.kind, row.index])).toEqual([
      [0, KIND.native, -1],
      [1, KIND.native, -1],
      [1, KIND.token, 0],
      [1, KIND.token, 1],
      [2, KIND.native, -1],
    ])
    expect(rows.every((row) => row.time === 1_500_000_000)).toBe(true)
  })

  it('where a block has traces its native value is theirs; other blocks keep that of transactions', async () => {
    const paths = [
      await files.write('t.csv', csv(TRANSACTIONS, [transaction(1, 1), transaction(9, 0, { block_number: 8 })])),
      await files.write('traces.csv', csv(TRACES, [trace(1, ''), trace(1, '0', { value: '4', from_address: who(2), to_address: who(3) })])),
    ]
    const { rows, incoming } = await readAll(paths)
    expect(rows.map((row) => [row.block, row.kind, row.value])).toEqual([
      [7, KIND.trace, 1n],
      [7, KIND.trace, 4n],
      [8, KIND.native, 10n],
    ])
    expect(incoming.orderNotes).toContain('Native value is taken from traces in blocks that have traces, else from transactions.')
  })

  it('delegate, static and code calls move nothing; a failed call takes all below it along; the call tree orders 10 after 9', async () => {
    const list = [
      trace(1, '10', { value: '110' }),
      trace(1, '9', { value: '109' }),
      trace(1, '', { value: '100' }),
      trace(1, '0', { call_type: 'delegatecall', value: '1' }),
      trace(1, '1', { call_type: 'staticcall', value: '1' }),
      trace(1, '2', { call_type: 'callcode', value: '1' }),
      trace(1, '3', { error: 'Reverted', value: '1' }),
      trace(1, '3,0', { value: '1' }),
      trace(1, '3,0,5', { value: '1' }),
      trace(1, '4', { trace_type: 'create', call_type: '', value: '104' }),
      trace(1, '5', { trace_type: 'suicide', call_type: '', value: '105' }),
      trace(1, '30', { value: '130' }),
    ]
    const { rows } = await readAll([await files.write('tree.csv', csv(TRACES, list))])
    expect(rows.map((row) => row.value)).toEqual([100n, 104n, 105n, 109n, 110n, 130n])
  })

  it('rewards come from the null account after the transactions, as one transaction of their block', async () => {
    const reward = { trace_type: 'reward', call_type: '', from_address: '', value: '5' }
    const list = [
      trace('', '', { ...reward, reward_type: 'block', to_address: who(9) }),
      trace('', '', { ...reward, reward_type: 'uncle', to_address: who(8) }),
      trace(1, ''),
    ]
    const { rows } = await readAll([await files.write('rewards.csv', csv(TRACES, list))])
    expect(rows.map((row) => [row.from, row.to])).toEqual([
      [who(1), who(2)],
      [NULL_ACCOUNT, who(9)],
      [NULL_ACCOUNT, who(8)],
    ])
    expect(rows[1]!.hash).toBe(rows[2]!.hash)
    expect(Buffer.from(rows[1]!.hash.slice(2), 'hex').toString('latin1')).toBe(`cordon:block${'\0'.repeat(19)}\x07`)
  })

  it('a transaction listed in two files moves its value once, and that is said', async () => {
    const paths = [
      await files.write('once.csv', csv(TRANSACTIONS, [transaction(1, 0)])),
      await files.write('again.csv', csv(TRANSACTIONS, [transaction(1, 0), transaction(2, 1)])),
    ]
    const { rows, incoming } = await readAll(paths)
    expect(rows.map((row) => row.hash)).toEqual([tx(1), tx(2)])
    expect(incoming.orderNotes.join()).toMatch(/1 rows list a transaction \(by its hash\) that was listed before/)
  })
})

describe('ethereum-etl logs', () => {
  const log = (index: number, address: string, topics: readonly string[], data: string) => ({
    log_index: index,
    transaction_hash: tx(1),
    transaction_index: 0,
    block_number: 7,
    address,
    data,
    topics: topics.join(','),
  })
  const list = [
    log(0, who(0xdac), [TRANSFER, topic(who(1)), topic(who(2))], `0x${word(77)}`),
    log(1, who(0x721), [TRANSFER, topic(who(1)), topic(who(2)), `0x${word(4)}`], '0x'),
    log(2, WETH, [DEPOSIT, topic(who(1))], `0x${word(50)}`),
    log(3, WETH, [WITHDRAWAL, topic(who(2))], `0x${word(20)}`),
    log(4, who(0xbad), [DEPOSIT, topic(who(1))], `0x${word(50)}`),
    log(5, who(0xdac), [`0x${word(1)}`], '0x'),
    log(6, who(0xdac), [TRANSFER, topic(who(1)), topic(who(2))], `0x${word(MAX_AMOUNT)}`),
  ]

  it('are ERC-20 transfers and the minting and burning of WETH; a token number is no amount', async () => {
    const { rows, incoming } = await readAll([await files.write('logs.csv', csv(LOGS, list))])
    expect(rows.map((row) => [row.index, row.from, row.to, row.asset, row.value])).toEqual([
      [0, who(1), who(2), `eip155:1/erc20:${who(0xdac)}`, 77n],
      [2, NULL_ACCOUNT, who(1), `eip155:1/erc20:${WETH}`, 50n],
      [3, who(2), NULL_ACCOUNT, `eip155:1/erc20:${WETH}`, 20n],
      [6, who(1), who(2), `eip155:1/erc20:${who(0xdac)}`, MAX_AMOUNT],
    ])
    expect(incoming.orderNotes.join()).toMatch(/1 Transfer events that are not ERC-20/)
    expect(incoming.sources[0]).toMatchObject({ rowsRead: 7, transfers: 4 })
  })

  it('beside token transfers of the same blocks only tell of minting and burning', async () => {
    const paths = [
      await files.write('logs2.csv', csv(LOGS, list)),
      await files.write('tokens2.csv', csv(TOKENS, [token(7, 0, { value: '77', transaction_hash: tx(1) })])),
    ]
    const { rows, incoming } = await readAll(paths)
    expect(rows.map((row) => [row.index, row.value])).toEqual([
      [0, 77n],
      [2, 50n],
      [3, 20n],
    ])
    expect(incoming.orderNotes.join()).toMatch(/taken from token transfers in blocks that have them/)
  })

  it('an amount that is less than a word and an account of more than 20 bytes are refused', async () => {
    const bad = [
      log(0, who(0xdac), [TRANSFER, topic(who(1)), topic(who(2))], '0x05'),
      log(1, who(0xdac), [TRANSFER, `0x${'1'.repeat(64)}`, topic(who(2))], `0x${word(1)}`),
    ]
    const { rows, incoming } = await readAll([await files.write('badlogs.csv', csv(LOGS, bad))])
    expect(rows).toEqual([])
    expect(incoming.refused.rows.map((row) => [row.line, row.field])).toEqual([
      [2, 'value'],
      [3, 'from'],
    ])
  })
})

describe('rows of several tables side by side', () => {
  it('a token number that token transfers show as an amount is known from the log beside, and left out', async () => {
    const log = {
      log_index: 1,
      transaction_hash: tx(1),
      transaction_index: 0,
      block_number: 7,
      address: who(0x721),
      data: '0x',
      topics: [TRANSFER, topic(who(1)), topic(who(2)), `0x${word(4)}`].join(','),
    }
    const paths = [
      await files.write('nft-logs.csv', csv(LOGS, [log])),
      await files.write('nft-tokens.csv', csv(TOKENS, [token(7, 0), token(7, 1, { value: '4' })])),
    ]
    const { rows, incoming } = await readAll(paths)
    expect(rows.map((row) => row.index)).toEqual([0])
    expect(incoming.orderNotes.join()).toMatch(/ERC-721.* left out/)
  })

  it('a trace that does not say what it is counts as nothing and is refused', async () => {
    const trace = {
      block_number: 7,
      transaction_hash: tx(1),
      transaction_index: 0,
      from_address: who(1),
      to_address: who(2),
      value: '1',
      trace_address: '',
      status: 1,
    }
    const { rows, incoming } = await readAll([await files.write('untyped.csv', csv(TRACES, [trace]))])
    expect(rows).toEqual([])
    expect(incoming.refused.rows).toMatchObject([{ line: 2, field: 'type' }])
  })

  it('receipts without their transactions have fees that nobody can be charged with, and that is said', async () => {
    const { fees, incoming } = await readAll([
      await files.write(
        'lonely.csv',
        csv(RECEIPTS, [{ transaction_hash: tx(1), block_number: 7, gas_used: 5, status: 1, effective_gas_price: 2 }]),
      ),
      await files.write('lonely-tokens.csv', csv(TOKENS, [token(7, 0)])),
    ])
    expect(fees).toEqual([])
    expect(incoming.orderNotes.join()).toMatch(/1 fees have no payer/)
  })
})
