import { describe, expect, it } from 'vitest'
import { NULL_ACCOUNT } from '../../../src/chain/index.ts'
import { KIND } from '../../../src/ledger/batch.ts'
import { TRANSFER } from '../../../src/ledger/formats/events.ts'
import { csv, folder, parquetRows, readAll, tx, who, word } from './files.ts'

const files = folder()
const NATIVE = 'eip155:1/slip44:60'
const blob = (hex: string) => ({ sql: `unhex('${hex.replace(/^0x/, '')}')` })

describe('AWS Public Blockchain Data', () => {
  const TYPES = {
    date: 'VARCHAR',
    token_address: 'VARCHAR',
    from_address: 'VARCHAR',
    to_address: 'VARCHAR',
    value: 'DOUBLE',
    transaction_hash: 'VARCHAR',
    log_index: 'BIGINT',
    block_timestamp: 'TIMESTAMP',
    block_number: 'BIGINT',
    block_hash: 'VARCHAR',
  }
  const row = (value: number | { sql: string }) => ({
    date: '2023-01-01',
    token_address: who(9),
    from_address: who(1),
    to_address: who(2),
    value,
    transaction_hash: tx(1),
    log_index: 0,
    block_timestamp: '2023-01-01 00:00:11',
    block_number: 16_308_190,
  })

  it('values are the exact integers that the doubles denote, and the ledger is marked lossy', async () => {
    const { rows, incoming } = await readAll([
      await files.parquet('aws.parquet', parquetRows(TYPES, [row({ sql: '1e23' }), row({ sql: '2.5e40' }), row({ sql: '1.5' })])),
    ])
    expect(rows.map((one) => one.value)).toEqual([99_999_999_999_999_991_611_392n, BigInt(2.5e40)])
    expect(rows[0]!.time).toBe(1_672_531_211)
    expect(incoming.lossy).toBe(true)
    expect(incoming.sources[0]).toMatchObject({ format: 'aws/token_transfers', lossy: true, refused: 1 })
    expect(incoming.refused.rows[0]).toMatchObject({ line: 3, field: 'value', reason: 'not an integer: "1.5"' })
  })

  it('transactions carry status and fees', async () => {
    const types = {
      hash: 'VARCHAR',
      nonce: 'BIGINT',
      transaction_index: 'BIGINT',
      from_address: 'VARCHAR',
      to_address: 'VARCHAR',
      value: 'DOUBLE',
      gas_price: 'BIGINT',
      receipt_gas_used: 'BIGINT',
      receipt_status: 'BIGINT',
      block_timestamp: 'TIMESTAMP',
      block_number: 'BIGINT',
      receipt_effective_gas_price: 'BIGINT',
    }
    const one = {
      nonce: 0,
      from_address: who(1),
      to_address: who(2),
      value: 7,
      gas_price: 9,
      receipt_gas_used: 100,
      block_number: 5,
      block_timestamp: '2023-01-01',
    }
    const list = [
      { ...one, hash: tx(1), transaction_index: 0, receipt_status: 1, receipt_effective_gas_price: 4 },
      { ...one, hash: tx(2), transaction_index: 1, receipt_status: 0, receipt_effective_gas_price: 4 },
    ]
    const { rows, fees, incoming } = await readAll([await files.parquet('awstx.parquet', parquetRows(types, list))])
    expect(rows.map((row) => [row.hash, row.value])).toEqual([[tx(1), 7n]])
    expect(fees.map((fee) => fee.amount)).toEqual([400n, 400n])
    expect(incoming.sources[0]!.format).toBe('aws/transactions')
  })
})

