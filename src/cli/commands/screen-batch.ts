import type { Command } from 'commander'
import type { BatchReport } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { EXIT, usage } from '../exit.ts'
import { type ScreeningOptions, screenerOf, screeningOptions, settingOf } from '../screening.ts'
import { count, facts, printable } from '../text.ts'

interface Options extends ScreeningOptions {
  out: string
  map?: string[]
  decisions?: string
  anew?: boolean
}

/** `cordon screen batch`: a file of customers or payments against the lists. */
export function screenBatch(session: Session): Command {
  return perform<Options>(
    screeningOptions(
      command('batch', 'screen a file of customers or payments (CSV, JSON lines, Parquet, IVMS101): results with reasons, resumable', [
        'cordon screen batch customers.csv --out results',
        'cordon screen batch customers.csv --out results --map name=Kundenname --map wallet=Adresse1',
        'cordon screen batch transfers.jsonl --out results --list us-ofac-sdn un-sc --decisions decisions.jsonl --json',
      ])
        .argument('<file>', 'CSV with a header, JSON lines or a JSON document, Parquet')
        .requiredOption('--out <dir>', 'folder for answers.jsonl, summary.csv and refused.jsonl; a run that was stopped is gone on with'),
    )
      .option('--map <field=column...>', 'which column stands for what, where its name does not tell')
      .option('--decisions <file>', 'decisions.jsonl: false positives in it that still hold do not alert again')
      .option('--anew', 'take an earlier run’s output away and begin anew'),
    session,
    async (options, [input], work) => {
      const { BATCH_FIELDS, readDecisions, readSuppressions, runBatch } = await import('../../screen/index.ts')
      const { out, map, decisions, anew, language } = options
      const columns = mapped(map ?? [], BATCH_FIELDS)
      const suppress = decisions === undefined ? null : await readSuppressions(readDecisions(decisions))
      if (suppress?.version === null)
        throw usage(`${decisions} holds no decisions`, 'Name a log that `cordon screen decide` wrote, or leave it off.')
      const report = await runBatch({
        input: input as string,
        screener: await screenerOf(options),
        out,
        clock: Date.now,
        map: columns,
        setting: settingOf(options),
        language,
        anew: anew ?? false,
        ...(suppress && { suppress }),
        ...work,
      })
      const { refusedRows, refusedAsks, incomplete } = report.totals
      return {
        value: { out, ...report },
        text: describe(out, report),
        // Somebody was not wholly screened: a script must not read that as done.
        exit: refusedRows + refusedAsks + incomplete === 0 ? EXIT.ok : EXIT.failed,
      }
    },
  )
}

function mapped<F extends string>(pairs: readonly string[], fields: readonly F[]): Partial<Record<F, string[]>> {
  const map: Partial<Record<F, string[]>> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const field = pair.slice(0, at) as F
    const column = pair.slice(at + 1)
    if (at < 1 || column === '' || !fields.includes(field))
      throw usage(`--map ${pair} is no FIELD=COLUMN`, `FIELD is one of ${fields.join(', ')}.`)
    map[field] = [...(map[field] ?? []), column]
  }
  return map
}

function describe(out: string, { at, matcher, lists, totals, resumedAt }: BatchReport): string {
  const parts = [
    `Screened ${count(totals.rows)} rows as of ${at} by ${matcher}${resumedAt === 0 ? '' : `; the first ${count(resumedAt)} by an earlier run`}`,
    `against ${lists.map(({ list, version }) => `${list} ${version}`).join(', ')}`,
    facts([
      ['with hits', `${count(totals.withHits)} of ${count(totals.subjects)} (${count(totals.hits)} hits, ${count(totals.alerts)} alerts)`],
      ['held by decisions', count(totals.suppressed)],
      ['no potential match', count(totals.clean)],
      ['not wholly screened', count(totals.incomplete)],
      ['rows refused', count(totals.refusedRows)],
      ['questions refused', count(totals.refusedAsks)],
      ['fields not understood', count(totals.refusedFields)],
      ['columns not looked at', totals.unused.slice(0, 20).join(', ') || 'none'],
    ]),
    `Results are in ${out}: summary.csv, answers.jsonl${totals.refusedRows + totals.refusedAsks + totals.refusedFields > 0 ? ', and what was not looked at in refused.jsonl' : ''}`,
  ]
  return parts.map((part) => (part.includes('\n') ? part : printable(part))).join('\n')
}
