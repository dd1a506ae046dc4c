import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { count, table } from '../text.ts'

/** `cordon ledger verify`: every content hash and every order once more. */
export function ledgerVerify(session: Session): Command {
  return perform<{ ledger: string }>(
    command('verify', 'read a whole ledger and compare it with its manifest', ['cordon ledger verify --ledger eth']).requiredOption(
      '--ledger <dir>',
      'directory of the ledger',
    ),
    session,
    async ({ ledger }, _operands, work) => {
      const { verifyAnyLedger } = await import('../../ledger/index.ts')
      const report = await verifyAnyLedger(ledger, work)
      const { sound, problems, manifest, files, bytes } = report
      return {
        value: { sound, hash: manifest.hash, files, bytes, problems },
        text: sound
          ? `${ledger} is sound: ${count(files)} files, ${count(bytes)} bytes, hash ${manifest.hash}`
          : `${ledger} is not sound:\n${table(
              ['file', 'problem'],
              problems.map((problem) => [problem.file, problem.what]),
            )}`,
        exit: sound ? EXIT.ok : EXIT.failed,
      }
    },
  )
}
