import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { describeManifest } from '../manifest.ts'

/** `cordon ledger info`: what a ledger holds and where it came from. */
export function ledgerInfo(session: Session): Command {
  return perform<{ ledger: string }>(
    command('info', 'say what a ledger holds and where it came from', [
      'cordon ledger info --ledger eth',
      'cordon ledger info --ledger eth --json | jq -r .hash',
    ]).requiredOption('--ledger <dir>', 'directory of the ledger'),
    session,
    async (options) => {
      const { openAnyLedger } = await import('../../ledger/index.ts')
      const ledger = await openAnyLedger(options.ledger)
      try {
        return { value: ledger.manifest, text: describeManifest(ledger.manifest) }
      } finally {
        await ledger.close()
      }
    },
  )
}
