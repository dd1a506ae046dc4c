import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { given, wholeNumber } from '../options.ts'
import { count, table } from '../text.ts'

interface Options {
  ledger: string
  tags: string[]
  blocks?: number
  remainder?: string
  forwarded?: string
}

/** Deposit addresses shown to people; machines get all. */
const SHOWN = 50

/** `cordon tags deposits`: whose customers' addresses forward to a tagged exchange. */
export function tagsDeposits(session: Session): Command {
  return perform<Options>(
    command('deposits', 'find deposit addresses of the exchanges whose wallets are tagged, with evidence', [
      'cordon tags deposits --ledger eth --tags tags/',
      "cordon tags deposits --ledger eth --tags tags/ --json | jq -r '.[] | [.address, .exchange] | @csv'",
    ])
      .requiredOption('--ledger <dir>', 'directory of the ledger')
      .requiredOption('--tags <path...>', 'TagPacks, ActorPacks, label files, or folders of them')
      .option('--blocks <n>', 'blocks within which a receipt is forwarded', wholeNumber(0))
      .option('--remainder <units>', 'largest remainder of what is forwarded, in base units of the native asset')
      .option('--forwarded <a/b>', 'least share of what goes out that reaches one exchange'),
    session,
    async ({ ledger: directory, tags: paths, blocks, remainder, forwarded }, _operands, work) => {
      const { detectDeposits, loadTags, toldDeposit } = await import('../../attribution/index.ts')
      const { openLedger } = await import('../../ledger/index.ts')
      const { DEFAULT_PARAMETERS } = await import('../../trace/index.ts')
      const rule = {
        ...DEFAULT_PARAMETERS.deposit,
        ...given({ maxBlocks: blocks, maxRemainder: remainder, minForwarded: forwarded }),
      }
      const tags = await loadTags(paths)
      const ledger = await openLedger(directory)
      try {
        const { assets } = ledger.manifest
        const found = []
        for await (const finding of detectDeposits(ledger, tags, rule, work)) found.push(toldDeposit(finding, assets))
        return { value: found, text: describe(found) }
      } finally {
        await ledger.close()
      }
    },
  )
}

function describe(found: readonly { address: string; label: string; evidence: readonly string[] }[]): string {
  if (found.length === 0) return 'No deposit address was found.'
  const rows = found.slice(0, SHOWN).map(({ address, label, evidence }) => [address, label, evidence[0] ?? '-'])
  const more = found.length > SHOWN ? `\nand ${count(found.length - SHOWN)} more (see --json)` : ''
  return `${count(found.length)} deposit addresses\n\n${table(['address', 'exchange', 'evidence'], rows)}${more}`
}
