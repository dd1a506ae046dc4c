import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isUtxoLedger, openAnyLedger } from '../../src/ledger/index.ts'
import type { ExposureDocument, ScreenAnswer } from '../../src/screen/index.ts'
import { EsploraServer } from '../ledger/bitcoin/esplora/server.ts'
import { type SimulatedWorld, simulatedWorld } from '../trace/bitcoin/simulated.ts'
import { address, hash } from '../trace/world.ts'
import { cordon } from './terminal.ts'

let folder: string
const at = (name: string): string => join(folder, name)
const store = (): string[] => ['--store', at('store')]
const ledger = (): string[] => ['--ledger', at('ledger')]

type Exposed = ScreenAnswer & { readonly exposure: ExposureDocument }

async function json<T = Exposed>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as T
}

const [WALLET, PAID, LISTED, EXCHANGE] = [1, 2, 9, 20]
const TOKEN = `0x${'aa'.repeat(20)}`
/** From the listed account over two others to the wallet, mixed on the way; directly to another; some of it from an exchange. Account, account, units. */
const MOVES: readonly (readonly [number, number, bigint])[] = [
  [LISTED, 3, 50n],
  [5, 3, 150n],
  [3, 4, 40n],
  [4, WALLET, 40n],
  [EXCHANGE, WALLET, 60n],
  [LISTED, PAID, 7n],
  [PAID, LISTED, 3n],
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-exposure-'))
  const rows = MOVES.map(([from, to, value], i) =>
    [TOKEN, address(from), address(to), value, hash(i + 1), 0, 17_000_000 + i, `2023-04-08 04:26:${String(10 + i)} UTC`].join(','),
  )
  const header = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number,block_timestamp'
  await writeFile(at('transfers.csv'), `${[header, ...rows].join('\n')}\n`)
  await json<object>('ledger', 'import', at('transfers.csv'), ...ledger(), '--genesis')
  await writeFile(at('own.csv'), `id,name,kind,wallet\nw1,LAZARUS \u202eGROUP,organisation,ETH:${address(LISTED)}\n`)
  await json<object>('lists', 'import', at('own.csv'), '--list', 'own', ...store())
  await writeFile(
    at('tags.yaml'),
    `title: exchanges\ncreator: test\ntags:\n  - address: '${address(EXCHANGE)}'\n    currency: ETH\n    label: Some Exchange\n    category: exchange\n    source: test\n    lastmod: 2023-01-01\n    confidence: ownership\n`,
  )
})
afterAll(() => rm(folder, { recursive: true }))

