import { mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checksumAddress, MAX_AMOUNT } from '../../../src/chain/index.ts'
import { openSources } from '../../../src/ledger/source/index.ts'
import { csv, folder, parquetRows, readAll, tx, who } from './files.ts'

const files = folder()
const TOKENS = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number'
const good = {
  token_address: who(9),
  from_address: who(1),
  to_address: who(2),
  value: '5',
  transaction_hash: tx(1),
  log_index: 0,
  block_number: 7,
}
const TYPES = {
  token_address: 'VARCHAR',
  from_address: 'VARCHAR',
  to_address: 'VARCHAR',
  value: 'VARCHAR',
  transaction_hash: 'VARCHAR',
  log_index: 'BIGINT',
  block_number: 'BIGINT',
}
const MIXED = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

const BAD: readonly (readonly [string, Readonly<Record<string, string>>, string, RegExp])[] = [
  ['an address that is none', { from_address: '0x12' }, 'from', /^not an address/],
  ['a wrong checksum', { to_address: MIXED.replace('5aA', '5Aa') }, 'to', /^bad EIP-55 checksum/],
  ['no receiver', { to_address: '' }, 'to', /^missing/],
  ['a token that is no contract', { token_address: 'USDT' }, 'asset', /^not an address/],
  ['a negative value', { value: '-5' }, 'value', /^negative/],
  ['a fraction', { value: '1.5' }, 'value', /^not an integer/],
  ['floating point', { value: '1e+18' }, 'value', /^not an integer/],
  ['separators in a value', { value: '1_000' }, 'value', /^not a number/],
  ['a value of 2^256', { value: (MAX_AMOUNT + 1n).toString() }, 'value', /^over 2\^256-1/],
  ['no value', { value: '' }, 'value', /^empty/],
  ['a short hash', { transaction_hash: '0x1234' }, 'transaction hash', /^not 0x and 64 hex digits/],
  ['no block', { block_number: '' }, 'block', /^missing/],
  ['a block that DuckDB would round', { block_number: '7.5' }, 'block', /^not a block number/],
  ['a negative index', { log_index: '-1' }, 'index', /^not an index/],
  ['NUL bytes', { from_address: '\0'.repeat(42) }, 'from', /^not an address: "\\u0000/],
]

describe('a row that is unsound is refused with its line, field and reason', () => {
  it.each(BAD)('%s, in CSV and in Parquet', async (_, change, field, reason) => {
    const rows = [good, { ...good, ...change, log_index: change.log_index ?? 1 }, { ...good, log_index: 2 }]
    const text = await readAll([await files.write('bad.csv', csv(TOKENS, rows))])
    expect(text.rows).toHaveLength(2)
    expect(text.incoming.refused.rows).toEqual([{ file: files.file('bad.csv'), line: 3, field, reason: expect.stringMatching(reason) }])
    expect(text.incoming.sources[0]).toMatchObject({ rowsRead: 3, transfers: 2, refused: 1 })
    const nothing = Object.fromEntries(
      Object.entries(rows[1]!).map(([name, value]) => [name, value === '' || value === '7.5' ? null : value]),
    )
    if (change.from_address?.includes('\0') || field === 'block') return
    const parquet = await readAll([await files.parquet('bad.parquet', parquetRows(TYPES, [rows[0]!, nothing, rows[2]!]))])
    expect(parquet.rows).toHaveLength(2)
    expect(parquet.incoming.refused.rows).toMatchObject([{ line: 2, field }])
  })

  it('sound rows that are not canonical are taken in: checksummed addresses, upper-case hex, wide values', async () => {
    const rows = [
      { ...good, from_address: MIXED, transaction_hash: `0x${'AB'.repeat(32)}` },
      { ...good, log_index: 1, to_address: who(0xabc).toUpperCase().replace('0X', '0x'), value: MAX_AMOUNT.toString() },
    ]
    const { rows: read, incoming } = await readAll([await files.parquet('odd.parquet', parquetRows(TYPES, rows))])
    expect(incoming.refused.count).toBe(0)
    expect(read.map((row) => [row.from, row.to, row.hash, row.value])).toEqual([
      [MIXED.toLowerCase(), who(2), `0x${'ab'.repeat(32)}`, 5n],
      [who(1), who(0xabc), tx(1), MAX_AMOUNT],
    ])
    expect(checksumAddress(read[0]!.from)).toBe(MIXED)
  })

  it('wrong numbers of columns, quotes that do not close and blank lines keep the line numbers right', async () => {
    const line = Object.values(good).join(',')
    const text = [
      TOKENS,
      line,
      line.slice(0, line.lastIndexOf(',')),
      '',
      `${line},1`,
      line.replace(',5,', ',-5,'),
      line,
      line.slice(0, 60),
    ].join('\n')
    const { rows, incoming } = await readAll([await files.write('lines.csv', text)])
    expect(rows).toHaveLength(2)
    expect(incoming.refused.rows.map((row) => [row.line, row.field])).toEqual([
      [3, 'row'],
      [5, 'row'],
      [6, 'value'],
      [8, 'row'],
    ])
    expect(incoming.orderNotes.join()).toMatch(/last row may be cut off/)
  })

  it('Windows line ends, a byte order mark, semicolons and quoted names are read as what they mean', async () => {
    const plain = csv(TOKENS, [good, { ...good, log_index: 1, value: '-1' }])
    const expected = await readAll([await files.write('unix.csv', plain)])
    const variants = [
      plain.replaceAll('\n', '\r\n'),
      `\uFEFF${plain}`,
      plain.replaceAll(',', ';'),
      plain.replace(
        TOKENS,
        TOKENS.split(',')
          .map((name) => `"${name}"`)
          .join(','),
      ),
    ]
    for (const [i, text] of variants.entries()) {
      const { rows, incoming } = await readAll([await files.write(`variant-${i}.csv`, text)])
      expect(rows).toEqual(expected.rows)
      expect(incoming.refused.rows).toMatchObject([{ line: 3, field: 'value' }])
    }
  })

  it('a record that spans lines does not shift the lines of those after it', async () => {
    const header = `note,${TOKENS}`
    const text = csv(header, [
      { note: 'one\ntwo\nthree', ...good },
      { note: 'x', ...good, value: 'many' },
    ])
    expect((await readAll([await files.write('spanning.csv', text)])).incoming.refused.rows).toMatchObject([{ line: 5, field: 'value' }])
  })

  it('a broken line among JSON lines', async () => {
    const flow = {
      blockNumber: '7',
      timeStamp: '1500000000',
      hash: tx(1),
      from: who(1),
      to: who(2),
      value: '5',
      contractAddress: who(9),
      tokenDecimal: '6',
    }
    const text = [JSON.stringify(flow), '{"blockNumber":"7",', JSON.stringify(flow)].join('\n')
    const { rows, incoming } = await readAll([await files.write('broken.jsonl', text)])
    expect(rows).toHaveLength(2)
    expect(incoming.refused.rows).toMatchObject([{ line: 2 }])
  })

  it('over the limit reading stops, whichever lane it is in', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ ...good, log_index: i, value: i % 2 === 0 ? '-1' : '1' }))
    for (const path of [await files.write('many.csv', csv(TOKENS, rows)), await files.parquet('many.parquet', parquetRows(TYPES, rows))]) {
      await expect(readAll({ paths: [path], refuseLimit: 9 })).rejects.toMatchObject({
        code: 'ledger/too-many-refused',
        message: expect.stringContaining('negative'),
      })
      await expect(readAll({ paths: [path], refuseLimit: 0 })).rejects.toMatchObject({ code: 'ledger/too-many-refused' })
      expect((await readAll({ paths: [path], refuseLimit: 10 })).incoming.refused.count).toBe(10)
    }
  })
})

