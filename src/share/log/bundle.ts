import { CordonError } from '../../chain/index.ts'
import { base64, isCount, parseBase64 } from './bytes.ts'
import { HASH_BYTES, type Hash, leafHash } from './merkle.ts'
import { inclusionFault } from './proof.ts'
import { type LogPolicy, type OpenedCheckpoint, openCheckpoint } from './signed-checkpoint.ts'
import { LONGEST_PATH } from './tlog-proof.ts'

/** An entry with all that proves it to be in a log, offline: only the keys of the log and its witnesses are needed besides. */
export type ProofBundle = {
  readonly entry: Uint8Array
  /** Of the entry in the log, from 0. */
  readonly index: number
  /** From the leaf's neighbour to the root's child (RFC 6962, section 2.1.1). */
  readonly path: readonly Hash[]
  /** The signed checkpoint with its cosignatures, as the log serves it. */
  readonly checkpoint: string
}

export type VerifiedBundle = OpenedCheckpoint & {
  /** The entry, proven to be the one at `index`. Use these bytes, not the document's text. */
  readonly entry: Uint8Array
  readonly index: number
}

const FORMAT = 'cordon/log-proof@1'
const FIELDS = ['format', 'entry', 'index', 'path', 'checkpoint']
const MOST_CHARACTERS = 4_000_000

/** The bundle as one JSON document: bytes as base64, the checkpoint as its text. */
export function formatBundle(bundle: ProofBundle): string {
  const { entry, index, path, checkpoint } = bundle
  return `${JSON.stringify({ format: FORMAT, entry: base64(entry), index, path: path.map(base64), checkpoint }, null, 2)}\n`
}

/**
 * Reads a bundle. Nothing of it is verified.
 *
 * @throws CordonError `log/bad-proof`, naming the field
 */
export function parseBundle(text: string): ProofBundle {
  if (text.length > MOST_CHARACTERS) throw bad(`it is longer than ${MOST_CHARACTERS} characters`, null)
  const document = parsed(text)
  for (const field of Object.keys(document)) if (!FIELDS.includes(field)) throw bad('it has a field that is not known', field)
  const { format, entry, index, path, checkpoint } = document
  if (format !== FORMAT) throw bad(`its format is not ${FORMAT}`, 'format')
  const entryBytes = typeof entry === 'string' ? parseBase64(entry) : null
  if (entryBytes === null) throw bad('its entry is not base64', 'entry')
  if (!isCount(index)) throw bad('its index is not a count', 'index')
  if (!Array.isArray(path) || path.length > LONGEST_PATH) throw bad(`its path is not a list of at most ${LONGEST_PATH} hashes`, 'path')
  const hashes = path.map((item: unknown, at) => {
    const hash = typeof item === 'string' ? parseBase64(item) : null
    if (hash?.length !== HASH_BYTES) throw bad('a hash is not the base64 of 32 bytes', `path[${at}]`)
    return hash
  })
  if (typeof checkpoint !== 'string') throw bad('its checkpoint is not a text', 'checkpoint')
  return { entry: entryBytes, index, path: hashes, checkpoint }
}

/**
 * Verifies a bundle in three steps: it is read; the checkpoint is signed by the log and cosigned by enough witnesses; the path leads from the entry to the checkpoint's root.
 *
 * @throws CordonError of the step that failed: `log/bad-proof` of reading; those of `openCheckpoint` of the signatures; `log/not-included` of the path
 */
export function verifyBundle(text: string, policy: LogPolicy): VerifiedBundle {
  const { entry, index, path, checkpoint: note } = parseBundle(text)
  const opened = openCheckpoint(note, policy)
  const { size, root } = opened.checkpoint
  const fault = inclusionFault({ index, size, leaf: leafHash(entry), path, root })
  if (fault !== null) {
    throw new CordonError(
      'log/not-included',
      `The signatures hold, but the entry is not proven to be number ${index} of the log's ${size}: ${fault}.`,
      {
        place: { field: 'path' },
        remedy: 'The entry, its number or its path was changed, or the path belongs to another checkpoint. Ask for the export again.',
      },
    )
  }
  return { ...opened, entry, index }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below, in the same words as for JSON that is no object.
  }
  throw bad('it is not a JSON object', null)
}

function bad(what: string, field: string | null): CordonError {
  return new CordonError('log/bad-proof', `This is not a proof of logging: ${what}.`, {
    place: field === null ? {} : { field },
    remedy: 'Ask for the export with its proof again.',
  })
}