describe('cordon screen wallet with a ledger', () => {
  it('tells the share that leads back to a listed address, exactly, with hops and the way', async () => {
    const answer = await json('screen', 'wallet', address(WALLET), ...ledger(), ...store())
    expect(answer).toMatchObject({ ask: { about: 'wallet' }, outcome: 'no-potential-match', hits: [] })
    const { exposure } = answer
    expect(exposure).toMatchObject({ format: 'cordon-exposure', wallet: address(WALLET), inLedger: true, counterparties: [], itself: [] })
    expect(exposure.assets).toMatchObject([
      {
        reached: '100',
        fromListed: { numerator: '10', denominator: '100' },
        sources: [
          {
            account: address(LISTED),
            parties: [{ list: 'own', entry: 'w1', relation: 'address' }],
            hops: 3,
            count: 1,
            transactions: [hash(1)],
            path: [{ to: address(3) }, { to: address(4) }, { to: address(WALLET) }],
          },
        ],
      },
    ])
  })

  it('shows it to people as per cent, with what was not looked at, and without the control characters of a list', async () => {
    const { exit, out } = await cordon('screen', 'wallet', address(WALLET), ...ledger(), ...store())
    expect(exit).toBe(0)
    expect(out).toMatch(
      /^EXPOSED: .*\n\nNo potential match on own [\s\S]*No listed address dealt with it directly\.\n\n100 .* reached it\. Led back to listed addresses: 10\.00 %/,
    )
    expect(out).toMatch(
      new RegExp(`- 10\\.00 % \\(10 .*\\) from ${address(LISTED)}: LAZARUS .*GROUP \\(own w1\\); hops: 3, transactions: 1\\n`),
    )
    expect(out).toMatch(/Not looked at:\n(- .*\n)*- Only transfers that the ledger holds were followed/)
    expect(out).not.toContain('\u202e')
  })

  it('names listed addresses that dealt with it directly, in both directions', async () => {
    const { exposure } = await json('screen', 'wallet', address(PAID), ...ledger(), ...store())
    expect(exposure.counterparties).toMatchObject([
      { account: address(LISTED), direction: 'received', amount: '7', transactions: [hash(6)] },
      { account: address(LISTED), direction: 'sent', amount: '3', transactions: [hash(7)] },
    ])
    const { out } = await cordon('screen', 'wallet', address(PAID), ...ledger(), ...store())
    expect(out).toMatch(/Listed addresses that dealt with it directly:\n- received 7 [\s\S]*- sent 3 /)
  })

  it('stops at tagged services', async () => {
    const { exposure } = await json('screen', 'wallet', address(WALLET), ...ledger(), '--tags', at('tags.yaml'), ...store())
    expect(exposure.assets[0]?.stops).toMatchObject([
      { label: 'Some Exchange', amounts: [{ share: { numerator: '60', denominator: '100' } }] },
    ])
    const { out } = await cordon('screen', 'wallet', address(WALLET), ...ledger(), '--tags', at('tags.yaml'), ...store())
    expect(out).toMatch(/- 60\.00 % \(60 .*\) from Some Exchange \(exchange\), where the trace stopped/)
  })

  it('keeps to hops and times, and says what it left out for them', async () => {
    const near = await json('screen', 'wallet', address(WALLET), ...ledger(), '--max-hops', '2', ...store())
    expect(near.exposure.assets[0]).toMatchObject({ sources: [], notFollowed: [{ reason: 'depth', amount: '40' }] })
    expect(near.exposure.notLookedAt.limits.join()).toContain('more than 2 hops')
    const early = await json('screen', 'wallet', address(WALLET), ...ledger(), '--until', '2023-04-08T04:26:13Z', ...store())
    expect(early.exposure.assets[0]).toMatchObject({ reached: '40', fromListed: { numerator: '10', denominator: '40' } })
    const late = await json('screen', 'wallet', address(WALLET), ...ledger(), '--since', '2023-04-08T04:26:12Z', ...store())
    expect(late.exposure.assets[0]?.fromListed.numerator).toBe('0')
  })

  it('every parameter stands in the document', async () => {
    const settings =
      '--policy lifo --max-hops 7 --max-accounts 8 --since 2020-01-01T00:00:00Z --until 2030-01-01T00:00:00Z --hub-transfers 9 --max-transfers 10 --min-part 1/11 --max-assets 12'
    const { exposure } = await json('screen', 'wallet', address(WALLET), ...ledger(), ...settings.split(' '), ...store())
    expect(exposure.parameters).toEqual({
      policy: 'lifo',
      maxHops: 7,
      maxAccounts: 8,
      since: '2020-01-01T00:00:00Z',
      asOf: '2030-01-01T00:00:00Z',
      hubTransfers: 9,
      maxTransfers: 10,
      minPart: '1/11',
      maxAssets: 12,
    })
  })

  it.each([
    ['en', /Led back to listed addresses: 10\.00 %[\s\S]*hops: 3[\s\S]*Not looked at:/],
    ['fr', /Ramené à des adresses inscrites : 10\.00 %[\s\S]*sauts : 3[\s\S]*Ce qui n’a pas été examiné/],
    ['ko', /명단 등재 주소로 이어지는 몫: 10\.00 %[\s\S]*3단계[\s\S]*살펴보지 않은 것/],
    ['ja', /リスト掲載アドレスに遡る割合：10\.00 %[\s\S]*3 ホップ[\s\S]*調べていないもの/],
  ])('speaks %s', async (language, words) => {
    expect((await cordon('screen', 'wallet', address(WALLET), ...ledger(), '--language', language, ...store())).out).toMatch(words)
  })

  it('says of a wallet without transfers that nothing can be said', async () => {
    const { exit, out } = await cordon('screen', 'wallet', address(77), ...ledger(), ...store())
    expect(exit).toBe(0)
    expect(out).toMatch(/holds no transfer of 0x0+4d: nothing can be said of what reached it/)
  })

  it('is listed and exposed at once where the wallet itself is on a list', async () => {
    const answer = await json('screen', 'wallet', address(LISTED), ...ledger(), ...store())
    expect(answer).toMatchObject({ outcome: 'potential-match', hits: [{ entry: 'w1' }], exposure: { itself: [{ entry: 'w1' }] } })
  })

  it('screens with the lists of another time where asked to', async () => {
    const { exit, err } = await cordon('screen', 'wallet', address(WALLET), ...ledger(), '--at', '2001-01-01', ...store())
    expect([exit, err.includes('screen/no-lists')]).toEqual([3, true])
  })

  it.each([
    [['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', '--ledger', 'LEDGER'], 3, 'screen/not-an-account'],
    [['0x12', '--ledger', 'LEDGER'], 3, 'screen/not-an-account'],
    [[address(WALLET), '--ledger', 'LEDGER', '--min-part', '3/2'], 2, 'screen/bad-parameter'],
    [[address(WALLET), '--ledger', 'LEDGER', '--since', 'yesterday'], 2, 'trace/bad-parameter'],
    [[address(WALLET), '--ledger', 'LEDGER', '--max-hops', '1'], 2, 'cli/usage'],
    [[address(WALLET), '--ledger', 'nowhere'], 3, 'ledger/not-a-ledger'],
    [[address(WALLET), '--ledger', 'LEDGER', '--network', 'main'], 2, 'cli/usage'],
  ])('%j ends with %i and %s', async (args, code, error) => {
    const named = args.map((arg) => (arg === 'LEDGER' ? at('ledger') : arg))
    const { exit, out, err } = await cordon('screen', 'wallet', ...named, ...store(), '--json')
    expect({ exit, out }).toEqual({ exit: code, out: '' })
    expect(JSON.parse(err).error.code).toBe(error)
  })
})

