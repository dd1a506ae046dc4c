import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import type { SourceFile } from '../lists/reader.ts'
import { csvRows } from './csv.ts'
import type { FieldMap } from './fields.ts'
import { jsonRows } from './json.ts'
import type { InputRow } from './subject.ts'

export type InputFormat = 'csv' | 'json' | 'parquet'

/** An input as it was recognised: by its first bytes, never by its name. */
export interface BatchInput {
  readonly name: string
  readonly format: InputFormat
  readonly bytes: number
  readonly sha256: string
  rows(signal?: AbortSignal): AsyncIterable<InputRow>
}

const HEAD_BYTES = 64 * 1024

/**
 * Opens a file of customers or payments: CSV with a header, JSON lines or a JSON document, Parquet. Reads it once to take its hash.
 *
 * @throws CordonError `screen/not-readable`, `screen/bad-mapping`
 */
export async function openInput(path: string, map: FieldMap = {}, signal?: AbortSignal): Promise<BatchInput> {
  const file = await sourceOf(path)
  const hash = createHash('sha256')
  for await (const chunk of file.open()) {
    signal?.throwIfAborted()
    hash.update(chunk)
  }
  const format = formatOf(file.head)
  return {
    name: file.name,
    format,
    bytes: file.bytes,
    sha256: hash.digest('hex'),
    async *rows(stop) {
      if (format === 'csv') yield* csvRows(file, map, stop)
      else if (format === 'json') yield* jsonRows(file, map, stop)
      // Loaded where it is needed: the embedded database takes longer to start than most batches run.
      else yield* (await import('./parquet.ts')).parquetRows(file, map, stop)
    },
  }
}

async function sourceOf(path: string): Promise<SourceFile> {
  try {
    const { size } = await stat(path)
    const file = await open(path, 'r')
    try {
      const head = Buffer.alloc(Math.min(HEAD_BYTES, size))
      const { bytesRead } = await file.read(head, 0, head.length, 0)
      return {
        path,
        name: basename(path),
        bytes: size,
        head: head.subarray(0, bytesRead),
        open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
      }
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw new CordonError('screen/not-readable', `cannot read ${path}: ${(cause as Error).message}`, {
      place: { file: path },
      remedy: 'Check the path and its permissions.',
      cause,
    })
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
