import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TraceDocument } from '../../src/trace/index.ts'
import { mine } from '../ledger/bitcoin/esplora/blocks.ts'
import { EsploraServer } from '../ledger/bitcoin/esplora/server.ts'
import { type SimulatedWorld, simulatedWorld } from '../trace/bitcoin/simulated.ts'
import { cordon } from './terminal.ts'

const OPTIONS = { transactions: 2_000, seed: 'live' }
let folder: string
let world: SimulatedWorld
let server: EsploraServer
let url: string
const at = (name: string): string => join(folder, name)
const ledger = (): string[] => ['--ledger', at('ledger')]
const tags = (): string[] => ['--tags', at('world/tags')]
const live = (): string[] => ['--esplora', url, '--network', 'regtest', '--interval', '0']

async function json<T>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as T
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-cli-bitcoin-'))
  world = await simulatedWorld(at('expected'), OPTIONS)
  await json('simulate', '--chain', 'bitcoin', '--transfers', '2000', '--seed', 'live', '--format', 'both', '--out', at('world'))
  await json('ledger', 'import', at('world/blocks'), ...ledger())
  await json('simulate', '--transfers', '2000', '--seed', '5', '--out', at('accounts'))
  await json('ledger', 'import', at('accounts/token_transfers'), '--ledger', at('account-ledger'))
  server = new EsploraServer(world.blocks)
  url = await server.listen()
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true })
})

