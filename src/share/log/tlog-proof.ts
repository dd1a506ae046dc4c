import { CordonError } from '../../chain/index.ts'
import { base64, parseBase64, parseCount } from './bytes.ts'
import { HASH_BYTES, type Hash } from './merkle.ts'

/** The parts of an offline proof but the entry itself. */
export type TlogProof = {
  /** Of the entry, from 0. */
  readonly index: number
  /** From the leaf's neighbour to the root's child. */
  readonly path: readonly Hash[]
  /** The signed checkpoint with its cosignatures, as the log serves it. */
  readonly checkpoint: string
  /** Opaque, and not authenticated; null where there is none. */
  readonly extra: Uint8Array | null
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const MOST_CHARACTERS = 2_000_000

/** Longer than any path of a tree below 2^63 entries. */
export const LONGEST_PATH = 63

/** A proof in the text form of C2SP tlog-proof, for tools of that family. */
export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === null ? [] : [`extra ${base64(proof.extra)}`]
  return `${[HEADER, ...extra, `index ${proof.index}`, ...proof.path.map(base64)].join('\n')}\n\n${proof.checkpoint}`
}

/**
 * Reads a proof in the text form of C2SP tlog-proof. Nothing of it is verified.
 *
 * @throws CordonError `log/bad-proof`, naming the line
 */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > MOST_CHARACTERS) throw bad(`it is longer than ${MOST_CHARACTERS} characters`, 1)
  const end = text.indexOf('\n\n')
  if (end < 0) throw bad('there is no empty line before the checkpoint', 1)
  const lines = text.slice(0, end).split('\n')
  let at = 0
  if (lines[at++] !== HEADER) throw bad(`it does not begin with ${HEADER}`, at)
  let extra: Uint8Array | null = null
  if (lines[at]?.startsWith('extra ')) {
    extra = parseBase64(lines[at++]!.slice('extra '.length))
    if (extra === null) throw bad('its extra data is not base64', at)
  }
  const indexLine = lines[at++]
  const index = indexLine?.startsWith('index ') ? parseCount(indexLine.slice('index '.length)) : null
  if (index === null) throw bad('its index is not there or not a decimal number', at)
  if (lines.length - at > LONGEST_PATH) throw bad(`it has more than ${LONGEST_PATH} hashes`, at + 1)
  const path = lines.slice(at).map((line, i) => {
    const hash = parseBase64(line)
    if (hash?.length !== HASH_BYTES) throw bad('a line is not the base64 of 32 bytes', at + i + 1)
    return hash
  })
  return { index, path, checkpoint: text.slice(end + 2), extra }
}

function bad(what: string, line: number): CordonError {
  return new CordonError('log/bad-proof', `This is not a proof of logging: ${what}.`, {
    place: { line },
    remedy: 'Ask for the export with its proof again.',
  })
}
