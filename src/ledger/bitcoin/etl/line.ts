import { contentOf } from '../../source/lines.ts'
import type { ExportFile } from './file.ts'

/** Line on which a record of a JSON-lines file stands, blank lines counted; for other files the number of the record itself. */
export async function lineOf(file: ExportFile, record: number): Promise<number> {
  const { layout } = file
  if (layout.kind !== 'json' || layout.shape !== 'lines') return record
  let line = 1
  let seen = 0
  let blank = true
  for await (const chunk of contentOf(file.path, layout.compression) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 0x0a) {
        line++
        blank = true
      } else if (blank && byte !== 0x0d && byte !== 0x20 && byte !== 0x09) {
        blank = false
        if (++seen === record) return line
      }
    }
  }
  return record
}
