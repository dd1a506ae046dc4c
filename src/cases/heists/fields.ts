import { readYaml } from '../../attribution/index.ts'
import { CordonError } from '../../chain/index.ts'
import { parseUsd } from './usd.ts'
import { parseWhen, type When } from './when.ts'

type YamlFile = ReturnType<typeof readYaml>
type Value = YamlFile['value']
type Step = string | number

/** A place in the file: the value there and the way to it. `owner` is the entry that it belongs to, for messages. */
export type Field = {
  readonly document: YamlFile
  readonly file: string
  readonly value: Value
  readonly path: readonly Step[]
  readonly owner: string
}

const MAX_TEXT = 2_000
const MAX_LIST = 5_000
/** Control characters, and characters that turn the direction of text or do not show. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

/** Opens a file of the register as its topmost field. Throws as `readYaml`, and `cases/bad-heists` for odd YAML (tags). */
export function openFile(text: string, file: string): Field {
  const document = readYaml(text, file)
  const root: Field = { document, file, value: document.value, path: [], owner: 'the file' }
  const [warning] = document.warnings
  if (warning !== undefined) {
    throw new CordonError('cases/bad-heists', `${file}: ${warning.text}`, {
      place: { file, line: warning.line },
      remedy: 'Write plain YAML, without tags.',
    })
  }
  return root
}

/** Refuses a field, with file, line, entry and what to do. */
export function refuse(field: Field, what: string, remedy: string): never {
  const name = field.path.reduce<string>(
    (all, step) => (typeof step === 'number' ? `${all}[${step}]` : all === '' ? step : `${all}.${step}`),
    '',
  )
  throw new CordonError('cases/bad-heists', `${field.file}, ${field.owner}: ${name === '' ? 'the content' : name} ${what}`, {
    place: { file: field.file, line: field.document.lineOf(field.path), field: name },
    remedy,
  })
}

/** The fields of a mapping, none unknown and none of `required` missing. */
export function mapping(field: Field, required: readonly string[], optional: readonly string[] = []): (key: string) => Field {
  const { value } = field
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(field, 'is not a mapping', 'Write it as `key: value`.')
  const map = value as { readonly [key: string]: Value }
  for (const key of Object.keys(map)) {
    if (!required.includes(key) && !optional.includes(key)) {
      refuse(child(field, key, null), 'is not a field that the register knows', `Fields here: ${[...required, ...optional].join(', ')}.`)
    }
  }
  for (const key of required) if (map[key] === undefined || map[key] === null) refuse(field, `lacks ${key}`, `Add ${key}.`)
  return (key) => child(field, key, map[key] ?? null)
}

function child(field: Field, step: Step, value: Value): Field {
  return { ...field, value, path: [...field.path, step] }
}

/** The same place under another entry's name. */
export function owned(field: Field, owner: string): Field {
  return { ...field, owner }
}

/** The items of a list; an absent list has none. */
export function items(field: Field): Field[] {
  if (field.value === null) return []
  if (!Array.isArray(field.value)) refuse(field, 'is not a list', 'Write each item after a dash.')
  const list = field.value as readonly Value[]
  if (list.length > MAX_LIST) refuse(field, `has ${list.length} items`, `At most ${MAX_LIST}.`)
  return list.map((value, i) => child(field, i, value))
}

/** A text in one line that says something. */
export function text(field: Field): string {
  const { value } = field
  if (typeof value !== 'string' || value.trim() === '') return refuse(field, 'is empty or not a text', 'Write a text.')
  const line = value.trim().replace(/\s*\n\s*/g, ' ')
  if (line.length > MAX_TEXT) return refuse(field, `is longer than ${MAX_TEXT} characters`, 'Shorten it.')
  if (UNSEEN.test(line)) return refuse(field, 'has characters that do not show', 'Remove control and direction characters.')
  return line
}

/** As `text`, or null where the field is absent. */
export function optionalText(field: Field): string | null {
  return field.value === null ? null : text(field)
}

export function oneOf<T extends string>(field: Field, allowed: readonly T[]): T {
  const given = text(field)
  const found = allowed.find((each) => each === given)
  return found ?? refuse(field, `is "${given.slice(0, 60)}"`, `One of: ${allowed.join(', ')}.`)
}

export function when(field: Field): When {
  const given = text(field)
  return (
    parseWhen(given) ??
    refuse(field, `is "${given.slice(0, 60)}", not a date`, 'Write what is known, in UTC: 2024, 2024-05, 2024-05-31 or 2024-05-31T04:26Z.')
  )
}

export function optionalWhen(field: Field): When | null {
  return field.value === null ? null : when(field)
}

export function usd(field: Field): bigint {
  const given = text(field)
  return (
    parseUsd(given) ??
    refuse(field, `is "${given.slice(0, 60)}", not an amount in dollars`, 'Write digits only, with two decimals or none: 234337668.88.')
  )
}

const AMOUNT = /^(?:0|[1-9]\d{0,29})(?:\.\d{1,18})?$/

/** An amount in displayed units; more than nothing. */
export function amount(field: Field): string {
  const given = text(field)
  if (AMOUNT.test(given) && /[1-9]/.test(given)) return given
  return refuse(field, `is "${given.slice(0, 60)}", not an amount`, 'Write digits with a point for decimals, no separators, no unit.')
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

export function identifier(field: Field): string {
  const given = text(field)
  return ID.test(given) && given.length <= 80
    ? given
    : refuse(field, `is "${given.slice(0, 90)}"`, 'Lower-case letters and digits with single dashes, 80 at most.')
}

export function webAddress(field: Field): string {
  const given = text(field)
  if (!URL.canParse(given)) return refuse(field, 'is not a web address', 'Write the whole address, with https://.')
  const { protocol, username, password } = new URL(given)
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') {
    return refuse(field, 'is not a plain web address', 'Only http and https, without user or password.')
  }
  return given
}
