import type { Command } from 'commander'
import type { DecisionsReport } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { count, printable } from '../text.ts'

/** `cordon screen decisions verify`: whether a log of decisions is as it was written. */
export function screenDecisionsVerify(session: Session): Command {
  return perform<object>(
    command('verify', 'check a log of decisions from the first byte to the last, and name each line that was changed, moved or taken out', [
      'cordon screen decisions verify decisions.jsonl',
      'cordon screen decisions verify decisions.jsonl --json | jq .faults',
    ]).argument('<file>', 'decisions.jsonl'),
    session,
    async (_options, [file]) => {
      const { verifyDecisions } = await import('../../screen/index.ts')
      const report = await verifyDecisions(file as string)
      return { value: report, text: describe(report), exit: report.sound ? EXIT.ok : EXIT.failed }
    },
  )
}

function describe({ file, sound, records, last, faults, torn, headBehind }: DecisionsReport): string {
  const lines = [
    sound ? `${file}: ${count(records)} records, each as it was written` : `${file}: not as it was written`,
    ...faults.map(({ what }) => `- ${what}`),
    ...(last === null ? [] : [`last record sha-256 ${last}`]),
    ...(torn === null
      ? []
      : [`${count(torn.bytes)} bytes behind the last record: an append that is running or was killed; they are no record`]),
    ...(headBehind && sound ? ['the last record was written by an append that was killed right after it, or is running: it counts'] : []),
  ]
  return lines.map(printable).join('\n')
}
