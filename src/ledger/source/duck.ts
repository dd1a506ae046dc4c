import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBResult, type DuckDBVector } from '@duckdb/node-api'

export interface DuckOptions {
  /** As DuckDB writes it, e.g. `2GB`. */
  readonly memoryLimit?: string | undefined
  readonly threads?: number | undefined
  /** Where sorting spills to. */
  readonly tempDirectory?: string | undefined
}

/** An embedded DuckDB of our own, in memory, that fetches nothing from the network. */
export interface Duck {
  readonly connection: DuckDBConnection
  run(sql: string): Promise<void>
  /** Rows as text or null, for the few values that are metadata. */
  rows(sql: string): Promise<(string | null)[][]>
  stream(sql: string): Promise<DuckDBResult>
  /** Stops the running query. */
  interrupt(): void
  close(): void
}

/** Chunks wait here while JavaScript looks at the one before; DuckDB's default of 1 MB halves the rate. */
const STREAM_BUFFER = '64MB'

/** @param options where `tempDirectory` is left out, a folder of our own under the system's is used and taken away on closing */
export async function openDuck(options: DuckOptions): Promise<Duck> {
  const own = options.tempDirectory === undefined ? join(tmpdir(), `cordon-${process.pid}-${randomUUID()}`) : null
  const settings: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: options.tempDirectory ?? own!,
  }
  if (options.memoryLimit !== undefined) settings.memory_limit = options.memoryLimit
  if (options.threads !== undefined) settings.threads = String(options.threads)
  const instance = await DuckDBInstance.create(':memory:', settings)
  const connection = await instance.connect()
  await connection.run(`SET streaming_buffer_size = '${STREAM_BUFFER}'; SET TimeZone = 'UTC'`)
  return {
    connection,
    async run(sql) {
      await connection.run(sql)
    },
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql)
      return reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))))
    },
    stream: (sql) => connection.stream(sql),
    interrupt: () => connection.interrupt(),
    close() {
      connection.closeSync()
      instance.closeSync()
      if (own !== null) rmSync(own, { recursive: true, force: true })
    },
  }
}

/** Chunks of a streaming result in order. */
export async function* chunksOf(result: DuckDBResult): AsyncGenerator<DuckDBDataChunk> {
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk
  }
}

/** The part of a fixed-width vector that its public face hides: its memory. Values one by one would cost an object each. */
interface RawVector {
  readonly items?: ArrayBufferView
  readonly dataView?: DataView
}

/** The memory of a fixed-width vector as 32-bit words; valid until the next chunk is fetched, so copy from it. */
export function words(vector: DuckDBVector): Uint32Array {
  const raw = vector as unknown as RawVector
  const view = raw.items ?? raw.dataView
  if (view === undefined) throw new TypeError(`no fixed-width memory behind a vector of ${vector.type}`)
  return new Uint32Array(view.buffer, view.byteOffset, view.byteLength >> 2)
}

/** As `words`, for vectors of one byte a value. */
export function bytes(vector: DuckDBVector): Uint8Array {
  const raw = vector as unknown as RawVector
  const view = raw.items ?? raw.dataView
  if (view === undefined) throw new TypeError(`no fixed-width memory behind a vector of ${vector.type}`)
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
