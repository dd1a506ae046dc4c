import type { Command } from 'commander'
import type { LookAlikeFinding } from '../../attribution/index.ts'
import { CordonError, NULL_ACCOUNT, type Work } from '../../chain/index.ts'
import type { AccountId, Ledger, TransferBatch } from '../../ledger/index.ts'
import { command, perform, type Session } from '../command.ts'
import { wholeNumber } from '../options.ts'
import { count, table } from '../text.ts'

interface Options {
  ledger: string
  maxTransfers: number
}

interface Found {
  readonly account: string
  readonly imitates: string
  readonly victim: string
  readonly transfers: number
  readonly bait: number
  readonly kinds: readonly string[]
  readonly reasons: readonly string[]
  readonly paid: readonly { readonly asset: string | null; readonly amount: bigint }[]
}

/** Look-alikes shown to people; machines get all. */
const SHOWN = 50
/** Accounts whose sizes are asked for at a time. */
const CHUNK = 65_536

/** `cordon tags look-alikes`: address poisoning around given accounts, or around every account of a ledger. */
export function tagsLookAlikes(session: Session): Command {
  return perform<Options>(
    command('look-alikes', 'find addresses made to be mistaken for one that an account had dealt with', [
      'cordon tags look-alikes --ledger eth 0x47666fab8bd0ac7003bce3f5c3585383f09486e2',
      'cordon tags look-alikes --ledger eth --json | jq .found',
    ])
      .argument('[address...]', 'accounts that may have been baited; all accounts of the ledger when left out')
      .requiredOption('--ledger <dir>', 'directory of the ledger')
      .option('--max-transfers <n>', 'accounts with more transfers are passed over and counted, unless named', wholeNumber(1), 20_000),
    session,
    async ({ ledger: directory, maxTransfers }, [addresses], work) => {
      const { openLedger } = await import('../../ledger/index.ts')
      const ledger = await openLedger(directory)
      try {
        const named = addresses as string[]
        const sifted = named.length > 0 ? { victims: await find(ledger, named), tooLarge: 0 } : await all(ledger, maxTransfers)
        const found = await search(ledger, sifted.victims, work)
        return {
          value: { found, accounts: sifted.victims.length, passedOver: sifted.tooLarge },
          text: describe(found, sifted.victims.length, sifted.tooLarge),
        }
      } finally {
        await ledger.close()
      }
    },
  )
}

async function find(ledger: Ledger, addresses: readonly string[]): Promise<AccountId[]> {
  const { ABSENT } = await import('../../ledger/index.ts')
  const ids = [...(await ledger.accountIds(addresses))]
  const missing = addresses.filter((_, i) => ids[i] === ABSENT)
  if (missing.length > 0) {
    throw new CordonError('cli/unknown-account', `the ledger does not hold ${missing.join(', ')}`, {
      remedy: 'Check the spelling, or leave it out.',
    })
  }
  return ids
}

/** Accounts with at least two transfers: fewer cannot hold both a payment and its imitation. The null account pays nobody; it cannot be baited. */
async function all(ledger: Ledger, maxTransfers: number): Promise<{ victims: AccountId[]; tooLarge: number }> {
  const [nobody] = await ledger.accountIds([NULL_ACCOUNT])
  const victims: AccountId[] = []
  let tooLarge = 0
  for (let start = 0; start < ledger.manifest.accounts; start += CHUNK) {
    const accounts = Uint32Array.from({ length: Math.min(CHUNK, ledger.manifest.accounts - start) }, (_, i) => start + i)
    const degrees = await ledger.degrees(accounts)
    for (const [i, account] of accounts.entries()) {
      const transfers = (degrees.in[i] ?? 0) + (degrees.out[i] ?? 0)
      if (account === nobody) continue
      if (transfers > maxTransfers) tooLarge++
      else if (transfers > 1) victims.push(account)
    }
  }
  return { victims, tooLarge }
}

async function search(ledger: Ledger, victims: readonly AccountId[], { progress, signal }: Work): Promise<Found[]> {
  const { findLookAlikes } = await import('../../attribution/index.ts')
  const { assets, chain } = ledger.manifest
  const found: Found[] = []
  for (const [done, victim] of victims.entries()) {
    if (done % 256 === 0) {
      signal?.throwIfAborted()
      progress?.({ phase: 'comparing addresses', done, total: victims.length, unit: 'accounts' })
    }
    const batches: TransferBatch[] = []
    const accounts = new Set([victim])
    for await (const batch of ledger.transfersOf([victim])) {
      batches.push(batch)
      for (let i = 0; i < batch.length; i++) {
        accounts.add(batch.from[i] as AccountId)
        accounts.add(batch.to[i] as AccountId)
      }
    }
    const ids = [...accounts]
    const addresses = await ledger.addresses(ids)
    const names = new Map(ids.map((id, i) => [id, addresses[i] as string]))
    const findings = findLookAlikes(victim, batches, (account) => names.get(account) as string, { assets, chain })
    for (const finding of findings) found.push(named(finding, names.get(victim) as string, (asset) => assets[asset]?.id ?? null))
  }
  return found
}

function named(finding: LookAlikeFinding, victim: string, assetId: (asset: number) => string | null): Found {
  return {
    account: finding.address,
    imitates: finding.imitatesAddress,
    victim,
    transfers: finding.transfers,
    bait: finding.bait.length,
    kinds: finding.kinds,
    reasons: finding.reasons,
    paid: finding.paid.map(({ asset, amount }) => ({ asset: assetId(asset), amount })),
  }
}

function describe(found: readonly Found[], accounts: number, passedOver: number): string {
  const looked = `${count(accounts)} accounts looked at${passedOver > 0 ? `, ${count(passedOver)} passed over for their size` : ''}`
  if (found.length === 0) return `${looked}: no look-alikes.`
  const rows = found.slice(0, SHOWN).map((f) => [f.account, f.imitates, f.victim, f.kinds.join(', ')])
  const more = found.length > SHOWN ? `\nand ${count(found.length - SHOWN)} more (see --json)` : ''
  return `${looked}: ${count(found.length)} look-alikes\n\n${table(['address', 'imitates', 'bait for', 'by'], rows)}${more}`
}
