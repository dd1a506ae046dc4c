import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { Session } from './command.ts'
import { auditExport } from './commands/audit-export.ts'
import { auditProof } from './commands/audit-proof.ts'
import { auditVerify } from './commands/audit-verify.ts'
import { heistsAccount } from './commands/heists-account.ts'
import { heistsList } from './commands/heists-list.ts'
import { heistsShow } from './commands/heists-show.ts'
import { ledgerAppend } from './commands/ledger-append.ts'
import { ledgerExport } from './commands/ledger-export.ts'
import { ledgerImport } from './commands/ledger-import.ts'
import { ledgerInfo } from './commands/ledger-info.ts'
import { ledgerVerify } from './commands/ledger-verify.ts'
import { listsDiff } from './commands/lists-diff.ts'
import { listsHistory } from './commands/lists-history.ts'
import { listsImport } from './commands/lists-import.ts'
import { listsStatus } from './commands/lists-status.ts'
import { nodeBackup } from './commands/node-backup.ts'
import { nodeConfig } from './commands/node-config.ts'
import { nodeRestore } from './commands/node-restore.ts'
import { nodeStart } from './commands/node-start.ts'
import { screenAgain } from './commands/screen-again.ts'
import { screenBatch } from './commands/screen-batch.ts'
import { screenDecide } from './commands/screen-decide.ts'
import { screenDecisionsVerify } from './commands/screen-decisions-verify.ts'
import { screenName } from './commands/screen-name.ts'
import { screenVessel } from './commands/screen-vessel.ts'
import { screenWalletCommand } from './commands/screen-wallet.ts'
import { simulateCommand } from './commands/simulate.ts'
import { tagsCheck } from './commands/tags-check.ts'
import { tagsClusters } from './commands/tags-clusters.ts'
import { tagsCoinJoins } from './commands/tags-coinjoins.ts'
import { tagsDeposits } from './commands/tags-deposits.ts'
import { tagsLookAlikes } from './commands/tags-look-alikes.ts'
import { trace } from './commands/trace.ts'
import { tracePeel } from './commands/trace-peel.ts'
import { traceVerify } from './commands/trace-verify.ts'

/** The whole command line. Rooms are loaded by the command that needs them, so that `--help` is instant. */
export function program(session: Session, json: boolean): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  const root = new Command('cordon')
    .description(
      'Follow stolen crypto-assets to the exchanges where they are cashed out, and screen people, bodies, ships and wallets against sanctions lists.',
    )
    .version(version)
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed or differs, 2 wrong command line, 3 input refused, 130 interrupted.

Example:
  $ cordon ledger import export/ --ledger eth
  $ cordon trace --ledger eth --seeds theft.csv --tags tags/ --out trace.json --report trace.html
  $ cordon lists import un_consolidated.xml
  $ cordon screen name 김영철`,
    )
  const ledger = new Command('ledger').description('chain data in, and what is known of it')
  for (const make of [ledgerImport, ledgerAppend, ledgerInfo, ledgerVerify, ledgerExport]) ledger.addCommand(make(session))
  const tags = new Command('tags').description('who is behind an address')
  for (const make of [tagsCheck, tagsClusters, tagsCoinJoins, tagsDeposits, tagsLookAlikes]) tags.addCommand(make(session))
  const lists = new Command('lists').description('sanctions lists in, their versions, and what was known when')
  for (const make of [listsImport, listsStatus, listsHistory, listsDiff]) lists.addCommand(make(session))
  const screening = new Command('screen').description('whether a person, body, ship or wallet is on a list, and why')
  for (const make of [screenName, screenWalletCommand, screenVessel, screenBatch, screenAgain, screenDecide])
    screening.addCommand(make(session))
  screening.addCommand(new Command('decisions').description('what was decided').addCommand(screenDecisionsVerify(session)))
  const heists = new Command('heists').description(
    'thefts attributed to the DPRK: what is claimed of each, by whom, and what became of the money',
  )
  for (const make of [heistsList, heistsShow, heistsAccount]) heists.addCommand(make(session))
  const node = new Command('node').description('a server that holds cases, decides, remembers and shares')
  for (const make of [nodeStart, nodeConfig, nodeBackup, nodeRestore]) node.addCommand(make(session))
  root.addCommand(ledger)
  root.addCommand(trace(session).addCommand(traceVerify(session)).addCommand(tracePeel(session)))
  root.addCommand(tags)
  root.addCommand(lists)
  root.addCommand(screening)
  root.addCommand(heists)
  root.addCommand(node)
  const audit = new Command('audit').description("a node's record: whether everything is as it was written")
  for (const make of [auditVerify, auditProof, auditExport]) audit.addCommand(make(session))
  root.addCommand(audit)
  root.addCommand(simulateCommand(session))
  return settle(root, session, json)
}

/** Settings that commander does not hand down to commands made apart: throw rather than exit, write to our terminal, options belong to the command they follow. */
function settle(command: Command, session: Session, json: boolean): Command {
  command
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for more)')
    .configureOutput({
      writeOut: session.terminal.out,
      // Under --json, run.ts writes the error as JSON instead.
      writeErr: (text) => {
        if (!json) session.terminal.err(text)
      },
    })
  for (const child of command.commands) settle(child, session, json)
  return command
}
