import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { DEFAULT_PARAMETERS } from '../../src/trace/index.ts'
import { cordon } from './terminal.ts'

const bin = fileURLToPath(new URL('../../bin/cordon.mjs', import.meta.url))
let folder: string
const at = (name: string): string => join(folder, name)
const ledger = (): string[] => ['--ledger', at('ledger')]

async function json<T>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as T
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-cli-'))
  await json('simulate', '--transfers', '4000', '--seed', '5', '--out', at('world'))
  await json('ledger', 'import', at('world/token_transfers'), ...ledger(), '--genesis')
})
afterAll(() => rm(folder, { recursive: true }))

describe('from chain data to a report', () => {
  it('a ledger says what it holds and is sound', async () => {
    const info = await json<{ hash: string; transfers: number }>('ledger', 'info', ...ledger())
    expect(info.transfers).toBe(4000)
    const verified = await json<{ sound: boolean; hash: string }>('ledger', 'verify', ...ledger())
    expect(verified).toMatchObject({ sound: true, hash: info.hash })
    expect((await cordon('ledger', 'info', ...ledger())).out).toMatch(/transfers: +4,000/)
  })

  it('refused rows are listed with their place, and over the limit nothing is imported', async () => {
    const header = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number'
    const row = (value: string): string =>
      [`0x${'aa'.repeat(20)}`, `0x${'bb'.repeat(20)}`, `0x${'cc'.repeat(20)}`, value, `0x${'dd'.repeat(32)}`, '1', '17000000'].join(',')
    await writeFile(at('bad.csv'), `${[header, row('5'), row('-5')].join('\n')}\n`)
    const into = ['--ledger', at('partly')]
    const report = await json<{ transfers: number; refused: object }>('ledger', 'import', at('bad.csv'), ...into)
    expect(report).toMatchObject({ transfers: 1, refused: { count: 1, rows: [{ line: 3, field: 'value' }] } })
    expect((await cordon('ledger', 'import', at('bad.csv'), ...into)).out).toMatch(/Refused rows: 1\n[\s\S]*value/)

    const { exit, err } = await cordon('ledger', 'import', at('bad.csv'), '--ledger', at('none'), '--refuse-limit', '0')
    expect(exit).toBe(3)
    expect(err).toContain('ledger/too-many-refused')
    expect(existsSync(at('none/manifest.json'))).toBe(false)
  })

  it('newer blocks are appended', async () => {
    const rows = (await readFile(at('world/token_transfers/part-00000.csv'), 'utf8')).trimEnd().split('\n')
    const header = rows[0] as string
    const block = header.split(',').indexOf('block_number')
    const blockOf = (line: string | undefined): string | undefined => line?.split(',')[block]
    let cut = 3000
    while (blockOf(rows[cut]) === blockOf(rows[cut - 1])) cut++
    await writeFile(at('old.csv'), `${rows.slice(0, cut).join('\n')}\n`)
    await writeFile(at('new.csv'), `${[header, ...rows.slice(cut)].join('\n')}\n`)
    const into = ['--ledger', at('grown')]
    await json('ledger', 'import', at('old.csv'), ...into, '--genesis')
    expect(await json('ledger', 'append', at('new.csv'), ...into)).toMatchObject({ transfers: rows.length - cut })
    expect(await json('ledger', 'info', ...into)).toMatchObject({ transfers: 4000 })
    const { exit, err } = await cordon('ledger', 'append', at('new.csv'), ...into)
    expect(exit).toBe(3)
    expect(err).toContain('ledger/overlap')
  })

  it('a ledger with a changed byte is found out, with exit code 1', async () => {
    const again = ['--ledger', at('harmed')]
    await json('ledger', 'import', at('world/token_transfers'), ...again)
    const manifest = JSON.parse(await readFile(at('harmed/manifest.json'), 'utf8')) as { segments: { name: string }[] }
    const file = join(at('harmed'), manifest.segments[0]?.name ?? '', 'from')
    const bytes = await readFile(file)
    bytes[100] = (bytes[100] ?? 0) ^ 1
    await writeFile(file, bytes)
    const { exit, out } = await cordon('ledger', 'verify', ...again)
    expect(exit).toBe(1)
    expect(out).toContain('from')
  })

  it('an exported ledger is imported to the same ledger', async () => {
    await json('ledger', 'export', ...ledger(), '--out', at('export'))
    await json('ledger', 'import', at('export'), '--ledger', at('again'))
    const [one, two] = await Promise.all(
      [at('ledger'), at('again')].map((dir) => json<{ hash: string }>('ledger', 'info', '--ledger', dir)),
    )
    expect(two?.hash).toBe(one?.hash)
  })

  it('a trace is written in four forms, runs again to the same bytes, and differs when somebody changed it', async () => {
    const tags = ['--tags', at('world/tags')]
    const out = ['--out', at('t.json'), '--report', at('t.html'), '--flows', at('t.csv'), '--graph', at('t.gexf')]
    const seeds = ['--seeds', at('world/seeds/theft-01.csv')]
    const result = await json<{ entities: unknown[]; conservation: { difference: string }[] }>(
      'trace',
      ...ledger(),
      ...seeds,
      ...tags,
      ...out,
    )
    expect(result.entities.length).toBeGreaterThan(0)
    for (const { difference } of result.conservation) expect(difference).toBe('0')
    for (const name of ['t.html', 't.csv', 't.gexf']) expect((await readFile(at(name), 'utf8')).length).toBeGreaterThan(100)

    expect(await json('trace', 'verify', at('t.json'), ...ledger(), ...tags)).toMatchObject({ same: true, differences: [] })
    const text = await readFile(at('t.json'), 'utf8')
    const forged = text.replace(/("amount": ?")(\d+)"/, (_all, head: string, digits: string) => `${head}${BigInt(digits) + 1n}"`)
    expect(forged).not.toBe(text)
    await writeFile(at('forged.json'), forged)
    expect((await cordon('trace', 'verify', at('forged.json'), ...ledger(), ...tags)).exit).toBe(1)
    await writeFile(at('spelled.json'), `${text}\n`)
    expect((await cordon('trace', 'verify', at('spelled.json'), ...ledger(), ...tags)).out).toContain('spelled otherwise')
    expect((await cordon('trace', 'verify', at('t.json'), ...ledger())).exit).toBe(1)
  })

  it('parameters on the command line stand in the document', async () => {
    const seeds = [
      '--seeds',
      (await readFile(at('world/seeds/theft-01.csv'), 'utf8')).split('\n')[0] as string,
      '--from',
      '2023-01-01T00:00:00Z',
    ]
    const limits = [
      '--policy',
      'haircut',
      '--max-depth',
      '3',
      '--min-amount',
      '*=5',
      '--no-bounds',
      '--deposit-blocks',
      '10',
      '--opening',
      'unknown',
    ]
    await json('trace', ...ledger(), ...seeds, ...limits, '--out', at('p.json'))
    const { parameters, seeds: written } = JSON.parse(await readFile(at('p.json'), 'utf8')) as { parameters: object; seeds: object[] }
    expect(parameters).toMatchObject({
      policy: 'haircut',
      direction: 'forward',
      maxDepth: 3,
      minAmount: { '*': '5' },
      bounds: false,
      opening: 'unknown',
      deposit: { maxBlocks: 10, minForwarded: '9/10' },
    })
    expect(written).toMatchObject([{ kind: 'account', asset: null, from: '2023-01-01T00:00:00Z' }])
  })

  it('every parameter of a trace can be set', async () => {
    const seeds = ['--seeds', at('world/seeds/theft-01.csv')]
    const settings =
      '--policy lifo --backward --max-depth 7 --max-accounts 70 --until 2030-01-01T00:00:00Z --min-amount *=1 --min-share 1/7 --hub-transfers 700 --pool-transfers 77 --opening clean --no-bounds --bounds-accounts 71 --keep-look-alikes --deposit-blocks 72 --deposit-remainder 73 --deposit-forwarded 7/8'
    await json('trace', ...ledger(), ...seeds, ...settings.split(' '), '--out', at('all.json'))
    const { parameters } = JSON.parse(await readFile(at('all.json'), 'utf8')) as { parameters: typeof DEFAULT_PARAMETERS }
    for (const [name, value] of Object.entries(DEFAULT_PARAMETERS))
      expect(parameters[name as keyof typeof parameters], name).not.toEqual(value)
    for (const [name, value] of Object.entries(DEFAULT_PARAMETERS.deposit))
      expect(parameters.deposit[name as keyof typeof parameters.deposit], name).not.toEqual(value)
  })

  it('tags are checked, and deposit addresses and look-alikes found', async () => {
    expect(await json('tags', 'check', at('world/tags'))).toMatchObject({ refused: [], conflicts: [] })
    const deposits = await json<{ address: string; evidence: string[] }[]>('tags', 'deposits', ...ledger(), '--tags', at('world/tags'))
    const truth = await readFile(at('world/truth/deposits.csv'), 'utf8')
    expect(deposits.length).toBeGreaterThan(20)
    expect(deposits.filter(({ address }) => !truth.includes(address))).toEqual([])
    const { found } = await json<{ found: { account: string; victim: string }[] }>('tags', 'look-alikes', ...ledger())
    const poisoning = await readFile(at('world/truth/poisoning.csv'), 'utf8')
    expect(found.length).toBeGreaterThan(0)
    const [first] = found
    expect(await json('tags', 'look-alikes', first?.victim as string, ...ledger())).toMatchObject({ accounts: 1, found: [first] })
    expect(found.filter(({ account }) => poisoning.includes(account)).length).toBeGreaterThan(found.length / 2)
  })
})

describe('what is refused', () => {
  const nobody = `0x${'12'.repeat(20)}`
  it.each([
    [
      'a seed that the ledger does not hold',
      () => ['trace', ...ledger(), '--seeds', nobody, '--out', at('x.json')],
      'trace/seed-not-found',
    ],
    ['a folder that is no ledger', () => ['ledger', 'info', '--ledger', at('world')], 'ledger/not-a-ledger'],
    ['a file that is not there', () => ['ledger', 'import', at('no.csv'), '--ledger', at('new')], 'ledger/no-such-file'],
    ['a document that is no trace', () => ['trace', 'verify', at('world/truth.json'), ...ledger()], 'trace/not-a-trace'],
    ['tags that are not there', () => ['tags', 'check', at('no.yaml')], 'attribution/not-found'],
    ['a look-alike victim that the ledger does not hold', () => ['tags', 'look-alikes', nobody, ...ledger()], 'ledger/unknown-account'],
  ])('%s ends with 3, its code and a remedy', async (_name, args, code) => {
    const { exit, out, err } = await cordon(...args(), '--json')
    expect({ exit, out }).toEqual({ exit: 3, out: '' })
    const { error } = JSON.parse(err) as { error: { code: string; remedy: string } }
    expect(error.code).toBe(code)
    expect(error.remedy).not.toBe('')
    expect(existsSync(at('new'))).toBe(false)
  })
})

describe('stopping', () => {
  it('a command that was stopped before it began ends with 130 and leaves the ledger as it was', async () => {
    const before = await json('ledger', 'info', ...ledger())
    const terminal = { out: () => {}, err: () => {}, columns: () => null, now: () => 0, signal: AbortSignal.abort() }
    expect(await run(['ledger', 'import', at('world/token_transfers'), ...ledger()], terminal)).toBe(130)
    expect(await json('ledger', 'info', ...ledger())).toEqual(before)
  })

  it('Ctrl-C in the middle of work ends the process with 130 and leaves nothing behind', async () => {
    const child = spawn(process.execPath, [bin, 'simulate', '--transfers', '3000000', '--seed', '1', '--out', at('large')], {
      stdio: 'ignore',
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    // Wait until it writes.
    while (!(await readdir(folder)).some((name) => name.startsWith('large.'))) await new Promise((wake) => setTimeout(wake, 20))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect((await readdir(folder)).filter((name) => name.startsWith('large'))).toEqual([])
  })
})
