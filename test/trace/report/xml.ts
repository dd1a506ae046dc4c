/** One element of a well-formed document. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
}

const NAME = '[A-Za-z_][\\w:.-]*'
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, 'y')
const ENTITY = /&(?:#(\d+)|(amp|lt|gt|quot|apos));/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A strict reader of the part of XML 1.0 that GEXF uses; throws where the text is not well-formed. */
export function parseXml(text: string): Element {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids.
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(text)
  if (forbidden !== null) throw new Error(`forbidden character at ${forbidden.index}`)
  if (!text.isWellFormed()) throw new Error('lone surrogate')
  const root: Element = { name: '', attributes: new Map(), children: [] }
  const open = [root]
  let at = text.startsWith('<?xml') ? text.indexOf('?>') + 2 : 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    decode(text.slice(at, next === -1 ? text.length : next))
    if (next === -1) break
    const close = new RegExp(`</(${NAME})>`, 'y')
    close.lastIndex = next
    const closing = close.exec(text)
    if (closing !== null) {
      if (open.pop()?.name !== closing[1]) throw new Error(`</${closing[1]}> closes nothing`)
      at = close.lastIndex
      continue
    }
    const begin = new RegExp(`<(${NAME})`, 'y')
    begin.lastIndex = next
    const beginning = begin.exec(text)
    if (beginning === null) throw new Error(`stray < at ${next}: ${text.slice(next, next + 60)}`)
    const attributes = new Map<string, string>()
    let end = begin.lastIndex
    for (;;) {
      ATTRIBUTE.lastIndex = end
      const attribute = ATTRIBUTE.exec(text)
      if (attribute === null) break
      if (attributes.has(attribute[1] as string)) throw new Error(`attribute ${attribute[1]} twice`)
      attributes.set(attribute[1] as string, decode(attribute[2] as string))
      end = ATTRIBUTE.lastIndex
    }
    const element: Element = { name: beginning[1] as string, attributes, children: [] }
    open.at(-1)?.children.push(element)
    if (text.startsWith('/>', end)) at = end + 2
    else if (text[end] === '>') {
      at = end + 1
      open.push(element)
    } else throw new Error(`the tag at ${next} does not end: ${text.slice(next, next + 80)}`)
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)?.name} is not closed`)
  if (root.children.length !== 1) throw new Error('there must be one root')
  return root.children[0] as Element
}

function decode(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) throw new Error(`stray & in ${text.slice(0, 60)}`)
  return text.replace(ENTITY, (_, code: string | undefined, name: string | undefined) =>
    code === undefined ? (NAMED[name as string] as string) : String.fromCodePoint(Number(code)),
  )
}

/** All elements of a name, at any depth. */
export function elements(root: Element, name: string): Element[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)])
}
