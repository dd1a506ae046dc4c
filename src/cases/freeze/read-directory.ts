import { readYaml } from '../../attribution/index.ts'
import { CordonError } from '../../chain/index.ts'
import {
  CHANNEL_KINDS,
  EXCHANGE_KINDS,
  type ExchangeChannel,
  ExchangeDirectory,
  type ExchangeEntry,
  type NotAsked,
  READ_AS,
} from './directory.ts'
import { parseSpan, type Span } from './span.ts'
import { utcMillis } from './time.ts'

const LONGEST = 2_000
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/
const URL_SHAPE = /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(\/[^\s<>"]*)?$/i
const EMAIL = /^[^\s@<>"]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i
const ENTRY_FIELDS = [
  'id',
  'name',
  'legal_name',
  'kind',
  'jurisdiction',
  'website',
  'channels',
  'asks',
  'answer_within',
  'access_within',
  'preserves_for',
  'hold_ends_after',
  'languages',
  'notes',
  'read',
]
const CHANNEL_FIELDS = ['id', 'kind', 'address', 'source', 'read_as', 'note']
const NOT_ASKED_FIELDS = ['id', 'name', 'why', 'source']

/**
 * Reads a directory of exchanges (`data/exchanges.yaml`, or an operator's own file of the same form). Strict: a channel is where a request that thieves must not see is sent to, so nothing in it is guessed.
 *
 * @param own whether the entries are the operator's
 * @throws CordonError `cases/exchanges` with file, line and field
 */
export function readExchanges(text: string, file: string, own: boolean): ExchangeDirectory {
  const yaml = parse(text, file)
  const refuse = (path: Path, what: string, remedy: string): CordonError =>
    new CordonError('cases/exchanges', `${file}: ${what}`, { place: { file, line: yaml.lineOf(path), field: path.join('.') }, remedy })
  const warning = yaml.warnings[0]
  if (warning !== undefined)
    throw new CordonError('cases/exchanges', `${file}: ${warning.text}`, {
      place: { file, line: warning.line },
      remedy: 'Write plain YAML without tags.',
    })
  const root = new Reader(yaml.value, [], refuse)
  root.only(['exchanges', 'not_asked'])
  const exchanges = root.list('exchanges').map((item) => entryOf(item, own))
  const notAsked = root.list('not_asked').map(notAskedOf)
  const seen = new Set<string>()
  for (const [key, entries] of [
    ['exchanges', exchanges],
    ['not_asked', notAsked],
  ] as const)
    for (const [i, { id }] of entries.entries()) {
      if (seen.has(id)) throw refuse([key, i, 'id'], `there are two entries ${id}`, 'Leave one.')
      seen.add(id)
    }
  return new ExchangeDirectory(exchanges, notAsked)
}

type Path = readonly (string | number)[]
type Refuse = (path: Path, what: string, remedy: string) => CordonError

function parse(text: string, file: string): ReturnType<typeof readYaml> {
  try {
    return readYaml(text, file)
  } catch (cause) {
    if (!(cause instanceof CordonError)) throw cause
    throw new CordonError('cases/exchanges', cause.message, {
      place: cause.place,
      remedy: 'See docs/freeze.md for the form of the file.',
      cause,
    })
  }
}

function entryOf(item: Reader, own: boolean): ExchangeEntry {
  item.only(ENTRY_FIELDS)
  const channels = item.list('channels').map(channelOf)
  const ids = channels.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw item.refused('channels', 'two channels have one id', 'Give each its own.')
  const jurisdiction = item.optional('jurisdiction')
  if (jurisdiction !== null && !/^[A-Z]{3}$/.test(jurisdiction))
    throw item.refused(
      'jurisdiction',
      `${JSON.stringify(jurisdiction)} is no country`,
      'Write three letters (ISO 3166-1 alpha-3), or leave it off where it is not known.',
    )
  const read = item.text('read')
  if (utcMillis(`${read}T00:00:00Z`) === null)
    throw item.refused('read', `${JSON.stringify(read)} is no day`, 'Write the day on which the sources were read, e.g. 2026-11-25.')
  return {
    id: item.shaped('id', ID, 'lower-case words with hyphens'),
    name: item.text('name'),
    legalName: item.text('legal_name'),
    kind: item.oneOf('kind', EXCHANGE_KINDS),
    jurisdiction,
    website: item.shaped('website', URL_SHAPE, 'an https address'),
    channels,
    asks: item.texts('asks'),
    windows: {
      answer: item.span('answer_within'),
      access: item.span('access_within'),
      preserves: item.span('preserves_for'),
      holdEnds: item.span('hold_ends_after'),
    },
    languages: item.texts('languages'),
    notes: item.texts('notes'),
    read,
    own,
  }
}

function channelOf(item: Reader): ExchangeChannel {
  item.only(CHANNEL_FIELDS)
  const kind = item.oneOf('kind', CHANNEL_KINDS)
  const address = item.text('address')
  if (kind === 'email' && !EMAIL.test(address))
    throw item.refused('address', `${JSON.stringify(address)} is no e-mail address`, 'Write it as the page has it.')
  if ((kind === 'portal' || kind === 'form' || kind === 'page') && !URL_SHAPE.test(address))
    throw item.refused('address', `${JSON.stringify(address)} is no https address`, 'Write the whole address, https:// included.')
  return {
    id: item.shaped('id', ID, 'lower-case words with hyphens'),
    kind,
    address,
    source: item.shaped('source', URL_SHAPE, 'an https address'),
    readAs: item.oneOf('read_as', READ_AS),
    note: item.optional('note'),
  }
}

function notAskedOf(item: Reader): NotAsked {
  item.only(NOT_ASKED_FIELDS)
  return {
    id: item.shaped('id', ID, 'lower-case words with hyphens'),
    name: item.text('name'),
    why: item.text('why'),
    source: item.shaped('source', URL_SHAPE, 'an https address'),
  }
}

/** One map of the file, and where it stands. */
class Reader {
  readonly #map: Readonly<Record<string, unknown>>
  readonly #path: Path
  readonly #refuse: Refuse

  constructor(value: unknown, path: Path, refuse: Refuse) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refuse(path, 'a map was expected', 'See docs/freeze.md for the form of the file.')
    this.#map = value as Readonly<Record<string, unknown>>
    this.#path = path
    this.#refuse = refuse
  }

  refused(field: string, what: string, remedy: string): CordonError {
    return this.#refuse([...this.#path, field], what, remedy)
  }

  only(fields: readonly string[]): void {
    for (const key of Object.keys(this.#map))
      if (!fields.includes(key))
        throw this.refused(key, `there is no field ${JSON.stringify(key.slice(0, 60))}`, `The fields are ${fields.join(', ')}.`)
  }

  optional(field: string): string | null {
    const value = this.#map[field] ?? null
    if (value === null) return null
    if (typeof value !== 'string' || value.length > LONGEST || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(value))
      throw this.refused(
        field,
        `${field} is no text, or it is too long or holds control characters`,
        `Write one line of at most ${LONGEST} characters.`,
      )
    return value
  }

  text(field: string): string {
    const value = this.optional(field)
    if (value === null || value.trim() === '') throw this.refused(field, `${field} is missing`, 'Fill it in.')
    return value
  }

  shaped(field: string, shape: RegExp, words: string): string {
    const value = this.text(field)
    if (!shape.test(value)) throw this.refused(field, `${JSON.stringify(value)} is not ${words}`, `Write ${words}.`)
    return value
  }

  oneOf<const T extends string>(field: string, values: readonly T[]): T {
    const value = this.text(field)
    const known = values.find((each) => each === value)
    if (known === undefined) throw this.refused(field, `${JSON.stringify(value)} is no ${field}`, `It is one of ${values.join(', ')}.`)
    return known
  }

  span(field: string): Span | null {
    const value = this.optional(field)
    if (value === null) return null
    const span = parseSpan(value)
    if (span === null)
      throw this.refused(
        field,
        `${JSON.stringify(value)} is no length of time`,
        'Write a number and minutes, hours, days or business days.',
      )
    return span
  }

  list(field: string): readonly Reader[] {
    return this.#items(field).map((item, i) => new Reader(item, [...this.#path, field, i], this.#refuse))
  }

  texts(field: string): readonly string[] {
    return this.#items(field).map((item, i) => new Reader({ [String(i)]: item }, [...this.#path, field], this.#refuse).text(String(i)))
  }

  #items(field: string): readonly unknown[] {
    const value = this.#map[field] ?? null
    if (value === null) return []
    if (!Array.isArray(value)) throw this.refused(field, `${field} is no list`, 'Write a list, or leave it off.')
    return value
  }
}
