import { closeSync, openSync } from 'node:fs'
import { fileBytes, readFully } from '../../local/files.ts'
import { type Key, unmask } from './obfuscation.ts'

const WINDOW_BYTES = 1 << 15

/** Looks at short pieces of a large file, most of which it skips. */
export class FileWindow {
  readonly path: string
  readonly size: number
  private readonly fd: number
  private readonly key: Key
  private readonly buffer = new Uint8Array(WINDOW_BYTES)
  private start = 0
  private filled = 0

  constructor(path: string, key: Key) {
    this.path = path
    this.size = fileBytes(path)
    this.fd = openSync(path, 'r')
    this.key = key
  }

  /** Bytes from `position` on, without the mask: `length` of them (at most 32 KiB), fewer at the end of the file. Good until the next look. */
  look(position: number, length: number): Uint8Array {
    if (position < this.start || position + length > this.start + this.filled) {
      this.start = position
      this.filled = readFully(this.fd, this.buffer, position)
      unmask(this.buffer, this.filled, position, this.key)
    }
    const from = position - this.start
    return this.buffer.subarray(from, Math.min(from + length, this.filled))
  }

  /**
   * Whether the file holds nothing from `position` up to `end`. Space that is set aside for later is zero on disk, whatever the mask.
   */
  isUnwritten(position: number, end = this.size): boolean {
    const part = new Uint8Array(1 << 20)
    for (let at = position; at < end; ) {
      const wanted = Math.min(part.length, end - at)
      const got = readFully(this.fd, part.subarray(0, wanted), at)
      if (got === 0) break
      for (let i = 0; i < got; i++) if (part[i] !== 0) return false
      at += got
    }
    return true
  }

  close(): void {
    closeSync(this.fd)
  }
}
