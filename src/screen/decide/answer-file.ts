import { CordonError } from '../../chain/index.ts'
import type { ScreenAnswer } from '../match/answer.ts'
import type { Answered, Ask } from './ask.ts'

/** An answer that somebody kept, with its question and, from a batch, its customer. */
export interface KeptAnswer extends Answered {
  readonly customer: string | null
}

/**
 * Reads an answer that a person decides on: a `ScreenAnswer`, or a line of a batch's `answers.jsonl`, of which the answer with the entry is taken (the first one where no entry is asked for).
 *
 * @param entry `{list, id}` of the hit to be decided, or null
 * @throws CordonError `screen/not-an-answer`
 */
export function parseAnswer(text: string, file: string, entry: { readonly list: string; readonly id: string } | null): KeptAnswer {
  let value: unknown
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (cause) {
    throw notAnAnswer(file, `it is no JSON: ${(cause as Error).message}`, '')
  }
  const batch = value as { customer?: unknown; asks?: unknown } | null
  if (!Array.isArray(batch?.asks)) {
    const answer = checked(value, file, '')
    return { customer: null, ask: askOf(value, answer), answer }
  }
  const answers = batch.asks.map((part: unknown, at): Answered => {
    const { ask, answer } = (part ?? {}) as { ask?: unknown; answer?: unknown }
    const about = (ask as { about?: unknown } | null | undefined)?.about
    if (about !== 'name' && about !== 'wallet' && about !== 'vessel')
      throw notAnAnswer(file, 'it does not say what was asked', `asks[${at}].ask`)
    return { ask: ask as Ask, answer: checked(answer, file, `asks[${at}].answer`) }
  })
  const chosen =
    entry === null ? answers[0] : answers.find(({ answer }) => answer.hits.some((hit) => hit.list === entry.list && hit.entry === entry.id))
  if (chosen === undefined)
    throw notAnAnswer(file, entry === null ? 'it holds no answer' : `none of its answers has a hit on ${entry.list}:${entry.id}`, 'asks')
  return { ...chosen, customer: typeof batch.customer === 'string' ? batch.customer : null }
}

/** `cordon screen … --json` may give the question beside the answer; the query stands for it otherwise. */
function askOf(value: unknown, answer: ScreenAnswer): Ask {
  const ask = (value as { ask?: Ask }).ask
  return ask?.about === 'name' || ask?.about === 'wallet' || ask?.about === 'vessel' ? ask : { about: 'name', query: answer.query }
}

function checked(value: unknown, file: string, field: string): ScreenAnswer {
  const answer = value as Partial<ScreenAnswer> | null
  const need = (holds: boolean, name: string, what: string) => {
    if (!holds) throw notAnAnswer(file, `${name} ${what}`, field === '' ? name : `${field}.${name}`)
  }
  need(typeof answer === 'object' && answer !== null, 'the answer', 'must be an object')
  const { query, at, matcher, setting, lists, outcome, hits, notes } = answer as Partial<ScreenAnswer>
  need(typeof query?.name === 'string', 'query', 'must be a query with a name')
  need(typeof at === 'string' && !Number.isNaN(Date.parse(at)), 'at', 'must be a time')
  need(typeof matcher === 'string' && /^cordon-\d+$/.test(matcher), 'matcher', 'must name the matcher')
  need(typeof setting === 'object' && setting !== null, 'setting', 'must be an object')
  need(
    Array.isArray(lists) && lists.every((list) => typeof list?.list === 'string' && typeof list.version === 'string'),
    'lists',
    'must name lists and versions',
  )
  need(
    outcome === 'potential-match' || outcome === 'no-potential-match' || outcome === 'not-screened',
    'outcome',
    'must be potential-match, no-potential-match or not-screened',
  )
  need(Array.isArray(notes), 'notes', 'must be a list')
  const whole =
    Array.isArray(hits) &&
    hits.every(
      (hit) =>
        typeof hit?.list === 'string' &&
        typeof hit.entry === 'string' &&
        typeof hit.version === 'string' &&
        Number.isFinite(hit.score) &&
        Array.isArray(hit.reasons),
    )
  need(whole, 'hits', 'must be hits with list, version, entry, score and reasons')
  return answer as ScreenAnswer
}

function notAnAnswer(file: string, what: string, field: string): CordonError {
  return new CordonError('screen/not-an-answer', `${file} is no answer: ${what}`, {
    place: field === '' ? { file } : { file, field },
    remedy: 'Give what `cordon screen name --json` wrote, or one line of a batch’s answers.jsonl, unchanged.',
  })
}
