import { CordonError } from '../../chain/index.ts'
import { firstLine } from './sniff.ts'
import type { Source } from './source.ts'

/** What DuckDB or the system said, as an error that a user can act on. */
export function explain(error: unknown, sources: readonly Source[]): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const text = error.message
  const file = sources.find((source) => text.includes(source.path))?.path
  const place = file === undefined ? {} : { place: { file } }
  if (/No space left on device|ENOSPC|failed to offload|max_temp_directory_size/i.test(text)) {
    return new CordonError('ledger/disk-full', `no room left to sort: ${firstLine(error)}`, {
      remedy: 'Free space, or name a temporary folder on a larger disk.',
      cause: error,
    })
  }
  if (/Failed to create directory|temporary (file|directory)/i.test(text)) {
    return new CordonError('ledger/no-temporary-folder', `nowhere to sort: ${firstLine(error)}`, {
      remedy: 'Name a temporary folder that exists and may be written to.',
      cause: error,
    })
  }
  if (/Out of Memory/i.test(text)) {
    return new CordonError('ledger/out-of-memory', firstLine(error), {
      remedy: 'Raise the memory limit, or name a temporary folder to spill to.',
      cause: error,
    })
  }
  if (/^(Invalid Input|IO|Invalid|Serialization|Conversion|Parser) ?Error|TProtocol|parquet|corrupt|malformed|ENOENT|EIO/i.test(text)) {
    return new CordonError('ledger/damaged-file', `${file ?? 'a source'} cannot be read to its end: ${firstLine(error)}`, {
      ...place,
      remedy: 'It is cut off, damaged, or changed while it was read: fetch it again.',
      cause: error,
    })
  }
  return error
}