describe('cordon screen wallet with Bitcoin', () => {
  let world: SimulatedWorld
  let payer: string
  let paid: string
  beforeAll(async () => {
    world = await simulatedWorld(at('bitcoin'), { transactions: 2_000, seed: 'live' })
    await json<object>('ledger', 'import', at('bitcoin/blocks'), '--ledger', at('btc'))
    ;[payer, paid] = await payment(at('btc'))
    await writeFile(at('btc.csv'), `id,name,wallet\nb1,LI Jiadong,XBT:${payer}\n`)
    await json<object>('lists', 'import', at('btc.csv'), '--list', 'own-btc', ...store())
  })

  it('finds a listed address among those that paid it, from blocks and from a live server alike', async () => {
    const local = await json('screen', 'wallet', paid, '--ledger', at('btc'), '--list', 'own-btc', ...store())
    expect(local.exposure.counterparties).toMatchObject([{ account: payer, parties: [{ entry: 'b1' }], direction: 'received' }])
    expect(local.exposure.assets[0]?.sources).toMatchObject([{ account: payer, hops: 1 }])
    const server = new EsploraServer(world.blocks)
    try {
      const live = ['--esplora', await server.listen(), '--network', 'regtest', '--interval', '0']
      const { exposure } = await json('screen', 'wallet', paid, ...live, '--list', 'own-btc', ...store())
      expect(exposure.counterparties).toEqual(local.exposure.counterparties)
      expect(exposure.assets).toEqual(local.exposure.assets)
      const { out } = await cordon('screen', 'wallet', paid, ...live, '--list', 'own-btc', ...store())
      expect(out).toMatch(/LI Jiadong \(own-btc b1\)[\s\S]*The server was asked \d+ times/)
    } finally {
      await server.close()
    }
  })
})

/** Payer and payee of a plain payment whose payee is paid but once: what reached it then came from one place. */
async function payment(directory: string): Promise<[string, string]> {
  const open = await openAnyLedger(directory)
  try {
    if (!isUtxoLedger(open)) throw new Error('not a Bitcoin ledger')
    for (let tx = open.manifest.transactions - 1; tx > 0; tx--) {
      const [found] = await open.bitcoinTransactions([tx])
      if (found === undefined || found.inputs.length !== 1 || found.outputs.length !== 2) continue
      const [from, to] = await open.addresses([found.inputs[0]?.account as number, found.outputs[0]?.account as number])
      const { in: paidTimes } = await open.degrees([found.outputs[0]?.account as number])
      if (from !== undefined && to !== undefined && from !== to && paidTimes[0] === 1) return [from, to]
    }
    throw new Error('no plain payment in the world')
  } finally {
    await open.close()
  }
}
