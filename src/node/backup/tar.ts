import { CordonError } from '../../chain/index.ts'

const BLOCK = 512
/** Octal digits of the size field hold up to 8 GiB; more is written in base 256, as GNU tar does. */
const OCTAL_MOST = 0o77777777777

/** The header of a file in a tar archive (POSIX.1-1988 ustar). `bytes` is what follows it, padded by `padding(bytes)`. */
export function tarHeader(path: string, bytes: number, at: Date): Buffer {
  const header = Buffer.alloc(BLOCK)
  const [prefix, name] = splitPath(path)
  header.write(name, 0, 'utf8')
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (bytes <= OCTAL_MOST) header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header.writeBigUInt64BE(BigInt(bytes), 128)
    header[124] = 0x80
  }
  header.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('0', 156)
  header.write('ustar\x0000', 257, 'latin1')
  header.write(prefix, 345, 'utf8')
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** What fills a file's last block. */
export function padding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
}

/** What ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

/** A file in an archive that is being read: its content must be taken before the next one comes. */
export type TarEntry = { readonly path: string; readonly bytes: number; readonly content: AsyncIterable<Buffer> }

/**
 * The files of a tar archive, in order. Memory does not grow with them. What is left of a content that was not read is skipped.
 *
 * @throws CordonError `backup/damaged` for what is no archive of ours, or ends early
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const reader = new Reader(source)
  for (;;) {
    const header = await reader.take(BLOCK)
    if (header.every((byte) => byte === 0)) {
      await reader.toEnd()
      return
    }
    const { path, bytes } = parseHeader(header)
    const content = reader.stream(bytes)
    yield { path, bytes, content }
    for await (const _ of content);
    await reader.take(padding(bytes).length)
  }
}

function parseHeader(header: Buffer): { path: string; bytes: number } {
  const text = (from: number, length: number) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  const sum = Number.parseInt(text(148, 8), 8)
  if (text(257, 5) !== 'ustar' || sum !== checksum(header)) throw damaged('it is not an archive of Cordon, or a header in it was changed')
  if (header[156] !== 0x30) throw damaged('it holds something that is no plain file')
  const bytes = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 12), 8)
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw damaged('a size in it cannot be read')
  const prefix = text(345, 155)
  return { path: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, bytes }
}

/** The sum of a header's bytes, its own field counted as spaces. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)
}

function splitPath(path: string): readonly [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path]
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name]
  }
  throw new CordonError('backup/long-path', `the path ${path} is too long for an archive`, {
    place: { file: path },
    remedy: 'Rename it, or move it out of the data folder.',
  })
}

export function damaged(why: string, cause?: unknown): CordonError {
  return new CordonError('backup/damaged', `the backup is damaged: ${why}`, {
    remedy: 'Take another copy of it; nothing was restored.',
    ...(cause !== undefined && { cause }),
  })
}

/** Takes bytes from a stream in the amounts that are wanted. */
class Reader {
  private readonly source: AsyncIterator<Buffer>
  private held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]()
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.stream(bytes)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *stream(bytes: number): AsyncGenerator<Buffer> {
    let left = bytes
    while (left > 0) {
      if (this.held.length === 0) this.held = await this.more()
      const part = this.held.subarray(0, left)
      this.held = this.held.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  /** Reads what follows the end, so that a compressed stream checks its own sum. */
  async toEnd(): Promise<void> {
    for (let next = await this.source.next(); !next.done; next = await this.source.next());
  }

  private async more(): Promise<Buffer> {
    const next = await this.source.next()
    if (next.done) throw damaged('it ends early')
    return next.value
  }
}
