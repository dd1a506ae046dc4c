import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import {
  type DepositFinding,
  type DepositRule,
  depositTagPack,
  detectCoinJoin,
  detectDeposits,
  loadTags,
  searchClusters,
  searchLookAlikes,
  toldDeposit,
  writeTagPack,
} from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import { openBitcoinLedger, openLedger } from '../../ledger/index.ts'
import { refuseBombs } from './unpack.ts'
import { writeJson } from './write-json.ts'

type Place = { readonly directory: string; readonly tags: readonly string[]; readonly out: string }

/** What a detection leaves: a file with all that it found, and numbers. */
export type Detected = {
  readonly file: string
  /** The same as tags that can be loaded, where there are any. */
  readonly tagPack?: string
  readonly summary: Readonly<Record<string, number | string>>
}

const BATCH = 4096

/** Deposit addresses of the exchanges whose wallets are tagged, with the evidence and as a TagPack. */
export async function deposits(
  { directory, tags: paths, out, rule }: Place & { readonly rule: DepositRule },
  work: Work,
): Promise<Detected> {
  const tags = await loadTags(paths)
  const ledger = await openLedger(directory)
  try {
    const { hash, assets } = ledger.manifest
    const findings: DepositFinding[] = []
    for await (const finding of detectDeposits(ledger, tags, rule, work)) findings.push(finding)
    const found = findings.map((finding) => toldDeposit(finding, assets))
    const file = await writeJson(join(out, 'deposits.json'), { ledger: hash, rule, found })
    const summary = { found: found.length }
    if (found.length === 0) return { file, summary }
    const tagPack = join(out, 'deposits.yaml')
    await writeFile(tagPack, writeTagPack(depositTagPack(findings, hash)), { flag: 'wx', mode: 0o600 })
    return { file, tagPack, summary }
  } finally {
    await ledger.close()
  }
}

/** Addresses that share an owner by common inputs, with the tags on them and every conflict. */
export async function clusters({ directory, tags: paths, out }: Place, work: Work): Promise<Detected> {
  const tags = await loadTags(paths)
  const ledger = await openBitcoinLedger(directory)
  try {
    const { addresses, clusters: made, counts, named, conflicts } = await searchClusters(ledger, tags, work)
    const value = { ledger: ledger.manifest.hash, addresses, clusters: made, counts, named, conflicts }
    return {
      file: await writeJson(join(out, 'clusters.json'), value),
      summary: { addresses, clusters: made, named: named.length, conflicts: conflicts.length },
    }
  } finally {
    await ledger.close()
  }
}

/** Transactions that mix the coins of several owners. */
export async function coinJoins({ directory, out }: Place, { signal, progress }: Work): Promise<Detected> {
  const ledger = await openBitcoinLedger(directory)
  try {
    const found = []
    const total = ledger.manifest.transactions
    for (let tx = 0; tx < total; tx++) {
      if (tx % BATCH === 0) {
        signal?.throwIfAborted()
        progress?.({ phase: 'looking at', done: tx, total, unit: 'transactions' })
        await setImmediate()
      }
      const seen = detectCoinJoin(ledger.transaction(tx))
      if (seen === null) continue
      const [info] = await ledger.transactions([tx])
      found.push({ transaction: info?.hash ?? '', block: info?.block ?? 0, time: info?.time ?? null, ...seen })
    }
    return {
      file: await writeJson(join(out, 'coinjoins.json'), { ledger: ledger.manifest.hash, found }),
      summary: { found: found.length, transactions: total },
    }
  } finally {
    await ledger.close()
  }
}

/** Addresses made to be mistaken for one that an account had dealt with. */
export async function lookAlikes(
  { directory, out, addresses, maxTransfers }: Place & { readonly addresses: readonly string[]; readonly maxTransfers: number },
  work: Work,
): Promise<Detected> {
  const ledger = await openLedger(directory)
  try {
    const { found, accounts, passedOver } = await searchLookAlikes(ledger, addresses, maxTransfers, work)
    return {
      file: await writeJson(join(out, 'look-alikes.json'), { ledger: ledger.manifest.hash, accounts, passedOver, found }),
      summary: { found: found.length, accounts, passedOver },
    }
  } finally {
    await ledger.close()
  }
}

/** What files of tags hold, what was refused and where they contradict each other. */
export async function checkTags(
  { files, out }: { readonly files: readonly string[]; readonly out: string },
  work: Work,
): Promise<Detected> {
  await refuseBombs(files, work)
  const tags = await loadTags(files)
  const { report } = tags
  const conflicts = tags.conflicts()
  const addresses = tags.addresses().length
  return {
    file: await writeJson(join(out, 'tags.json'), { ...report, addresses, conflicts }),
    summary: {
      tags: report.tags,
      actors: report.actors,
      addresses,
      refused: report.refused.length,
      notes: report.notes.length,
      conflicts: conflicts.length,
    },
  }
}
