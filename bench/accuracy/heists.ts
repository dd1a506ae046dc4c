import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importLedger, openLedger } from '../../src/ledger/index.ts'
import { DEFAULT_PARAMETERS, POLICIES, type PolicyName, readSeeds, runTrace, type Seed, type TraceDocument } from '../../src/trace/index.ts'
import type { MeasuredRow } from '../rows.ts'
import { NO_TAGS } from './no-tags.ts'

export const HEISTS = fileURLToPath(new URL('../../../shared/data/heists/', import.meta.url))

/** A released case: where the money started, where it is known to have been cashed out, and the true transfers between. */
export interface Case {
  readonly name: string
  readonly title: string
  readonly flows: string
  readonly seeds: readonly Seed[]
  readonly terminals: ReadonlySet<string>
  readonly transfers: readonly TrueTransfer[]
  readonly accounts: ReadonlySet<string>
}

export interface TrueTransfer {
  readonly transaction: string
  readonly from: string
  readonly to: string
  /** 10^-18 dollars. */
  readonly value: bigint
}

/** Read one of the cases of LaunderNetEvm41 (MFTracer's authors); null where the data is not there. */
export function readCase(name: 'atomic-wallet-2023' | 'harmony-2022', title: string): Case | null {
  const folder = join(HEISTS, name)
  if (!existsSync(folder)) return null
  const lines = (file: string): string[] => readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/)
  const [header = '', ...body] = lines('flows.csv')
  const columns = header.split(',')
  const at = (column: string): number => columns.indexOf(column)
  const transfers = body.map((line) => {
    const fields = line.split(',')
    const [whole = '0', decimals = ''] = (fields[at('Value_in_USD')] as string).split('.')
    return {
      transaction: (fields[at('Tx_hash')] as string).toLowerCase(),
      from: (fields[at('From')] as string).toLowerCase(),
      to: (fields[at('To')] as string).toLowerCase(),
      value: BigInt(whole + decimals.padEnd(18, '0')),
    }
  })
  const accounts = new Set(transfers.flatMap(({ from, to }) => [from, to]))
  const seeds = readSeeds(lines('sources.csv').join('\n'), 'sources.csv')
  return {
    name,
    title,
    flows: join(folder, 'flows.csv'),
    seeds: seeds.filter((seed) => seed.kind === 'account' && accounts.has(seed.account)),
    terminals: new Set(lines('terminals.csv').map((line) => line.trim().toLowerCase())),
    transfers,
    accounts,
  }
}

/** Share of the dollars that truly went into terminals whose transaction into that terminal is among the flows of a trace. */
export function dollarsFound(the: Case, doc: TraceDocument): number {
  const found = new Set(doc.flows.map((flow) => `${flow.transaction} ${flow.to}`))
  let all = 0n
  let seen = 0n
  for (const { transaction, to, value } of the.transfers) {
    if (!the.terminals.has(to)) continue
    all += value
    if (found.has(`${transaction} ${to}`)) seen += value
  }
  return Number((seen * 1_000_000n) / all) / 1_000_000
}

/** Trace the released rows alone under every policy: recall of the known cash-outs, size of what is returned, dollars covered. */
export async function heistRows(): Promise<MeasuredRow[]> {
  const rows: MeasuredRow[] = []
  const cases = [readCase('atomic-wallet-2023', 'Atomic Wallet 2023'), readCase('harmony-2022', 'Harmony bridge 2022')]
  for (const the of cases) {
    if (the === null) continue
    const directory = await mkdtemp(join(tmpdir(), 'cordon-accuracy-'))
    try {
      await importLedger({ paths: [the.flows], directory: join(directory, 'ledger') })
      const ledger = await openLedger(join(directory, 'ledger'))
      const reachable = [...the.terminals].filter((terminal) => the.accounts.has(terminal))
      const peer =
        the.name === 'harmony-2022'
          ? { name: 'Haircut 1e-3, published', recall: 0.786 * 14 }
          : { name: 'Haircut 1e-3, published', recall: 0.931 * 101 }
      for (const policy of Object.keys(POLICIES) as PolicyName[]) {
        for (const opening of ['clean', 'unknown'] as const) {
          const doc = await runTrace({ ledger, tags: NO_TAGS, seeds: the.seeds, parameters: { policy, opening, bounds: false } })
          const ends = new Set(doc.endpoints.map(({ account }) => account))
          // Targets are for default settings; the other colour stands beside for comparison.
          const asked = opening === DEFAULT_PARAMETERS.opening
          const id = `heists/${the.name}/${policy}/${opening}`
          const data = `${the.title}, released rows`
          const under = `${policy}, unexplained balances ${opening}`
          const found = reachable.filter((terminal) => ends.has(terminal)).length
          rows.push({
            id: `${id}/cash-outs`,
            what: `known cash-outs among the end points (${under}), of ${reachable.length} with a row in the data`,
            data,
            value: found,
            unit: 'accounts',
            target: asked ? `>= ${reachable.length} by one policy` : null,
            peer: peer.name,
            peerValue: Math.round(peer.recall),
            ratio: found / Math.round(peer.recall),
          })
          rows.push({
            id: `${id}/returned`,
            what: `end points returned (${under}); the case has ${the.accounts.size} accounts`,
            data,
            value: ends.size,
            unit: 'accounts',
            target: asked ? `<= ${the.accounts.size}` : null,
            peer: null,
            peerValue: null,
            ratio: null,
          })
          rows.push({
            id: `${id}/dollars`,
            what: `true transfers into cash-outs that are among the flows, by dollars (${under})`,
            data,
            value: dollarsFound(the, doc),
            unit: 'share',
            target: asked ? '>= 0.99' : null,
            peer: null,
            peerValue: null,
            ratio: null,
          })
        }
      }
      await ledger.close()
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  return rows
}
