import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { MemoryRow } from '../../src/ledger/index.ts'
import { extendLedger, openLedger, verifyLedger, writeLedger } from '../../src/ledger/index.ts'
import { readTransfers } from './contract.ts'
import { incomingOf, numberedTransfers } from './incoming.ts'
import { address, ETHER, rowsArbitrary, sampleRows, TOKEN, transactionHash } from './rows.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-ledger-'))
let made = 0
const place = (): string => join(root, String(made++))
afterAll(() => rm(root, { recursive: true, force: true }))

/** Many small blocks. */
function manyRows(count: number, firstBlock = 1): MemoryRow[] {
  return Array.from({ length: count }, (_, i) => ({
    block: firstBlock + Math.floor(i / 5),
    time: 1000 + firstBlock + Math.floor(i / 5),
    hash: transactionHash(firstBlock * 1000 + i),
    from: address((i * 7) % 97),
    to: address((i * 11) % 89),
    asset: i % 3 === 0 ? ETHER : TOKEN,
    value: BigInt(i) ** 5n,
    index: i % 200,
  }))
}

const transfersOf = async (directory: string): Promise<unknown> => {
  const ledger = await openLedger(directory)
  const all = await readTransfers(ledger, ledger.transfersOf(Array.from({ length: ledger.manifest.accounts }, (_, i) => i)))
  await ledger.close()
  return all
}

