import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { type ScreeningOptions, screenerOf, screeningOptions, screeningOutcome, settingOf } from '../screening.ts'

interface Options extends ScreeningOptions {
  imo?: string
  mmsi?: string
  callSign?: string
  name?: string
  flag?: string
}

/** `cordon screen vessel`: looks for a ship by number, call sign and name. */
export function screenVessel(session: Session): Command {
  return perform<Options>(
    screeningOptions(
      command('vessel', 'look for a ship by IMO number, MMSI, call sign and name together', [
        'cordon screen vessel --imo 8132835',
        'cordon screen vessel --name "Am Nok Gang" --flag KP',
      ])
        .option('--imo <number>', 'IMO ship number; a company’s IMO number is never a ship')
        .option('--mmsi <number>', 'Maritime Mobile Service Identity')
        .option('--call-sign <sign>', 'radio call sign')
        .option('--name <name>', 'name of the ship, present or former')
        .option('--flag <code>', 'flag, as ISO code or name'),
    ),
    session,
    async (options) => {
      const { listedCountry } = await import('../../screen/index.ts')
      const { imo, mmsi, callSign, name } = options
      if ([imo, mmsi, callSign, name].every((value) => value === undefined))
        throw usage('nothing tells which ship is meant', 'Give --imo, --mmsi, --call-sign or --name.')
      const flag = options.flag === undefined ? null : listedCountry(options.flag).code
      if (options.flag !== undefined && flag === null)
        throw usage(`${options.flag} is no flag that we know`, 'Write its ISO 3166-1 code, e.g. --flag KP.')
      const screener = await screenerOf(options)
      const query = { imo: imo ?? null, mmsi: mmsi ?? null, callSign: callSign ?? null, name: name ?? null, flag }
      const answer = screener.vessel(query, settingOf(options))
      return screeningOutcome({ ask: { about: 'vessel', query }, answer }, options.language)
    },
  )
}
