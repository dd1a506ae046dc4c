import type { TransferBatch } from '../../src/ledger/index.ts'
import { BATCH_ROWS, BatchColumns } from '../../src/ledger/local/gather.ts'
import { wideHigh, writeWide } from '../../src/ledger/local/value.ts'
import { POLICIES, type PolicyName } from '../../src/trace/index.ts'
import { replayPools, replayWhole, type WholeOptions, type WholeResult } from '../../src/trace/whole.ts'
import { type MeasuredRow, median } from '../rows.ts'

const TRANSFERS = 1_000_000
const ACCOUNTS = 100_000
const ISSUERS = 100
/** Of the transfers in the tainted part of the economy. */
const THEFT_RATE = 0.2
/** Accounts below this many wei pay nothing. */
const DUST = 1_000_000_000_000_000n
const RUNS = 5
const TARGET: Partial<Record<PolicyName, string>> = { haircut: '>= 2', fifo: '>= 1' }

/**
 * Transfers replayed per second by each policy, from the columns that a ledger hands over to the flows: opening balances, replay, result. A policy
 * that runs in columns is compared with the same replay on its BigInt pools, in turn, and their results must be equal.
 */
export async function policyRows(): Promise<MeasuredRow[]> {
  const rows: MeasuredRow[] = []
  const { batches, theft } = economy(7)
  for (const name of Object.keys(POLICIES) as PolicyName[]) {
    const options: WholeOptions = { policy: POLICIES[name], asset: 0, accounts: ACCOUNTS, theft }
    const columned = options.policy.columns !== undefined
    // Once before anything is measured: what the first run compiles, the others find.
    const result = replayWhole(batches, options)
    if (columned) compare(result, replayPools(batches, options), name)
    const ours: number[] = []
    const theirs: number[] = []
    for (let run = 0; run < RUNS; run++) {
      ours.push(rate(() => replayWhole(batches, options)))
      if (columned) theirs.push(rate(() => replayPools(batches, options)))
      // Let the event loop turn, as any caller's would.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const value = median(ours)
    const peerValue = columned ? median(theirs) : null
    const tainted = Math.round((result.tx.length / TRANSFERS) * 100)
    rows.push({
      id: `replay/${name}`,
      what: `transfers replayed per second of one core, ${name}`,
      data: `${TRANSFERS.toLocaleString('en-US')} transfers in wei, ${ACCOUNTS.toLocaleString('en-US')} accounts by power law, ${tainted} % of transfers tainted`,
      value,
      unit: 'M transfers/s',
      target: TARGET[name] ?? null,
      peer: columned ? 'the same replay with BigInt pools' : null,
      peerValue,
      ratio: peerValue === null ? null : value / peerValue,
    })
  }
  return rows
}

/** Millions of transfers per second of processor time, of all threads: what one core does, the collector's work included, however busy the machine is. */
function rate(replay: () => WholeResult): number {
  const start = process.cpuUsage()
  const { replayed } = replay()
  const { user, system } = process.cpuUsage(start)
  return replayed / (user + system)
}

function compare(result: WholeResult, expected: WholeResult, name: string): void {
  const same =
    result.tx.length === expected.tx.length &&
    result.held.size === expected.held.size &&
    Array.from(expected.tx).every(
      (tx, i) => result.tx[i] === tx && result.to[i] === expected.to[i] && result.stolen.get(i) === expected.stolen.get(i),
    ) &&
    [...expected.held].every(([account, amount]) => result.held.get(account) === amount)
  if (!same) throw new Error(`${name}: the two replays differ`)
}

/**
 * A made-up ledger in the columns of the ledger on disk, from a seed. Accounts are drawn by power law and pay a part or all of what they hold to another; one
 * that holds nothing is paid by an issuer, whose opening balance is all that there is. A quarter of the accounts belongs to a part of the economy which
 * takes value in from the rest and gives none back, and makes a fifth of the transfers. All thefts happen there, from the first transfer to the last.
 */
function economy(seed: number): { readonly batches: TransferBatch[]; readonly theft: Map<number, bigint> } {
  const random = generator(seed)
  const below = (n: number): number => Math.floor(n * random())
  const inner = ACCOUNTS / 4
  const outer = ACCOUNTS - inner
  const balance = new Array<bigint>(ACCOUNTS).fill(0n)
  const wide = new Uint8Array(TRANSFERS * 10)
  const batches: TransferBatch[] = []
  const theft = new Map<number, bigint>()
  let used = 0
  for (let first = 0; first < TRANSFERS; first += BATCH_ROWS) {
    const batch = new BatchColumns(Math.min(BATCH_ROWS, TRANSFERS - first), wide)
    for (let i = 0; i < batch.length; i++) {
      const inside = random() < 0.25
      const account = (within: boolean): number =>
        within ? outer + ISSUERS + powerLaw(inner - ISSUERS, random) : ISSUERS + powerLaw(outer - ISSUERS, random)
      let from = account(inside)
      let to = account(inside || random() < 0.02)
      let value = random() < 0.4 ? balance[from]! : (balance[from]! * BigInt(50 + below(600))) / 1000n
      if (value < DUST) {
        to = from
        from = (inside ? outer : 0) + below(ISSUERS)
        value = issue(random)
      } else balance[from]! -= value
      balance[to]! += value
      batch.row[i] = first + i
      batch.tx[i] = first + i
      batch.from[i] = from
      batch.to[i] = to
      batch.alone[i] = 1
      if (value < 1n << 63n) {
        batch.word[i * 2] = Number(value & 0xffff_ffffn)
        batch.word[i * 2 + 1] = Number(value >> 32n)
      } else {
        const length = writeWide(value, wide, used)
        batch.word[i * 2] = used
        batch.word[i * 2 + 1] = wideHigh(length, used)
        used += length
      }
      if (inside && from !== to && random() < THEFT_RATE) theft.set(first + i, value)
    }
    batches.push(batch)
  }
  return { batches, theft }
}

/** Account numbers from 0 with density falling as n^(-2/3). */
function powerLaw(accounts: number, random: () => number): number {
  return Math.floor(accounts * random() ** 3)
}

/** 10^16 to 10^21 wei, even in the logarithm, with digits down to the last. */
function issue(random: () => number): bigint {
  return BigInt(Math.floor(10 ** (8 + 5 * random()))) * 100_000_000n + BigInt(Math.floor(random() * 1e8))
}

/** Mulberry32: numbers in [0, 1) from a 32-bit seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
