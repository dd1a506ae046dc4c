import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldMap } from '../../../src/screen/batch/fields.ts'
import { type InputRow, openInput } from '../../../src/screen/batch/index.ts'

/** All rows of a text given as a file. */
export async function rowsOf(
  folder: string,
  text: string | Uint8Array,
  map: FieldMap = {},
  name = 'input.txt',
): Promise<readonly InputRow[]> {
  const path = join(folder, name)
  writeFileSync(path, text)
  const rows: InputRow[] = []
  for await (const row of (await openInput(path, map)).rows()) rows.push(row)
  return rows
}
