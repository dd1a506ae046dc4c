import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBitcoinLedger } from '../../../src/ledger/index.ts'
import { simulateBitcoin } from '../../../src/simulate/index.ts'
import { parseTrace } from '../../../src/trace/index.ts'
import { ended, upload } from '../files/work.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let root: string
let world: NodeWorld
let ann: Someone
let ledger: string
let seeds: string[]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cordon-node-bitcoin-'))
  await simulateBitcoin({ transactions: 2000, seed: 'live', out: join(root, 'world'), format: 'blocks' })
  seeds = (await readFile(join(root, 'world/seeds/theft-01.csv'), 'utf8')).trim().split('\n')
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      library: { ...config.library, tags: [join(root, 'world/tags')] },
      limits: { ...config.limits, reserveMiB: 0 },
    }),
  })
  ann = await world.someone('Ann', ['analyst'])
  ledger = (await ann.ask('POST', '/api/v1/ledgers', { name: 'btc' })).json.key
})
afterAll(async () => {
  await world?.close()
  await rm(root, { recursive: true, force: true })
})

const job = async (path: string, body: object) => {
  const started = await ann.ask('POST', `/api/v1${path}`, body)
  expect(started.status, started.text).toBe(202)
  const { body: found } = await ended(ann, started.json.id)
  expect(found.status, JSON.stringify(found)).toBe('done')
  return found.result
}
const fileOf = async ({ file }: { file: string }) => JSON.parse((await ann.ask('GET', `/api/v1/files/${file}/content`)).text)

describe('Bitcoin through the node', () => {
  it('is imported from block files of Bitcoin Core', async () => {
    const folder = join(root, 'world/blocks')
    const uploads = []
    for (const name of (await readdir(folder)).filter((file) => /\.dat$/.test(file)))
      uploads.push(await upload(world, ann, name, await readFile(join(folder, name))))
    const { transactions, hash } = await job(`/ledgers/${ledger}/import`, { uploads })
    expect(transactions).toBe(2000)
    expect((await ann.ask('GET', `/api/v1/ledgers/${ledger}`)).json.content).toMatchObject({
      hash,
      chain: expect.stringMatching(/^bip122:/),
    })
  })

  it('is traced with its own parameters, and verified', async () => {
    const { trace } = await job('/traces', { title: 'btc', ledger, seeds, parameters: { bitcoin: { mixing: 'follow' } } })
    const document = parseTrace((await ann.ask('GET', `/api/v1/traces/${trace}/document`)).text)
    expect(document.parameters.bitcoin).toEqual({ fees: 'share', mixing: 'follow', clusters: 'multi-input' })
    expect(document.flows.length).toBeGreaterThan(0)
    expect(await job(`/traces/${trace}/verify`, {} as object)).toMatchObject({ same: true })
    const wrong = await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger, seeds, parameters: { deposit: { maxBlocks: 5 } } })
    expect(wrong.json.code).toBe('trace/bad-parameter')
  })

  it('gives transactions with their inputs and outputs, and what an address holds', async () => {
    const own = await openBitcoinLedger(join(world.data, 'ledgers', ledger))
    const [info] = await own.transactions([own.manifest.transactions - 1])
    const { json } = await ann.ask('GET', `/api/v1/ledgers/${ledger}/transactions/${info!.hash}`)
    const [whole] = await own.bitcoinTransactions([own.manifest.transactions - 1])
    expect(json.bitcoin.outputs.map(({ value }: any) => value)).toEqual(whole!.outputs.map(({ value }) => value!.toString()))
    expect(json.bitcoin.inputs).toHaveLength(whole!.inputs.length)
    const { address } = json.bitcoin.outputs.find((output: any) => output.address !== null)
    const held = await ann.ask('GET', `/api/v1/ledgers/${ledger}/accounts/${address}`)
    expect(held.json.assets[0].decimals).toBe(8)
    await own.close()
  })

  it('gives clusters, CoinJoins and a peel chain as files', async () => {
    const clusters = await job(`/ledgers/${ledger}/clusters`, {})
    expect((await fileOf(clusters)).clusters).toBe(clusters.clusters)
    const mixed = await job(`/ledgers/${ledger}/coinjoins`, {})
    expect((await fileOf(mixed)).found).toHaveLength(mixed.found)
    const [txid] = (seeds[0] as string).split(/[:,]/)
    const peel = await job(`/ledgers/${ledger}/peel`, { from: txid, maxHops: 5 })
    expect((await fileOf(peel)).hops.length).toBe(peel.hops)
    expect((await ann.ask('POST', `/api/v1/ledgers/${ledger}/peel`, { from: 'nothing' })).status).toBe(400)
  })
})
