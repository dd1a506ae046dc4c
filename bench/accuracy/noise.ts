import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadTags } from '../../src/attribution/index.ts'
import { importLedger, openLedger } from '../../src/ledger/index.ts'
import { honestAround, parseFlows, printFlows } from '../../src/simulate/index.ts'
import { POLICIES, type PolicyName, runTrace } from '../../src/trace/index.ts'
import type { MeasuredRow } from '../rows.ts'
import { type Case, dollarsFound, readCase } from './heists.ts'

const HONEST_ROWS = 100_000

/**
 * The real flows of each case laid inside simulated honest traffic that touches its accounts: what of the trace is true, and what of the truth is in the trace, per
 * policy. A flow is true when its transaction is one of the case's rows between the same accounts.
 */
export async function noiseRows(): Promise<MeasuredRow[]> {
  const rows: MeasuredRow[] = []
  for (const the of [readCase('atomic-wallet-2023', 'Atomic Wallet 2023'), readCase('harmony-2022', 'Harmony bridge 2022')]) {
    if (the !== null) rows.push(...(await one(the)))
  }
  return rows
}

async function one(the: Case): Promise<MeasuredRow[]> {
  const directory = await mkdtemp(join(tmpdir(), 'cordon-accuracy-'))
  try {
    const laid = honestAround({
      real: {
        flows: parseFlows(readFileSync(the.flows, 'utf8'), 'flows.csv'),
        sources: the.seeds.map((seed) => (seed.kind === 'account' ? seed.account : '')),
        terminals: [...the.terminals],
      },
      seed: 1,
      transfers: HONEST_ROWS,
    })
    writeFileSync(join(directory, 'flows.csv'), printFlows(laid.rows))
    await mkdir(join(directory, 'tags'))
    for (const { file, text } of laid.tags) writeFileSync(join(directory, 'tags', file), text)
    await importLedger({ paths: [join(directory, 'flows.csv')], directory: join(directory, 'ledger') })
    const ledger = await openLedger(join(directory, 'ledger'))
    const tags = await loadTags([join(directory, 'tags')])
    const truth = new Set(the.transfers.map(({ transaction, from, to }) => `${transaction} ${from} ${to}`))
    const accounts = new Set(laid.truth.accounts)
    const reachable = [...the.terminals].filter((terminal) => the.accounts.has(terminal))
    const rows: MeasuredRow[] = []
    for (const policy of Object.keys(POLICIES) as PolicyName[]) {
      for (const opening of ['clean', 'unknown'] as const) {
        const doc = await runTrace({ ledger, tags, seeds: the.seeds, parameters: { policy, opening, bounds: false } })
        const flows = new Set(doc.flows.map(({ transaction, from, to }) => `${transaction} ${from} ${to}`))
        const right = [...flows].filter((flow) => truth.has(flow)).length
        const implicated = doc.accounts.map(({ account }) => account)
        const ends = new Set(doc.endpoints.map(({ account }) => account))
        const dollars = dollarsRight(doc.flows, truth)
        const data = `${the.title} inside ${laid.noise.transfers.toLocaleString('en-US')} simulated honest transfers`
        const under = `${policy}, unexplained balances ${opening}`
        const id = `noise/${the.name}/${policy}/${opening}`
        const row = (name: string, what: string, value: number): MeasuredRow => ({
          id: `${id}/${name}`,
          what: `${what} (${under})`,
          data,
          value: Math.round(value * 10_000) / 10_000,
          unit: 'share',
          target: null,
          peer: null,
          peerValue: null,
          ratio: null,
        })
        rows.push(row('transfers-precision', `precision of ${flows.size} flows`, flows.size === 0 ? 0 : right / flows.size))
        rows.push(row('transfers-recall', `recall of ${truth.size} true transfers`, right / truth.size))
        rows.push(row('dollars-precision', 'precision of flows by dollars', dollars))
        rows.push(row('dollars-recall', 'recall of true transfers into cash-outs by dollars', dollarsFound(the, doc)))
        rows.push(
          row(
            'accounts-precision',
            `precision of ${implicated.length} accounts reached`,
            implicated.filter((account) => accounts.has(account)).length / implicated.length,
          ),
        )
        rows.push(
          row(
            'cash-outs-recall',
            `recall of ${reachable.length} cash-outs among the end points`,
            reachable.filter((terminal) => ends.has(terminal)).length / reachable.length,
          ),
        )
      }
    }
    await ledger.close()
    return rows
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Share of the flows' stolen (or unknown) dollars that moved in true transfers. */
function dollarsRight(
  flows: readonly {
    readonly transaction: string
    readonly from: string
    readonly to: string
    readonly amount: string
    readonly unknown: string
  }[],
  truth: ReadonlySet<string>,
): number {
  let all = 0n
  let right = 0n
  for (const { transaction, from, to, amount, unknown } of flows) {
    const dollars = BigInt(amount) + BigInt(unknown)
    all += dollars
    if (truth.has(`${transaction} ${from} ${to}`)) right += dollars
  }
  return all === 0n ? 0 : Number((right * 1_000_000n) / all) / 1_000_000
}
