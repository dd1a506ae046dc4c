import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS, CordonError, scriptAddress } from '../../../../src/chain/index.ts'
import { openBitcoinExport } from '../../../../src/ledger/bitcoin/etl/index.ts'
import { folder } from '../../formats/files.ts'
import { failure, plain, readExport } from './read.ts'
import { jsonLines, type Row } from './rows.ts'

const files = folder()
const id = (n: number): string => n.toString(16).padStart(64, '0')
const P2PKH = `76a914${'11'.repeat(20)}88ac`

function output(value: unknown, more: Row = {}): Row {
  return { index: 0, script_hex: P2PKH, type: 'nonstandard', addresses: [], value, ...more }
}

function coinbase(height: number, more: Row = {}): Row {
  return {
    hash: id(1000 * height),
    size: 200,
    virtual_size: 200,
    version: 1,
    lock_time: 0,
    block_number: height,
    block_hash: id(0xb10c_0000 + height),
    block_timestamp: 1_231_006_505 + 600 * height,
    is_coinbase: true,
    index: 0,
    inputs: [],
    outputs: [output(5_000_000_000)],
    input_count: 0,
    output_count: 1,
    ...more,
  }
}

/** A payment without scriptSigs, so that its made-up id cannot be held against it. */
function payment(height: number, index: number, more: Row = {}): Row {
  return {
    ...coinbase(height),
    hash: id(1000 * height + index),
    is_coinbase: false,
    index,
    inputs: [
      { index: 0, spent_transaction_hash: id(7), spent_output_index: 1, sequence: 0xffff_fffd, type: null, addresses: [], value: 600 },
    ],
    outputs: [output(500)],
    input_count: 1,
    input_value: 600,
    output_value: 500,
    fee: 100,
    ...more,
  }
}

const block = (height: number): Row[] => [coinbase(height), payment(height, 1), payment(height, 2)]
const write = (name: string, rows: readonly Row[]) => files.write(name, jsonLines(rows))

