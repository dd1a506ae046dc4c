import { CordonError, NULL_ACCOUNT, type Work } from '../chain/index.ts'
import { ABSENT, type AccountId, type Ledger, type TransferBatch } from '../ledger/index.ts'
import { findLookAlikes } from './look-alike.ts'

/** One imitation and the account that it was to deceive. */
export type FoundLookAlike = {
  readonly account: string
  readonly imitates: string
  readonly victim: string
  readonly transfers: number
  readonly bait: number
  readonly kinds: readonly string[]
  readonly reasons: readonly string[]
  readonly paid: readonly { readonly asset: string | null; readonly amount: bigint }[]
}

/** Accounts whose sizes are asked for at a time. */
const CHUNK = 65_536

/**
 * Address poisoning around given accounts, or around every account with at most `maxTransfers` transfers; larger ones are counted.
 *
 * @throws CordonError `ledger/unknown-account`
 */
export async function searchLookAlikes(
  ledger: Ledger,
  addresses: readonly string[],
  maxTransfers: number,
  { progress, signal }: Work,
): Promise<{ readonly found: readonly FoundLookAlike[]; readonly accounts: number; readonly passedOver: number }> {
  const { victims, passedOver } =
    addresses.length > 0 ? { victims: await named(ledger, addresses), passedOver: 0 } : await all(ledger, maxTransfers)
  const { assets, chain } = ledger.manifest
  const found: FoundLookAlike[] = []
  for (const [done, victim] of victims.entries()) {
    if (done % 256 === 0) {
      signal?.throwIfAborted()
      progress?.({ phase: 'comparing addresses', done, total: victims.length, unit: 'accounts' })
    }
    const batches: TransferBatch[] = []
    const met = new Set([victim])
    for await (const batch of ledger.transfersOf([victim])) {
      batches.push(batch)
      for (let i = 0; i < batch.length; i++) met.add(batch.from[i] as AccountId).add(batch.to[i] as AccountId)
    }
    const ids = [...met]
    const texts = await ledger.addresses(ids)
    const names = new Map(ids.map((id, i) => [id, texts[i] as string]))
    for (const finding of findLookAlikes(victim, batches, (account) => names.get(account) as string, { assets, chain }))
      found.push({
        account: finding.address,
        imitates: finding.imitatesAddress,
        victim: names.get(victim) as string,
        transfers: finding.transfers,
        bait: finding.bait.length,
        kinds: finding.kinds,
        reasons: finding.reasons,
        paid: finding.paid.map(({ asset, amount }) => ({ asset: assets[asset]?.id ?? null, amount })),
      })
  }
  return { found, accounts: victims.length, passedOver }
}

async function named(ledger: Ledger, addresses: readonly string[]): Promise<AccountId[]> {
  const ids = [...(await ledger.accountIds(addresses))]
  const missing = addresses.filter((_, i) => ids[i] === ABSENT)
  if (missing.length === 0) return ids
  throw new CordonError('ledger/unknown-account', `the ledger does not hold ${missing.join(', ')}`, {
    remedy: 'Check the spelling, or leave it out.',
  })
}

/** Accounts with at least two transfers: fewer cannot hold both a payment and its imitation. The null account pays nobody; it cannot be baited. */
async function all(ledger: Ledger, maxTransfers: number): Promise<{ victims: AccountId[]; passedOver: number }> {
  const [nobody] = await ledger.accountIds([NULL_ACCOUNT])
  const victims: AccountId[] = []
  let passedOver = 0
  for (let start = 0; start < ledger.manifest.accounts; start += CHUNK) {
    const accounts = Uint32Array.from({ length: Math.min(CHUNK, ledger.manifest.accounts - start) }, (_, i) => start + i)
    const degrees = await ledger.degrees(accounts)
    for (const [i, account] of accounts.entries()) {
      const transfers = (degrees.in[i] ?? 0) + (degrees.out[i] ?? 0)
      if (account === nobody) continue
      if (transfers > maxTransfers) passedOver++
      else if (transfers > 1) victims.push(account)
    }
  }
  return { victims, passedOver }
}
