import { CordonError } from '../../chain/index.ts'
import type { Columns } from '../formats/format.ts'
import { literal } from '../formats/sql.ts'
import type { Duck } from './duck.ts'
import { GEXF_COLUMNS } from './graph-file.ts'
import { type Compression, type Head, readHead } from './head.ts'
import { sniffJson } from './json.ts'
import type { Located } from './locate.ts'

/** How a file is laid out, and the columns that it has. */
export type Layout =
  | { readonly kind: 'parquet'; readonly rows: number }
  | { readonly kind: 'csv'; readonly delimiter: string; readonly compression: Compression }
  | { readonly kind: 'json'; readonly shape: 'lines' | 'array' | 'envelope'; readonly compression: Compression }
  | { readonly kind: 'gexf'; readonly compression: Compression }

export interface Sniffed extends Located {
  readonly layout: Layout
  readonly columns: Columns
}

/**
 * Looks at the beginning of a file (at a Parquet file's schema) and says how it is laid out and which columns it has.
 *
 * @throws CordonError `ledger/empty-file`, `ledger/damaged-file`, `ledger/unreadable`, `ledger/unknown-header`
 */
export async function sniff(duck: Duck, file: Located): Promise<Sniffed> {
  const head = await readHead(file.path)
  if (head.bytes.toString('latin1', 0, 4) === 'PAR1') return { ...file, ...(await sniffParquet(duck, file.path)) }
  const text = head.bytes.toString('utf8').replace(/^\uFEFF/, '')
  const start = text.trimStart()
  if (start.startsWith('<')) return { ...file, ...sniffXml(file.path, start, head) }
  if (start.startsWith('{') || start.startsWith('[')) {
    const { shape, keys } = sniffJson(file.path, start, head.whole)
    return { ...file, layout: { kind: 'json', shape, compression: head.compression }, columns: textColumns(file.path, keys) }
  }
  return { ...file, ...sniffCsv(file.path, text, head) }
}

/** Path as DuckDB takes it: it would read brackets and stars as a pattern. */
export function duckPath(path: string): string {
  return literal(path.replace(/[[*?]/g, (mark) => `[${mark}]`))
}

async function sniffParquet(duck: Duck, path: string) {
  try {
    const described = await duck.rows(`DESCRIBE SELECT * FROM read_parquet(${duckPath(path)}, hive_partitioning = false)`)
    const [counts] = await duck.rows(`SELECT num_rows FROM parquet_file_metadata(${duckPath(path)})`)
    const types = new Map(described.map((row) => [row[0]!, row[1]!]))
    return { layout: { kind: 'parquet' as const, rows: Number(counts![0]) }, columns: { types, names: [...types.keys()] } }
  } catch (cause) {
    throw new CordonError('ledger/damaged-file', `${path} begins like Parquet but cannot be read as such: ${firstLine(cause)}`, {
      place: { file: path },
      remedy: 'It is cut off or damaged: fetch it again.',
      cause,
    })
  }
}

function sniffXml(path: string, start: string, head: Head) {
  if (!/<gexf[\s>]/.test(start)) {
    throw new CordonError('ledger/unknown-header', `${path} is XML, but not GEXF`, {
      place: { file: path, line: 1 },
      remedy: 'Of XML formats only GEXF transfer graphs are read.',
    })
  }
  return { layout: { kind: 'gexf' as const, compression: head.compression }, columns: textColumns(path, GEXF_COLUMNS) }
}

function sniffCsv(path: string, text: string, head: Head) {
  const end = text.search(/[\r\n]/)
  if (end < 0 && !head.whole) {
    throw new CordonError('ledger/unknown-header', `${path} has no line end in its first ${head.bytes.length} bytes`, {
      place: { file: path, line: 1 },
      remedy: 'It is no text table. Files are read as CSV, Parquet, JSON or GEXF.',
    })
  }
  const line = end < 0 ? text : text.slice(0, end)
  const delimiter = [',', ';', '\t'].reduce((best, mark) => (line.split(mark).length > line.split(best).length ? mark : best))
  const names = line.split(delimiter).map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  )
  return { layout: { kind: 'csv' as const, delimiter, compression: head.compression }, columns: textColumns(path, names) }
}

function textColumns(path: string, names: readonly string[]): Columns {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) {
    throw new CordonError('ledger/unknown-header', `${path} has two columns named ${JSON.stringify(twice)}`, {
      place: { file: path, line: 1, field: twice },
      remedy: 'Rename one: columns are read by name.',
    })
  }
  return { types: new Map(names.map((name) => [name, 'VARCHAR'])), names }
}

export function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!
}
