import { CordonError } from '../chain/index.ts'
import { isEvmAddress } from './address.ts'
import { toTag } from './fields.ts'
import type { ReadingNotes } from './report.ts'
import type { Tag } from './tag.ts'

/** Names under which people keep each field, in lower case. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  address: ['address', 'account', 'wallet'],
  label: ['label', 'name', 'name_tag', 'nametag'],
  concepts: ['concepts', 'concept'],
  category: ['category', 'type'],
  actor: ['actor', 'entity'],
  abuse: ['abuse'],
  confidence: ['confidence'],
  source: ['source', 'url'],
  currency: ['currency', 'asset'],
  network: ['network', 'chain'],
  context: ['context', 'note', 'comment'],
  lastmod: ['lastmod', 'date'],
  tagType: ['tag_type'],
  txHash: ['tx_hash'],
}

/** Whether the first line names the columns that a list of tags needs. */
export function isTagCsv(text: string): boolean {
  const header = headerOf(text)
  return header.column('address') !== null && header.column('label') !== null
}

/**
 * A plain list of tags, read by its header: `address` and `label` are needed; concept or category, actor, confidence, source, currency and the other fields
 * of a TagPack are taken where they are there. Several concepts stand in one field, separated by `;` or `|`.
 * Without a source the file's name stands for it; without a currency EVM addresses get ETH.
 *
 * @throws CordonError `attribution/csv` when the header lacks address or label, or a quote is never closed
 */
export function readCsvTags(text: string, pack: string, notes: ReadingNotes): Tag[] {
  const header = headerOf(text)
  for (const field of ['address', 'label']) {
    if (header.column(field) === null) {
      throw new CordonError('attribution/csv', `${notes.file} has no column "${field}"`, {
        place: { file: notes.file, line: 1, field },
        remedy: 'Name the columns in the first line: address,label,concept,actor,confidence,source',
      })
    }
  }
  for (const name of header.unused) notes.note(1, name, `column "${name}" is not used`)
  const tags: Tag[] = []
  let first = true
  for (const { line, cells } of records(text, header.separator, notes.file)) {
    if (first) {
      first = false
      continue
    }
    if (cells.length === 1 && cells[0] === '') continue
    if (cells.length !== header.width) {
      notes.refuse(line, '', `has ${cells.length} fields where the header has ${header.width}`)
      continue
    }
    const cell = (field: string): string | null => {
      const column = header.column(field)
      const value = column === null ? '' : (cells[column] as string).trim()
      return value === '' ? null : value
    }
    const address = cell('address')
    if (cell('source') === null) notes.note(line, 'source', "no source given; the file's name stands for it")
    const guessed = cell('currency') === null && address !== null && isEvmAddress(address) ? 'ETH' : null
    if (guessed !== null) notes.note(line, 'currency', 'no currency given; ETH for an EVM address')
    const tag = toTag(
      {
        pack,
        line: () => line,
        address,
        txHash: cell('txHash'),
        label: cell('label'),
        source: cell('source') ?? notes.file,
        currency: cell('currency') ?? guessed,
        network: cell('network'),
        confidence: cell('confidence'),
        concepts:
          cell('concepts')
            ?.split(/[;|]/)
            .map((name) => name.trim())
            .filter((name) => name !== '') ?? null,
        category: cell('category'),
        abuse: cell('abuse'),
        actor: cell('actor'),
        tagType: cell('tagType'),
        isClusterDefiner: null,
        context: cell('context'),
        lastmod: cell('lastmod'),
      },
      notes,
    )
    if (tag !== null) tags.push(tag)
  }
  return tags
}

function headerOf(text: string): { width: number; separator: string; unused: string[]; column: (field: string) => number | null } {
  const end = text.search(/[\r\n]/)
  const line = (end === -1 ? text : text.slice(0, end)).replace(/^\ufeff/, '').slice(0, 10_000)
  const separator = [',', ';', '\t'].reduce((best, mark) => (line.split(mark).length > line.split(best).length ? mark : best))
  const names = line.split(separator).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase().replace(/\s+/g, '_'))
  const places = new Map<string, number>()
  for (const [field, spellings] of Object.entries(COLUMNS)) {
    const place = spellings.map((spelling) => names.indexOf(spelling)).find((i) => i !== -1)
    if (place !== undefined) places.set(field, place)
  }
  const used = new Set(places.values())
  return {
    width: names.length,
    separator,
    unused: names.filter((name, i) => name !== '' && !used.has(i)),
    column: (field) => places.get(field) ?? null,
  }
}

/** Records of RFC 4180: fields may be quoted, a quote inside is doubled, and a quoted field may run over lines. */
function* records(text: string, separator: string, file: string): Generator<{ line: number; cells: string[] }> {
  let at = text.startsWith('\ufeff') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const start = line
    const cells: string[] = []
    for (;;) {
      let cell = ''
      if (text[at] === '"') {
        at++
        for (;;) {
          const close = text.indexOf('"', at)
          if (close === -1) {
            throw new CordonError('attribution/csv', `${file}: a quote that opens on line ${start} is never closed`, {
              place: { file, line: start },
              remedy: 'Close the quote, or double it where it belongs to the text.',
            })
          }
          cell += text.slice(at, close)
          at = close + 1
          if (text[at] !== '"') break
          cell += '"'
          at++
        }
        for (const character of cell) if (character === '\n') line++
      }
      let end = at
      while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
      cells.push(cell + text.slice(at, end))
      at = end
      if (text[at] !== separator) break
      at++
    }
    yield { line: start, cells }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    line++
  }
}
