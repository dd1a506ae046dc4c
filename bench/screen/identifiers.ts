import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sha256 } from '@noble/hashes/sha2.js'
import { base58, createBase58check } from '@scure/base'
import { BITCOIN_NETWORKS, checksumAddress, scriptAddress } from '../../src/chain/index.ts'
import { indexBytes } from '../../src/screen/identifiers/exact-index.ts'
import { findShip, findWallet } from '../../src/screen/identifiers/find.ts'
import { buildIdentifierIndex } from '../../src/screen/identifiers/identifier-index.ts'
import { emptyEntry, type ListEntry } from '../../src/screen/lists/entry.ts'
import { type MeasuredRow, median } from '../rows.ts'

const QUERIES = 200_000
/** One query in so many is of something listed. */
const LISTED_EVERY = 100
const ROUNDS = 7
const OFAC = fileURLToPath(new URL('../../../shared/data/lists/ofac_wallets_2024-09-27', import.meta.url))

/** Looking up wallets and ships' numbers by equality, one process on one core, 99 % clean and 1 % listed. */
export async function identifierRows(): Promise<MeasuredRow[]> {
  const random = generator(7)
  const real = existsSync(OFAC)
  const wallets = real ? ofacWallets() : Array.from({ length: 650 }, () => ['ETH', randomWallet(random)] as const)
  const ships = Array.from({ length: 1_500 }, () => shipNumber(random))
  const { index } = buildIdentifierIndex(entries(wallets, ships).entries())
  const walletQueries = mix(
    random,
    () => randomWallet(random),
    wallets.map(([, address]) => address),
  )
  const shipQueries = mix(random, () => shipNumber(random), ships)
  const data = `${wallets.length} ${real ? 'wallets of OFAC, 2024-09-27' : 'random wallets'}, ${ships.length} ships; ${QUERIES} queries, 1 % listed`
  return [
    row(
      'screen/identifiers/wallets',
      'wallet lookups from text as written, one core',
      data,
      rate(walletQueries, (text) => findWallet(index, text).hits.length),
    ),
    row(
      'screen/identifiers/imo',
      'IMO number lookups from text as written, one core',
      data,
      rate(shipQueries, (text) => findShip(index, text).hits.length),
    ),
    {
      ...row('screen/identifiers/memory', 'memory of the index of wallets and numbers', data, indexBytes(index) / 2 ** 20),
      unit: 'MiB',
      target: null,
    },
  ]
}

function row(id: string, what: string, data: string, value: number): MeasuredRow {
  return { id, what, data, value, unit: 'lookups/s', target: '>= 1000000', peer: null, peerValue: null, ratio: null }
}

function rate(queries: readonly string[], hits: (text: string) => number): number {
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // Strings as a parser hands them over: none has been looked at before, so none carries a hash or a flattened copy.
    const fresh = JSON.parse(JSON.stringify(queries)) as string[]
    const start = performance.now()
    let found = 0
    for (const text of fresh) found += hits(text) > 0 ? 1 : 0
    rates.push((queries.length / (performance.now() - start)) * 1_000)
    if (found < queries.length / LISTED_EVERY) throw new Error(`bench: ${found} hits, fewer than were listed`)
  }
  return median(rates)
}

function mix(random: () => number, clean: () => string, listed: readonly string[]): string[] {
  return Array.from({ length: QUERIES }, (_, k) =>
    k % LISTED_EVERY === 0 ? (listed[Math.floor(random() * listed.length)] as string) : clean(),
  )
}

function ofacWallets(): (readonly [asset: string, address: string])[] {
  return readdirSync(OFAC)
    .sort()
    .flatMap((file) => {
      const asset = /_([A-Z]+)\.txt$/.exec(file)?.[1] as string
      return readFileSync(`${OFAC}/${file}`, 'utf8')
        .trim()
        .split('\n')
        .map((address) => [asset, address] as const)
    })
}

function entries(wallets: readonly (readonly [string, string])[], ships: readonly string[]): ListEntry[] {
  const empty = emptyEntry('bench', '1', 'unknown', [], '', { file: 'bench', line: null })
  return [
    ...wallets.map(([asset, address]) => ({ ...empty, wallets: [{ asset, address }] })),
    ...ships.map((value) => ({
      ...empty,
      identifiers: [{ kind: 'imo-ship', value, country: null, issued: null, expires: null, note: null } as const],
    })),
  ]
}

const base58check = createBase58check(sha256)

/** What an exchange sees: EVM in lower case and with checksum, Bitcoin in three forms, TRON, Litecoin, Solana. */
function randomWallet(random: () => number): string {
  const bytes = Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256))
  const hash = bytes.subarray(0, 20)
  const hex = `0x${Buffer.from(hash).toString('hex')}`
  const choice = random()
  if (choice < 0.25) return hex
  if (choice < 0.5) return checksumAddress(hex)
  if (choice < 0.6) return base58check.encode(Uint8Array.of(0, ...hash))
  if (choice < 0.65) return base58check.encode(Uint8Array.of(5, ...hash))
  if (choice < 0.75) return scriptAddress(Uint8Array.of(0, 20, ...hash), BITCOIN_NETWORKS.main) as string
  if (choice < 0.92) return base58check.encode(Uint8Array.of(0x41, ...hash))
  if (choice < 0.95) return base58check.encode(Uint8Array.of(48, ...hash))
  return base58.encode(bytes)
}

function shipNumber(random: () => number): string {
  const digits = Array.from({ length: 6 }, (_, k) => (k === 0 ? 5 + Math.floor(random() * 5) : Math.floor(random() * 10)))
  return `${digits.join('')}${digits.reduce((sum, digit, k) => sum + digit * (7 - k), 0) % 10}`
}

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
