import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTags } from '../../src/attribution/index.ts'
import { importAny, openBitcoinLedger } from '../../src/ledger/index.ts'
import { type BitcoinTruth, simulateBitcoin } from '../../src/simulate/bitcoin/index.ts'
import { POLICIES, type PolicyName, readSeeds, runTrace, type TraceDocument } from '../../src/trace/index.ts'
import type { MeasuredRow } from '../rows.ts'

type Theft = BitcoinTruth['thefts'][number]

/** Satoshis and counts of what is true, what was said, and what of it is right. */
interface Score {
  true: number
  found: number
  trueSatoshis: bigint
  foundSatoshis: bigint
  said: number
  right: number
  saidSatoshis: bigint
  rightSatoshis: bigint
}

/**
 * Thefts in a simulated Bitcoin world, traced at default settings with the tags that the world makes public (hot wallets and a few deposit addresses): deposits at exchanges by output,
 * swaps with their destinations, and coins that entered CoinJoins.
 */
export async function bitcoinRows(transactions: number, seed: number): Promise<MeasuredRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-accuracy-'))
  try {
    const world = join(directory, 'world')
    await simulateBitcoin({ transactions, seed, out: world })
    await importAny({ paths: [join(world, 'blocks')], directory: join(directory, 'ledger') })
    const truth = JSON.parse(readFileSync(join(world, 'truth.json'), 'utf8')) as BitcoinTruth
    const ledger = await openBitcoinLedger(join(directory, 'ledger'))
    const tags = await loadTags([join(world, 'tags')])
    const rows: MeasuredRow[] = []
    const data = `${transactions.toLocaleString('en-US')} simulated Bitcoin transactions, seed ${seed}, ${truth.thefts.length} thefts`
    const row = (id: string, what: string, value: number, target: string | null = null): void => {
      rows.push({ id: `bitcoin/${id}`, what, data, value, unit: 'share', target, peer: null, peerValue: null, ratio: null })
    }
    const variants = [
      ...(Object.keys(POLICIES) as PolicyName[]).map((policy) => ({
        name: policy as string,
        how: 'default settings',
        parameters: { policy },
      })),
      {
        name: 'fifo-no-hubs',
        how: 'FIFO, no service by busyness',
        parameters: { policy: 'fifo' as const, hubTransfers: Number.MAX_SAFE_INTEGER },
      },
    ]
    for (const { name: policy, how, parameters } of variants) {
      const deposits = noScore()
      const mixed = noScore()
      let swaps = 0
      let named = 0
      for (const theft of truth.thefts) {
        const seeds = readSeeds(readFileSync(join(world, 'seeds', `${theft.name}.csv`), 'utf8'))
        const document = await runTrace({ ledger, tags, seeds, parameters: { ...parameters, bounds: false } })
        scoreDeposits(deposits, theft, document)
        scoreMixes(mixed, theft, document)
        swaps += theft.swaps.length
        named += theft.swaps.filter(({ output, destination }) =>
          document.bitcoin?.exits.some((exit) => exit.account === output && exit.destination === destination),
        ).length
      }
      row(
        `${policy}/deposits/recall`,
        `recall of ${deposits.true} deposits at exchanges (${policy}, ${how})`,
        share(deposits.found, deposits.true),
      )
      row(`${policy}/deposits/recall-value`, `the same by satoshis (${policy})`, shareOf(deposits.foundSatoshis, deposits.trueSatoshis))
      row(
        `${policy}/deposits/precision`,
        `precision of ${deposits.said} outputs said to be stolen deposits (${policy})`,
        share(deposits.right, deposits.said),
      )
      row(`${policy}/deposits/precision-value`, `the same by satoshis (${policy})`, shareOf(deposits.rightSatoshis, deposits.saidSatoshis))
      row(
        `${policy}/mixes/recall-value`,
        `stolen satoshis that entered CoinJoins, found (${policy})`,
        shareOf(mixed.foundSatoshis, mixed.trueSatoshis),
      )
      row(`${policy}/swaps/recall`, `${swaps} swaps to other chains, found with their destination (${policy})`, share(named, swaps))
    }
    await ledger.close()
    return rows
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function noScore(): Score {
  return { true: 0, found: 0, trueSatoshis: 0n, foundSatoshis: 0n, said: 0, right: 0, saidSatoshis: 0n, rightSatoshis: 0n }
}

/** A deposit is found when its output is an end point at an exchange, for as many satoshis as are both true and said. */
function scoreDeposits(score: Score, theft: Theft, document: TraceDocument): void {
  const exchanges = new Set(document.entities.filter(({ kind }) => kind === 'exchange' || kind === 'unnamed-service').map(({ id }) => id))
  const said = new Map(
    document.endpoints
      .filter(({ kind, entity }) => kind === 'service' && entity !== null && exchanges.has(entity))
      .map(({ account, amounts }) => [account, BigInt(amounts[0]?.amount ?? 0)] as const),
  )
  count(score, new Map(theft.cashOuts.map(({ output, stolen }) => [output, BigInt(stolen)])), said)
}

function scoreMixes(score: Score, theft: Theft, document: TraceDocument): void {
  const said = new Map<string, bigint>()
  for (const { entered } of document.bitcoin?.mixes ?? [])
    for (const { account, stolen } of entered) said.set(account, (said.get(account) ?? 0n) + BigInt(stolen))
  count(score, new Map(theft.mixed.map(({ output, stolen }) => [output, BigInt(stolen)])), said)
}

function count(score: Score, truth: ReadonlyMap<string, bigint>, said: ReadonlyMap<string, bigint>): void {
  for (const [output, satoshis] of truth) {
    const found = said.get(output) ?? 0n
    score.true += 1
    score.trueSatoshis += satoshis
    score.foundSatoshis += found < satoshis ? found : satoshis
    if (found > 0n) score.found += 1
  }
  for (const [output, satoshis] of said) {
    if (satoshis === 0n) continue
    const right = truth.get(output) ?? 0n
    score.said += 1
    score.saidSatoshis += satoshis
    score.rightSatoshis += right < satoshis ? right : satoshis
    if (right > 0n) score.right += 1
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000
}

function shareOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole) / 10_000
}
