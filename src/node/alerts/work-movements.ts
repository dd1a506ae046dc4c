import { loadTags } from '../../attribution/index.ts'
import { type EntityRef, evaluate, movements, parseAccount, type Raised, type StoredRule, type StoredWatch } from '../../cases/index.ts'
import type { Work } from '../../chain/index.ts'
import { ABSENT, type Ledger, openAnyLedger } from '../../ledger/index.ts'
import { parseTime } from '../../trace/index.ts'

/** How far a ledger was looked at. What it held then is told by its counts: one that goes on from there has a transaction that ends at that row, in that block. */
export type LedgerPosition = {
  readonly hash: string
  readonly transfers: number
  readonly transactions: number
  readonly block: number | null
  /** Rows before this one were looked at. */
  readonly looked: number
}

export type RulesAndWatches = { readonly rules: readonly StoredRule[]; readonly watches: readonly StoredWatch[] }

export type LedgerLook = {
  readonly directory: string
  /** Null for all of it. */
  readonly before: LedgerPosition | null
  /** Transfers before this time do not count, ISO 8601 UTC. */
  readonly since: string | null
  /** Files and folders of tags. */
  readonly tags: readonly string[]
  readonly teams: readonly RulesAndWatches[]
  /** Stands in where the ledger has no times. */
  readonly seenAt: string
  /** Facts after which it stops. */
  readonly most: number
}

export type LedgerSeen = {
  readonly position: LedgerPosition
  /** For each team. */
  readonly raised: readonly (readonly Raised[])[]
  readonly facts: number
  readonly chain: string
}

/** Rows that are looked at in one go. */
const WIDTH = 1 << 20

/** Looks at the transfers of watched accounts in the rows of a ledger that were not looked at before. It stops after `most` facts; `looked` says where. */
export async function lookAtLedger(
  { directory, before, since, tags: paths, teams, seenAt, most }: LedgerLook,
  { signal }: Work,
): Promise<LedgerSeen> {
  const ledger = await openAnyLedger(directory)
  try {
    const { hash, chain, transfers, transactions, blocks } = ledger.manifest
    const accounts = await watchedIn(ledger, teams)
    const raised = teams.map((): Raised[] => [])
    let facts = 0
    let row = before !== null && (await goesOn(ledger, before)) ? before.looked : 0
    if (since !== null) row = Math.max(row, await ledger.rowAt({ time: parseTime('since', since) }))
    if (accounts.length === 0) row = transfers
    const tags = row < transfers ? await loadTags(paths) : null
    const entityOf = (address: string): EntityRef | null => {
      const entity = tags?.entityOf(address) ?? null
      return entity && { id: entity.id, label: entity.label, kind: entity.kind }
    }
    for (let width = WIDTH; row < transfers && facts < most; ) {
      const window = { fromRow: row, toRow: Math.min(transfers, row + width) }
      const found = teams.map((): Raised[] => [])
      let count = 0
      for await (const event of movements(ledger, { accounts, window, entityOf, seenAt })) {
        signal?.throwIfAborted()
        for (const [i, { rules, watches }] of teams.entries()) {
          const said = evaluate(rules, watches, event)
          found[i]?.push(...said)
          count += said.length
        }
        if (count > most && width > 1) break
      }
      // Too many for once: fewer rows. A single row has few.
      if (count > most && width > 1) width = Math.max(1, Math.floor((window.toRow - row) / 2))
      else {
        for (const [i, said] of found.entries()) raised[i]?.push(...said)
        facts += count
        row = window.toRow
      }
    }
    return { position: { hash, transfers, transactions, block: blocks?.last ?? null, looked: row }, raised, facts, chain }
  } finally {
    await ledger.close()
  }
}

/** The watched accounts that the ledger holds. */
async function watchedIn(ledger: Ledger, teams: readonly RulesAndWatches[]): Promise<string[]> {
  const { chain } = ledger.manifest
  const names = new Set(
    teams.flatMap(({ watches }) => watches.flatMap(({ body: { subject } }) => (subject.kind === 'account' ? [subject.account] : []))),
  )
  const here = [...names].filter((name) => name.startsWith(`${chain}:`))
  const ids = await ledger.accountIds(here.map((name) => parseAccount(name).address))
  return here.filter((_, i) => ids[i] !== ABSENT)
}

/** Whether the ledger begins with what was looked at. */
async function goesOn(ledger: Ledger, { hash, transfers, transactions, block }: LedgerPosition): Promise<boolean> {
  const { manifest } = ledger
  if (manifest.hash === hash) return true
  if (transactions === 0 || manifest.transactions < transactions) return false
  const [last] = await ledger.transactions([transactions - 1])
  return last !== undefined && last.firstRow + last.rows === transfers && last.block === block
}
