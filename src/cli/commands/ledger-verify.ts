import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'

/** `cordon ledger verify`: every content hash and every order once more. */
export function ledgerVerify(session: Session): Command {
  return perform<{ ledger: string }>(
    command('verify', 'read a whole ledger and compare it with its manifest', ['cordon ledger verify --ledger eth']).requiredOption(
      '--ledger <dir>',
      'directory of the ledger',
    ),
    session,
    async ({ ledger }, _operands, work) => {
      const { verifyLedger } = await import('../../ledger/index.ts')
      const report = await verifyLedger(ledger, work)
      const text = report.ok
        ? `${ledger} is whole: hash ${report.hash}`
        : `${ledger} differs from its manifest:\n${report.problems.map((p) => `- ${p}`).join('\n')}`
      return { value: report, text, exit: report.ok ? EXIT.ok : EXIT.failed }
    },
  )
}
