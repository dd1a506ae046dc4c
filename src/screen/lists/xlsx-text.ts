import { lookUp } from './look-up.ts'

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Comments, processing instructions, CDATA, tags and texts, one after the other: linear in a source that is well-formed. Names are parted from their prefix as `localName` of the workbook does it. */
const TOKENS =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)(?:[^ \t\r\n/>:?!]*:)?([^ \t\r\n/>?!]+)(?:"[^"]*?"|'[^']*?'|[^"'>])*?(\/?)>|([^<]+)/g

/**
 * The texts of the string items in a source (ECMA-376, 18.4.8; `si` of the shared strings, `is` of a cell), which the XML reader has found well-formed: the runs of rich text joined with their blanks,
 * phonetic guides (`rPh`, furigana over Japanese names) left out, and line ends that Excel writes as `_x000D_` made what they are.
 */
export function stringItems(source: string): string[] {
  const items: string[] = []
  let text = ''
  let phonetic = false
  let within = false
  for (const [, cdata, closing, name, empty, plain] of source.matchAll(TOKENS)) {
    if (name === undefined) {
      if (within && !phonetic) text += cdata ?? unescaped(plain ?? '')
    } else if (name === 't') within = closing === '' && empty === ''
    else if (name === 'rPh') phonetic = closing === '' && empty === ''
    else if (name === 'si' || name === 'is') {
      if (closing !== '' || empty !== '') items.push(unescapedByExcel(text))
      text = ''
    }
  }
  return items
}

/** The source of each cell (`c`) of a row, in their order: what stands in one says nothing about the next. */
export function cellSources(row: string): string[] {
  const cells: string[] = []
  let depth = 0
  let start = 0
  for (const token of row.matchAll(TOKENS)) {
    const [whole, , closing, name, empty] = token
    if (name === undefined) continue
    if (closing !== '') depth--
    // The row itself is at depth 0, its cells are at 1.
    if (depth === 1 && name === 'c') {
      if (closing === '') start = token.index
      if (closing !== '' || empty !== '') cells.push(row.slice(start, token.index + whole.length))
    }
    if (closing === '' && empty === '') depth++
  }
  return cells
}

function unescapedByExcel(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replace(/\r\n?/g, '\n')
}

/** 0 for `A1`, 27 for `AB12`; null for what is no reference to a cell. */
export function columnIndex(reference: string): number | null {
  const letters = /^\$?([A-Z]{1,3})\$?[1-9]\d{0,6}$/.exec(reference)?.[1]
  if (letters === undefined) return null
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return lookUp(ENTITIES, name) ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