describe('cryo', () => {
  const transfers = (hex: boolean, value: 'value_binary' | 'value_string' | 'value_f64') => {
    const bytes = hex ? 'VARCHAR' : 'BLOB'
    const types = {
      block_number: 'UINTEGER',
      transaction_index: 'UINTEGER',
      log_index: 'UINTEGER',
      transaction_hash: bytes,
      erc20: bytes,
      from_address: bytes,
      to_address: bytes,
      [value]: value === 'value_f64' ? 'DOUBLE' : value === 'value_string' ? 'VARCHAR' : bytes,
      chain_id: 'UBIGINT',
    }
    const text = (address: string) => (hex ? address : blob(address))
    const amount = 2n ** 200n
    const written =
      value === 'value_binary' ? text(`0x${word(amount)}`) : value === 'value_string' ? amount.toString() : { sql: amount.toString() }
    return parquetRows(types, [
      {
        block_number: 5,
        transaction_index: 3,
        log_index: 8,
        transaction_hash: text(tx(1)),
        erc20: text(who(9)),
        from_address: text(who(1)),
        to_address: text(who(2)),
        [value]: written,
        chain_id: 10,
      },
    ])
  }

  it.each([
    [false, 'value_binary'],
    [true, 'value_binary'],
    [false, 'value_string'],
    [true, 'value_f64'],
  ] as const)('erc20_transfers with hex %s and %s give the same transfer, on the chain that they name', async (hex, value) => {
    const { rows, incoming } = await readAll([await files.parquet(`cryo-${hex}-${value}.parquet`, transfers(hex, value))])
    expect(rows).toEqual([
      {
        block: 5,
        time: -1,
        txIndex: 3,
        index: 8,
        kind: KIND.token,
        hash: tx(1),
        from: who(1),
        to: who(2),
        asset: `eip155:10/erc20:${who(9)}`,
        value: 2n ** 200n,
      },
    ])
    expect(incoming.chain).toBe('eip155:10')
    expect(incoming.lossy).toBe(value === 'value_f64')
  })

  it('logs with topics as bytes are ERC-20 transfers', async () => {
    const types = {
      block_number: 'UINTEGER',
      transaction_index: 'UINTEGER',
      log_index: 'UINTEGER',
      transaction_hash: 'BLOB',
      address: 'BLOB',
      topic0: 'BLOB',
      topic1: 'BLOB',
      topic2: 'BLOB',
      topic3: 'BLOB',
      data: 'BLOB',
      chain_id: 'UBIGINT',
    }
    const log = {
      block_number: 5,
      transaction_index: 3,
      log_index: 8,
      transaction_hash: blob(tx(1)),
      address: blob(who(9)),
      topic0: blob(TRANSFER),
      topic1: blob(word(1)),
      topic2: blob(word(2)),
      topic3: null,
      data: blob(word(77)),
      chain_id: 1,
    }
    const path = await files.parquet('cryologs.parquet', parquetRows(types, [log, { ...log, log_index: 9, topic3: blob(word(4)) }]))
    const { rows } = await readAll([path])
    expect(rows.map((row) => [row.index, row.from, row.to, row.value])).toEqual([[8, who(1), who(2), 77n]])
  })

  it('traces name the receiver of a reward as sender and spell call types with an underscore', async () => {
    const types = {
      action_from: 'BLOB',
      action_to: 'BLOB',
      action_value: 'VARCHAR',
      action_call_type: 'VARCHAR',
      action_type: 'VARCHAR',
      result_address: 'BLOB',
      trace_address: 'VARCHAR',
      transaction_index: 'UINTEGER',
      transaction_hash: 'BLOB',
      block_number: 'UINTEGER',
      error: 'VARCHAR',
    }
    const call = {
      action_from: blob(who(1)),
      action_to: blob(who(2)),
      action_value: '10',
      action_call_type: 'call',
      action_type: 'call',
      trace_address: '',
      transaction_index: 0,
      transaction_hash: blob(tx(1)),
      block_number: 5,
      error: null,
    }
    const list = [
      {
        ...call,
        action_type: 'reward',
        action_call_type: null,
        action_from: blob(who(7)),
        action_to: null,
        transaction_hash: null,
        transaction_index: null,
      },
      {
        ...call,
        trace_address: '1',
        action_type: 'create',
        action_call_type: null,
        action_to: null,
        result_address: blob(who(6)),
        action_value: '12',
      },
      { ...call, trace_address: '0', action_call_type: 'delegate_call' },
      { ...call, trace_address: '2', error: 'Reverted' },
      { ...call, trace_address: '2_0' },
      call,
    ]
    const { rows } = await readAll([await files.parquet('cryotraces.parquet', parquetRows(types, list))])
    expect(rows.map((row) => [row.from, row.to, row.value])).toEqual([
      [who(1), who(2), 10n],
      [who(1), who(6), 12n],
      [NULL_ACCOUNT, who(7), 10n],
    ])
  })

  it('native transfers replace the value of transactions in their blocks', async () => {
    const native = {
      block_number: 'UINTEGER',
      transaction_index: 'UINTEGER',
      transfer_index: 'UINTEGER',
      transaction_hash: 'VARCHAR',
      from_address: 'VARCHAR',
      to_address: 'VARCHAR',
      value_string: 'VARCHAR',
    }
    const transactions = {
      ...native,
      gas_limit: 'UINTEGER',
      gas_used: 'UINTEGER',
      gas_price: 'UBIGINT',
      success: 'BOOLEAN',
      nonce: 'UBIGINT',
    }
    const row = {
      block_number: 5,
      transaction_index: 0,
      transaction_hash: tx(1),
      from_address: who(1),
      to_address: who(2),
      value_string: '10',
    }
    const paths = [
      await files.parquet(
        'native.parquet',
        parquetRows(native, [
          { ...row, transfer_index: 0 },
          { ...row, transfer_index: 1, value_string: '3', from_address: who(2), to_address: who(3) },
          { ...row, transfer_index: 2, value_string: '0' },
        ]),
      ),
      await files.parquet(
        'cryotx.parquet',
        parquetRows(transactions, [
          { ...row, gas_limit: 1, gas_used: 21_000, gas_price: 2, success: true, nonce: 0 },
          { ...row, block_number: 6, transaction_hash: tx(2), gas_limit: 1, gas_used: 21_000, gas_price: 2, success: true, nonce: 1 },
          {
            ...row,
            block_number: 6,
            transaction_index: 1,
            transaction_hash: tx(3),
            gas_limit: 1,
            gas_used: 50,
            gas_price: 2,
            success: false,
            nonce: 2,
          },
        ]),
      ),
    ]
    const { rows, fees } = await readAll(paths)
    expect(rows.map((one) => [one.block, one.kind, one.index, one.value])).toEqual([
      [5, KIND.trace, 0, 10n],
      [5, KIND.trace, 1, 3n],
      [6, KIND.native, -1, 10n],
    ])
    expect(fees.map((fee) => fee.amount)).toEqual([42_000n, 42_000n, 100n])
  })
})