describe('from blocks to a report', () => {
  it('a ledger says what it holds, in both forms, and is sound', async () => {
    const tip = world.blocks.at(-1)
    const info = await json<{ hash: string }>('ledger', 'info', ...ledger())
    expect(info).toMatchObject({
      chain: 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328',
      transactions: 2000,
      blocks: { first: 0, last: tip?.height },
      tip: { height: tip?.height, hash: tip?.hash },
      genesis: true,
      unknownValues: 0,
    })
    expect((await cordon('ledger', 'info', ...ledger())).out).toMatch(
      /transactions: +2,000\n[\s\S]*is on a branch with less work and is left out/,
    )
    expect(await json('ledger', 'verify', ...ledger())).toMatchObject({ sound: true, hash: info.hash })
  })

  it('an export of the same chain is the same ledger, and its blocks bring nothing new to it', async () => {
    await json(
      'ledger',
      'import',
      at('world/blocks.jsonl'),
      at('world/transactions.jsonl'),
      '--ledger',
      at('etl'),
      '--chain',
      'bip122:0f9188f13cb7b2c71f2a335e3a4fc328',
    )
    const [one, other] = await Promise.all(
      [at('ledger'), at('etl')].map((directory) => json<Record<string, unknown>>('ledger', 'info', '--ledger', directory)),
    )
    for (const part of ['hash', 'transactions', 'inputs', 'outputs', 'accounts', 'transfers', 'blocks', 'tip'])
      expect(other?.[part]).toEqual(one?.[part])
    for (const into of [ledger(), ['--ledger', at('etl')]]) {
      const before = await json('ledger', 'info', ...into)
      expect(await json('ledger', 'append', at('world/blocks'), ...into)).toMatchObject({ blocks: 0, transactions: 0, undone: 0 })
      expect((await cordon('ledger', 'append', at('world/blocks'), ...into)).out).toContain('Nothing new')
      expect(await json('ledger', 'info', ...into)).toEqual(before)
    }
  })

  it('blocks that are still being written are left out and named, and appended when they are there', async () => {
    await cp(at('world/blocks'), at('cut'), { recursive: true })
    await truncate(at('cut/blk00000.dat'), 500_001)
    const into = ['--ledger', at('growing')]
    const first = await json<{ blocks: number; manifest: { orderNotes: string[] } }>('ledger', 'import', at('cut'), ...into)
    expect(first.manifest.orderNotes[0]).toMatch(/cut\/blk00000\.dat: what begins at byte \d+ is not complete/)
    const { blocks } = await json<{ blocks: number }>('ledger', 'append', at('world/blocks'), ...into)
    expect(first.blocks + blocks).toBe(world.blocks.length)
    const [one, other] = await Promise.all([ledger(), into].map((of) => json<{ hash: string }>('ledger', 'info', ...of)))
    expect(other?.hash).toBe(one?.hash)
  })

  it('a trace is written in four forms, and runs again to the same bytes', async () => {
    const out = ['--out', at('t.json'), '--report', at('t.html'), '--flows', at('t.csv'), '--graph', at('t.gexf')]
    const seeds = ['--seeds', at('world/seeds/theft-01.csv')]
    const result = await json<{ entities: { kind: string }[]; conservation: { difference: string }[]; written: string[] }>(
      'trace',
      ...ledger(),
      ...seeds,
      ...tags(),
      ...out,
    )
    expect(result.entities.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['exchange', 'bridge', 'mixer', 'miners']))
    expect(result.conservation.map(({ difference }) => difference)).toEqual(['0'])
    expect(result.written).toEqual(['t.json', 't.html', 't.csv', 't.gexf'].map(at))
    for (const name of ['t.html', 't.csv', 't.gexf']) expect((await readFile(at(name), 'utf8')).length).toBeGreaterThan(1000)
    expect((await cordon('trace', ...ledger(), ...seeds, ...tags(), '--out', at('t.json'))).out).toMatch(/exchange[\s\S]*tBTC/)
    expect(await json('trace', 'verify', at('t.json'), ...ledger(), ...tags())).toMatchObject({ same: true, differences: [] })
    expect((await cordon('trace', 'verify', at('t.json'), ...ledger())).exit).toBe(1)
  })

  it('the choices of Bitcoin stand in the document', async () => {
    const { first } = await world.seeds(1)
    const choices = ['--fees', 'clean-first', '--mixing', 'follow', '--no-clusters', '--no-bounds']
    await json('trace', ...ledger(), '--seeds', `${first.txid}:${first.index}`, ...choices, '--out', at('p.json'))
    const { parameters, seeds } = JSON.parse(await readFile(at('p.json'), 'utf8')) as TraceDocument
    expect(parameters).toMatchObject({ bounds: false, bitcoin: { fees: 'clean-first', mixing: 'follow', clusters: 'none' } })
    expect(seeds).toMatchObject([{ kind: 'account', account: `${first.txid}:${first.index}` }])
  })

  it('a peel chain is followed forward and back', async () => {
    const { first } = await world.seeds(1)
    interface Chain {
      readonly hops: readonly { readonly txid: string; readonly evidence: readonly string[] }[]
      readonly peeled: string
    }
    const chain = await json<Chain>('trace', 'peel', ...ledger(), '--from', `${first.txid}:${first.index}`, ...tags())
    expect(chain.hops.length).toBeGreaterThan(3)
    expect(chain.hops.every(({ evidence }) => evidence.length > 0)).toBe(true)
    expect(chain.peeled).toMatch(/^\d+$/)
    const last = chain.hops.at(-2)?.txid as string
    const back = await json<Chain>('trace', 'peel', ...ledger(), '--from', last, '--backward', ...tags())
    const shared = chain.hops.slice(0, -1).map(({ txid }) => txid)
    expect(back.hops.map(({ txid }) => txid).slice(-shared.length)).toEqual(shared)
    expect((await cordon('trace', 'peel', ...ledger(), '--from', last, '--max-hops', '1')).out).toMatch(/1 hops[\s\S]*Stopped: /)
  })

  it('clusters and CoinJoins are found, in both forms', async () => {
    const clusters = await json<{ addresses: number; clusters: number; named: { kind: string; size: number }[]; conflicts: unknown[] }>(
      'tags',
      'clusters',
      ...ledger(),
      ...tags(),
    )
    expect(clusters.clusters).toBeLessThan(clusters.addresses)
    expect(clusters.named.some(({ kind, size }) => kind === 'exchange' && size > 10)).toBe(true)
    expect(clusters.conflicts).toEqual([])
    expect((await cordon('tags', 'clusters', ...ledger(), ...tags())).out).toMatch(/addresses in [\d,]+ clusters/)
    const found = await json<{ family: string; transaction: string }[]>('tags', 'coinjoins', ...ledger())
    const { coinJoins } = JSON.parse(await readFile(at('world/world.json'), 'utf8')) as { coinJoins: Record<string, number> }
    for (const family of ['wasabi1', 'joinmarket'])
      expect([family, found.filter((one) => one.family === family).length > 0]).toEqual([family, (coinJoins[family] ?? 0) > 0])
    expect((await cordon('tags', 'coinjoins', ...ledger())).out).toMatch(/of 2,000 transactions: /)
  })
})

