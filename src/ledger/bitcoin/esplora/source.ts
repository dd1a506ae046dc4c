import { type BitcoinNetwork, CordonError } from '../../../chain/index.ts'
import { type BlockHeader, hashHex } from '../wire/index.ts'
import type { AnswerCache } from './cache.ts'
import type { Client } from './client.ts'
import { type Found, readFound, readStatus, readTransaction, type Status, writeFound, wrongTransaction } from './found.ts'
import { headerOf, workFault } from './header.ts'
import { Json } from './json.ts'
import type { MerkleProof } from './merkle.ts'
import { MOST_HEIGHT, MOST_POSITION } from './numbers.ts'

/** A block of the server's chain: its header carries the work that it claims. Its height is the server's word. */
export interface Block {
  readonly hash: string
  readonly height: number
  readonly header: BlockHeader
}

/** What a transaction's output is spent by, as the server says. */
export interface Spend {
  readonly txid: string
  readonly input: number
}

/** How often a locking script was paid and spent from, in how many transactions, up to the tip. */
export interface Counts {
  readonly paid: number
  readonly spent: number
  readonly transactions: number
}

/** Bytes of an answer. Transactions come with scripts as hex and as words, and a page has 25 of them. */
const SMALL = 4 << 20
const TRANSACTION = 32 << 20
const PAGE = 128 << 20

/** So deep below the tip blocks are taken to stay: what is said of them is kept for ever. */
const SETTLED = 6
const U32 = 0xffff_ffff

/**
 * The questions that Cordon asks of an Esplora server (github.com/Blockstream/esplora, API.md), each with the checks that an answer allows by itself, and the cache in front of it. What can change as
 * the chain grows is kept under the tip of which it was true, and under the server that said it.
 */
export class Source {
  readonly #client: Client
  readonly #cache: AnswerCache
  readonly #network: BitcoinNetwork
  /** Part of a name in the cache. */
  readonly #server: string
  #tip: { readonly height: number; readonly hash: string } = { height: -1, hash: '' }

  constructor(client: Client, cache: AnswerCache, network: BitcoinNetwork, server: string) {
    this.#client = client
    this.#cache = cache
    this.#network = network
    this.#server = server
  }

  /** From here on answers are as of this block. */
  setTip(tip: Block): void {
    this.#tip = tip
  }

