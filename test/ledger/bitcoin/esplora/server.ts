import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { merkleBranch, type TestBlock, type TestOutput, type TestTransaction } from './blocks.ts'

/** Answers a request in another way than the server would; true when it has. */
export type Misbehaviour = (path: string, response: ServerResponse, request: IncomingMessage) => boolean

const PAGE = 25

interface Placed {
  readonly transaction: TestTransaction
  readonly block: TestBlock
  readonly position: number
}

function scriptHash(script: string): string {
  return createHash('sha256').update(Buffer.from(script, 'hex')).digest('hex')
}

/** An Esplora server on loopback that serves blocks, in the format of electrs (Blockstream/electrs, `rest.rs`). */
export class EsploraServer {
  /** Requests so far, in order. */
  readonly asked: string[] = []
  misbehave: Misbehaviour | null = null
  /** Changes the JSON of an answer before it is sent. */
  edit: ((path: string, body: unknown) => unknown) | null = null
  #blocks: TestBlock[]
  readonly #server = createServer((request, response) => this.#answer(request, response))
  #txs = new Map<string, Placed>()
  #spends = new Map<string, { readonly txid: string; readonly vin: number; readonly block: TestBlock }>()
  #histories = new Map<string, { readonly placed: Placed[]; funded: number; spent: number }>()

  constructor(blocks: readonly TestBlock[]) {
    this.#blocks = []
    this.setBlocks(blocks)
  }

  /** From now on the chain is this one. */
  setBlocks(blocks: readonly TestBlock[]): void {
    this.#blocks = [...blocks]
    this.#txs = new Map()
    this.#spends = new Map()
    this.#histories = new Map()
    for (const block of blocks) {
      for (const [position, transaction] of block.transactions.entries()) this.#txs.set(transaction.txid, { transaction, block, position })
    }
    for (const placed of this.#txs.values()) this.#index(placed)
  }

  get tip(): TestBlock {
    return this.#blocks.at(-1) as TestBlock
  }

  /** SHA-256 of a script, as `/scripthash/` takes it. */
  hashOf(script: string): string {
    return scriptHash(script)
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #history(script: string): { readonly placed: Placed[]; funded: number; spent: number } {
    const hash = scriptHash(script)
    let history = this.#histories.get(hash)
    if (history === undefined) {
      history = { placed: [], funded: 0, spent: 0 }
      this.#histories.set(hash, history)
    }
    return history
  }

  #index(placed: Placed): void {
    const { transaction, block } = placed
    const note = (script: string): { funded: number; spent: number } => {
      const history = this.#history(script)
      if (!history.placed.includes(placed)) history.placed.push(placed)
      return history
    }
    for (const output of transaction.outputs) if (!output.script.startsWith('6a')) note(output.script).funded++
    for (const [vin, input] of transaction.inputs.entries()) {
      if (transaction.coinbase) continue
      this.#spends.set(`${input.txid}:${input.index}`, { txid: transaction.txid, vin, block })
      const spent = this.#prevout(input)
      if (spent !== null) note(spent.script).spent++
    }
  }

  #prevout(input: TestTransaction['inputs'][number]): TestOutput | null {
    return input.spent ?? this.#txs.get(input.txid)?.transaction.outputs[input.index] ?? null
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').replace(/^\/api/, '')
    this.asked.push(path)
    if (this.misbehave?.(path, response, request) === true) return
    const body = this.#route(path.split('/').slice(1))
    if (body === null) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    } else if (typeof body === 'string') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(body)
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.edit === null ? body : this.edit(path, body)))
    }
  }

  #route([kind, id = '', what, ...rest]: readonly string[]): unknown {
    if (kind === 'blocks' && id === 'tip' && what === 'hash') return this.tip.hash
    if (kind === 'blocks' && id === 'tip' && what === 'height') return String(this.tip.height)
    if (kind === 'blocks') {
      const start = this.#blocks.findIndex(({ height }) => height === Number(id))
      return this.#blocks
        .slice(Math.max(0, start - 9), start + 1)
        .reverse()
        .map(summary)
    }
    if (kind === 'block-height') return this.#blocks.find(({ height }) => height === Number(id))?.hash ?? null
    if (kind === 'block') {
      const block = this.#blocks.find(({ hash }) => hash === id)
      return block === undefined ? null : summary(block)
    }
    if (kind === 'scripthash') return this.#script(id, what, rest)
    const placed = this.#txs.get(id)
    if (kind !== 'tx' || placed === undefined) return null
    if (what === undefined) return this.#transaction(placed)
    if (what === 'merkle-proof') {
      const { branch } = merkleBranch(
        placed.block.transactions.map(({ txid }) => txid),
        placed.position,
      )
      return { block_height: placed.block.height, merkle: branch, pos: placed.position }
    }
    if (what === 'outspends') {
      return placed.transaction.outputs.map((_, index) => {
        const spend = this.#spends.get(`${id}:${index}`)
        return spend === undefined ? { spent: false } : { spent: true, txid: spend.txid, vin: spend.vin, status: status(spend.block) }
      })
    }
    return null
  }

  #script(hash: string, what: string | undefined, [chain, last]: readonly string[]): unknown {
    const history = this.#histories.get(hash) ?? { placed: [], funded: 0, spent: 0 }
    if (what === undefined) {
      const none = { tx_count: 0, funded_txo_count: 0, funded_txo_sum: 0, spent_txo_count: 0, spent_txo_sum: 0 }
      return {
        scripthash: hash,
        chain_stats: { ...none, tx_count: history.placed.length, funded_txo_count: history.funded, spent_txo_count: history.spent },
        mempool_stats: none,
      }
    }
    if (what !== 'txs' || chain !== 'chain') return null
    const newest = [...history.placed].reverse()
    const start = last === undefined ? 0 : newest.findIndex(({ transaction }) => transaction.txid === last) + 1
    return newest.slice(start, start + PAGE).map((placed) => this.#transaction(placed))
  }

  #transaction({ transaction, block }: Placed): unknown {
    return {
      txid: transaction.txid,
      // As electrs writes it.
      version: transaction.version >>> 0,
      locktime: transaction.lockTime,
      vin: transaction.inputs.map((input) => {
        const spent = transaction.coinbase ? null : this.#prevout(input)
        return {
          txid: input.txid,
          vout: input.index,
          prevout: spent === null ? null : { scriptpubkey: spent.script, value: spent.value },
          scriptsig: input.script,
          ...(input.witness.length === 0 ? {} : { witness: input.witness }),
          is_coinbase: transaction.coinbase,
          sequence: input.sequence,
        }
      }),
      vout: transaction.outputs.map(({ value, script }) => ({ scriptpubkey: script, value })),
      status: status(block),
    }
  }
}

function status(block: TestBlock): unknown {
  return { confirmed: true, block_height: block.height, block_hash: block.hash, block_time: block.time }
}

function summary({ hash, height, version, time, transactions, merkleRoot, previous, nonce, bits }: TestBlock): unknown {
  return {
    id: hash,
    height,
    version: version >>> 0,
    timestamp: time,
    tx_count: transactions.length,
    merkle_root: merkleRoot,
    previousblockhash: /^0+$/.test(previous) ? null : previous,
    nonce,
    bits,
  }
}
