/** An element of a record, as a small tree. Names and attributes are as written, prefixes included; entities and character references are resolved. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** The text directly in the element, its pieces joined, without blanks around it. */
  readonly text: string
  /** 1-based line of its start tag. */
  readonly line: number
}

/** The first child of that name. */
export function child(element: XmlElement, name: string): XmlElement | null {
  return element.children.find((one) => one.name === name) ?? null
}

/** Every child of that name, in the order of the file. */
export function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name)
}

/** The elements at a path of names below this one: `at(entity, 'names', 'name')`. */
export function at(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  let found: XmlElement[] = [element]
  for (const name of path) found = found.flatMap((one) => childrenNamed(one, name))
  return found
}

/** Text of the first child of that name; null where there is none or it is empty. */
export function childText(element: XmlElement, name: string): string | null {
  const text = child(element, name)?.text
  return text === undefined || text === '' ? null : text
}

/** Runs of blanks and line breaks made one space: lists break their lines inside values. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * What stands in an element that its reader does not know: names of children that are not in `known`, each once. A reader passes them on as notes, so that a
 * changed schema is seen and nothing is dropped without a word.
 */
export function unknownChildren(element: XmlElement, known: ReadonlySet<string>): XmlElement[] {
  const found = new Map<string, XmlElement>()
  for (const one of element.children) if (!known.has(one.name) && !found.has(one.name)) found.set(one.name, one)
  return [...found.values()]
}