describe('a row that cannot be', () => {
  it.each<[string, Row, string, RegExp]>([
    ['a negative amount', { outputs: [output(-1)], output_value: null, fee: null }, 'outputs[0].value', /-1 is not an integer/],
    ['half a satoshi', { outputs: [output(500.5)] }, 'outputs[0].value', /500.5 is not an integer/],
    ['more than all coins', { outputs: [output(2_100_000_000_000_001)] }, 'outputs[0].value', /is not an integer from 0/],
    ['an amount in words', { outputs: [output('many')] }, 'outputs[0].value', /"many"/],
    ['an output without an amount', { outputs: [output(null)] }, 'outputs[0].value', /missing/],
    ['a script of odd length', { outputs: [output(500, { script_hex: 'abc' })] }, 'outputs[0].script_hex', /not hexadecimal/],
    ['no script and no address', { outputs: [output(500, { script_hex: null })] }, 'outputs[0].script_hex', /missing/],
    ['outputs that are no list', { outputs: 'none' }, 'outputs', /no list/],
    [
      'an output index with a gap',
      { outputs: [output(200), output(300, { index: 2 })], output_count: 2 },
      'outputs[1].index',
      /without a gap/,
    ],
    ['a count that the inputs do not have', { input_count: 2 }, 'input_count', /it is 2, but there are 1/],
    ['a count that the outputs do not have', { output_count: 3 }, 'output_count', /it is 3, but there are 1/],
    ['a sum that the inputs do not have', { input_value: 601 }, 'input_value', /601 satoshis, but the entries sum up to 600/],
    ['a sum that the outputs do not have', { output_value: 499 }, 'output_value', /499 satoshis/],
    ['a fee that is not the difference', { fee: 99 }, 'fee', /99 satoshis, but the entries sum up to 100/],
    ['outputs above the inputs', { outputs: [output(700)], output_value: 700, fee: null }, 'outputs', /700 satoshis, more than the 600/],
    ['a transaction id that is none', { hash: 'xyz' }, 'hash', /not 64 hexadecimal digits/],
    [
      'a spent id that is none',
      { inputs: [{ index: 0, spent_transaction_hash: 'dead', spent_output_index: 0 }] },
      'inputs[0].spent_transaction_hash',
      /not 64/,
    ],
    ['a coinbase that spends', { is_coinbase: true }, 'is_coinbase', /inputs spend outputs/],
    ['a lock time of 40 bits', { lock_time: 2 ** 40 }, 'lock_time', /not an integer/],
    ['a time that is none', { block_timestamp: 'yesterday' }, 'block_timestamp', /is no time/],
    [
      'an id that its contents do not have',
      { inputs: [{ ...(payment(1, 2).inputs as Row[])[0]!, script_hex: '51' }] },
      'hash',
      /does not follow/,
    ],
    [
      'an address of another script',
      { outputs: [output(500, { addresses: ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'] })] },
      'outputs[0].addresses',
      /is not the address of the script/,
    ],
  ])('%s is named with its file, line and field', async (what, more, field, message) => {
    const path = await write(`${what}.json`, [coinbase(1), payment(1, 1), payment(1, 2, more)])
    const error = await failure([path])
    expect(error.code).toBe('bitcoin/bad-row')
    expect(error.place).toEqual({ file: path, line: 3, field })
    expect(error.message).toMatch(message)
  })

  it('an address of another network is told from one of another script, and the networks that it may be of are named', async () => {
    const own = scriptAddress(Buffer.from(P2PKH, 'hex'), BITCOIN_NETWORKS.test) as string
    const path = await write('testnet.json', [coinbase(1, { outputs: [output(500, { addresses: [own] })] })])
    const error = await failure([path])
    expect(error.code).toBe('bitcoin/other-network')
    expect(error.place.file).toBe(path)
    expect(error.remedy).toContain(BITCOIN_NETWORKS.test.chain)
    expect(error.remedy).toContain(BITCOIN_NETWORKS.regtest.chain)
    await readExport([path], { network: 'test' })
  })

  it.each([
    ['a line that is cut off', (text: string) => text.slice(0, -40)],
    ['a line that is no JSON', (text: string) => text.replace('{"hash"', '{hash')],
    ['a row without a block', (text: string) => text.replaceAll('"block_number":1,', '')],
  ])('%s is an error: its block would be incomplete', async (what, spoil) => {
    const lines = jsonLines(block(1)).trim().split('\n')
    const path = await files.write(`${what}.json`, `${lines[0]}\n\n${lines[1]}\n${spoil(lines[2]!)}\n`)
    const error = await failure([path])
    expect(error.code).toBe('bitcoin/bad-row')
    // The blank line counts.
    expect(error.place.line).toBe(4)
  })

  it('a gzip file that is cut off is found before anything is read', async () => {
    const packed = gzipSync(jsonLines(block(1)), { level: 0 })
    const path = await files.write('cut.json.gz', packed.subarray(0, packed.length - 30))
    expect((await failure([path])).code).toBe('ledger/damaged-file')
  })

  it('a Parquet file that is cut off is damaged, not unknown', async () => {
    expect((await failure([await files.write('cut.parquet', 'PAR1 and no more')])).code).toBe('ledger/damaged-file')
  })
})

describe('blocks that do not fit', () => {
  it('a missing transaction makes a block incomplete, unless the export is said to be partial', async () => {
    const path = await write('missing.json', [coinbase(1), payment(1, 2), ...block(2)])
    const error = await failure([path])
    expect(error.code).toBe('bitcoin/incomplete-block')
    expect(error.message).toContain('block 1 lacks the transaction with index 1')
    const { blocks, incoming } = await readExport([path], { partial: true })
    expect(blocks.map(({ transactions }) => transactions)).toEqual([2, 3])
    expect(incoming.notes.join('\n')).toContain('1 of 2 blocks lack transactions: a partial export')
  })

  it('the table of blocks shows what is missing at the end', async () => {
    const header = { number: 1, hash: id(0xb10c_0001), merkle_root: id(5), transaction_count: 3, timestamp: 1_231_007_105 }
    const error = await failure([await write('short.json', block(1).slice(0, 2)), await write('short-blocks.json', [header])])
    expect(error.message).toContain('block 1 has 3 transactions, of which 2 are here')
  })

  it('chosen transactions without their coinbases are plainly a partial export, and the notes say so', async () => {
    const { blocks, incoming } = await readExport([await write('chosen.json', [payment(1, 17), payment(5, 3), payment(5, 4)])])
    expect(blocks.map(({ height, transactions }) => [height, transactions])).toEqual([
      [1, 1],
      [5, 2],
    ])
    expect(incoming.notes.join('\n')).toContain('2 of 2 blocks lack transactions: a partial export')
    expect(incoming.notes.join('\n')).toContain('Heights between the first and the last block are missing: 2-4.')
    expect((await failure([files.file('chosen.json')], { partial: false })).code).toBe('bitcoin/incomplete-block')
  })

  it('rows that repeat others exactly are taken once; rows that contradict them are refused', async () => {
    const first = await write('first-export.json', [...block(1), ...block(2)])
    const again = await write('second-export.json', [
      ...block(2).map((row) => Object.fromEntries(Object.entries(row).reverse())),
      ...block(3),
    ])
    const { blocks, incoming } = await readExport([first, again])
    expect(blocks.map(({ transactions }) => transactions)).toEqual([3, 3, 3])
    expect(incoming.notes.join('\n')).toContain('3 rows repeat others exactly')
    const other = await write('third-export.json', [payment(2, 2, { lock_time: 9 })])
    const error = await failure([first, other])
    expect(error.message).toMatch(/is in block 2 twice, and the rows differ/)
  })

  it('two transactions with one index are an error', async () => {
    const error = await failure([await write('same-index.json', [...block(1), payment(1, 2, { hash: id(77) })])])
    expect(error.message).toContain('has the index 2 too')
  })

  it('a stale block is left out where the table of blocks says which block the next one follows', async () => {
    const hash = (height: number) => id(0xb10c_0000 + height)
    const stale = block(2).map((row) => ({ ...row, block_hash: id(0xdead), hash: id(Number(row.index) + 50) }))
    const transactions = await write('fork.json', [...block(1), ...stale, ...block(2), ...block(3)])
    expect((await failure([transactions])).code).toBe('bitcoin/two-blocks-at-height')
    const headers = [
      { number: 1, hash: hash(1), previousblockhash: id(0), merkle_root: null, transaction_count: 3, timestamp: 1_231_007_105 },
      { number: 2, hash: id(0xdead), previousblockhash: hash(1), merkle_root: null, transaction_count: 3, timestamp: 1_231_007_705 },
      { number: 2, hash: hash(2), previousblockhash: hash(1), merkle_root: null, transaction_count: 3, timestamp: 1_231_007_705 },
      { number: 3, hash: hash(3), previousblockhash: hash(2), merkle_root: null, transaction_count: 3, timestamp: 1_231_008_305 },
    ]
    const { blocks, incoming } = await readExport([transactions, await write('fork-blocks.json', headers)])
    expect(blocks.map((each) => Buffer.from(each.hash).reverse().toString('hex'))).toEqual([hash(1), hash(2), hash(3)])
    expect(incoming.notes.join('\n')).toContain('1 blocks are on stale branches and were left out')
  })

  it('links that do not meet are an error', async () => {
    const headers = [1, 2].map((number) => ({
      number,
      hash: id(0xb10c_0000 + number),
      previousblockhash: id(number === 2 ? 0xbad : 0),
      merkle_root: null,
      transaction_count: 3,
      timestamp: 1_231_006_505 + 600 * number,
    }))
    const error = await failure([await write('broken.json', [...block(1), ...block(2)]), await write('broken-blocks.json', headers)])
    expect(error.code).toBe('bitcoin/broken-chain')
  })

  it('a Merkle root that the transactions do not give is an error', async () => {
    const header = { number: 1, hash: id(0xb10c_0001), merkle_root: id(5), transaction_count: 3, timestamp: 1_231_007_105 }
    expect((await failure([await write('root.json', block(1)), await write('root-blocks.json', [header])])).code).toBe(
      'bitcoin/bad-merkle-root',
    )
  })

  it('tables of two exports that do not know each other are an error', async () => {
    const header = { number: 1, hash: id(99), merkle_root: id(5), transaction_count: 3, timestamp: 1 }
    expect((await failure([await write('one.json', block(1)), await write('other.json', [header])])).code).toBe('bitcoin/contradiction')
  })

  it('times that differ within a block are an error, and so is no time at all', async () => {
    const differing = [coinbase(1), payment(1, 1, { block_timestamp: 5 })]
    expect((await failure([await write('times.json', differing)])).code).toBe('bitcoin/contradiction')
    const timeless = block(1).map(({ block_timestamp: _, ...row }) => row)
    expect((await failure([await write('timeless.json', timeless)])).code).toBe('bitcoin/no-time')
  })

  it('blocks without transactions, and files of other kinds that are named, are errors', async () => {
    const header = { number: 1, hash: id(9), merkle_root: id(5), transaction_count: 3, timestamp: 1 }
    expect((await failure([await write('only-blocks.json', [header])])).code).toBe('bitcoin/no-transactions')
    expect((await failure([await files.write('other.csv', 'a,b\n1,2\n')])).code).toBe('ledger/unknown-header')
  })

  it('a reader may leave early and close while rows are still coming', async () => {
    const path = await write('many.json', Array.from({ length: 3000 }, (_, k) => block(k + 1)).flat())
    const incoming = await openBitcoinExport([path], { threads: 1 })
    for await (const each of incoming.blocks()) if (each.height === 2) break
    await incoming.close()
    const other = await openBitcoinExport([path], { threads: 1 })
    await other.blocks()[Symbol.asyncIterator]().next()
    await other.close()
    expect((await readExport([path])).blocks).toHaveLength(3000)
  })

  it('reading stops when it is told to', async () => {
    const path = await write('long.json', Array.from({ length: 50 }, (_, k) => block(k + 1)).flat())
    const stop = new AbortController()
    const incoming = await openBitcoinExport([path], { signal: stop.signal, threads: 1 })
    const read = async () => {
      for await (const each of incoming.blocks()) if (each.height === 3) stop.abort(new Error('enough'))
    }
    await expect(read()).rejects.toThrow('enough')
    await incoming.close()
  })
})

it('whatever is changed in an export, it gives the same blocks, other blocks of the same form, or an error for people', async () => {
  const text = jsonLines([...block(1), ...block(2)])
  const before = await readExport([await files.write('sound.json', text)])
  const shapes = before.blocks.map((each) => Object.keys(plain(each)))
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(20), async (at, byte, cut) => {
      const bytes = Buffer.from(text)
      bytes[at] = byte
      const path = await files.write('changed.json', bytes.subarray(0, bytes.length - cut))
      try {
        const { blocks } = await readExport([path])
        for (const each of blocks) {
          expect(Object.keys(plain(each))).toEqual(shapes[0])
          expect(each.outStart.at(-1)! * 2).toBe(each.value.length)
        }
      } catch (error) {
        expect(error).toBeInstanceOf(CordonError)
      }
    }),
    { numRuns: 60 },
  )
})