describe('with nothing imported', () => {
  it('one transaction id is traced from a live server, and the trace runs again to the same bytes as of its block', async () => {
    const { first } = await world.seeds(3)
    const seeds = ['--seeds', first.txid, ...tags()]
    await json('trace', ...live(), ...seeds, '--out', at('live.json'), '--report', at('live.html'))
    await json('trace', ...ledger(), ...seeds, '--no-clusters', '--out', at('there.json'))
    const [one, other] = (await Promise.all(['live.json', 'there.json'].map((name) => readFile(at(name), 'utf8')))).map(
      (text) => JSON.parse(text) as TraceDocument,
    )
    for (const part of ['flows', 'endpoints', 'entities', 'notFollowed', 'conservation'] as const)
      expect(one?.[part]).toEqual(other?.[part])
    expect(one?.flows.length).toBeGreaterThan(10)

    const tip = world.blocks.at(-1) as SimulatedWorld['blocks'][number]
    server.setBlocks([...world.blocks, mine(tip, [])])
    try {
      const asOf = ['--as-of', tip.hash, '--esplora-cache', at('cache')]
      expect(await json('trace', 'verify', at('live.json'), ...live(), ...asOf, ...tags())).toMatchObject({ same: true })
      const before = server.asked.length
      expect(await json('trace', 'verify', at('live.json'), ...live(), ...asOf, ...tags())).toMatchObject({ same: true })
      expect(server.asked.length - before).toBe(2)
      const { exit, out } = await cordon('trace', 'verify', at('live.json'), ...live(), ...tags())
      expect(exit).toBe(1)
      expect(out).toContain('ledger: the document was made on')
    } finally {
      server.setBlocks(world.blocks)
    }
  })

  it('a peel chain is followed on a live server', async () => {
    const { first } = await world.seeds(1)
    const from = ['--from', `${first.txid}:${first.index}`, '--max-hops', '4']
    const hops = async (...chain: string[]): Promise<unknown> =>
      (await json<{ hops: { txid: string; fee: string }[] }>('trace', 'peel', ...chain, ...from)).hops.map(({ txid, fee }) => [txid, fee])
    expect(await hops(...live())).toEqual(await hops(...ledger()))
  })

  it('says how often a live server was asked', async () => {
    const { first } = await world.seeds(1)
    const before = server.asked.length
    const { exit, out } = await cordon('trace', ...live(), '--seeds', first.txid, '--max-depth', '2', '--out', at('polite.json'))
    expect(exit).toBe(0)
    expect(out).toContain(`The server was asked ${(server.asked.length - before).toLocaleString('en-US')} times: `)
    expect((await cordon('trace', ...ledger(), '--seeds', first.txid, '--out', at('local.json'))).out).not.toContain('was asked')
  })

  it('says how many requests were allowed when they do not suffice, and how to allow more', async () => {
    const { first } = await world.seeds(1)
    const { exit, err } = await cordon('trace', ...live(), '--seeds', first.txid, '--max-requests', '20', '--out', at('x.json'))
    expect(exit).toBe(1)
    expect(err).toMatch(/20 requests have been made[\s\S]*to do: Allow more[\s\S]*esplora\/request-limit/)
    expect(existsSync(at('x.json'))).toBe(false)
  })
})