  async tipHash(): Promise<string> {
    const path = '/blocks/tip/hash'
    return readHash((await this.#client.get(path, { limit: SMALL })).trim(), this.#client.place(path).file)
  }

  /** Hash of the block that the server now has at a height, or null. */
  async hashAt(height: number): Promise<string | null> {
    const path = `/block-height/${height}`
    const text = await this.#client.get(path, { limit: SMALL, orNull: true })
    return text === null ? null : readHash(text.trim(), this.#client.place(path).file)
  }

  /** @throws CordonError `esplora/wrong-block` where header and hash do not agree, or lack the work */
  async block(hash: string): Promise<Block | null> {
    const name = `${this.#network.name}/block/${hash}`
    const kept = await this.#cache.read(name)
    const path = `/block/${hash}`
    const file = this.#client.place(path).file
    const text = kept ?? (await this.#client.get(path, { limit: SMALL, orNull: true }))
    if (text === null) return null
    const block = this.#readBlock(Json.parse(text, file), file)
    if (block.hash !== hash) throw wrongBlock(`it is block ${block.hash} that the server gives as ${hash}`, file)
    if (kept === null) await this.#cache.write(name, blockText(block))
    return block
  }

  /** Up to ten blocks (as many as the server likes to give) from this height downward, each of them the parent of the one before. */
  async blocksFrom(height: number): Promise<Block[]> {
    const path = `/blocks/${height}`
    const file = this.#client.place(path).file
    const blocks = Json.parse(await this.#client.get(path, { limit: SMALL }), file)
      .list()
      .map((json) => this.#readBlock(json, file))
    if (blocks.length === 0) throw wrongBlock('the list of blocks is empty', file)
    blocks.forEach((block, i) => {
      if (block.height !== height - i) throw wrongBlock(`block ${block.hash} stands where one of height ${height - i} should`, file)
      const child = blocks[i - 1]
      if (child !== undefined && hashHex(child.header.previous) !== block.hash)
        throw wrongBlock(`block ${child.hash} does not follow on block ${block.hash}`, file)
    })
    return blocks
  }

  /** Null where the server has no such transaction. */
  async transaction(txid: string): Promise<Found | null> {
    for (const name of [this.#settledName('tx', txid), this.#name('tx', txid)]) {
      const kept = await this.#cache.read(name)
      const found = kept === null ? null : readFound(txid, kept)
      if (found !== null) return found
    }
    const path = `/tx/${txid}`
    const text = await this.#client.get(path, { limit: TRANSACTION, orNull: true })
    if (text === null) return null
    const json = Json.parse(text, this.#client.place(path).file)
    const found = readTransaction(json)
    if (found.txid !== txid) throw wrongTransaction(txid, json)
    await this.#keep(found)
    return found
  }

  /** Height that the server's proof is for, and the proof, which is still to be tried against the block's root. */
  async proof(txid: string, status: NonNullable<Status>): Promise<MerkleProof> {
    const name = this.#settled(status) ? this.#settledName('proof', `${txid}-${status.block}`) : this.#name('proof', txid)
    const path = `/tx/${txid}/merkle-proof`
    const kept = await this.#cache.read(name)
    const json = Json.parse(kept ?? (await this.#client.get(path, { limit: SMALL })), this.#client.place(path).file)
    const height = json.get('block_height')
    if (height.count(MOST_HEIGHT) !== status.height)
      throw height.fail(`the proof is for another block than that of height ${status.height}`)
    const position = json.get('pos').count(MOST_POSITION)
    const branch = json
      .get('merkle')
      .list()
      .map((hash) => hash.hash())
    if (branch.length > 15) throw json.get('merkle').fail('no block is so large')
    if (kept === null) await this.#cache.write(name, JSON.stringify({ block_height: status.height, pos: position, merkle: branch }))
    return { position, branch }
  }

  /** What spends each of a transaction's outputs, in blocks up to the tip; null where the server knows of nothing. */
  async spends(txid: string, outputs: number): Promise<(Spend | null)[]> {
    const name = this.#name('spends', txid)
    const kept = await this.#cache.read(name)
    if (kept !== null) return JSON.parse(kept) as (Spend | null)[]
    const path = `/tx/${txid}/outspends`
    const json = Json.parse(await this.#client.get(path, { limit: TRANSACTION }), this.#client.place(path).file)
    const list = json.list()
    if (list.length !== outputs) throw json.fail(`it speaks of ${list.length} outputs; the transaction has ${outputs}`)
    const spends = list.map((entry): Spend | null => {
      if (!entry.get('spent').flag()) return null
      const status = readStatus(entry.get('status'))
      if (status === null || status.height > this.#tip.height) return null
      return { txid: entry.get('txid').hash(), input: entry.get('vin').count(U32) }
    })
    await this.#cache.write(name, JSON.stringify(spends))
    return spends
  }

  /** As the server has them now, which may be after the tip. */
  async countsNow(scriptHash: string): Promise<Counts> {
    const path = `/scripthash/${scriptHash}`
    const stats = Json.parse(await this.#client.get(path, { limit: SMALL }), this.#client.place(path).file).get('chain_stats')
    const count = (name: string): number => stats.get(name).count(Number.MAX_SAFE_INTEGER)
    return { paid: count('funded_txo_count'), spent: count('spent_txo_count'), transactions: count('tx_count') }
  }

  async keptCounts(scriptHash: string): Promise<Counts | null> {
    const kept = await this.#cache.read(this.#name('counts', scriptHash))
    return kept === null ? null : (JSON.parse(kept) as Counts)
  }

  /** Keeps counts that are known to be as of the tip. */
  async keepCounts(scriptHash: string, counts: Counts): Promise<void> {
    await this.#cache.write(this.#name('counts', scriptHash), JSON.stringify(counts))
  }

  /** One page of the transactions that pay or spend from a locking script, newest first, from the one after `last` on. A `fresh` one is what the server says now. */
  async page(scriptHash: string, last: string | null, fresh = false): Promise<Found[]> {
    const name = this.#name('page', `${scriptHash}-${last ?? 'first'}`)
    const kept = fresh ? null : await this.#keptPage(name)
    if (kept !== null) return kept
    const path = `/scripthash/${scriptHash}/txs/chain${last === null ? '' : `/${last}`}`
    const json = Json.parse(await this.#client.get(path, { limit: PAGE }), this.#client.place(path).file)
    const page = json.list().map((entry) => {
      const found = readTransaction(entry)
      if (found.status === null) throw entry.fail('it is said to be unconfirmed in a list of confirmed transactions')
      return found
    })
    for (const found of page) await this.#keep(found)
    await this.#cache.write(name, JSON.stringify(page.map(({ txid }) => txid)))
    return page
  }

  /** A page is kept as the ids on it; each transaction has its own place. */
  async #keptPage(name: string): Promise<Found[] | null> {
    const kept = await this.#cache.read(name)
    if (kept === null) return null
    const page: Found[] = []
    for (const txid of JSON.parse(kept) as string[]) {
      const found = await this.transaction(txid)
      if (found === null) return null
      page.push(found)
    }
    return page
  }

  /** An error about a path of the server. */
  place(path: string): { readonly file: string } {
    return this.#client.place(path)
  }

  async #keep(found: Found): Promise<void> {
    const settled = found.status !== null && this.#settled(found.status)
    await this.#cache.write(settled ? this.#settledName('tx', found.txid) : this.#name('tx', found.txid), writeFound(found))
  }

  #readBlock(json: Json, file: string): Block {
    const hash = json.get('id').hash()
    const height = json.get('height').count(MOST_HEIGHT)
    const header = headerOf({
      version: json.get('version').count(U32, -(2 ** 31)),
      previous: json.orNull('previousblockhash')?.hash() ?? '0'.repeat(64),
      merkleRoot: json.get('merkle_root').hash(),
      time: json.get('timestamp').count(U32),
      bits: json.get('bits').count(U32),
      nonce: json.get('nonce').count(U32),
    })
    if (hashHex(header.hash) !== hash) throw wrongBlock(`what the server gives as block ${hash} does not have that hash`, file)
    const fault = workFault(header, height, this.#network.name)
    if (fault !== null) throw wrongBlock(`block ${hash} is none: ${fault}`, file)
    return { hash, height, header }
  }

  #settled({ height }: { readonly height: number }): boolean {
    return height <= this.#tip.height - SETTLED
  }

  #settledName(kind: string, key: string): string {
    return `${this.#network.name}/${kind}/${key}`
  }

  #name(kind: string, key: string): string {
    return `${this.#network.name}/at-${this.#tip.hash}/${this.#server}/${kind}/${key}`
  }
}

/** As Esplora writes it, so that one reader does for the server and the cache. */
function blockText({ hash, height, header }: Block): string {
  const { version, previous, merkleRoot, time, bits, nonce } = header
  return JSON.stringify({
    id: hash,
    height,
    version,
    previousblockhash: hashHex(previous),
    merkle_root: hashHex(merkleRoot),
    timestamp: time,
    bits,
    nonce,
  })
}

function readHash(text: string, file: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new CordonError('esplora/bad-answer', 'the answer is not the hash of a block', {
      place: { file },
      remedy: 'The server does not answer as Esplora does: check its address and version, or try another.',
    })
  }
  return text
}

export function wrongBlock(what: string, file: string): CordonError {
  return new CordonError('esplora/wrong-block', what, { place: { file }, remedy: 'Do not trust this server: use another.' })
}
