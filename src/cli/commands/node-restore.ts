import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { count, counted } from '../text.ts'
import { passphraseIn } from './node-backup.ts'

interface Options {
  config?: string
  passphraseFile?: string
}

/** `cordon node restore`: a node out of its backup. */
export function nodeRestore(session: Session): Command {
  return perform<Options>(
    command('restore', 'restore a node into an empty data folder and an empty database, and audit it', [
      'cordon node restore 2026-11-26.tar.gz --passphrase-file passphrase.txt',
      'DATABASE_URL=postgres://cordon@db/cordon cordon node restore node.tar.gz --config node.yaml',
    ])
      .argument('<backup>', 'file that `cordon node backup` wrote')
      .option('--config <file>', 'configuration of the node')
      .option('--passphrase-file <file>', 'file whose first line opens the keys; without, they lie in `keys` of the data folder'),
    session,
    async ({ config: file, passphraseFile }, operands) => {
      const { readConfig, restoreBackup } = await import('../../node/index.ts')
      const passphrase = passphraseFile === undefined ? null : await passphraseIn(passphraseFile)
      const { manifest, migrated, audit } = await restoreBackup(
        String(operands[0]),
        await readConfig(file ?? null, process.env),
        passphrase,
        new Date(),
      )
      const steps = migrated.length === 0 ? '' : ` The schema was brought up to date (${migrated.join(', ')}).`
      return {
        value: { at: manifest.at, record: manifest.record, migrated, objects: audit.objects, entries: audit.entries },
        text: `Restored as it was at ${manifest.at}: ${counted(audit.objects, 'object')}, the record at ${count(audit.entries)} entries, all as they were written.${steps}\nWhoever was signed in has to sign in again. API keys and people that were revoked later are not: see docs/operations.md.`,
      }
    },
  )
}