describe('the hash of a ledger', () => {
  it('is the same whether blocks are imported together or appended', async () => {
    const rows = sampleRows()
    const fees = [
      { payer: address(5), amount: 3n, hash: rows[0]?.hash as string },
      { payer: address(900), amount: 4n },
      { payer: address(5), amount: 10n },
    ]
    const whole = place()
    const parts = place()
    await writeLedger(incomingOf(rows, { feeRows: fees }), whole)
    const cut = rows.findIndex((row) => row.block === 20)
    await writeLedger(incomingOf(rows.slice(0, cut), { feeRows: fees.slice(0, 2) }), parts)
    await extendLedger(incomingOf(rows.slice(cut), { feeRows: fees.slice(2) }), parts)
    const a = await openLedger(whole)
    const b = await openLedger(parts)
    expect(b.manifest.hash).toBe(a.manifest.hash)
    expect(b.manifest).toMatchObject({
      transfers: 51,
      transactions: 47,
      accounts: 12,
      blocks: { first: 10, last: 70 },
      time: { first: 1000, last: 1800 },
    })
    await a.close()
    await b.close()
  })

  it('is the same for random ledgers cut anywhere between blocks, and merged segments are the same to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, fc.nat(100), async (rows, at) => {
        let cut = rows.length === 0 ? 0 : at % rows.length
        while (cut > 0 && cut < rows.length && rows[cut]?.block === rows[cut - 1]?.block) cut++
        const whole = place()
        const parts = place()
        const once = await writeLedger(incomingOf(rows), whole)
        await writeLedger(incomingOf(rows.slice(0, cut)), parts)
        const { manifest } = await extendLedger(incomingOf(rows.slice(cut)), parts)
        expect(manifest.hash).toBe(once.manifest.hash)
        if (manifest.segments.length === 1) expect(manifest.segments[0]?.files).toEqual(once.manifest.segments[0]?.files)
        expect((await verifyLedger(parts)).problems).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('goes on from a run of content hashes that was not full', async () => {
    const whole = place()
    const parts = place()
    // A byte of memory makes the sorts work in as many bands as they ever do.
    const once = await writeLedger(numberedTransfers(0, 263_000, 50_000), whole, { memoryLimit: 1 })
    expect(once.manifest.content.chunks).toHaveLength(2)
    await writeLedger(numberedTransfers(0, 200_000, 70_000), parts)
    const { manifest } = await extendLedger(numberedTransfers(200_000, 263_000, 33_333), parts)
    expect(manifest.content).toEqual(once.manifest.content)
    expect(manifest.hash).toBe(once.manifest.hash)
    expect(manifest.segments[0]?.files).toEqual(once.manifest.segments[0]?.files)
    expect(await verifyLedger(whole)).toMatchObject({ sound: true, problems: [] })
  })

  it('changes with any value, index, time, address, hash or asset', async () => {
    const rows = sampleRows()
    const hashOf = async (changed: readonly MemoryRow[]): Promise<string> => (await writeLedger(incomingOf(changed), place())).manifest.hash
    const original = await hashOf(rows)
    expect(await hashOf(sampleRows())).toBe(original)
    const changes: Partial<MemoryRow>[] = [
      { value: 1n },
      { index: 9 },
      { time: 1001 },
      { to: address(999) },
      { hash: transactionHash(999) },
      { asset: TOKEN },
      { value: 2n ** 200n },
    ]
    for (const change of changes) {
      const [first, ...rest] = rows
      expect(await hashOf([{ ...(first as MemoryRow), ...change }, ...rest])).not.toBe(original)
    }
  })
})

describe('appending', () => {
  it('keeps the number of segments small however often it happens', async () => {
    const directory = place()
    const rows = manyRows(600)
    await writeLedger(incomingOf(rows.slice(0, 400)), directory)
    let most = 0
    for (let at = 400; at < 600; at += 10) {
      const { manifest } = await extendLedger(incomingOf(rows.slice(at, at + 10)), directory)
      most = Math.max(most, manifest.segments.length)
    }
    expect(most).toBeLessThanOrEqual(5)
    const whole = place()
    await writeLedger(incomingOf(rows), whole)
    expect(await transfersOf(directory)).toEqual(await transfersOf(whole))
    expect(readdirSync(directory).filter((name) => name.startsWith('unfinished'))).toEqual([])
    expect((await verifyLedger(directory)).problems).toEqual([])
  })

  it('refuses blocks that the ledger has already, and leaves it as it was', async () => {
    const directory = place()
    const rows = manyRows(100)
    await writeLedger(incomingOf(rows), directory)
    const before = readFileSync(join(directory, 'manifest.json'), 'utf8')
    await expect(extendLedger(incomingOf(rows.slice(-3)), directory)).rejects.toMatchObject({ code: 'ledger/overlap' })
    expect(readFileSync(join(directory, 'manifest.json'), 'utf8')).toBe(before)
    expect(readdirSync(directory).sort()).toEqual(['lock', 'manifest.json', 'segment-000001'])
  })

  it('refuses another chain', async () => {
    const directory = place()
    await writeLedger(incomingOf(manyRows(10)), directory)
    await expect(extendLedger(incomingOf(manyRows(10, 100), { chain: 'eip155:56' }), directory)).rejects.toMatchObject({
      code: 'ledger/other-chain',
    })
  })
})

describe('importing into a folder', () => {
  it.each(['map', 'read'] as const)('replaces an older ledger, and a reader that has it open (%s) goes on reading it', async (read) => {
    const directory = place()
    await writeLedger(incomingOf(sampleRows()), directory)
    const open = await openLedger(directory, { read })
    await writeLedger(incomingOf(manyRows(20)), directory)
    expect(await readTransfers(open, open.transfersOf([0]))).toHaveLength(3)
    await open.close()
    const now = await openLedger(directory)
    expect(now.manifest.transfers).toBe(20)
    await now.close()
  })

  it('refuses a folder that holds something else', async () => {
    const directory = place()
    await mkdir(directory)
    writeFileSync(join(directory, 'thesis.txt'), 'years of work')
    await expect(writeLedger(incomingOf([]), directory)).rejects.toMatchObject({ code: 'ledger/not-a-ledger' })
    expect(readdirSync(directory)).toEqual(['thesis.txt'])
    await expect(writeLedger(incomingOf([]), join(directory, 'thesis.txt'))).rejects.toMatchObject({ code: 'ledger/not-a-ledger' })
  })

  it('refuses while another import is at work in it', async () => {
    const directory = place()
    let second: unknown
    await writeLedger(
      incomingOf(sampleRows(), {
        before: async (batch) => {
          if (batch === 1) second = await writeLedger(incomingOf([]), directory).catch((error: unknown) => error)
        },
      }),
      directory,
    )
    expect(second).toMatchObject({ code: 'ledger/in-use' })
    expect((await verifyLedger(directory)).sound).toBe(true)
  })

  it('stops when asked and leaves the older ledger whole', async () => {
    const directory = place()
    await writeLedger(incomingOf(sampleRows()), directory)
    const before = await transfersOf(directory)
    const stop = new AbortController()
    const incoming = incomingOf(manyRows(500), {
      before: (batch) => {
        if (batch === 3) stop.abort()
      },
    })
    await expect(writeLedger(incoming, directory, { signal: stop.signal })).rejects.toThrow(/abort/i)
    expect(await transfersOf(directory)).toEqual(before)
    expect(readdirSync(directory).sort()).toEqual(['lock', 'manifest.json', 'segment-000001'])
  })

  it('stops over the limit of refused rows and leaves the older ledger whole', async () => {
    const directory = place()
    await writeLedger(incomingOf(sampleRows()), directory)
    const refused = { count: 3, rows: [{ file: 'a.csv', line: 7, field: 'value', reason: 'is negative' }] }
    const error = await writeLedger({ ...incomingOf(manyRows(10)), refused }, directory, { refuseLimit: 2 }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ code: 'ledger/too-many-refused', place: { file: 'a.csv', line: 7, field: 'value' } })
    const { manifest } = await writeLedger({ ...incomingOf(manyRows(10)), refused }, place(), { refuseLimit: 3 })
    expect(manifest.transfers).toBe(10)
    expect((await transfersOf(directory)) as unknown[]).toHaveLength(51)
  })

  it('refuses a reader whose blocks fall, and a transaction at two places', async () => {
    const rows = sampleRows()
    await expect(writeLedger(incomingOf(rows.toReversed()), place())).rejects.toMatchObject({ code: 'ledger/order' })
    const twice = [...rows, { ...(rows[0] as MemoryRow), block: 99 }]
    await expect(writeLedger(incomingOf(twice), place())).rejects.toMatchObject({ code: 'ledger/scattered-transaction' })
  })

  it('takes transfers without a transaction (block rewards), whose hash is zero', async () => {
    const zero = `0x${'0'.repeat(64)}`
    const rows = [1, 2, 3].map((block) => ({ ...(sampleRows()[0] as MemoryRow), block, hash: zero }))
    const { manifest } = await writeLedger(incomingOf(rows), place())
    expect(manifest.transactions).toBe(3)
  })
})

