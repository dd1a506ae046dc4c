import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { LogPolicy } from '../../share/index.ts'
import { command, perform, type Session } from '../command.ts'
import { printable } from '../text.ts'

/** Whose record something is to be in. */
export interface RecordOptions {
  key: string
  witness?: string[]
  quorum?: string
}

/** `cordon audit proof`: verifies offline that something is in a node's record. */
export function auditProof(session: Session): Command {
  return perform<RecordOptions>(
    withRecordOptions(
      command('proof', 'verify, without any node, that an entry is in the record of one', [
        'cordon audit proof proof.json --key home/cordon-record+44e7ce34+AQ…',
        'cordon audit proof proof.json --key … --witness seoul… tokyo… --quorum 2',
      ]).argument('<file>', 'proof, as the node gives it'),
    ),
    session,
    async (options, [file]) => {
      const { verifyBundle } = await import('../../share/index.ts')
      const { entry, index, checkpoint, cosigned } = verifyBundle(await readFile(file as string, 'utf8'), await recordPolicy(options))
      const text = Buffer.from(entry).toString('utf8')
      return {
        value: { index, size: checkpoint.size, origin: checkpoint.origin, cosigned, entry: JSON.parse(text) },
        text: `Verified: entry ${index} of ${checkpoint.size} in the record ${printable(checkpoint.origin)}, cosigned by ${cosigned.length} witnesses:\n${printable(text)}`,
      }
    },
  )
}

/** The options by which a record is known, on a command that checks against one. */
export function withRecordOptions(target: Command): Command {
  return target
    .requiredOption('--key <key>', "the record's verifier key")
    .option('--witness <key...>', 'verifier keys of witnesses')
    .option('--quorum <n>', 'witnesses that must have cosigned (default all)')
}

/** The record that these options name, as a policy. */
export async function recordPolicy({ key, witness = [], quorum }: RecordOptions): Promise<LogPolicy> {
  const { parseVerifierKey } = await import('../../share/index.ts')
  const log = parseVerifierKey(key)
  const witnesses = witness.map(parseVerifierKey)
  return { origin: log.name, logKeys: [log], witnesses, quorum: quorum === undefined ? witnesses.length : Number(quorum) }
}
