import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { CordonError } from '../../chain/index.ts'
import { command, perform, type Session } from '../command.ts'
import { count, counted } from '../text.ts'

interface Options {
  config?: string
  out: string
  passphraseFile?: string
  withoutKeys?: boolean
}

/** `cordon node backup`: a node in one file. */
export function nodeBackup(session: Session): Command {
  return perform<Options>(
    command('backup', 'write everything of a node into one file: database, files, record and, sealed, its keys', [
      'cordon node backup --out 2026-11-26.tar.gz --passphrase-file passphrase.txt',
      'DATABASE_URL=postgres://cordon@db/cordon cordon node backup --out node.tar.gz --without-keys',
    ])
      .requiredOption('--out <file>', 'file to write; it must not be there')
      .option('--config <file>', 'configuration of the node')
      .option('--passphrase-file <file>', 'file whose first line seals the keys: 16 characters or more')
      .option('--without-keys', 'leave the keys out; without them, kept elsewhere, the backup cannot be restored'),
    session,
    async ({ config: file, out, passphraseFile, withoutKeys }) => {
      if ((passphraseFile === undefined) === (withoutKeys !== true))
        throw new CordonError('backup/keys', 'whether the keys of the node go along has to be said', {
          remedy: 'Give --passphrase-file, under which they are sealed, or --without-keys and keep them elsewhere.',
        })
      const { backupNode, readConfig } = await import('../../node/index.ts')
      const passphrase = passphraseFile === undefined ? null : await passphraseIn(passphraseFile)
      const { manifest } = await backupNode(await readConfig(file ?? null, process.env), out, passphrase, new Date())
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      return {
        value: { file: out, at: manifest.at, record: manifest.record, rows, files: manifest.files.length, keys: manifest.keys },
        text: `${out}: ${counted(rows, 'row')}, ${counted(manifest.files.length, 'file')}, the record at ${count(manifest.record.size)} entries, keys ${manifest.keys}.`,
      }
    },
  )
}

/** The passphrase in a file: its first line. */
export async function passphraseIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CordonError('backup/passphrase', `the passphrase cannot be read: ${cause.message}`, {
      place: { file },
      remedy: 'Give a file that you may read.',
      cause,
    })
  })
  return (text.split('\n')[0] as string).replace(/\r$/, '')
}