describe('the columns of a ledger', () => {
  it('lie open without a copy where it is one segment', async () => {
    const directory = place()
    const rows = sampleRows()
    await writeLedger(incomingOf(rows), directory)
    const ledger = await openLedger(directory)
    const columns = ledger.columns()
    if (columns === null) throw new Error('one segment should lie open')
    const { out, transactionOf, firstRowOf, value, from } = columns
    const [hub] = (await ledger.accountIds([address(5)])) as unknown as [number]
    const begin = out.start[hub] as number
    expect((out.start[hub + 1] as number) - begin).toBe(40)
    expect(out.row[begin]).toBe(7)
    expect(from[7]).toBe(hub)
    expect(transactionOf(7)).toBe(4)
    expect(firstRowOf(1)).toBe(1)
    expect(firstRowOf(47)).toBe(51)
    for (let p = 0; p < rows.length; p++) {
      expect(value(out.word[p * 2] as number, out.word[p * 2 + 1] as number)).toBe(rows[out.row[p] as number]?.value)
    }
    await ledger.close()
    expect(out.row).toHaveLength(0)
  })
})

describe('a damaged ledger', () => {
  const damaged = async (harm: (directory: string) => void): Promise<string> => {
    const directory = place()
    await writeLedger(incomingOf(sampleRows()), directory)
    harm(directory)
    return directory
  }
  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] as number) ^ 1
    writeFileSync(file, bytes)
  }

  it('is not opened when a file is cut short or missing', async () => {
    const cut = await damaged((directory) => truncateSync(join(directory, 'segment-000001', 'out.word'), 100))
    await expect(openLedger(cut)).rejects.toMatchObject({ code: 'ledger/damaged' })
    expect((await verifyLedger(cut)).problems.map(({ file }) => file)).toContain(join('segment-000001', 'out.word'))
    const gone = await damaged((directory) => truncateSync(join(directory, 'manifest.json'), 40))
    await expect(openLedger(gone)).rejects.toMatchObject({ code: 'ledger/damaged' })
    await expect(openLedger(join(root, 'nothing-here'))).rejects.toMatchObject({ code: 'ledger/not-a-ledger' })
  })

  it('is found out file by file', async () => {
    const whole = place()
    await writeLedger(incomingOf(sampleRows(), { fees: [{ payer: address(1), amount: 1n }] }), whole)
    const segment = join(whole, 'segment-000001')
    for (const name of readdirSync(segment)) {
      const file = join(segment, name)
      if (statSync(file).size === 0) continue
      const original = readFileSync(file)
      flip(file, Math.floor(original.length / 2))
      const report = await verifyLedger(whole)
      expect(report.sound, name).toBe(false)
      expect(report.problems.map((problem) => problem.file)).toContain(join('segment-000001', name))
      writeFileSync(file, original)
    }
    expect((await verifyLedger(whole)).problems).toEqual([])
  })

  it('is found out even when the hash of the changed file is mended too', async () => {
    const { hashFile } = await import('../../src/ledger/local/jobs.ts')
    for (const name of ['out.word', 'in.row', 'out.to', 'start.bits', 'block.number', 'account.key', 'tx.hash', 'index', 'wide']) {
      const directory = await damaged((folder) => {
        const file = join(folder, 'segment-000001', name)
        flip(file, name === 'out.word' ? 0 : Math.floor(statSync(file).size / 8) * 4)
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
        manifest.segments[0].files[name].sha256 = hashFile(file)
        writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
      })
      expect((await verifyLedger(directory)).sound, name).toBe(false)
    }
  })

  it('does not lead out of its folder', async () => {
    const directory = await damaged((folder) => {
      const file = join(folder, 'manifest.json')
      writeFileSync(file, readFileSync(file, 'utf8').replace('"name": "segment-000001"', '"name": "../segment-000001"'))
    })
    await expect(openLedger(directory)).rejects.toMatchObject({ code: 'ledger/damaged' })
  })

  it('gives clear errors, not garbage, after it was closed', async () => {
    const directory = await damaged(() => {})
    const ledger = await openLedger(directory, { read: 'map' })
    const batches = ledger.transfersOf([0])
    const first = await batches.next()
    await ledger.close()
    expect(first.done).toBe(false)
    await expect(ledger.transfersOf([0]).next()).rejects.toMatchObject({ code: 'ledger/closed' })
    await expect(ledger.degrees([0])).rejects.toMatchObject({ code: 'ledger/closed' })
    expect(existsSync(directory)).toBe(true)
  })
})
