import { gzipSync, zstdCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { isBitcoinExport } from '../../../../src/ledger/bitcoin/etl/index.ts'
import { readBlock } from '../../../../src/ledger/bitcoin/wire/read-block.ts'
import { folder } from '../../formats/files.ts'
import { firstBlocks, hasRealBlocks, type RealBlock, realBlock } from '../node/real.ts'
import { plain, readExport } from './read.ts'
import { bigQuerySelect, blockRow, etlRows, jsonLines } from './rows.ts'

const files = folder()

describe.skipIf(!hasRealBlocks())('exports of real blocks', () => {
  let real: RealBlock
  let witness: RealBlock
  let lines = ''
  /** Everything that the raw block says, and what its undo data says was spent. */
  let expected: Record<string, unknown>

  beforeAll(() => {
    real = realBlock(0)
    witness = realBlock(1)
    lines = jsonLines(etlRows(real))
    expected = fromRaw(real)
  })

  it('JSON lines of bitcoin-etl give the block that its bytes give, down to the satoshi of every spent output', async () => {
    const { blocks, incoming } = await readExport([await files.write('transactions.json', lines)])
    expect(blocks).toHaveLength(1)
    expect(plain(blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0) })
    expect(incoming.lossy).toBe(false)
    expect(incoming.sources).toMatchObject([{ format: 'bitcoin-etl/transactions', rowsRead: 461, transfers: 461, refused: 0 }])
    expect(incoming.sources[0]!.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(incoming.notes.join('\n')).toContain('460 of 461 transaction ids were computed from their rows and agree')
  })

  it('a block with witnesses is told by its sizes, and its ids are computed without them', async () => {
    const { blocks, incoming } = await readExport([await files.write('witness.json', jsonLines(etlRows(witness)))], { network: 'test' })
    expect(plain(blocks[0]!)).toEqual({ ...fromRaw(witness), previous: new Array(32).fill(0) })
    expect(blocks[0]!.flags.some((flags) => (flags & 1) === 1)).toBe(true)
    expect(incoming.notes.join('\n')).toContain('888 of 889 transaction ids were computed from their rows and agree')
  })

  it.each([
    ['gzip', 'packed.json.gz', (text: string) => gzipSync(text)],
    ['Zstandard', 'packed.json.zst', (text: string) => zstdCompressSync(text)],
    ['a JSON array', 'array.json', (text: string) => `[${text.trim().split('\n').join(',\n')}]`],
    ['blank lines and no line end', 'blank.json', (text: string) => `\n\n${text.trim()}`],
    [
      '64-bit integers and times as text, as BigQuery writes JSON',
      'strings.json',
      (text: string) =>
        text
          .replace(/"(value|block_number|lock_time|version|index|fee|input_value|output_value)":(-?\d+)/g, '"$1":"$2"')
          .replace(/"block_timestamp":\d+/g, '"block_timestamp":"2014-05-10 06:32:30 UTC"'),
    ],
  ])('%s makes no difference', async (_, name, pack) => {
    const packed = pack(lines)
    const { blocks } = await readExport([await files.write(name, packed)])
    const time = name === 'strings.json' ? Date.UTC(2014, 4, 10, 6, 32, 30) / 1000 : real.block.time
    expect(plain(blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0), time })
  })

  it('rows in any order, over several files, with their columns in any order, give the same block', async () => {
    const rows = etlRows(real).map((row) => Object.fromEntries(Object.entries(row).reverse()))
    const odd = jsonLines(rows.filter((_, k) => k % 2 === 1).reverse())
    const even = jsonLines(rows.filter((_, k) => k % 2 === 0))
    const { blocks, incoming } = await readExport([await files.write('odd.json', odd), await files.write('even.json', even)])
    expect(plain(blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0) })
    expect(incoming.sources.map(({ transfers }) => transfers)).toEqual([230, 231])
  })

  it.each(['NUMERIC(38, 9)', 'BIGINT', 'DOUBLE'])(
    'Parquet as BigQuery writes it, with satoshis as %s, gives the same block',
    async (value) => {
      const source = await files.write('for-parquet.json', lines)
      const path = await files.parquet(`bigquery-${value.slice(0, 3)}.parquet`, bigQuerySelect(source, { value }))
      const { blocks, incoming } = await readExport([path])
      expect(plain(blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0) })
      expect(incoming.lossy).toBe(false)
    },
  )

  it('AWS Parquet keeps coins as DOUBLE: marked lossy, and every satoshi of this block survives all the same', async () => {
    const source = await files.write('for-aws.json', lines)
    const path = await files.parquet('aws.parquet', bigQuerySelect(source, { value: 'DOUBLE', address: true, divide: true }))
    const { blocks, incoming } = await readExport([path])
    expect(plain(blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0) })
    expect(incoming.lossy).toBe(true)
    expect(incoming.sources).toMatchObject([{ format: 'aws/btc-transactions', lossy: true }])
    expect(incoming.notes.join('\n')).toContain('0 of them were not the double of any such amount')
  })

  it('a table of blocks links blocks, confirms Merkle roots, and gives times', async () => {
    const chain = firstBlocks(200)
    const rows = chain.flatMap(etlRows).map(({ block_timestamp: _, ...row }) => row)
    const { blocks, incoming } = await readExport([
      await files.write('chain.json', jsonLines(rows)),
      await files.write('blocks.json', jsonLines(chain.map(blockRow))),
    ])
    expect(blocks.map((block) => block.height)).toEqual(chain.map(({ height }) => height))
    for (const [k, block] of blocks.entries()) {
      const raw = readBlock(chain[k]!.raw, { network: 'main', height: k + 1 })
      // The first says no parent: bitcoin-etl does not export it.
      expect(plain(block)).toEqual({ ...plain(raw), previous: k === 0 ? new Array(32).fill(0) : [...raw.previous] })
    }
    const notes = incoming.notes.join('\n')
    expect(notes).toContain('The transactions of 200 of 200 blocks give the Merkle root of their block.')
    expect(notes).toContain('1 blocks do not say which block they follow')
    expect(incoming.sources.map(({ format }) => format)).toEqual(['bitcoin-etl/transactions', 'bitcoin-etl/blocks'])
  })

  it('inputs that do not say what they spent stay unknown, and the note counts them', async () => {
    const { blocks, incoming } = await readExport([await files.write('poor.json', jsonLines(etlRows({ ...real, spent: null })))])
    expect(blocks[0]!.spent).toBeNull()
    expect(incoming.notes.join('\n')).toContain('1427 inputs do not say what they spent')
  })

  it('without indexes the order of the files stands, and a Merkle root tells whether it is the right one', async () => {
    const rows = etlRows(real).map(({ index: _, ...row }) => row)
    const blocks = await files.write('one-block.json', jsonLines([blockRow(real)]))
    const straight = await readExport([await files.write('no-index.json', jsonLines(rows)), blocks])
    expect(plain(straight.blocks[0]!)).toEqual({ ...expected, previous: new Array(32).fill(0) })
    expect(straight.incoming.notes.join('\n')).toContain(
      'the order inside their blocks is that of the files, and their Merkle roots confirm it',
    )
    expect(straight.incoming.sources[0]!.lacks).toContain('transaction index')
    const crooked = await readExport([await files.write('no-index-turned.json', jsonLines([...rows].reverse())), blocks])
    expect(crooked.blocks[0]!.flags[0]! & 2).toBe(2)
    expect(crooked.incoming.notes.join('\n')).toContain("In 1 blocks that order is not the block's")
  })

  it('is known by its columns, not by its name; other tables and raw blocks are not taken for it', async () => {
    expect(await isBitcoinExport(await files.write('who.knows', lines))).toBe(true)
    expect(await isBitcoinExport(await files.write('blocks.txt', jsonLines([blockRow(real)])))).toBe(true)
    expect(await isBitcoinExport(await files.write('raw.json', real.raw))).toBe(false)
    expect(await isBitcoinExport(await files.write('transfers.csv', 'hash,block_number,outputs\n1,2,3\n'))).toBe(false)
    const ethereum = { hash: '0x1', block_number: 1, from_address: '0x2', to_address: '0x3', value: '5' }
    expect(await isBitcoinExport(await files.write('transactions-of-ethereum.json', jsonLines([ethereum])))).toBe(false)
    expect(await isBitcoinExport(await files.write('braces.txt', '{ not json'))).toBe(false)
  })
})

/** The raw block's columns, with the spent column that its undo data gives: values, and scripts as far as an address with a matching type tells them. */
function fromRaw(real: RealBlock): Record<string, unknown> {
  const block = readBlock(real.raw, { network: real.network, height: real.height })
  const told = new Set(['pubkeyhash', 'scripthash', 'witnesspubkeyhash', 'witnessscripthash'])
  const spent = real.spent!
  return {
    ...plain(block),
    spent: {
      known: spent.map(() => 1),
      value: spent.flatMap(({ value }) => [value % 2 ** 32, Math.floor(value / 2 ** 32)]),
      scripts: spent.map((output) => (told.has(output.getType()) ? output.script.toRaw().toString('hex') : '')),
    },
  }
}
