import type { Command } from 'commander'
import type { Decision, DecisionRecord } from '../../screen/index.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { readText } from '../files.ts'
import { printable } from '../text.ts'
import { DEFAULT_STORE } from './lists-import.ts'

interface Options {
  answer: string
  decision: string
  entry?: string
  by: string
  second?: string
  reason: string
  customer?: string
  expires?: string
  decisions: string
  store: string
}

export const DEFAULT_DECISIONS = 'decisions.jsonl'

/** `cordon screen decide`: what people made of an answer, in a log that shows every later change of it. */
export function screenDecide(session: Session): Command {
  return perform<Options>(
    command('decide', 'record what people made of an answer; a false positive holds until customer or entry changes', [
      'cordon screen decide --answer answer.json --decision no-hit --by "Kim Minji" --reason "nothing found" --customer C-17',
      'cordon screen decide --answer answer.json --entry us-ofac-sdn:22995 --decision false-positive --by "Kim Minji" --second "Sato Ken" --reason "born 1991 in Busan, passport seen" --customer C-17',
    ])
      .requiredOption('--answer <file>', 'the answer as --json wrote it, or one line of a batch’s answers.jsonl')
      .requiredOption('--decision <what>', 'true-match, false-positive, escalated, no-hit or undecided')
      .requiredOption('--by <name>', 'who decides')
      .requiredOption('--reason <text>', 'why')
      .option('--entry <list:id>', 'the hit that it is about')
      .option('--second <name>', 'the second person, for a true match, a high score, or papers and wallets that agree')
      .option('--customer <id>', 'the customer’s number')
      .option('--expires <day>', 'the last day on which a false positive holds')
      .option('--decisions <file>', 'the log to append to', DEFAULT_DECISIONS)
      .option('--store <dir>', 'folder of all lists, for what the entry says', DEFAULT_STORE),
    session,
    async ({ answer: file, decision, entry: named, by, second, reason, customer, expires, decisions, store }) => {
      const { DECISIONS, entryHash, parseAnswer, readVersion, recordDecision } = await import('../../screen/index.ts')
      if (!DECISIONS.includes(decision as Decision))
        throw usage(`--decision ${decision} is no decision`, `Give one of ${DECISIONS.join(', ')}.`)
      const about = named === undefined ? null : listAndId(named)
      const { customer: kept, ask, answer } = parseAnswer(await readText(file), file, about)
      if (customer !== undefined && kept !== null && customer !== kept) {
        throw usage(`the answer is customer ${kept}’s, not ${customer}’s`, 'Give the answer that belongs to --customer.')
      }
      const hit = about === null ? undefined : answer.hits.find((each) => each.list === about.list && each.entry === about.id)
      let hash: string | null = null
      if (hit !== undefined) {
        for await (const entry of readVersion(store, hit.list, hit.version)) if (entry.id === hit.entry) hash = entryHash(entry)
      }
      const record = await recordDecision(
        { file: decisions, clock: Date.now },
        {
          customer: customer ?? kept,
          ask,
          answer,
          entry: about === null ? null : { ...about, version: hit?.version ?? '', hash },
          decision: decision as Decision,
          reason,
          by,
          second: second ?? null,
          expires: expires ?? null,
        },
      )
      return { value: record, text: describe(record, decisions) }
    },
  )
}

/** `us-ofac-sdn:22995`; ids may hold colons, names of lists do not. */
function listAndId(text: string): { readonly list: string; readonly id: string } {
  const at = text.indexOf(':')
  if (at < 1 || at === text.length - 1)
    throw usage(`--entry ${text} is no LIST:ID`, 'Give it as the answer has it, e.g. us-ofac-sdn:22995.')
  return { list: text.slice(0, at), id: text.slice(at + 1) }
}

function describe({ record, time, decision, entry, customer, hash, setAside }: DecisionRecord, file: string): string {
  const what = entry === null ? '' : ` on ${entry.list}:${entry.id}`
  const holds = decision === 'false-positive' && (customer === null || entry?.hash == null)
  return [
    `Record ${record} of ${file}, ${time}: ${decision}${what}${customer === null ? '' : ` for customer ${customer}`}`,
    `sha-256 ${hash} (keep it elsewhere: it proves the log as of now)`,
    ...(holds ? [`It holds nothing back: ${customer === null ? 'no customer is named' : 'the entry is not in the store'}.`] : []),
    ...(setAside === null ? [] : [`${setAside.bytes} bytes of an append that was killed were set aside in ${setAside.file}.`]),
  ]
    .map(printable)
    .join('\n')
}