describe('Etherscan', () => {
  const NORMAL =
    'blockNumber,timeStamp,hash,nonce,blockHash,transactionIndex,from,to,value,gas,gasPrice,isError,txreceipt_status,input,contractAddress,cumulativeGasUsed,gasUsed,confirmations,methodId,functionName'
  const TOKENS =
    'blockNumber,timeStamp,hash,nonce,blockHash,from,contractAddress,to,value,tokenName,tokenSymbol,tokenDecimal,transactionIndex,gas,gasPrice,gasUsed,cumulativeGasUsed,input,methodId,functionName,confirmations'
  const INTERNAL = 'blockNumber,timeStamp,hash,from,to,value,contractAddress,input,type,gas,gasUsed,traceId,isError,errCode'
  const common = {
    blockNumber: '7',
    timeStamp: '1500000000',
    hash: tx(1),
    nonce: '0',
    transactionIndex: '4',
    from: who(1),
    to: who(2),
    value: '10',
    gasPrice: '2',
    gasUsed: '21000',
    isError: '0',
    txreceipt_status: '1',
  }
  const token = { ...common, contractAddress: who(9), tokenName: 'Tether', tokenSymbol: 'USDT', tokenDecimal: '6', value: '3' }

  it('normal, internal and token lists read together, each once and in order; a failed transaction moves nothing and pays', async () => {
    const paths = [
      await files.write('tokens.csv', csv(TOKENS, [token])),
      await files.write(
        'internal.csv',
        csv(INTERNAL, [
          { ...common, type: 'call', traceId: '0_1', value: '2' },
          { ...common, type: 'call', traceId: '0_0', value: '1' },
          { ...common, type: 'delegatecall', traceId: '0_2' },
          { ...common, type: 'call', traceId: '0_3', isError: '1' },
          { ...common, type: 'create', traceId: '0_4', to: '', contractAddress: who(5), value: '6' },
        ]),
      ),
      await files.write(
        'normal.csv',
        csv(NORMAL, [
          { ...common, functionName: 'transfer(address a, uint256 b)' },
          { ...common, hash: tx(2), transactionIndex: '5', isError: '1' },
        ]),
      ),
    ]
    const { rows, fees, incoming } = await readAll(paths)
    expect(rows.map((row) => [row.txIndex, row.kind, row.to, row.value])).toEqual([
      [4, KIND.native, who(2), 10n],
      [4, KIND.trace, who(2), 1n],
      [4, KIND.trace, who(2), 2n],
      [4, KIND.trace, who(5), 6n],
      [4, KIND.token, who(2), 3n],
    ])
    expect(fees.map((fee) => fee.amount)).toEqual([42_000n, 42_000n])
    expect(incoming.assets.map((asset) => [asset.id, asset.symbol, asset.decimals])).toEqual([
      [NATIVE, 'ETH', 18],
      [`eip155:1/erc20:${who(9)}`, 'USDT', 6],
    ])
  })

  it('three equal airdrops in one transaction are three transfers', async () => {
    const { rows, incoming } = await readAll([await files.write('airdrop.csv', csv(TOKENS, [token, token, token]))])
    expect(rows).toHaveLength(3)
    expect(incoming.orderNotes.join()).toMatch(/no log or trace index/)
  })

  it('the exports of two accounts both hold what passed between them: both rows count, and that is said', async () => {
    const paths = [await files.write('account-a.csv', csv(TOKENS, [token])), await files.write('account-b.csv', csv(TOKENS, [token]))]
    const { rows, incoming } = await readAll(paths)
    expect(rows).toHaveLength(2)
    expect(incoming.orderNotes.join()).toMatch(/2 rows without a log index are equal to rows of another file/)
  })

  it('the order of columns does not matter, nor whether it is CSV, an API answer, an array or JSON lines', async () => {
    const list = [token, { ...token, hash: tx(2), transactionIndex: '9', value: '12345678901234567890123' }]
    const other = TOKENS.split(',').reverse().join(',')
    const paths = [
      await files.write('as-is.csv', csv(TOKENS, list)),
      await files.write('reversed.csv', csv(other, list)),
      await files.write('answer.json', JSON.stringify({ status: '1', message: 'OK', result: list })),
      await files.write('array.json', JSON.stringify(list, null, 2)),
      await files.write('lines.jsonl', list.map((row) => JSON.stringify(row)).join('\n')),
    ]
    const read = await Promise.all(paths.map(async (path) => (await readAll([path])).rows))
    expect(read[0]).toHaveLength(2)
    for (const rows of read) expect(rows).toEqual(read[0])
  })

  it('an answer that holds a refusal of the service says so', async () => {
    const path = await files.write('limit.json', '{"status":"0","message":"NOTOK","result":"Max rate limit reached"}')
    await expect(readAll([path])).rejects.toMatchObject({
      code: 'ledger/no-records',
      message: expect.stringContaining('Max rate limit reached'),
    })
  })

  it('transactions without an index stay in one piece each, whichever way their rows lie in the files', async () => {
    const header = TOKENS.replace('transactionIndex,', '')
    const list = [1, 2, 1, 2].map((n) => ({ ...token, hash: tx(n), value: String(n) }))
    const { rows } = await readAll([await files.write('mixed-up.csv', csv(header, list))])
    expect(rows.map((row) => row.value)).toEqual([1n, 1n, 2n, 2n])
  })
})

