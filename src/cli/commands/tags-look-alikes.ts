import type { Command } from 'commander'
import type { FoundLookAlike } from '../../attribution/index.ts'
import { command, perform, type Session } from '../command.ts'
import { wholeNumber } from '../options.ts'
import { count, table } from '../text.ts'

interface Options {
  ledger: string
  maxTransfers: number
}

/** Look-alikes shown to people; machines get all. */
const SHOWN = 50

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
        const { searchLookAlikes } = await import('../../attribution/index.ts')
        const result = await searchLookAlikes(ledger, addresses as string[], maxTransfers, work)
        return { value: result, text: describe(result.found, result.accounts, result.passedOver) }
      } finally {
        await ledger.close()
      }
    },
  )
}

function describe(found: readonly FoundLookAlike[], accounts: number, passedOver: number): string {
  const looked = `${count(accounts)} accounts looked at${passedOver > 0 ? `, ${count(passedOver)} passed over for their size` : ''}`
  if (found.length === 0) return `${looked}: no look-alikes.`
  const rows = found.slice(0, SHOWN).map((f) => [f.account, f.imitates, f.victim, f.kinds.join(', ')])
  const more = found.length > SHOWN ? `\nand ${count(found.length - SHOWN)} more (see --json)` : ''
  return `${looked}: ${count(found.length)} look-alikes\n\n${table(['address', 'imitates', 'bait for', 'by'], rows)}${more}`
}
