import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { count, table, time } from '../text.ts'

const SHOWN = 40
const BATCH = 4096

/** `cordon tags coinjoins`: transactions that mix the coins of several owners, and those that prepare for it. */
export function tagsCoinJoins(session: Session): Command {
  return perform<{ ledger: string }>(
    command('coinjoins', 'Bitcoin: find CoinJoins by family, with what was seen', [
      'cordon tags coinjoins --ledger btc',
      "cordon tags coinjoins --ledger btc --json | jq -r '.[] | [.transaction, .family] | @csv'",
    ]).requiredOption('--ledger <dir>', 'directory of the ledger'),
    session,
    async ({ ledger: directory }, _operands, work) => {
      const { detectCoinJoin } = await import('../../attribution/index.ts')
      const { openBitcoinLedger } = await import('../../ledger/index.ts')
      const ledger = await openBitcoinLedger(directory)
      try {
        const found = []
        const total = ledger.manifest.transactions
        for (let tx = 0; tx < total; tx++) {
          if (tx % BATCH === 0) {
            work.signal?.throwIfAborted()
            work.progress?.({ phase: 'looking at', done: tx, total, unit: 'transactions' })
            await new Promise<void>((resolve) => setImmediate(resolve))
          }
          const seen = detectCoinJoin(ledger.transaction(tx))
          if (seen === null) continue
          const [info] = await ledger.transactions([tx])
          found.push({ transaction: info?.hash ?? '', block: info?.block ?? 0, time: time(info?.time ?? 0), ...seen })
        }
        return { value: found, text: describe(found, total) }
      } finally {
        await ledger.close()
      }
    },
  )
}

function describe(
  found: readonly {
    readonly transaction: string
    readonly time: string
    readonly family: string
    readonly parameters: Readonly<Record<string, string | number>>
  }[],
  total: number,
): string {
  const families = new Map<string, number>()
  for (const { family } of found) families.set(family, (families.get(family) ?? 0) + 1)
  const sums = [...families].sort(([a], [b]) => (a < b ? -1 : 1)).map(([family, n]) => `${count(n)} ${family}`)
  const head = `${count(found.length)} of ${count(total)} transactions${sums.length === 0 ? '' : `: ${sums.join(', ')}`}`
  if (found.length === 0) return head
  const rows = found.slice(0, SHOWN).map((one) => [
    one.time,
    one.transaction,
    one.family,
    Object.entries(one.parameters)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  ])
  const more = found.length > SHOWN ? `\nand ${count(found.length - SHOWN)} more (see --json)` : ''
  return `${head}\n\n${table(['time', 'transaction', 'family', 'seen'], rows)}${more}`
}
