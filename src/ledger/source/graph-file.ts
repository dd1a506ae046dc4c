import { BIGINT, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api'
import { CordonError } from '../../chain/index.ts'
import type { Duck } from './duck.ts'
import type { Compression } from './head.ts'
import { contentOf } from './lines.ts'

export const GEXF_COLUMNS = ['gexf_source', 'gexf_target', 'gexf_id', 'gexf_weight']
const ATTRIBUTES = ['source', 'target', 'id', 'weight']
const CHUNK = 2048
/** An element that does not end within this many characters is none. */
const LONGEST_ELEMENT = 1 << 20

/**
 * Reads the edges of a GEXF file into a table of texts (`gexf_source, gexf_target, gexf_id, gexf_weight, line`).
 *
 * @throws CordonError `ledger/damaged-file` where the document does not end
 */
export async function loadEdges(duck: Duck, table: string, path: string, compression: Compression): Promise<void> {
  await duck.run(`CREATE OR REPLACE TABLE ${table}(${GEXF_COLUMNS.map((name) => `${name} VARCHAR`).join(', ')}, line BIGINT)`)
  const appender = await duck.connection.createAppender(table)
  let rows: (string | bigint | null)[][] = []
  const flush = () => {
    if (rows.length === 0) return
    const chunk = DuckDBDataChunk.create([VARCHAR, VARCHAR, VARCHAR, VARCHAR, BIGINT], rows.length)
    chunk.setRows(rows)
    appender.appendDataChunk(chunk)
    rows = []
  }
  let text = ''
  let line = 1
  let closed = false
  const content = contentOf(path, compression).setEncoding('utf8')
  for await (const part of content as AsyncIterable<string>) {
    text += part
    let done = 0
    for (const tag of text.matchAll(/<(\/?gexf|edge)\b([^>]*)>/g)) {
      line += newlines(text, done, tag.index)
      done = tag.index
      if (tag[1] === '/gexf') closed = true
      if (tag[1] !== 'edge') continue
      const attributes = new Map(
        [...tag[2]!.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((found) => [found[1]!, found[2] ?? found[3]!]),
      )
      rows.push([...ATTRIBUTES.map((name) => attributes.get(name) ?? null), BigInt(line)])
      if (rows.length === CHUNK) flush()
      done += tag[0].length
      line += newlines(tag[0], 0, tag[0].length)
    }
    const open = text.lastIndexOf('<')
    const keep = Math.max(done, open >= 0 && text.indexOf('>', open) < 0 && text.length - open < LONGEST_ELEMENT ? open : text.length)
    line += newlines(text, done, keep)
    text = text.slice(keep)
  }
  flush()
  appender.closeSync()
  if (!closed)
    throw new CordonError('ledger/damaged-file', `${path} ends before </gexf>`, {
      place: { file: path, line },
      remedy: 'It is cut off: fetch it again.',
    })
}

function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
