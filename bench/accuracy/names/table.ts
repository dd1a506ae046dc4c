import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { delimitedRows } from '../../../src/screen/lists/delimited.ts'

/** Rows of a CSV file with a header, by column. */
export async function readTable(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const [file] = await sourceFiles([path])
  if (file === undefined) throw new Error(`${path} is not there`)
  let header: readonly string[] | null = null
  const rows: Record<string, string>[] = []
  for await (const { fields, fault, line } of delimitedRows(file)) {
    if (fault !== null) throw new Error(`${path}:${line}: ${fault}`)
    if (header === null) header = fields
    else rows.push(Object.fromEntries(header.map((name, i) => [name, fields[i] ?? ''])))
  }
  return rows
}
