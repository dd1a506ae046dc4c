import { type Document, isAlias, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import { CordonError } from '../chain/index.ts'

/** A map of a pack file. Every scalar is text, exactly as written: `0xFA8E…` stays an address, `2022-08-10` a date, `no` the word. */
export type YamlMap = { readonly [key: string]: YamlValue }
export type YamlValue = string | null | readonly YamlValue[] | YamlMap

export interface YamlFile {
  readonly value: YamlValue
  /** What was read in some way but is odd, such as tags (`!include`) that packs do not have. */
  readonly warnings: readonly { readonly line: number; readonly text: string }[]
  /** 1-based line of what stands at a path, or of the nearest thing around it. */
  lineOf(path: readonly (string | number)[]): number
}

/** Anchors used this often are an attack, not a pack (a bomb of nine levels of nine aliases needs 10^9). */
const MAX_ALIASES = 1_000
const MAX_DEPTH = 64

/**
 * Read one YAML document as text only (the failsafe schema of YAML 1.2): the YAML 1.1 that packs are written in turns unquoted hex addresses into numbers,
 * dates into times and `no` into false, and none of that is undone afterwards. Empty values and `~` are null.
 *
 * @throws CordonError `attribution/yaml` with the line where the text is not YAML, nests deeper than 64, or uses aliases to grow
 */
export function readYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter()
  let document: Document.Parsed
  try {
    document = parseDocument(text, {
      schema: 'failsafe',
      merge: true,
      lineCounter: lines,
      stringKeys: true,
      prettyErrors: false,
      // `silent` would let a second document pass unseen.
      logLevel: 'error',
    })
  } catch (cause) {
    throw notYaml(file, undefined, cause instanceof Error ? cause.message : String(cause), cause)
  }
  const lineAt = (node: unknown): number | null => {
    const start = (node as Node | null | undefined)?.range?.[0]
    return start === undefined ? null : Math.max(1, lines.linePos(start).line)
  }
  const error = document.errors[0]
  if (error !== undefined) throw notYaml(file, Math.max(1, lines.linePos(error.pos[0]).line), error.message.split('\n')[0] as string, error)
  guard(document.contents, file, lineAt)

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (cause) {
    throw notYaml(file, undefined, cause instanceof Error ? cause.message : String(cause), cause)
  }
  return {
    value: plain(value, document.contents),
    warnings: document.warnings.map(({ pos, message }) => ({
      line: Math.max(1, lines.linePos(pos[0]).line),
      text: message.split('\n')[0] as string,
    })),
    lineOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
        const key = path[length - 1]
        const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
        const line = lineAt(pair?.key ?? (isCollection(parent) ? parent.get(key, true) : undefined))
        if (line !== null) return line
      }
      return lineAt(document.contents) ?? 1
    },
  }
}

/** Null for what YAML calls null, which the failsafe schema leaves as text. */
function plain(value: unknown, node: unknown): YamlValue {
  if (typeof value === 'string') return isNullScalar(value, node) ? null : value
  if (Array.isArray(value)) {
    const items: unknown[] = isCollection(node) ? node.items : []
    return value.map((item, i) => plain(item, items[i]))
  }
  if (typeof value === 'object' && value !== null) {
    const map: Record<string, YamlValue> = Object.create(null)
    for (const [key, item] of Object.entries(value)) map[key] = plain(item, isMap(node) ? node.get(key, true) : undefined)
    return map
  }
  return null
}

function isNullScalar(value: string, node: unknown): boolean {
  if (!['', '~', 'null', 'Null', 'NULL'].includes(value)) return false
  return !isScalar(node) || node.type === 'PLAIN' || node.type === undefined
}

function guard(root: unknown, file: string, lineAt: (node: unknown) => number | null): void {
  let aliases = 0
  const stack: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, depth } = next
    if (depth > MAX_DEPTH) throw notYaml(file, lineAt(node) ?? undefined, `nests deeper than ${MAX_DEPTH} levels`)
    if (isAlias(node) && ++aliases > MAX_ALIASES) throw notYaml(file, lineAt(node) ?? undefined, `uses more than ${MAX_ALIASES} aliases`)
    if (!isCollection(node)) continue
    for (const item of node.items) {
      const value = isMap(node) ? (item as { value: unknown }).value : item
      if (typeof value === 'object' && value !== null) stack.push({ node: value, depth: depth + 1 })
    }
  }
}

function notYaml(file: string, line: number | undefined, reason: string, cause?: unknown): CordonError {
  return new CordonError('attribution/yaml', `${file} is not a readable YAML document: ${reason}`, {
    place: { file, ...(line === undefined ? {} : { line }) },
    remedy: 'Packs are plain YAML: one document, a mapping with a list of tags or actors.',
    cause,
  })
}
