import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import type { RescreenReport, Screened, Screener } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { type ScreeningOptions, screenerOf, screeningOptions, settingOf } from '../screening.ts'
import { count, facts, printable } from '../text.ts'

interface Options extends ScreeningOptions {
  out: string
  decisions?: string
  anew?: boolean
}

/** `cordon screen again`: earlier customers against the lists as they are now. */
export function screenAgain(session: Session): Command {
  return perform<Options>(
    screeningOptions(
      command('again', 'ask all questions of an earlier batch again, and say who would be found now, who not any more, and why', [
        'cordon screen again results/answers.jsonl --out again',
        'cordon screen again results/answers.jsonl --out again --decisions decisions.jsonl --json | jq .totals',
      ])
        .argument('<file>', 'answers.jsonl of a batch, or decisions.jsonl')
        .requiredOption('--out <dir>', 'folder for changes.jsonl and the answers of now; a run that was stopped is gone on with'),
    )
      .option('--decisions <file>', 'decisions.jsonl: false positives in it that still hold do not alert again')
      .option('--anew', 'take an earlier run’s output away and begin anew'),
    session,
    async (options, [before], work) => {
      const { readDecisions, readSuppressions, runRescreen } = await import('../../screen/index.ts')
      const { out, decisions, anew, store } = options
      const suppress = decisions === undefined ? null : await readSuppressions(readDecisions(decisions))
      if (suppress?.version === null)
        throw usage(`${decisions} holds no decisions`, 'Name a log that `cordon screen decide` wrote, or leave it off.')
      const screener = await screenerOf(options)
      const setting = settingOf(options)
      const changed = await changedEntries(before as string, store, screener)
      const report = await runRescreen({
        before: before as string,
        screener,
        out,
        clock: Date.now,
        anew: anew ?? false,
        ...(changed && { changed }),
        ...(Object.keys(setting).length > 0 && { setting }),
        ...(suppress && { suppress }),
        ...work,
      })
      return { value: { out, ...report }, text: describe(out, report) }
    },
  )
}

/** Entries that differ between the versions of the first answer and those of now; null where the store does not have both any more. */
async function changedEntries(before: string, store: string, { lists }: Screener): Promise<readonly string[] | null> {
  const { diffVersions } = await import('../../screen/index.ts')
  const changed: string[] = []
  for (const { list, version } of await listsBefore(before)) {
    const now = lists.find((each) => each.list === list)
    if (now === undefined || now.version === version) continue
    try {
      const { added, removed, changed: other } = await diffVersions(store, list, version, now.version)
      for (const { id } of [...added, ...removed, ...other]) changed.push(`${list}:${id}`)
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'list/no-version') return null
      throw error
    }
  }
  return changed
}

/** The lists of the first line; what is no line of answers is told by the screening itself, with its place. */
async function listsBefore(file: string): Promise<readonly { readonly list: string; readonly version: string }[]> {
  const stream = createReadStream(file, 'utf8')
  try {
    for await (const line of createInterface({ input: stream })) {
      const { asks, answer } = JSON.parse(line) as Partial<Screened> & { answer?: Screened['asks'][number]['answer'] }
      return (answer ?? asks?.[0]?.answer)?.lists ?? []
    }
  } catch {
    // Told by the screening itself.
  } finally {
    stream.destroy()
  }
  return []
}

function describe(out: string, { at, matcher, lists, totals, resumedAt }: RescreenReport): string {
  const { changes } = totals
  return [
    printable(
      `Screened ${count(totals.subjects)} customers again as of ${at} by ${matcher}${resumedAt === 0 ? '' : `; the first ${count(resumedAt)} by an earlier run`}`,
    ),
    printable(`against ${lists.map(({ list, version }) => `${list} ${version}`).join(', ')}`),
    facts([
      ['differing', `${count(totals.differing)} customers`],
      ['new hits', count(changes['new-hit'])],
      ['hits that are gone', count(changes['gone-hit'])],
      ['alerts that came or went', count(changes['alert-changed'])],
      ['other scores', count(changes['score-changed'])],
      ['decisions that lapsed', count(changes['suppression-lapsed'])],
    ]),
    printable(`Each is told in ${out}/changes.jsonl; ${out}/answers.jsonl holds the answers of now.`),
  ].join('\n')
}
