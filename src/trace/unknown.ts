import type { AccountId } from '../ledger/index.ts'
import { Replay, type ReplayOptions } from './replay.ts'
import type { SeedRule } from './seeds.ts'

/** Rounds after which the search for further unknown balances stops and says so. */
const MAX_ROUNDS = 32

/** The replay in which unknown opening balances are followed together with what was stolen. */
export interface UnknownColour {
  readonly replay: Replay
  /** Accounts whose opening balance is of unknown colour, as seeds. Each replay needs rules of its own: they count down. */
  readonly sources: () => Map<AccountId, SeedRule[]>
  /** False when new sources still turned up in the last round. */
  readonly complete: boolean
}

/**
 * Follow what reached accounts held before the ledger begins as a colour of its own.
 *
 * An account that stolen value reaches may have paid out, earlier, value that no transfer in the ledger explains. Such value is neither shown to be
 * stolen nor shown to be clean. The policies treat all followed colours alike, so one replay of "stolen or unknown" less the replay of "stolen" gives
 * the unknown part of every flow. Accounts found that way may themselves hold unknown balances: replays are repeated until none is new.
 */
export async function followUnknown(
  stolen: Replay,
  options: (extra: ReadonlyMap<AccountId, readonly SeedRule[]>) => Promise<ReplayOptions>,
): Promise<UnknownColour> {
  let replay = stolen
  let known = new Map<string, { account: AccountId; asset: number; amount: bigint }>()
  for (let round = 0; ; round++) {
    const found = new Map(known)
    for (const { account, asset, timeline, seed } of replay.pools) {
      if (timeline.before === 0n || (seed !== null && !known.has(`${account}/${asset}`))) continue
      found.set(`${account}/${asset}`, { account, asset, amount: timeline.before })
    }
    if (found.size === known.size) return { replay, sources: () => rulesOf(known), complete: true }
    if (round === MAX_ROUNDS) return { replay, sources: () => rulesOf(known), complete: false }
    known = found
    replay = new Replay(await options(rulesOf(known)))
    await replay.run()
  }
}

function rulesOf(
  sources: ReadonlyMap<string, { readonly account: AccountId; readonly asset: number; readonly amount: bigint }>,
): Map<AccountId, SeedRule[]> {
  const all = new Map<AccountId, SeedRule[]>()
  for (const { account, asset, amount } of sources.values()) {
    const rules = all.get(account) ?? []
    rules.push({ asset, startRow: null, remaining: amount, amount, colour: 'unknown' })
    all.set(account, rules)
  }
  return all
}
