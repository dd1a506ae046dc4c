import { CordonError } from '../../chain/index.ts'

export interface SniffedJson {
  readonly shape: 'lines' | 'array' | 'envelope'
  readonly keys: readonly string[]
}

/**
 * Tells the three ways in which JSON exports come: an object a line, one array, or an API answer `{status, message, result: [...]}`,
 * and reads the keys of the first record.
 *
 * @param start the file's beginning, without leading blanks
 */
export function sniffJson(path: string, start: string, whole: boolean): SniffedJson {
  if (start.startsWith('[')) return { shape: 'array', keys: keysOf(path, firstObject(path, start.slice(1), whole)) }
  const envelope = /^\{(?:[^[{]*,)?\s*"result"\s*:\s*(.)/s.exec(start)
  if (envelope === null) return { shape: 'lines', keys: keysOf(path, firstObject(path, start, whole)) }
  if (envelope[1] !== '[') {
    const said = start.length > 300 ? `${start.slice(0, 300)}…` : start.trim()
    throw new CordonError('ledger/no-records', `${path} is an API answer without records: ${said}`, {
      place: { file: path, line: 1, field: 'result' },
      remedy: 'The service refused the request (rate limit, key): ask it again.',
    })
  }
  return { shape: 'envelope', keys: keysOf(path, firstObject(path, start.slice(envelope[0].length), whole)) }
}

/** The text of the first complete object, or null where an array is empty. */
function firstObject(path: string, text: string, whole: boolean): string | null {
  const start = text.search(/\S/)
  if (start < 0 || text[start] === ']') return null
  let depth = 0
  let quoted = false
  for (let i = start; i < text.length; i++) {
    const mark = text[i]
    if (quoted) {
      if (mark === '\\') i++
      else if (mark === '"') quoted = false
    } else if (mark === '"') quoted = true
    else if (mark === '{') depth++
    else if (mark === '}' && --depth === 0) return text.slice(start, i + 1)
  }
  throw new CordonError('ledger/damaged-file', `${path} holds no complete JSON object${whole ? '' : ' in its beginning'}`, {
    place: { file: path, line: 1 },
    remedy: 'It is cut off, or no table of records: fetch it again.',
  })
}

function keysOf(path: string, object: string | null): string[] {
  if (object === null) return []
  try {
    return Object.keys(JSON.parse(object) as object)
  } catch (cause) {
    throw new CordonError('ledger/damaged-file', `${path} is not JSON: ${(cause as Error).message}`, {
      place: { file: path, line: 1 },
      remedy: 'Fetch it again.',
      cause,
    })
  }
}
