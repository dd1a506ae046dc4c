import { type Label, labelAtBirth } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import type { Config } from '../config/index.ts'

/**
 * The label that a caller gives to what he makes; nothing said is originator only. Organisations must exist here and nations be configured; caveats are those that he himself was read into.
 *
 * @throws CordonError `release/bad-label`
 */
export async function labelGiven({ tx, caller, now }: Ask, config: Config, given: unknown): Promise<Label> {
  const organisations = await tx.query<{ code: string }>('select code from organisation')
  return labelAtBirth(
    given,
    caller.organisation,
    {
      nations: new Set(config.release.nations),
      organisations: new Set(organisations.map(({ code }) => code)),
      caveats: new Set(caller.caveats),
    },
    now,
  )
}
