import type { Command } from 'commander'
import type { RescreenReport } from '../../screen/index.ts'
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
      const { changedEntries, readDecisions, readSuppressions, runRescreen } = await import('../../screen/index.ts')
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
