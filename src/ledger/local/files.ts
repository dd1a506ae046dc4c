import { closeSync, fsync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { CordonError } from '../../chain/index.ts'

const BUFFER_BYTES = 1 << 20

/** Writes a file from front to back through a buffer. Sync: page-cache writes cost less than the promises around them. */
export class FileWriter {
  readonly path: string
  private readonly fd: number
  private readonly buffer = new Uint8Array(BUFFER_BYTES)
  private filled = 0
  private written = 0
  private open = true

  constructor(path: string) {
    this.path = path
    this.fd = openSync(path, 'w')
  }

  get bytes(): number {
    return this.written + this.filled
  }

  write(data: ArrayBufferView): void {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    if (this.filled + bytes.length <= BUFFER_BYTES) {
      this.buffer.set(bytes, this.filled)
      this.filled += bytes.length
      return
    }
    this.flush()
    if (bytes.length >= BUFFER_BYTES) this.put(bytes)
    else {
      this.buffer.set(bytes)
      this.filled = bytes.length
    }
  }

  close(): void {
    if (!this.open) return
    this.open = false
    try {
      this.flush()
    } finally {
      closeSync(this.fd)
    }
  }

  /** Closes without writing what is left: for a file that will be thrown away. */
  abandon(): void {
    if (!this.open) return
    this.open = false
    closeSync(this.fd)
  }

  private flush(): void {
    this.put(this.buffer.subarray(0, this.filled))
    this.filled = 0
  }

  private put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      try {
        // A single write moves at most 2^31 - 4096 bytes.
        at += writeSync(this.fd, bytes, at, Math.min(bytes.length - at, 1 << 30))
      } catch (error) {
        throw diskError(error, this.path)
      }
    }
    this.written += bytes.length
  }
}

/** Turns what the system says of a failed write into what a person can do about it. */
export function diskError(error: unknown, path: string): unknown {
  const code = (error as { readonly code?: unknown } | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CordonError('ledger/disk-full', `the disk is full: could not write ${path}`, {
      place: { file: path },
      remedy: 'free some space, or put the ledger on another disk; the ledger that was there before is unharmed',
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CordonError('ledger/not-writable', `may not write ${path}`, {
      place: { file: path },
      remedy: 'choose a folder that you may write to',
      cause: error,
    })
  }
  return error
}

/** Writes a whole column at once. */
export function writeFile(path: string, data: ArrayBufferView): void {
  const writer = new FileWriter(path)
  try {
    writer.write(data)
    writer.close()
  } finally {
    writer.abandon()
  }
}

/** Reads a file from front to back into `target`, part by part; calls back with the bytes that each part holds. */
export function readParts(path: string, target: Uint8Array, each: (bytes: number, offset: number) => void): void {
  const fd = openSync(path, 'r')
  try {
    for (let offset = 0; ; ) {
      const bytes = readFully(fd, target, offset)
      if (bytes === 0) return
      each(bytes, offset)
      offset += bytes
    }
  } finally {
    closeSync(fd)
  }
}

/** Fills `target` from `offset` on; fewer bytes only at the end of the file. */
export function readFully(fd: number, target: Uint8Array, offset: number): number {
  let filled = 0
  while (filled < target.length) {
    const bytes = readSync(fd, target, filled, Math.min(target.length - filled, 1 << 30), offset + filled)
    if (bytes === 0) break
    filled += bytes
  }
  return filled
}

export function fileBytes(path: string): number {
  return statSync(path).size
}

/** Waits until the disk holds a file (or the names in a folder), whatever happens to the power. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await promisify(fsync)(file.fd)
  } catch (error) {
    throw diskError(error, path)
  } finally {
    await file.close()
  }
}