describe('what is refused', () => {
  const nothing = '00'.repeat(32)
  const corrupted = async (): Promise<string> => {
    await cp(at('world/blocks'), at('corrupted'), { recursive: true })
    const file = at('corrupted/blk00000.dat')
    const bytes = await readFile(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] as number) ^ 1
    await writeFile(file, bytes)
    return at('corrupted')
  }
  const closedPort = async (): Promise<string> => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await new Promise((resolve) => other.close(resolve))
    return `http://127.0.0.1:${port}`
  }
  const cases: readonly (readonly [
    what: string,
    args: () => string[] | Promise<string[]>,
    exit: number,
    code: string | RegExp,
    says: RegExp,
  ])[] = [
    [
      'choices of Bitcoin on a ledger of accounts',
      () => ['trace', '--ledger', at('account-ledger'), '--seeds', nothing, '--mixing', 'follow', '--out', at('x.json')],
      2,
      'cli/usage',
      /are for Bitcoin/,
    ],
    [
      'options of a server with a ledger on disk',
      () => ['trace', ...ledger(), '--seeds', nothing, '--network', 'main', '--out', at('x.json')],
      2,
      'cli/usage',
      /go with --esplora/,
    ],
    [
      'two chains at once',
      () => ['trace', ...ledger(), ...live(), '--seeds', nothing, '--out', at('x.json')],
      2,
      'cli/usage',
      /--ledger DIR or --esplora URL/,
    ],
    ['a URL that is none', () => ['trace', '--esplora', 'nowhere', '--seeds', nothing, '--out', at('x.json')], 2, 'esplora/bad-url', /URL/],
    ['a peel chain of accounts', () => ['trace', 'peel', '--ledger', at('account-ledger'), '--from', nothing], 2, 'cli/usage', /outputs/],
    ['a peel chain from nowhere', () => ['trace', 'peel', ...ledger(), '--from', 'here'], 2, 'cli/usage', /--from here/],
    [
      'a peel chain from an unknown transaction',
      () => ['trace', 'peel', ...ledger(), '--from', nothing],
      3,
      'trace/seed-not-found',
      /0000/,
    ],
    [
      'a seed that the ledger does not hold',
      () => ['trace', ...ledger(), '--seeds', nothing, '--out', at('x.json')],
      3,
      'trace/seed-not-found',
      /transaction 0000/,
    ],
    [
      'a seed that the live chain does not hold',
      () => ['trace', ...live(), '--seeds', `${nothing}:0`, '--out', at('x.json')],
      3,
      'trace/seed-not-found',
      /0000/,
    ],
    [
      'a block that no server has',
      () => ['trace', ...live(), '--as-of', nothing, '--seeds', nothing, '--out', at('x.json')],
      3,
      'esplora/not-in-chain',
      /0000/,
    ],
    [
      'a server of another network',
      () => ['trace', '--esplora', url, '--interval', '0', '--seeds', nothing, '--out', at('x.json')],
      3,
      'esplora/wrong-network',
      /main network/,
    ],
    [
      'clusters of accounts',
      () => ['tags', 'clusters', '--ledger', at('account-ledger'), ...tags()],
      3,
      'ledger/other-chain',
      /not of Bitcoin/,
    ],
    ['CoinJoins of accounts', () => ['tags', 'coinjoins', '--ledger', at('account-ledger')], 3, 'ledger/other-chain', /not of Bitcoin/],
    [
      'deposit addresses of outputs',
      () => ['tags', 'deposits', ...ledger(), ...tags()],
      3,
      'ledger/other-chain',
      /outputs instead of accounts/,
    ],
    ['a file that is not there', () => ['ledger', 'import', at('blk9.dat'), '--ledger', at('new')], 3, 'ledger/no-such-file', /blk9\.dat/],
    [
      'blocks of another network than was named',
      () => ['ledger', 'import', at('world/blocks'), '--chain', 'bip122:000000000019d6689c085ae165831e93', '--ledger', at('new')],
      3,
      'bitcoin/wrong-magic',
      /regtest network, and main was asked for/,
    ],
    [
      'blocks and exports together',
      () => ['ledger', 'import', at('world/blocks'), at('world/transactions.jsonl'), '--ledger', at('new')],
      3,
      'bitcoin/mixed-sources',
      /holds blocks and/,
    ],
    [
      'a node and files together, without showing its password',
      () => ['ledger', 'import', at('world/blocks'), 'http://me:hidden@127.0.0.1:8332', '--ledger', at('new')],
      3,
      'bitcoin/mixed-sources',
      /^((?!hidden)[\s\S])*$/,
    ],
    [
      'a node where another chain was named, without showing its password',
      () => ['ledger', 'import', 'http://me:hidden@127.0.0.1:8332', '--chain', 'eip155:1', '--ledger', at('new')],
      3,
      'bitcoin/wrong-chain',
      /^((?!hidden)[\s\S])*eip155:1((?!hidden)[\s\S])*$/,
    ],
    [
      'blocks after accounts',
      () => ['ledger', 'append', at('world/blocks'), '--ledger', at('account-ledger')],
      3,
      'ledger/other-chain',
      /is of Bitcoin/,
    ],
    [
      'a node after accounts, without showing its password',
      () => ['ledger', 'append', 'http://me:hidden@127.0.0.1:8332', '--ledger', at('account-ledger')],
      3,
      'ledger/other-chain',
      /^((?!hidden)[\s\S])*$/,
    ],
    ['accounts after blocks', () => ['ledger', 'append', at('accounts/token_transfers'), ...ledger()], 3, 'ledger/other-chain', /outputs/],
    [
      'a limit of refused rows for blocks, of which none may be refused',
      () => ['ledger', 'import', at('world/blocks'), '--refuse-limit', '5', '--ledger', at('new')],
      2,
      'ledger/bad-option',
      /limit of refused rows/,
    ],
    [
      'a height for accounts',
      () => ['ledger', 'import', at('accounts/token_transfers'), '--height', '5', '--ledger', at('new')],
      2,
      'ledger/bad-option',
      /no Bitcoin data/,
    ],
    [
      'a rule for deposit addresses that Bitcoin does not have',
      () => ['trace', ...ledger(), '--seeds', nothing, '--deposit-blocks', '5', '--out', at('x.json')],
      2,
      'cli/usage',
      /decides nothing on Bitcoin/,
    ],
    [
      'a block file with a changed byte',
      async () => ['ledger', 'import', await corrupted(), '--ledger', at('new')],
      3,
      /^bitcoin\/bad-(merkle-root|witness-commitment)$/,
      /blk00000\.dat/,
    ],
    [
      'a node that does not answer',
      async () => ['ledger', 'import', await closedPort(), '--ledger', at('new')],
      1,
      'bitcoin/node-unreachable',
      /ECONNREFUSED/,
    ],
    [
      'a server that does not answer',
      async () => ['trace', '--esplora', await closedPort(), '--seeds', nothing, '--out', at('x.json')],
      1,
      'esplora/unreachable',
      /ECONNREFUSED/,
    ],
  ]
  it.each(cases)('%s: says what, where and what to do, and leaves nothing behind', async (_, args, exit, code, says) => {
    const before = await json('ledger', 'info', ...ledger())
    const found = await cordon(...(await args()), '--json')
    const { error } = JSON.parse(found.err) as { error: { code: string; message: string; remedy: string } }
    expect({ exit: found.exit, out: found.out }).toEqual({ exit, out: '' })
    if (typeof code === 'string') expect(error.code).toBe(code)
    else expect(error.code).toMatch(code)
    expect(found.err).toMatch(says)
    expect(error.remedy ?? '').not.toBe('')
    expect([existsSync(at('new/manifest.json')), existsSync(at('x.json'))]).toEqual([false, false])
    expect(await json('ledger', 'info', ...ledger())).toEqual(before)
  })
})
