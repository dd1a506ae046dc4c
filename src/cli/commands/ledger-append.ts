import type { Command } from 'commander'
import { command, perform, type Session } from '../command.ts'
import { importOutcome, reading, readingOptions } from './ledger-import.ts'

interface Options {
  ledger: string
  chain?: string
  genesis?: boolean
  refuseLimit?: number
  memory?: number
  height?: number
  fromHeight?: number
  toHeight?: number
  cookieFile?: string
}

/** `cordon ledger append`: newer blocks come after those that the ledger has. */
export function ledgerAppend(session: Session): Command {
  return perform<Options>(
    reading(
      command('append', 'add newer blocks to a ledger without reading the old ones again', [
        'cordon ledger append token_transfers_today.csv --ledger eth',
        'cordon ledger append 2026-11-23/ --ledger eth --json',
        'cordon ledger append http://127.0.0.1:8332 --cookie-file ~/.bitcoin/.cookie --ledger btc',
      ]),
    ),
    session,
    async (options, [paths], work) => {
      const { appendAny } = await import('../../ledger/index.ts')
      return importOutcome(await appendAny({ ...readingOptions(paths as string[], options), ...work }))
    },
  )
}
