import type { Command } from 'commander'
import type { ListStatus, StoreReport } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { EXIT } from '../exit.ts'
import { given, wholeNumber } from '../options.ts'
import { count, counted, printable, table } from '../text.ts'
import { DEFAULT_STORE } from './lists-import.ts'

interface Options {
  store: string
  at?: string
  maxAge?: number
  verify?: boolean
}

/** `cordon lists status`: which version of each list is in service, how old it is, and what is wrong. */
export function listsStatus(session: Session): Command {
  return perform<Options>(
    command('status', 'say which version of each list is in service, how old it is, and what is wrong with it', [
      'cordon lists status',
      'cordon lists status us-ofac-sdn un-sc --max-age 2',
      'cordon lists status --at 2024-05-03T10:00:00Z --json',
      'cordon lists status --verify',
    ])
      .argument('[list...]', 'lists to tell of (default all that were ever imported)')
      .option('--store <dir>', 'folder of all lists', DEFAULT_STORE)
      .option('--at <time>', 'how it was at a time, or at the end of a day (default now)')
      .option('--max-age <days>', 'days after which any list is stale (default: each list its own)', wholeNumber(0))
      .option('--verify', 'compare every file of the store with its hash'),
    session,
    async ({ store, at, maxAge, verify }, [lists]) => {
      const { listStatus, verifyStore } = await import('../../screen/index.ts')
      const named = lists as string[]
      const statuses = await listStatus({
        store,
        at: at ?? new Date().toISOString(),
        ...given({ maxAgeDays: maxAge }),
        ...(named.length > 0 && { lists: named }),
      })
      const report = verify ? await verifyStore(store) : null
      const found = [...statuses.map(describe), ...(report === null ? [] : [verified(report)])]
      const sound = (report?.sound ?? true) && statuses.every(({ alarms }) => alarms.every(({ code }) => code !== 'corrupt'))
      return {
        value: { lists: statuses, verification: report },
        text: statuses.length === 0 ? `No list was ever imported into ${store}.` : [overview(statuses), ...found].join('\n\n'),
        exit: sound ? EXIT.ok : EXIT.failed,
      }
    },
  )
}

function overview(statuses: readonly ListStatus[]): string {
  const rows = statuses.map(({ list, inService, alarms }) => [
    list,
    inService?.version ?? 'none',
    inService?.published?.slice(0, 10) ?? '-',
    inService?.confirmed.slice(0, 10) ?? '-',
    inService === null ? '-' : count(Math.floor(inService.age.seconds / 86_400)),
    inService === null ? '-' : count(inService.counts.entries),
    alarms.map(({ code }) => code).join(', ') || 'none',
  ])
  return table(['list', 'in service', 'published', 'confirmed', 'days', 'entries', 'alarms'], rows, [4, 5])
}

function describe({ list, title, authority, inService, lastRefusal, head, events, versions, alarms }: ListStatus): string {
  const lines = [`${list}: ${title}${authority === null ? '' : ` (${authority})`}`]
  if (inService !== null) {
    const { version, imported, by, confirmed, age, maxAge, counts, kinds, notes, sha256, format } = inService
    const parts = Object.entries(kinds).flatMap(([kind, n]) => (n === 0 ? [] : [`${count(n)} ${kind}`]))
    lines.push(
      `  version ${version} (${format}), imported ${imported} by ${by}`,
      `  last confirmed ${confirmed}: age ${age.iso}, stale after ${maxAge.iso}`,
      `  ${count(counts.entries)} entries (${parts.join(', ')}), ${count(counts.names)} names, ${count(counts.wallets)} wallets, ${count(counts.identifiers)} identifiers`,
      `  ${count(notes.total)} notes, of which ${count(notes.refused)} refusals of rows`,
      `  entries sha-256 ${sha256}`,
    )
  }
  lines.push(`  ${counted(versions, 'version')}, ${counted(events, 'event')}${head === null ? '' : `, log sha-256 ${head}`}`)
  if (lastRefusal !== null)
    lines.push(`  last refusal ${lastRefusal.time} by ${lastRefusal.by}: ${lastRefusal.refusals.map(({ code }) => code).join(', ')}`)
  lines.push(...alarms.map(({ code, message }) => `  ALARM ${code}: ${message}`))
  return lines.map(printable).join('\n')
}

function verified({ sound, lists, versions, files, problems, leftovers }: StoreReport): string {
  const what = `${count(files)} files of ${count(versions)} versions of ${count(lists)} lists`
  const parts = [sound ? `Verified: ${what} are as they were written.` : `Differs: of ${what} these are not as they were written.`]
  if (!sound)
    parts.push(
      table(
        ['file', 'what'],
        problems.map(({ file, what: why }) => [file, why]),
      ),
    )
  if (leftovers.length > 0)
    parts.push(`Left by imports that run or were killed, and part of nothing:\n${leftovers.map(printable).join('\n')}`)
  return parts.join('\n\n')
}
