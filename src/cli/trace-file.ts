import { CordonError } from '../chain/index.ts'
import type { TraceDocument } from '../trace/index.ts'
import { readText } from './files.ts'

/** Reads a trace document from a file, with its text as it is spelled there. Throws `cli/not-readable` and `cli/not-a-trace`. */
export async function readTrace(file: string): Promise<{ document: TraceDocument; text: string }> {
  const text = await readText(file)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw notATrace(file, `it is not valid JSON: ${(cause as Error).message}`)
  }
  const document = parsed as Partial<TraceDocument> | null
  if (document === null || typeof document !== 'object' || document.format !== 'cordon-trace')
    throw notATrace(file, 'its format is not "cordon-trace"')
  if (document.formatVersion !== 1) throw notATrace(file, `its format version is ${String(document.formatVersion)}, this cordon reads 1`)
  const needed = ['engine', 'ledger', 'parameters', 'seeds', 'tags', 'endpoints', 'entities', 'flows', 'conservation'] as const
  const missing = needed.filter((part) => typeof document[part] !== (part === 'engine' ? 'string' : 'object') || document[part] === null)
  if (missing.length > 0) throw notATrace(file, `it lacks ${missing.join(', ')}`)
  return { document: document as TraceDocument, text }
}

function notATrace(file: string, why: string): CordonError {
  return new CordonError('cli/not-a-trace', `${file} is not a trace document: ${why}`, {
    place: { file },
    remedy: 'Name a file that `cordon trace --out` wrote.',
  })
}
