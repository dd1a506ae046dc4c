import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CordonError } from '../../../../src/chain/index.ts'
import type { BitcoinBlock } from '../../../../src/ledger/bitcoin/block.ts'
import { type CoreRpcOptions, type NodeBlocks, openCoreRest, openCoreRpc } from '../../../../src/ledger/bitcoin/node/index.ts'
import { spentFromJson, spentFromOutputs } from '../../../../src/ledger/bitcoin/node/spent.ts'
import { readBlock } from '../../../../src/ledger/bitcoin/wire/read-block.ts'
import { plain } from '../etl/read.ts'
import { blockJson, type CoreServer, type CoreServerOptions, coreServer, undoBytes } from './core-server.ts'
import { firstBlocks, hasRealBlocks, type RealBlock, realBlock } from './real.ts'

describe.skipIf(!hasRealBlocks())('a node that answers as Bitcoin Core does', () => {
  let real: RealBlock
  let witness: RealBlock
  let first: RealBlock[]
  let server: CoreServer | null = null
  const waits: number[] = []

  beforeAll(() => {
    real = realBlock(0)
    witness = realBlock(1)
    first = firstBlocks(40)
  })
  afterEach(async () => {
    await server?.close()
    server = null
    waits.length = 0
  })
  afterAll(() => server?.close())

  const serve = async (options: Partial<CoreServerOptions> = {}) => {
    server = await coreServer({ blocks: [real], ...options })
    return server
  }
  const sleep = async (ms: number) => {
    waits.push(ms)
  }
  const open = (kind: 'rpc' | 'rest', options: Partial<CoreRpcOptions> = {}): Promise<NodeBlocks> =>
    (kind === 'rpc' ? openCoreRpc : openCoreRest)({ url: server!.url, from: real.height, sleep, timeout: 5000, ...options })
  const failure = async (kind: 'rpc' | 'rest', options: Partial<CoreRpcOptions> = {}): Promise<CordonError> => {
    const outcome = await open(kind, options)
      .then(all)
      .catch((error: unknown) => error)
    expect(outcome).toBeInstanceOf(CordonError)
    return outcome as CordonError
  }

  describe.each(['rpc', 'rest'] as const)('over %s', (kind) => {
    it('a real block comes with what every one of its inputs spent, exact to the satoshi', async () => {
      for (const block of [real, witness]) {
        await serve({ blocks: [block] })
        const incoming = await open(kind, { from: block.height })
        expect(incoming.network).toBe(block.network)
        const [read] = await all(incoming)
        expect(plain(read!)).toEqual(expected(block))
        expect(incoming.sources).toMatchObject([{ format: `bitcoin-core/${kind}`, lacks: [], bytes: block.raw.length }])
        await server!.close()
      }
    })

    it('every request is made with the fetch that is given', async () => {
      const { url } = await serve()
      const asked: string[] = []
      const incoming = await open(kind, {
        url: 'http://elsewhere.invalid',
        fetch: (input, init) => {
          asked.push(String(input))
          return fetch(String(input).replace('http://elsewhere.invalid', url.replace(/\/$/, '')), init)
        },
      })
      expect(await all(incoming)).toHaveLength(1)
      expect(incoming.sources[0]!.file).toContain('http://elsewhere.invalid/')
      expect(asked.length).toBeGreaterThan(3)
    })

    it('a node without prevouts leaves values unknown, is not asked again and again, and the notes count them', async () => {
      await serve({ spent: 'none' })
      const incoming = await open(kind)
      const [read] = await all(incoming)
      expect(read!.spent).toBeNull()
      expect(incoming.notes.join('\n')).toContain('For 1427 inputs the node did not say what they spent')
      expect(incoming.sources[0]!.lacks).toEqual(['spent values'])
    })

    it('blocks that do not follow each other are a reorganisation', async () => {
      const broken = first.map((block) => (block.height === 20 ? { ...first[30]!, height: 20 } : block))
      await serve({ blocks: broken })
      const error = await failure(kind, { from: 1 })
      expect(error.code).toBe('bitcoin/reorganised')
      expect(error.message).toContain('block 20 follows')
    })

    it('another block than the one asked for is a lie', async () => {
      await serve({
        blocks: first,
        instead: (asked, response, { id }) =>
          asked.includes(first[4]!.block.rhash()) ? answerBlock(asked, response, id, first[5]!.raw) : undefined,
      })
      const error = await failure(kind, { from: 1 })
      expect(error.code).toBe('bitcoin/wrong-block')
    })

    it('a block that was altered does not have its own Merkle root', async () => {
      const altered = Buffer.from(real.raw)
      // Within the outputs of the last transaction: its amount.
      altered[altered.length - 20]! ^= 1
      await serve({
        instead: (asked, response, { id }) => (/block.*cc78c/.test(asked) ? answerBlock(asked, response, id, altered) : undefined),
      })
      expect((await failure(kind)).code).toMatch(/^bitcoin\/(bad-merkle-root|bad-block|truncated-block)$/)
    })

    it('a block that is cut short is truncated', async () => {
      await serve({
        instead: (asked, response, { id }) =>
          /block.*cc78c/.test(asked) ? answerBlock(asked, response, id, real.raw.subarray(0, 100_000)) : undefined,
      })
      expect((await failure(kind)).code).toBe('bitcoin/truncated-block')
    })

    it('a busy node is asked again after waits that double', async () => {
      let refusals = 3
      await serve({
        instead: (_, response) => {
          if (refusals-- <= 0) return undefined
          response.writeHead(503).end('Work queue depth exceeded')
          return true
        },
      })
      expect(await all(await open(kind))).toHaveLength(1)
      expect(waits.slice(0, 3)).toEqual([250, 500, 1000])
    })

    it('a node that never answers is given up after its retries, with its address and without endless waiting', async () => {
      await serve({ instead: () => true })
      const error = await failure(kind, { timeout: 60, retries: 2 })
      expect(error.code).toBe('bitcoin/node-unreachable')
      expect(error.message).toContain(`no answer from ${server!.url}/`)
      expect(waits).toEqual([250, 500])
    })

    it('a connection that breaks off within an answer is tried again, then given up', async () => {
      await serve({
        instead: (_, response) => {
          response.writeHead(200, { 'content-length': '1000' })
          response.write('{"result":')
          setTimeout(() => response.destroy(), 10)
          return true
        },
      })
      expect((await failure(kind, { retries: 1 })).code).toBe('bitcoin/node-unreachable')
      expect(server!.asked).toHaveLength(2)
    })

    it('nobody at the port is told at once', async () => {
      await serve()
      await server!.close()
      const error = await failure(kind, { retries: 0 })
      expect(error.code).toBe('bitcoin/node-unreachable')
      expect(error.message).toContain('ECONNREFUSED')
    })

    it('an endless answer is cut off', async () => {
      await serve({
        instead: (_, response) => {
          const more = () => {
            while (!response.destroyed && response.write('x'.repeat(1 << 16)));
          }
          response.on('drain', more)
          more()
          return true
        },
      })
      expect((await failure(kind)).code).toBe('bitcoin/answer-too-long')
    })

    it('a page for people is no answer', async () => {
      await serve({
        instead: (_, response) => {
          response.end('<html>Welcome to nginx</html>')
          return true
        },
      })
      expect((await failure(kind)).code).toBe('bitcoin/bad-answer')
    })

    it('redirects are not followed: they would take the password along', async () => {
      await serve({
        instead: (_, response) => {
          response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
          return true
        },
      })
      expect((await failure(kind)).code).toBe('bitcoin/redirected')
    })

    it('another chain under a known name is found by its first block', async () => {
      await serve({
        instead: (asked, response, { id }) => {
          if (asked !== 'getblockhash 0' && asked !== '/rest/blockhashbyheight/0.bin') return undefined
          const hash = '11'.repeat(32)
          response.end(kind === 'rest' ? Buffer.from(hash, 'hex') : JSON.stringify({ result: hash, error: null, id }))
          return true
        },
      })
      expect((await failure(kind)).code).toBe('bitcoin/wrong-chain')
    })

    it('reading stops when it is told to, also while it waits for the node', async () => {
      const stop = new AbortController()
      await serve({
        instead: (asked) => {
          if (!/block.*cc78c/.test(asked)) return undefined
          stop.abort(new Error('enough'))
          return true
        },
      })
      await expect(open(kind, { signal: stop.signal }).then(all)).rejects.toThrow('enough')
    })
  })

  it('REST before Bitcoin Core 30 has what was spent in the JSON of blocks', async () => {
    await serve({ spent: 'json' })
    const [read] = await all(await open('rest'))
    expect(plain(read!)).toEqual(expected(real))
    expect(server!.asked.filter((path) => path.includes('spenttxouts'))).toHaveLength(1)
  })

  it('a node that is starting is waited for', async () => {
    let left = 2
    await serve({
      instead: (_, response) => {
        if (left-- <= 0) return undefined
        response.writeHead(500).end(JSON.stringify({ result: null, error: { code: -28, message: 'Loading block index…' }, id: 1 }))
        return true
      },
    })
    expect(await all(await open('rpc'))).toHaveLength(1)
    expect(waits).toEqual([250, 500])
  })

  it("the node's own words are in its errors, its password is not", async () => {
    await serve({
      instead: (asked, response, { id, authorization }) => {
        expect(authorization).toBe(`Basic ${Buffer.from('me:hidden').toString('base64')}`)
        if (!asked.endsWith(' 0') || !asked.startsWith('getblock ')) return undefined
        response.writeHead(500).end(JSON.stringify({ result: null, error: { code: -1, message: 'Block not available (pruned data)' }, id }))
        return true
      },
    })
    const error = await failure('rpc', { user: 'me', password: 'hidden' })
    expect(error.code).toBe('bitcoin/node-error')
    expect(error.message).toContain('Block not available (pruned data)')
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('hidden')
  })

  it('an answer to another request is not taken', async () => {
    await serve({
      instead: (_, response) => {
        response.end(JSON.stringify({ result: {}, error: null, id: 4711 }))
        return true
      },
    })
    expect((await failure('rpc')).message).toContain('is to another request')
  })

  it('blocks that a pruned node has thrown away are not asked for', async () => {
    await serve({
      instead: (asked, response, { id }) => {
        if (asked !== 'getblockchaininfo') return undefined
        const info = { chain: 'main', blocks: real.height, bestblockhash: real.block.rhash(), pruned: true, pruneheight: real.height + 1 }
        response.end(JSON.stringify({ result: info, error: null, id }))
        return true
      },
    })
    expect((await failure('rpc', { to: real.height })).code).toBe('bitcoin/pruned')
  })

  it.each(['ftp://host', 'not a url', 'file:///etc/passwd', 'user:password@host:8332'])(
    '%s is no address of a node, and is not repeated',
    async (url) => {
      for (const opening of [openCoreRpc({ url }), openCoreRest({ url })]) {
        const error = await opening.then(
          () => null,
          (each: unknown) => each as CordonError,
        )
        expect(error?.code).toBe('bitcoin/bad-url')
        expect(error?.message).not.toContain('password')
      }
    },
  )

  describe('what was spent', () => {
    const blockOf = (block: RealBlock) => readBlock(block.raw, { network: block.network, height: block.height })

    it.each<[string, (json: string) => string, RegExp]>([
      ['of another block', (json) => json.replace(real.block.rhash(), '00'.repeat(32)), /of another block/],
      ['of other transactions', (json) => json.replace(real.block.txs[7]!.txid(), '00'.repeat(32)), /is another transaction/],
      [
        'with an amount of nine decimals',
        (json) => json.replace(/"prevout":\{"generated":false,"value":[0-9.]+/, '"prevout":{"generated":false,"value":0.123456789'),
        /no amount of whole/,
      ],
      [
        'with an amount in words',
        (json) => json.replace(/"prevout":\{"generated":false,"value":[0-9.]+/, '"prevout":{"generated":false,"value":"all"'),
        /no amount of whole/,
      ],
      [
        'with a negative amount',
        (json) => json.replace(/"prevout":\{"generated":false,"value":[0-9.]+/, '"prevout":{"generated":false,"value":-1.00000000'),
        /no amount of whole/,
      ],
      ['of another output', (json) => json.replace(/"vout":0,"sequence"/, '"vout":5,"sequence"'), /spends another output/],
      ['without its script', (json) => json.replace(/("prevout":.*?"scriptPubKey":\{"hex":)"[0-9a-f]+"/, '$1null'), /not hexadecimal/],
    ])('%s is not taken', (_, spoil, message) => {
      const json = blockJson(real, true)
      const spoilt = spoil(json)
      expect(spoilt).not.toBe(json)
      expect(() => spentFromJson(JSON.parse(spoilt), blockOf(real))).toThrow(message)
    })

    it('less than the outputs of the transaction is a lie', async () => {
      await serve({
        spent: 'json',
        instead: (asked, response) => {
          if (!asked.endsWith('.json') || asked.includes('chaininfo')) return undefined
          response.end(
            blockJson(real, true).replace(
              /"prevout":\{"generated":false,"value":[0-9.]+/,
              '"prevout":{"generated":false,"value":0.00000001',
            ),
          )
          return true
        },
      })
      expect((await failure('rest')).message).toContain('pays more than it takes in')
    })

    it('bytes that are cut, changed or made up are refused by name, never with another error, and never change the number of inputs', () => {
      const block = blockOf(real)
      const bytes = undoBytes(real)
      const inputs = block.prevIndex.length
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(60), (at, byte, cut) => {
          const changed = Buffer.from(bytes.subarray(0, bytes.length - cut))
          if (at < changed.length) changed[at] = byte
          try {
            const { known, value } = spentFromOutputs(changed, block, 'test')
            expect([known.length, value.length]).toEqual([inputs, 2 * inputs])
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^bitcoin\/(truncated|bad)-spent-outputs$/) })
          }
        }),
      )
      const claim = Buffer.from('ffffffffffffffffff', 'hex')
      expect(() => spentFromOutputs(claim, block, 'test')).toThrow(CordonError)
    })
  })
})

/** The raw block with what its undo data says was spent. */
function expected(real: RealBlock): Record<string, unknown> {
  const spent = real.spent!
  return {
    ...plain(readBlock(real.raw, { network: real.network, height: real.height })),
    spent: {
      known: spent.map(() => 1),
      value: spent.flatMap(({ value }) => [value % 2 ** 32, Math.floor(value / 2 ** 32)]),
      scripts: spent.map((output) => output.script.toRaw().toString('hex')),
    },
  }
}

/** Another block in place of the one that was asked for; requests for what it spent are left alone. */
function answerBlock(asked: string, response: ServerResponse, id: unknown, raw: Uint8Array): boolean | undefined {
  if (asked.startsWith('/rest/block/') && asked.endsWith('.bin')) response.end(raw)
  else if (asked.startsWith('getblock ') && asked.endsWith(' 0')) {
    response.end(JSON.stringify({ result: Buffer.from(raw).toString('hex'), error: null, id }))
  } else return undefined
  return true
}

async function all(incoming: NodeBlocks): Promise<BitcoinBlock[]> {
  const blocks: BitcoinBlock[] = []
  for await (const block of incoming.blocks()) blocks.push(block)
  await incoming.close()
  return blocks
}
