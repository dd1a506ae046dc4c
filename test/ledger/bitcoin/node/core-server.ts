import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import type { BcoinOutput } from './bcoin.ts'
import type { RealBlock } from './real.ts'

export interface CoreServer {
  readonly url: string
  /** Paths of REST and methods with parameters of JSON-RPC, as they were asked for. */
  readonly asked: string[]
  close(): Promise<void>
}

export interface CoreServerOptions {
  readonly blocks: readonly RealBlock[]
  /** As of Bitcoin Core 30; `json` serves prevouts in JSON alone, `none` not at all. */
  readonly spent?: 'undo' | 'json' | 'none'
  /** Takes an answer over: true when it has answered, or will not. `id` is that of a JSON-RPC request. */
  readonly instead?: (
    asked: string,
    response: ServerResponse,
    request: { readonly id: unknown; readonly authorization: string | undefined },
  ) => boolean | undefined
}

/**
 * A server that gives real blocks in the forms of Bitcoin Core (rest.cpp, rpc/blockchain.cpp), which no npm package runs: amounts with eight decimals, prevouts in
 * the JSON of blocks, errors with HTTP 500. What it serves is real; that Core serves it so is read from its source.
 */
export async function coreServer(options: CoreServerOptions): Promise<CoreServer> {
  const { blocks } = options
  const { network } = blocks[0] as RealBlock
  const tip = blocks.at(-1) as RealBlock
  const asked: string[] = []
  const hashAt = (height: number): string | undefined =>
    height === 0 ? BITCOIN_NETWORKS[network].genesis : blocks.find((each) => each.height === height)?.block.rhash()
  const byHash = (hash: string) => blocks.find((each) => each.block.rhash() === hash)
  const info = { chain: network, blocks: tip.height, headers: tip.height, bestblockhash: tip.block.rhash(), pruned: false }
  const spent = options.spent ?? 'undo'

  function rest(path: string, response: ServerResponse): void {
    const [, what, key = '', form] = /^\/rest\/([a-z]+)\/?([0-9a-f]*)\.(\w+)$/.exec(path) ?? []
    const real = byHash(key)
    if (what === 'chaininfo') response.end(JSON.stringify(info))
    else if (what === 'blockhashbyheight') {
      const hash = hashAt(Number(key))
      if (hash === undefined) response.writeHead(404).end('Block height out of range\r\n')
      else response.end(Buffer.from(hash, 'hex').reverse())
    } else if (what === 'block' && real !== undefined) response.end(form === 'bin' ? real.raw : blockJson(real, spent !== 'none'))
    else if (what === 'spenttxouts' && real !== undefined && spent === 'undo') response.end(undoBytes(real))
    else response.writeHead(404).end('not found\r\n')
  }

  function rpc(
    call: { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] },
    response: ServerResponse,
  ): void {
    const [first, second] = call.params
    const fail = (code: number, message: string) =>
      response.writeHead(500).end(JSON.stringify({ result: null, error: { code, message }, id: call.id }))
    const give = (result: string) => response.end(`{"result":${result},"error":null,"id":${JSON.stringify(call.id)}}\n`)
    if (call.method === 'getblockchaininfo') give(JSON.stringify(info))
    else if (call.method === 'getblockhash') {
      const hash = hashAt(first as number)
      if (hash === undefined) fail(-8, 'Block height out of range')
      else give(JSON.stringify(hash))
    } else if (call.method === 'getblock') {
      const real = byHash(String(first))
      if (real === undefined) fail(-5, 'Block not found')
      else give(second === 0 ? JSON.stringify(real.raw.toString('hex')) : blockJson(real, second === 3 && spent !== 'none'))
    } else fail(-32_601, 'Method not found')
  }

  const server = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk as Buffer)
    const call = request.method === 'POST' ? JSON.parse(Buffer.concat(body).toString()) : null
    const name = call === null ? String(request.url) : [call.method, ...call.params].join(' ')
    asked.push(name)
    if (options.instead?.(name, response, { id: call?.id, authorization: request.headers.authorization }) === true) return
    if (call === null) rest(String(request.url), response)
    else rpc(call, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Amounts as Bitcoin Core prints them, which JSON.stringify cannot. */
function coins(output: BcoinOutput): string {
  const digits = String(output.value).padStart(9, '0')
  return `@${digits.slice(0, -8)}.${digits.slice(-8)}@`
}

export function blockJson({ block, height, spent }: RealBlock, prevouts: boolean): string {
  let next = 0
  const tx = block.txs.map((each) => ({
    txid: each.txid(),
    version: each.version,
    vin: each.inputs.map((input) => {
      if (each.isCoinbase()) return { coinbase: input.script.toRaw().toString('hex'), sequence: input.sequence }
      const output = spent?.[next++]
      const prevout =
        output === undefined
          ? {}
          : { prevout: { generated: false, value: coins(output), scriptPubKey: { hex: output.script.toRaw().toString('hex') } } }
      return { txid: input.prevout.txid(), vout: input.prevout.index, sequence: input.sequence, ...(prevouts ? prevout : {}) }
    }),
    vout: each.outputs.map((output, n) => ({ value: coins(output), n, scriptPubKey: { hex: output.script.toRaw().toString('hex') } })),
  }))
  return JSON.stringify({ hash: block.rhash(), height, nTx: tx.length, tx }).replace(/"@([0-9.]+)@"/g, '$1')
}

export function undoBytes({ block, spent }: RealBlock): Buffer {
  const pieces: Buffer[] = [compact(block.txs.length)]
  let next = 0
  for (const tx of block.txs) {
    const inputs = tx.isCoinbase() ? 0 : tx.inputs.length
    pieces.push(compact(inputs))
    for (let k = 0; k < inputs; k++) {
      const output = spent?.[next++] as BcoinOutput
      const value = Buffer.alloc(8)
      value.writeBigUInt64LE(BigInt(output.value))
      const script = output.script.toRaw()
      pieces.push(value, compact(script.length), script)
    }
  }
  return Buffer.concat(pieces)
}

function compact(n: number): Buffer {
  if (n < 0xfd) return Buffer.of(n)
  return Buffer.of(0xfd, n & 0xff, n >> 8)
}
