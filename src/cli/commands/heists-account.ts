import { type Command, Option } from 'commander'
import type { Basis } from '../../cases/index.ts'
import { command, perform, type Session } from '../command.ts'
import { registerOption } from './heists-list.ts'

interface Options {
  register?: string
  policy: Basis['kind']
  by?: string
  year?: string
}

/** `cordon heists account`: what was stolen and what became of it, by year. */
export function heistsAccount(session: Session): Command {
  return perform<Options>(
    registerOption(
      command('account', 'add up what was stolen, laundered, frozen, recovered and held, by year; and name the record years', [
        'cordon heists account',
        'cordon heists account --policy highest --year 2025',
        'cordon heists account --policy publisher --by Elliptic --json',
      ])
        .addOption(
          new Option('--policy <policy>', 'which claims count: the lowest or the highest of each theft, or one publisher’s')
            .choices(['lowest', 'highest', 'publisher'])
            .default('lowest'),
        )
        .option('--by <publisher>', 'with --policy publisher: as the register spells the name')
        .option('--year <year>', 'thefts of one UTC year'),
    ),
    session,
    async ({ register: file, policy, by, year }) => {
      const {
        accountJson,
        accountOf,
        basisAsked,
        describeAccount,
        describeHoldings,
        describeRecordYears,
        loadRegister,
        recordYears,
        registerOfYear,
      } = await import('../../cases/index.ts')
      const register = await loadRegister(...(file === undefined ? [] : [file]))
      const basis = basisAsked(register, policy, by)
      const account = accountOf(year === undefined ? register : registerOfYear(register, year), basis)
      const records = recordYears(register)
      return {
        value: { account: accountJson(account), recordYears: records, holdings: register.holdings },
        text: [
          describeAccount(account).trimEnd(),
          '',
          'Record years by source:',
          describeRecordYears(records),
          ...(register.holdings.length === 0
            ? []
            : ['', 'Found in the hands of the DPRK, whichever theft it came from:', describeHoldings(register)]),
        ].join('\n'),
      }
    },
  )
}
