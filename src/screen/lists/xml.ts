import { SaxesParser } from 'saxes'
import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from './reader.ts'
import type { XmlElement } from './xml-element.ts'
import { encodingOf, strictText } from './xml-text.ts'

/** Elements within each other, attributes of one element, elements of one record, UTF-16 units of one record and of one token. Real lists stay below a hundredth of each. */
export const XML_LIMITS = { depth: 64, attributes: 64, elements: 200_000, record: 8 * 2 ** 20, token: 8 * 2 ** 20, name: 256 } as const

/** A collected element with the path that it stands at and its source, exactly as it is in the file. */
export interface XmlRecord extends XmlElement {
  /** Names from the root, joined by slashes: `sanctionsData/entities/entity`. */
  readonly path: string
  readonly raw: string
}

export interface XmlRoot {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface XmlQuery {
  /** Paths of the elements to collect, e.g. `sanctionsData/entities/entity`; `*` stands for any one name. What lies within a collected element belongs to it. */
  readonly records: readonly string[]
  /** Called once, before the first record; throws where the document is of another kind. */
  root(root: XmlRoot): void
  readonly signal?: AbortSignal | undefined
}

interface Step {
  readonly next: Map<string, Step>
  record: boolean
}

interface Building {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Building[]
  text: string
  readonly line: number
}

/**
 * Streams an XML 1.0 file (W3C, fifth edition) and gives the elements asked for, each as a tree with its source, in the order of the file. One record and one chunk
 * of text are held at a time. A document is given whole or with an error: that it is malformed or cut off is known at its end, so a caller keeps nothing that it
 * was given before an error.
 *
 * Refused: every DOCTYPE (and with it every entity declaration and external entity), entities other than XML's own five, encodings other than UTF-8 and UTF-16 with
 * its mark, XML 1.1, and what is over XML_LIMITS. Comments and processing instructions are left out.
 *
 * @throws CordonError `list/xml` naming file and line; what `query.root` throws; what the signal was aborted with
 */
export async function* readXml(file: SourceFile, query: XmlQuery): AsyncGenerator<XmlRecord> {
  const collector = collect(file, query)
  for await (const text of strictText(file, collector.line, query.signal)) {
    collector.write(text)
    yield* collector.taken()
  }
  collector.close()
}

/** Name and attributes of the root, from the first bytes of a file; null where they hold none. For recognition: what is wrong with the file is said when it is read. */
export function rootOf(head: Uint8Array): XmlRoot | null {
  let root: XmlRoot | null = null
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', () => undefined)
  parser.on('opentag', ({ name, attributes }) => {
    root ??= { name, attributes }
  })
  try {
    for (const part of new TextDecoder(encodingOf(head)).decode(head).split(/(?<=>)/)) {
      parser.write(part)
      if (root !== null) break
    }
  } catch {
    return root
  }
  return root
}

function collect(file: SourceFile, query: XmlQuery) {
  const parser = new SaxesParser({ xmlns: false, defaultXMLVersion: '1.0', forceXMLVersion: true })
  const start = stepsOf(query.records)
  /** Where the query stands at each open element; null below elements that lead to no record. */
  const steps: (Step | null)[] = []
  const path: string[] = []
  let found: XmlRecord[] = []
  /** The open elements of the record being built; empty outside records. */
  const open: Building[] = []
  let elements = 0
  let attributes = 0
  let recordStart = 0
  /** Between the name of a record's start tag and its end. */
  let opening = false
  let tagLine = 1
  /** The text that may yet be needed, from `kept` (an index into the document) on. */
  let buffer = ''
  let kept = 0
  /** Where and on which line the last complete token ended: what follows is one token, however long. */
  let tokenStart = 0
  let tokenLine = 1

  const fail = (message: string, line: number, remedy = 'fetch the file again from its publisher', cause?: unknown): never => {
    throw new CordonError('list/xml', `${file.name}: ${message} (line ${line})`, { place: { file: file.name, line }, remedy, cause })
  }
  const token = () => {
    tokenStart = parser.position
    tokenLine = parser.line
  }

  parser.on('error', (error) => fail(wording(error), parser.line))
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') fail(`is XML ${version}; only 1.0 is read`, parser.line)
    const actual = encodingOf(file.head)
    const declared = encoding?.toLowerCase()
    if (declared !== undefined && declared !== actual && !(actual !== 'utf-8' && declared === 'utf-16')) {
      fail(
        `declares the encoding ${encoding} and is ${actual.toUpperCase()} by its first bytes; only UTF-8 and UTF-16 with a byte order mark are read`,
        parser.line,
        'convert the file to UTF-8 and its declaration with it',
      )
    }
    token()
  })
  parser.on('doctype', () =>
    fail(
      'holds a DOCTYPE; entity declarations and external references are refused',
      tokenLine,
      'remove the declaration if you trust the file; no list of ours has one',
    ),
  )
  parser.on('comment', token)
  parser.on('processinginstruction', token)
  parser.on('attribute', () => {
    if (++attributes > XML_LIMITS.attributes) fail(`an element has more than ${XML_LIMITS.attributes} attributes`, parser.line)
  })
  parser.on('text', (text) => {
    const top = open.at(-1)
    if (top !== undefined) top.text += text
    token()
  })
  parser.on('cdata', (text) => {
    const top = open.at(-1)
    if (top !== undefined) top.text += text
    token()
  })
  parser.on('opentagstart', ({ name }) => {
    tagLine = parser.line
    attributes = 0
    if (name.length > XML_LIMITS.name) fail(`an element's name is longer than ${XML_LIMITS.name} characters`, tagLine)
    if (steps.length >= XML_LIMITS.depth) fail(`elements are nested more than ${XML_LIMITS.depth} deep`, tagLine)
    const step = stepTo(steps.length === 0 ? start : (steps.at(-1) ?? null), name)
    if (open.length > 0 || step?.record !== true) return
    // No start tag holds another `<` before its name has ended.
    recordStart = kept + buffer.lastIndexOf('<', parser.position - kept - 1)
    opening = true
  })
  parser.on('opentag', (tag) => {
    if (steps.length === 0) query.root({ name: tag.name, attributes: tag.attributes })
    const step: Step | null = open.length > 0 ? null : stepTo(steps.length === 0 ? start : (steps.at(-1) ?? null), tag.name)
    steps.push(step)
    if (open.length > 0 || step?.record === true) {
      elements = open.length === 0 ? 1 : elements + 1
      if (elements > XML_LIMITS.elements) fail(`a record has more than ${XML_LIMITS.elements} elements`, parser.line)
      const building: Building = { name: tag.name, attributes: tag.attributes, children: [], text: '', line: tagLine }
      open.at(-1)?.children.push(building)
      open.push(building)
    }
    if (open.length <= 1) path.push(tag.name)
    opening = false
    token()
  })
  parser.on('closetag', () => {
    steps.pop()
    token()
    const closed = open.pop()
    if (closed !== undefined) closed.text = closed.text.trim()
    if (open.length > 0) return
    if (closed !== undefined) found.push({ ...closed, path: path.join('/'), raw: raw() })
    path.pop()
  })

  return { line: () => parser.line, write, taken, close }

  function write(text: string): void {
    buffer += text
    guarded(() => parser.write(text))
    if (parser.position - tokenStart > XML_LIMITS.token)
      fail(`a text, tag or comment is longer than ${XML_LIMITS.token} characters`, tokenLine)
    if (opening || open.length > 0) {
      if (parser.position - recordStart > XML_LIMITS.record)
        fail(`the record is longer than ${XML_LIMITS.record} characters`, open[0]?.line ?? parser.line)
      keepFrom(recordStart)
    } else {
      // A tag whose name is not complete may begin a record: its `<` is kept, and no more than a name's length is.
      const last = buffer.lastIndexOf('<')
      const tail = last < 0 ? buffer.length : last
      keepFrom(kept + Math.max(tail, buffer.length - XML_LIMITS.name - 2))
    }
  }

  function taken(): XmlRecord[] {
    const records = found
    found = []
    return records
  }

  function close(): void {
    guarded(() => parser.close())
  }

  /** saxes throws what its handlers throw, and now and then an error of its own. */
  function guarded(run: () => unknown): void {
    try {
      run()
    } catch (error) {
      if (error instanceof CordonError) throw error
      fail('cannot be read as XML', parser.line, undefined, error)
    }
  }

  function keepFrom(index: number): void {
    if (index <= kept) return
    buffer = buffer.slice(index - kept)
    kept = index
  }

  function raw(): string {
    if (parser.position - recordStart > XML_LIMITS.record) fail(`the record is longer than ${XML_LIMITS.record} characters`, parser.line)
    return buffer.slice(recordStart - kept, parser.position - kept)
  }
}

/** `12:7: unclosed tag: a` without the place, which the error has in fields of its own. */
function wording(error: Error): string {
  const message = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
  return /unclosed tag|unexpected end/.test(message) ? `${message}: the file is cut off` : message
}

function stepsOf(paths: readonly string[]): Step {
  const start: Step = { next: new Map(), record: false }
  for (const path of paths) {
    let step = start
    for (const name of path.split('/')) {
      const next: Step = step.next.get(name) ?? { next: new Map(), record: false }
      step.next.set(name, next)
      step = next
    }
    step.record = true
  }
  return start
}

function stepTo(step: Step | null, name: string): Step | null {
  return step?.next.get(name) ?? step?.next.get('*') ?? null
}
