import { DuckDBInstance, DuckDBListValue } from '@duckdb/node-api'
import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from '../lists/reader.ts'
import { checkColumns, checkMapped, type FieldMap, fieldFinder } from './fields.ts'
import { flatSubject } from './flat.ts'
import { fault, type InputRow } from './subject.ts'

/**
 * Customers of a Parquet file, in the order of its rows. Every value is read as text, lists of texts as several values; the file is read piece by piece by DuckDB within 512 MB.
 *
 * @throws CordonError `screen/not-parquet`, `screen/no-columns`, `screen/bad-mapping`
 */
export async function* parquetRows(file: SourceFile, map: FieldMap, signal?: AbortSignal): AsyncGenerator<InputRow> {
  const find = fieldFinder(map)
  // One thread keeps the order of rows, on which a resumed batch counts.
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '512MB',
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  try {
    const connection = await instance.connect()
    try {
      const source = `read_parquet('${file.path.replaceAll("'", "''")}')`
      const described = await asked(file, async () => (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`)).getRows())
      const columns = described.map(([name, type]) => ({ name: String(name), list: String(type).endsWith('[]') }))
      const names = columns.map(({ name }) => name)
      checkMapped(map, names, file.name)
      checkColumns(find, names, file.name)
      const unused = names.filter((name) => find(name) === null)
      const used = columns.filter(({ name }) => find(name) !== null)
      const texts = used.map(({ name, list }) => `"${name.replaceAll('"', '""')}"::VARCHAR${list ? '[]' : ''}`)
      const result = await asked(file, () => connection.stream(`SELECT ${texts.join(', ')} FROM ${source}`))
      let record = 0
      for (;;) {
        const chunk = await asked(file, () => result.fetchChunk())
        if (chunk === null || chunk.rowCount === 0) return
        signal?.throwIfAborted()
        for (const row of chunk.getRows()) {
          record++
          const cells = used.map(({ name }, at) => ({ column: name, values: valuesOf(row[at]) }))
          const { subject, refused } = flatSubject(cells, find)
          yield {
            record,
            line: null,
            subjects: refused === null ? [subject] : [],
            refused: refused === null ? null : fault('', refused.reason, refused.text),
            unused,
          }
        }
      }
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

function valuesOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return []
  if (value instanceof DuckDBListValue) return value.items.flatMap(valuesOf)
  return [String(value)]
}

async function asked<T>(file: SourceFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new CordonError('screen/not-parquet', `${file.name} cannot be read as Parquet: ${(cause as Error).message.slice(0, 300)}`, {
      place: { file: file.name },
      remedy: 'Write the file again; it may be cut off.',
      cause,
    })
  }
}
