import { createRequire } from 'node:module'

/** What the tests use of bcoin, an independent implementation of Bitcoin. Its hashes are hexadecimal in the order of blocks; `txid()` and `rhash()` give them as people write them. */
export interface Bcoin {
  readonly Block: { fromRaw(bytes: Uint8Array): BcoinBlock }
  readonly FullNode: new (options: Readonly<Record<string, unknown>>) => BcoinNode
  readonly KeyRing: { generate(): BcoinKey }
  readonly MTX: new () => BcoinMtx
  readonly Coin: { fromTX(tx: BcoinTx, index: number, height: number): unknown }
  readonly Output: { fromRaw(bytes: Uint8Array): BcoinOutput }
}

export interface BcoinScript {
  toRaw(): Buffer
}

export interface BcoinOutput {
  getSize(): number
  /** Satoshis. */
  readonly value: number
  readonly script: BcoinScript
  getType(): string
  getAddress(): { toString(network: string): string } | null
}

export interface BcoinInput {
  readonly prevout: { readonly index: number; txid(): string }
  readonly script: BcoinScript
  readonly sequence: number
}

export interface BcoinTx {
  readonly version: number
  readonly locktime: number
  readonly inputs: readonly BcoinInput[]
  readonly outputs: readonly BcoinOutput[]
  txid(): string
  isCoinbase(): boolean
  getSize(): number
  getVirtualSize(): number
  toRaw(): Buffer
}

export interface BcoinBlock {
  readonly txs: readonly BcoinTx[]
  readonly time: number
  readonly version: number
  readonly bits: number
  readonly nonce: number
  readonly prevBlock: string
  readonly merkleRoot: string
  rhash(): string
  toRaw(): Buffer
}

export interface BcoinKey {
  witness: boolean
  getAddress(): unknown
}

export interface BcoinMtx extends BcoinTx {
  addCoin(coin: unknown): void
  addOutput(address: unknown, value: number): void
  sign(key: BcoinKey): number
  toTX(): BcoinTx
}

export interface BcoinNode {
  readonly chain: {
    readonly height: number
    readonly tip: unknown
    add(block: BcoinBlock): Promise<unknown>
    getEntry(height: number): Promise<unknown>
    invalidate(hash: string): Promise<void>
  }
  readonly miner: {
    addAddress(address: unknown): void
    mineBlock(tip?: unknown, address?: unknown): Promise<BcoinBlock>
  }
  readonly mempool: { addTX(tx: BcoinTx): Promise<unknown>; reset(): Promise<void> }
  open(): Promise<void>
  close(): Promise<void>
}

/** bcoin with its JavaScript parts alone: no native module needs to be built. Its store on disk is such a module; the tests keep chains in memory. */
export function loadBcoin(): Bcoin {
  process.env.NODE_BACKEND = 'js'
  const require = createRequire(import.meta.url)
  const own = createRequire(require.resolve('bcoin'))
  const [database, native] = ['bdb', 'leveldown'] as const
  const store = createRequire(own.resolve(database)).resolve(native)
  require.cache[store] ??= {
    id: store,
    filename: store,
    loaded: true,
    exports: class {},
    children: [],
    paths: [],
  } as unknown as NodeJS.Module
  return require('bcoin') as Bcoin
}

/** A regtest node with a chain in memory, which answers JSON-RPC on the loopback interface; close it. */
export async function openRegtest({ FullNode }: Bcoin, httpPort: number, apiKey: string): Promise<BcoinNode> {
  const node = new FullNode({
    network: 'regtest',
    memory: true,
    workers: false,
    listen: false,
    logLevel: 'none',
    httpHost: '127.0.0.1',
    httpPort,
    apiKey,
  })
  await node.open()
  return node
}