describe('flows that people wrote down', () => {
  const FLOWS = 'Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD'
  const flow = (more: Readonly<Record<string, string | number>>) => ({
    Timestamp: '2023-06-02 21:49:23',
    Block: 5,
    Tx_hash: tx(1),
    From: who(1),
    To: who(2),
    Value_in_USD: '945646.73',
    From_label: 'A, "the" first',
    ...more,
  })

  it('are dollars, exact to every decimal given', async () => {
    const { rows, incoming } = await readAll([
      await files.write('flows.csv', csv(FLOWS, [flow({}), flow({ Block: 6, Value_in_USD: '0.000000000000000001' })])),
    ])
    expect(rows.map((row) => [row.asset, row.value, row.kind])).toEqual([
      ['usd', 945_646_730_000_000_000_000_000n, KIND.flow],
      ['usd', 1n, KIND.flow],
    ])
    expect(rows[0]!.time).toBe(1_685_742_563)
    expect(incoming.sources[0]!.lacks).toContain('log index')
  })

  it('more decimals than can be kept, a bad time and a negative amount are refused by name', async () => {
    const list = [flow({ Value_in_USD: '0.0000000000000000001' }), flow({ Timestamp: '2023-13-02 21:49:23' }), flow({ Value_in_USD: '-1' })]
    const { rows, incoming } = await readAll([await files.write('badflows.csv', csv(FLOWS, list))])
    expect(rows).toEqual([])
    expect(incoming.refused.rows.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [2, 'value', 'too many decimals: "0.0000000000000000001"'],
      [3, 'time', 'not a time: "2023-13-02 21:49:23"'],
      [4, 'value', 'negative: "-1"'],
    ])
  })
})

