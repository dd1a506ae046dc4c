import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { printable } from '../text.ts'
import { DEFAULT_STORE } from './lists-import.ts'

/** `cordon lists diff`: what changed from one version of a list to another. */
export function listsDiff(session: Session): Command {
  return perform<{ store: string }>(
    command('diff', 'say what changed from one version of a list to another: entries added, removed, changed', [
      'cordon lists diff un-sc',
      'cordon lists diff us-ofac-sdn 2024-05-03-0123456789abcdef',
      'cordon lists diff us-ofac-sdn 2024-05-03-0123456789abcdef 2024-05-10-fedcba9876543210 --json',
    ])
      .argument('<list>', 'the list')
      .argument('[from]', 'the older version (default the one in service before)')
      .argument('[to]', 'the newer version (default the one in service)')
      .option('--store <dir>', 'folder of all lists', DEFAULT_STORE),
    session,
    async ({ store }, operands) => {
      const { describeDifference, diffVersions, listEvents } = await import('../../screen/index.ts')
      const [list, from, to] = operands as [string, string | undefined, string | undefined]
      const served = (await listEvents(store, list)).flatMap((event) => (event.kind === 'imported' ? [event] : []))
      const newest = served.at(-1)
      const before = from ?? newest?.replaces
      if (newest === undefined || before == null) {
        throw usage(
          `${list} has ${newest === undefined ? 'no version' : 'one version only'} in ${store}`,
          'import the list, and later a newer one',
        )
      }
      const difference = await diffVersions(store, list, before, to ?? newest.version)
      return { value: difference, text: describeDifference(difference).map(printable).join('\n') }
    },
  )
}
