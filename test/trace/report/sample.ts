import { existsSync, readFileSync } from 'node:fs'
import type { Entity, EntityKind, TagStore } from '../../../src/attribution/index.ts'
import { type MemoryRow, memoryLedger } from '../../../src/ledger/memory.ts'
import { runTrace, type TraceDocument, type TraceParameters } from '../../../src/trace/index.ts'

/** Real laundering flows; not part of the repository. */
export const HEISTS = new URL('../../../../shared/data/heists/', import.meta.url)

export const DAI = 'eip155:1/erc20:0x6b175474e89094c44da98b954eedeac495271d0f'
export const ETHER = 'eip155:1/slip44:60'

export function address(n: number): string {
  return `0x${n.toString(16).padStart(2, '0').repeat(20)}`
}

export function hash(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`
}

/** A tag store with one entity for each of the addresses. */
export function storeOf(entities: ReadonlyMap<string, Entity>): TagStore {
  return {
    tagsOf: () => [],
    entityOf: (account) => entities.get(account) ?? null,
    packs: [{ file: 'sample.yaml', title: 'Labels of the sample', sha256: 'ab'.repeat(32), tags: entities.size }],
    size: entities.size,
  }
}

export function service(label: string, kind: EntityKind, more: Partial<Entity> = {}): Entity {
  const id = label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return {
    id,
    label,
    kind,
    service: true,
    confidence: 80,
    basis: 'tag',
    evidence: [`Tagged "${label}" by the sample.`],
    contact: null,
    conflicts: [],
    ...more,
  }
}

const E18 = 10n ** 18n

/**
 * A small theft told to the end: 1,000 ether go out over two accounts, come together again, turn in a circle, are swapped in part into Dai,
 * and end at an exchange, a mixer and a bridge, with a rest that nobody has moved. Backward, it is told from the exchange.
 */
export async function smallDocument(
  parameters: Partial<TraceParameters> = {},
  labels: { exchange?: string; symbol?: string } = {},
): Promise<TraceDocument> {
  const rows: MemoryRow[] = []
  let tx = 0
  const move = (...legs: [from: number, to: number, ether: number, asset?: string][]): void => {
    tx += 1
    for (const [from, to, ether, asset] of legs) {
      const value = (BigInt(Math.round(ether * 1000)) * E18) / 1000n
      rows.push({
        block: 100 + tx,
        time: 1_686_000_000 + tx * 7200,
        hash: hash(tx),
        from: address(from),
        to: address(to),
        asset: asset ?? ETHER,
        value,
      })
    }
  }
  move([0x11, 0x12, 600])
  move([0x11, 0x13, 399.5])
  move([0x12, 0x14, 300], [0x12, 0x15, 100])
  move([0x13, 0x14, 250.125])
  move([0x14, 0x12, 50])
  move([0x14, 0xe1, 400])
  move([0x12, 0xe2, 100])
  move([0x15, 0xaa, 80], [0xaa, 0x16, 140_000, DAI])
  move([0x16, 0xe3, 90_000, DAI])
  move([0x13, 0xe1, 100])
  const entities = new Map<string, Entity>([
    [
      address(0xe1),
      service(labels.exchange ?? 'Example Exchange', 'exchange', { contact: 'https://exchange.example/law-enforcement', confidence: 90 }),
    ],
    [address(0xe2), service('Example Mixer', 'mixer', { conflicts: ['other-mixer'] })],
    [address(0xe3), service('Example Bridge', 'bridge', { basis: 'deposit-address', confidence: 60 })],
    [address(0xaa), service('Example Pool', 'defi')],
  ])
  const ledger = memoryLedger(rows, {
    assets: [
      { id: ETHER, symbol: 'ETH', decimals: 18 },
      { id: DAI, symbol: labels.symbol ?? 'DAI', decimals: 18 },
    ],
  })
  return runTrace({
    ledger,
    tags: storeOf(entities),
    seeds: [{ kind: 'account', account: address(parameters.direction === 'backward' ? 0xe1 : 0x11), asset: null, from: null }],
    parameters,
  })
}

/** A trace of real flows, with the exchanges that the investigators' labels name. Null where the data is missing. */
export async function heistDocument(
  name: 'harmony-2022' | 'atomic-wallet-2023',
  parameters: Partial<TraceParameters> = {},
): Promise<TraceDocument | null> {
  const folder = new URL(`${name}/`, HEISTS)
  if (!existsSync(folder)) return null
  const lines = (file: string): string[] => readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/)
  const entities = new Map<string, Entity>()
  const rows = lines('flows.csv')
    .slice(1)
    .map((line): MemoryRow => {
      const [time = '', block = '', tx = '', from = '', , to = '', label = '', usd = ''] = line.split(',')
      const entity = entityOfLabel(label)
      if (entity !== null) entities.set(to, entity)
      const [whole = '0', part = ''] = usd.split('.')
      const value = BigInt(whole + part.padEnd(18, '0').slice(0, 18))
      return { block: Number(block), time: Date.parse(`${time.replace(' ', 'T')}Z`) / 1000, hash: tx, from, to, asset: 'usd', value }
    })
    // The file is not in chain order, and has no index inside a block: rows of a transaction are brought together.
    .sort((a, b) => a.block - b.block || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))
  const ledger = memoryLedger(rows, { assets: [{ id: 'usd', symbol: 'USD', decimals: 18 }] })
  const held = await ledger.accountIds(lines('sources.csv'))
  const seeds = lines('sources.csv').filter((_, i) => held[i] !== 0xffff_ffff)
  return runTrace({
    ledger,
    tags: storeOf(entities),
    seeds: seeds.map((account) => ({ kind: 'account', account, asset: null, from: null })),
    parameters,
  })
}

const NAMES: readonly (readonly [RegExp, string, EntityKind, string | null])[] = [
  [/^(HTX|Huobi)/, 'HTX (Huobi)', 'exchange', 'https://www.htx.com'],
  [/^Binance/, 'Binance', 'exchange', 'https://www.binance.com/en/support/law-enforcement'],
  [/^OKX/, 'OKX', 'exchange', 'https://www.okx.com'],
  [/^Bitget/, 'Bitget', 'exchange', 'https://www.bitget.com'],
  [/^KuCoin/, 'KuCoin', 'exchange', null],
  [/^THORChain/, 'THORChain', 'bridge', null],
  [/^Avalanche: Bridge/, 'Avalanche Bridge', 'bridge', null],
  [/^SWFT/, 'SWFT Swap', 'bridge', null],
  [/^Transit Swap/, 'Transit Swap', 'defi', null],
]

function entityOfLabel(label: string): Entity | null {
  const found = NAMES.find(([pattern]) => pattern.test(label))
  if (found === undefined) return null
  const deposit = label.includes('Deposit')
  const evidence = [
    deposit
      ? `Forwards nearly all that it receives to a tagged wallet of ${found[1]}.`
      : `Tagged "${label}" by the authors of the data set.`,
  ]
  return service(found[1], found[2], {
    contact: found[3],
    evidence,
    basis: deposit ? 'deposit-address' : 'tag',
    confidence: deposit ? 70 : 85,
  })
}