describe('a transfer graph in GEXF', () => {
  const edge = (id: number, weight: string) => `<edge source="${who(1)}" target="${who(2)}" id="${id}" weight="${weight}" />`
  const graph = (edges: string) =>
    `<?xml version='1.0'?>\n<gexf version="1.2">\n<graph><nodes><node id="${who(1)}" label="x > y" /></nodes>\n<edges>\n${edges}\n</edges></graph>\n</gexf>\n`

  it('each edge is a transaction of its own in the order of the ids', async () => {
    const { rows, incoming } = await readAll([
      await files.write('graph.gexf', graph([edge(2, '0'), edge(10, '7'), edge(0, '10000000000000000000000')].join('\n'))),
    ])
    expect(rows.map((row) => [row.txIndex, row.value])).toEqual([
      [0, 10_000_000_000_000_000_000_000n],
      [2, 0n],
      [10, 7n],
    ])
    expect(new Set(rows.map((row) => row.hash)).size).toBe(3)
    expect(incoming.sources[0]!.lacks.join()).toMatch(/each edge stands for one/)
  })

  it('a bad weight is refused with its line, a graph that is cut off as a whole', async () => {
    const { incoming } = await readAll([await files.write('badgraph.gexf', graph(`${edge(0, '1')}\n${edge(1, '1.5e+21')}`))])
    expect(incoming.refused.rows).toMatchObject([{ line: 6, field: 'value' }])
    const cut = await files.write('cut.gexf', graph(edge(0, '1')).slice(0, -10))
    await expect(readAll([cut])).rejects.toMatchObject({ code: 'ledger/damaged-file' })
  })
})
