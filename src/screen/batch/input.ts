import { csvRows } from './csv.ts'
import type { FieldMap } from './fields.ts'
import { jsonRows } from './json.ts'
import { steadyFile } from './steady.ts'
import type { InputRow } from './subject.ts'

export type InputFormat = 'csv' | 'json' | 'parquet'

/** An input as it was recognised: by its first bytes, never by its name. */
export interface BatchInput {
  readonly name: string
  readonly format: InputFormat
  readonly bytes: number
  readonly sha256: string
  /** Throws `screen/input-changed` at the end where what was read is not what the hash is of. */
  rows(signal?: AbortSignal): AsyncIterable<InputRow>
  /** Throws `screen/input-changed` where the file was written to since it was opened. */
  unchanged(): Promise<void>
}

/**
 * Opens a file of customers or payments: CSV with a header, JSON lines or a JSON document, Parquet. Reads it once to take its hash.
 *
 * @throws CordonError `screen/not-readable`, `screen/bad-mapping`, `screen/input-changed`
 */
export async function openInput(path: string, map: FieldMap = {}, signal?: AbortSignal): Promise<BatchInput> {
  const file = await steadyFile(path, signal)
  const format = formatOf(file.head)
  return {
    name: file.name,
    format,
    bytes: file.bytes,
    sha256: file.sha256,
    async *rows(stop) {
      if (format === 'csv') yield* csvRows(file, map, stop)
      else if (format === 'json') yield* jsonRows(file, map, stop)
      else {
        // Loaded where it is needed: the embedded database takes longer to start than most batches run.
        yield* (await import('./parquet.ts')).parquetRows(file, map, stop)
        await file.verify(stop)
      }
    },
    unchanged: file.unchanged,
  }
}

function formatOf(head: Uint8Array): InputFormat {
  if (Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1') return 'parquet'
  const text = new TextDecoder('utf-8')
    .decode(head.subarray(0, 4096))
    .replace(/^\uFEFF/, '')
    .trimStart()
  return text.startsWith('{') || text.startsWith('[') ? 'json' : 'csv'
}