describe('a file that cannot be read is named, with what to do', () => {
  const failure = async (paths: readonly string[], chain?: string) => {
    const error = await readAll(chain === undefined ? { paths } : { paths, chain }).then(
      () => null,
      (caught: unknown) => caught as { code: string; remedy: string; message: string; place: { file?: string } },
    )
    expect(error?.remedy).toBeTruthy()
    return error!
  }

  it('an unknown header: what was found, and what is nearest', async () => {
    const error = await failure([await files.write('unknown.csv', 'token_address,from_address,to_address,amount\n1,2,3,4\n')])
    expect(error.code).toBe('ledger/unknown-header')
    expect(error.message).toMatch(
      /token_address, from_address, to_address, amount.*nearest is .*token_transfers, which also needs value, transaction_hash/,
    )
  })

  it('an empty file, a missing one, none at all, one given twice', async () => {
    expect((await failure([await files.write('empty.csv', '')])).code).toBe('ledger/empty-file')
    expect((await failure([files.file('nowhere.csv')])).code).toBe('ledger/no-such-file')
    expect((await failure([files.file('nowhere-*.csv')])).code).toBe('ledger/no-such-file')
    expect((await failure([])).code).toBe('ledger/no-data-files')
    const path = await files.write('double.csv', csv(TOKENS, [good]))
    expect((await failure([path, path])).code).toBe('ledger/same-file-twice')
  })

  it('a folder without data files, a binary file, two columns of one name', async () => {
    await mkdir(files.file('hollow'), { recursive: true })
    await writeFile(files.file('hollow/README.md'), 'nothing')
    expect((await failure([files.file('hollow')])).code).toBe('ledger/no-data-files')
    expect((await failure([await files.write('binary.bin', Buffer.alloc(300_000, 0xa7))])).code).toBe('ledger/unknown-header')
    expect((await failure([await files.write('dup.csv', 'a,b,a\n1,2,3\n')])).code).toBe('ledger/unknown-header')
  })

  it('a 40 GB sparse file, at once', async () => {
    const path = await files.write('sparse.csv', '')
    await truncate(path, 40 * 2 ** 30)
    const started = performance.now()
    expect((await failure([path])).code).toBe('ledger/damaged-file')
    const headed = await files.write('sparse-headed.csv', csv(TOKENS, [good]))
    await truncate(headed, 40 * 2 ** 30)
    expect((await failure([headed])).code).toBe('ledger/damaged-file')
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('Parquet that is cut off, at its end or in its middle', async () => {
    const path = await files.parquet(
      'whole.parquet',
      parquetRows(
        TYPES,
        Array.from({ length: 500 }, (_, i) => ({ ...good, log_index: i })),
      ),
    )
    const bytes = await readFile(path)
    expect((await failure([await files.write('cut.parquet', bytes.subarray(0, bytes.length - 20))])).code).toBe('ledger/damaged-file')
    const overwritten = Buffer.from(bytes)
    overwritten.fill(0xff, 4, bytes.length - 1200)
    expect((await failure([await files.write('holed.parquet', overwritten)])).code).toBe('ledger/damaged-file')
  })

  it('gzip and zstd that are cut off, though what is there would read well', async () => {
    const text = csv(
      TOKENS,
      Array.from({ length: 30_000 }, (_, i) => ({ ...good, log_index: i, transaction_hash: tx(i * 7919) })),
    )
    const gz = gzipSync(text)
    const zst = zstdCompressSync(Buffer.from(text))
    expect((await failure([await files.write('cut.csv.gz', gz.subarray(0, gz.length >> 1))])).code).toBe('ledger/damaged-file')
    expect((await failure([await files.write('cut.csv.zst', zst.subarray(0, zst.length >> 1))])).code).toBe('ledger/damaged-file')
  })

  it('JSON that is cut off', async () => {
    const list = JSON.stringify(
      [1, 2, 3].map(() => ({
        blockNumber: '7',
        timeStamp: '1',
        hash: tx(1),
        from: who(1),
        to: who(2),
        value: '5',
        contractAddress: who(9),
        tokenDecimal: '6',
      })),
    )
    expect((await failure([await files.write('cut.json', list.slice(0, -30))])).code).toBe('ledger/damaged-file')
  })

  it('mixed chains: columns that differ, or that are not what was asked for', async () => {
    const types = { ...TYPES, chain_id: 'BIGINT' }
    const one = await files.parquet('one.parquet', parquetRows(types, [{ ...good, chain_id: 1 }]))
    const ten = await files.parquet('ten.parquet', parquetRows(types, [{ ...good, chain_id: 10 }]))
    expect((await failure([one, ten])).code).toBe('ledger/mixed-chains')
    expect((await failure([ten], 'eip155:1')).code).toBe('ledger/mixed-chains')
    expect((await readAll([ten])).incoming.chain).toBe('eip155:10')
  })

  it('an abort stops reading', async () => {
    const path = await files.parquet('abort.parquet', parquetRows(TYPES, [good]))
    const controller = new AbortController()
    const incoming = await openSources({ paths: [path], signal: controller.signal })
    controller.abort(new Error('stopped'))
    await expect(incoming.batches()[Symbol.asyncIterator]().next()).rejects.toThrow('stopped')
    await incoming.close()
  })
})

describe('folders and patterns', () => {
  it('a folder is read with all below it, in the order of chains rather than of names', async () => {
    await mkdir(files.file('whole/date=2023-01-02'), { recursive: true })
    await files.parquet('whole/date=2023-01-02/part-10.parquet', parquetRows(TYPES, [{ ...good, block_number: 10 }]))
    await files.parquet('whole/date=2023-01-02/part-9.parquet', parquetRows(TYPES, [{ ...good, block_number: 12 }]))
    await writeFile(files.file('whole/_SUCCESS'), '')
    const { rows, incoming } = await readAll([files.file('whole')])
    expect(rows.map((row) => row.block)).toEqual([10, 12])
    expect(incoming.sources.map((source) => source.file.slice(-9))).toEqual(
      ['9.parquet', '0.parquet'].map((end) => (end[0] === '9' ? 't-9.parquet' : '-10.parquet').slice(-9)),
    )
  })

  it('a pattern takes the files that match, and a name with brackets is a name', async () => {
    await files.write('p[1].csv', csv(TOKENS, [good]))
    expect((await readAll([files.file('p[1].csv')])).rows).toHaveLength(1)
    await files.write('q1.csv', csv(TOKENS, [good]))
    await files.write('q2.csv', csv(TOKENS, [{ ...good, block_number: 8 }]))
    expect((await readAll([files.file('q*.csv')])).rows).toHaveLength(2)
  })
})

describe('a large import', () => {
  it('sorts out of core in little memory, leaving nothing behind', async () => {
    const select = `SELECT '${who(9)}' AS token_address, '0x' || substr(sha256(i::VARCHAR), 1, 40) AS from_address, '${who(2)}' AS to_address, i::VARCHAR AS value,
      '0x' || sha256(i::VARCHAR) AS transaction_hash, i % 100 AS log_index, hash(i) % 1000000 AS block_number FROM range(400000) t(i)`
    const path = await files.parquet('shuffled.parquet', select)
    const temp = files.file('spill')
    await mkdir(temp)
    const incoming = await openSources({ paths: [path], memoryLimit: '120MB', threads: 2, tempDirectory: temp })
    let last = -1
    let sum = 0n
    let count = 0
    for await (const batch of incoming.batches()) {
      for (let i = 0; i < batch.length; i++) {
        const key = batch.block[i]! * 100 + batch.index[i]!
        if (key < last) throw new Error('out of order')
        last = key
        sum += BigInt(batch.value[4 * i]!)
        count++
      }
    }
    await incoming.close()
    expect(count).toBe(400_000)
    expect(sum).toBe((399_999n * 400_000n) / 2n)
    expect(await readdir(temp)).toEqual([])
  })

  it('closes its files when it is given up half way', async () => {
    const path = await files.parquet(
      'long.parquet',
      `SELECT '${who(9)}' AS token_address, '${who(1)}' AS from_address, '${who(2)}' AS to_address, '5' AS value, '${tx(1)}' AS transaction_hash, i AS log_index, 7::BIGINT AS block_number FROM range(200000) t(i)`,
    )
    const incoming = await openSources({ paths: [path] })
    for await (const batch of incoming.batches()) {
      expect(batch.length).toBe(65_536)
      break
    }
    await incoming.close()
    const file = await open(path)
    await file.close()
  })
})
