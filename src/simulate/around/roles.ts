import { cents, type FlowRow } from './flow-rows.ts'

/** What an account of a real case is, as far as its label and its flows tell. */
export type Role = 'source' | 'intermediary' | 'deposit' | 'hub'

export interface CaseAccount {
  readonly address: string
  readonly label: string
  readonly role: Role
  readonly terminal: boolean
  /** Whether the label is one by which the public knows a service. */
  readonly public: boolean
  readonly firstIn: FlowRow | null
  readonly lastOut: FlowRow | null
  /** Where a deposit address really sent its receipts, if the released flows have it. */
  readonly forwardsTo: string | null
  /** Cents. */
  readonly largestIn: number
}

const DEPOSIT = /deposit|terminus|cobo/i
/** Labels of the thieves' own accounts name their victims: `Harmony Bridge Hacker 46` is no bridge. */
const THIEF = /hack|phish|exploit|hbh/i
/** Bodies whose addresses carry public labels: exchanges' wallets, bridges, routers, vaults. */
const HUB = /binance|htx|huobi|okx|swft|router|thorchain|bridge|kucoin|bingx|chainup|bitget|kraken/i

export interface RealCase {
  readonly flows: readonly FlowRow[]
  readonly sources: readonly string[]
  readonly terminals: readonly string[]
}

/** Accounts of a case in order of first appearance. */
export function readRoles(real: RealCase): CaseAccount[] {
  const sources = new Set(real.sources.map((address) => address.toLowerCase()))
  const terminals = new Set(real.terminals.map((address) => address.toLowerCase()))
  const labels = new Map<string, string>()
  const into = new Map<string, FlowRow[]>()
  const outOf = new Map<string, FlowRow[]>()
  for (const row of real.flows) {
    if (row.fromLabel !== '' || !labels.has(row.from)) labels.set(row.from, row.fromLabel)
    if (row.toLabel !== '' || !labels.has(row.to)) labels.set(row.to, row.toLabel)
    outOf.set(row.from, [...(outOf.get(row.from) ?? []), row])
    into.set(row.to, [...(into.get(row.to) ?? []), row])
  }
  return [...labels].map(([address, label]) => {
    const ins = into.get(address) ?? []
    const outs = outOf.get(address) ?? []
    const terminal = terminals.has(address)
    const earliest = ins.reduce<FlowRow | null>((best, row) => (best === null || row.block < best.block ? row : best), null)
    const latest = outs.reduce<FlowRow | null>((best, row) => (best === null || row.block > best.block ? row : best), null)
    return {
      address,
      label,
      terminal,
      public: HUB.test(label) && !DEPOSIT.test(label) && !THIEF.test(label),
      role: roleOf(label, sources.has(address), terminal, ins.length, outs.length),
      firstIn: earliest,
      lastOut: latest,
      forwardsTo: DEPOSIT.test(label) && latest !== null ? latest.to : null,
      largestIn: ins.reduce((most, row) => Math.max(most, cents(row.value)), 0),
    }
  })
}

function roleOf(label: string, source: boolean, terminal: boolean, ins: number, outs: number): Role {
  if (source || ins === 0) return 'source'
  if (DEPOSIT.test(label)) return 'deposit'
  if (HUB.test(label) && !THIEF.test(label)) return 'hub'
  // A cash-out that nobody labelled: a customer's address where little arrived, a service's where much did.
  if (terminal) return outs === 0 && ins > 20 ? 'hub' : 'deposit'
  return 'intermediary'
}
