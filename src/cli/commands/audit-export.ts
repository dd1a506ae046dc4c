import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { count, counted, printable } from '../text.ts'
import { type RecordOptions, recordPolicy, withRecordOptions } from './audit-proof.ts'

/** `cordon audit export`: verifies offline that a case that was exported is as a node's record has it. */
export function auditExport(session: Session): Command {
  return perform<RecordOptions>(
    withRecordOptions(
      command('export', 'verify, without any node, that everything in the export of a case is as the record has it', [
        'cordon audit export case.json --key home/cordon-record+44e7ce34+AQ…',
      ]).argument('<file>', 'export of a case, as the node gives it'),
    ),
    session,
    async (options, [file]) => {
      const { verifyExportedCase } = await import('../../node/index.ts')
      const policy = await recordPolicy(options)
      const found = verifyExportedCase(await readFile(file as string, 'utf8'), policy)
      return {
        value: { origin: policy.origin, ...found },
        text: [
          `Verified: ${counted(found.objects.length, 'object')} of the case ${printable(found.case)} are as the record ${printable(policy.origin)} has them at ${count(found.size)} entries, cosigned by ${found.cosigned.length} witnesses.`,
          'Of each its kind, owner, label and content are proven, who wrote this version and when. Links, markings, who made the first version and who exported it are not in the record of a version.',
        ].join('\n'),
      }
    },
  )
}
