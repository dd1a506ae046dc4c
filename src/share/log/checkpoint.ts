import { CordonError } from '../../chain/index.ts'
import { base64, isCount, parseBase64, parseCount } from './bytes.ts'
import { EMPTY_ROOT, HASH_BYTES, type Hash, sameHash } from './merkle.ts'

/** What a log says of itself at one size: C2SP tlog-checkpoint. */
export type Checkpoint = {
  /** Which log: a line of text, by custom an address without `https://`. */
  readonly origin: string
  /** Entries. */
  readonly size: number
  readonly root: Hash
  /** Further lines, opaque. Best left empty: monitors cannot audit them. */
  readonly extensions: readonly string[]
}

/** The text of a checkpoint, to be signed as a note. Throws `log/bad-checkpoint` for what would read back as another one. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint
  if (!isCount(size)) throw bad(`its size ${size} is not a count`, 2)
  if (root.length !== HASH_BYTES) throw bad(`its root has ${root.length} bytes`, 3)
  const lines = [origin, String(size), base64(root), ...extensions]
  for (const [at, line] of lines.entries()) {
    if (line === '' || hasControl(line) || !line.isWellFormed()) throw bad('a line is empty or holds a control character', at + 1)
  }
  if (size === 0 && !sameHash(root, EMPTY_ROOT)) throw bad('the root of an empty log is the SHA-256 of nothing', 3)
  return lines.map((line) => `${line}\n`).join('')
}

/**
 * Reads the text of a checkpoint: at least three lines that are not empty, each ended by a line feed.
 *
 * @throws CordonError `log/bad-checkpoint`, naming the line
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw bad('it does not end with a line feed', lines.length + 1)
  const [origin, count, encoded, ...extensions] = lines
  if (origin === undefined || count === undefined || encoded === undefined) throw bad('it has fewer than three lines', lines.length)
  const size = parseCount(count)
  if (size === null) throw bad('its size is not a decimal number without leading zeroes, up to 2^53-1', 2)
  const root = parseBase64(encoded)
  if (root?.length !== HASH_BYTES) throw bad('its root is not the base64 of 32 bytes', 3)
  const checkpoint = { origin, size, root, extensions }
  formatCheckpoint(checkpoint)
  return checkpoint
}

function hasControl(line: string): boolean {
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) < 0x20) return true
  return false
}

function bad(what: string, line: number): CordonError {
  return new CordonError('log/bad-checkpoint', `This is not a checkpoint of a log: ${what}.`, {
    place: { line },
    remedy: 'Fetch the checkpoint again from the log, whole.',
  })
}
