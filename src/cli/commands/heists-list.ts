import { type Command, Option } from 'commander'
import type { Heist, HeistQuestion } from '../../cases/index.ts'
import { command, perform, type Session } from '../command.ts'
import { given } from '../options.ts'
import { counted, printable, table } from '../text.ts'

interface Options {
  register?: string
  year?: string
  victim?: string
  chain?: string
  attributedBy?: string
  standing?: 'official' | 'analyst' | 'suspected'
}

/** The option of every command of `heists`. */
export function registerOption(target: Command): Command {
  return target.option('--register <file>', 'another register than the one that comes with Cordon')
}

/** `cordon heists list`: the thefts of the register. */
export function heistsList(session: Session): Command {
  return perform<Options>(
    registerOption(
      command('list', 'list thefts by date, with what they were worth by the lowest and the highest claim', [
        'cordon heists list --year 2025',
        'cordon heists list --chain eip155:1 --attributed-by FBI',
        'cordon heists list --standing official --json',
      ])
        .option('--year <year>', 'UTC year of the theft')
        .option('--victim <name>', 'part of the victim’s name or of the id')
        .option('--chain <id>', 'CAIP-2: thefts that touched this chain')
        .option('--attributed-by <name>', 'who attributed it, as the register spells the name')
        .addOption(new Option('--standing <standing>', 'how strongly it is attributed').choices(['official', 'analyst', 'suspected'])),
    ),
    session,
    async ({ register: file, ...asked }) => {
      const { contested, findHeists, formatUsd, loadRegister, seedChains, standingOf } = await import('../../cases/index.ts')
      const register = await loadRegister(...(file === undefined ? [] : [file]))
      const { year, victim, chain, attributedBy, standing } = asked
      const question: HeistQuestion = given({ year, victim, chain, attributedBy, standing })
      const found = findHeists(register, question)
      const worth = ({ usd }: Heist): string => {
        const cents = usd.map((claim) => claim.cents).sort((a, b) => (a < b ? -1 : 1))
        const [low, high] = [cents[0], cents.at(-1)]
        if (low === undefined || high === undefined) return '-'
        return low === high ? formatUsd(low) : `${formatUsd(low)} to ${formatUsd(high)}`
      }
      const rows = found.map((heist) => [
        heist.dates[0]?.when.text ?? '',
        heist.id,
        heist.victim,
        worth(heist),
        contested(heist) ?? standingOf(heist),
      ])
      return {
        value: {
          register: register.digest,
          asOf: register.asOf.text,
          heists: found.map((heist) => ({
            id: heist.id,
            victim: heist.victim,
            kind: heist.kind,
            date: heist.dates[0]?.when,
            usd: heist.usd,
            standing: standingOf(heist),
            contested: contested(heist),
            seedChains: seedChains(heist),
          })),
        },
        text: [
          ...(rows.length === 0
            ? []
            : [
                table(
                  ['date', 'id', 'victim', 'worth then', 'attribution'],
                  rows.map((row) => row.map(printable)),
                ),
                '',
              ]),
          `${counted(found.length, 'theft')} of ${register.heists.length}. Register of ${register.asOf.text}, SHA-256 ${register.digest}.`,
        ].join('\n'),
      }
    },
  )
}
