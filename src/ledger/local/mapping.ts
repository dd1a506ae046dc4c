import { closeSync, openSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { CordonError } from '../../chain/index.ts'
import { fileBytes, readFully } from './files.ts'

/** How columns come into memory: mapped by the system as they are touched, or read whole at first use. */
export type ReadMode = 'map' | 'read'

/** The bytes of one file, and a way to ask the disk for a part of it before it is needed. */
export interface MappedFile {
  readonly buffer: ArrayBuffer
  /** Starts to read bytes `[start, end)` and does not wait. Asking again for a part costs next to nothing. */
  prefetch(start: number, end: number): void
  /** Gives back the pages that were touched; they stay in the system's cache and come again when they are next read. */
  release(): void
  close(): void
}

interface System {
  mmap(address: null, length: number, protection: number, flags: number, fd: number, offset: number): bigint
  munmap(address: bigint, length: number): number
  madvise(address: bigint, length: number, advice: number): number
  flock(fd: number, operation: number): number
  view(address: bigint, length: number): ArrayBuffer
}

const PROT_READ = 1
const MAP_SHARED = 1
const MAP_FAILED = 0xffff_ffff_ffff_ffffn
const MADV_WILLNEED = 3
const MADV_DONTNEED = 4
/** Least part that is asked of the disk; a multiple of every page size. */
const PREFETCH_BYTES = 1 << 16

let loaded: System | null | undefined

/** The C library's calls, or null where there is none to speak of (then files are read). */
export function system(): System | null {
  if (loaded !== undefined) return loaded
  loaded = null
  if (process.platform === 'linux' || process.platform === 'darwin') {
    try {
      const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi')
      const library = koffi.load(null)
      loaded = {
        mmap: library.func('void *mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)'),
        munmap: library.func('int munmap(void *address, size_t length)'),
        madvise: library.func('int madvise(void *address, size_t length, int advice)'),
        flock: library.func('int flock(int fd, int operation)'),
        view: (address, length) => koffi.view(address, length) as ArrayBuffer,
      } as System
    } catch {
      // No prebuilt koffi for this platform: reading files whole gives the same answers.
    }
  }
  return loaded
}

/** `map` where the platform can; `CORDON_READ=read` in the environment turns mapping off. */
export function defaultReadMode(): ReadMode {
  return process.env.CORDON_READ === 'read' || system() === null ? 'read' : 'map'
}

/**
 * Opens a file of which the manifest says that it has `bytes` bytes.
 *
 * @throws CordonError `ledger/damaged` when it is missing or has another size
 */
export function openFile(path: string, bytes: number, mode: ReadMode): MappedFile {
  let actual: number
  try {
    actual = fileBytes(path)
  } catch (error) {
    throw damaged(path, 'is missing', error)
  }
  if (actual !== bytes) throw damaged(path, `has ${actual} bytes and should have ${bytes}`)
  const calls = mode === 'map' ? system() : null
  return calls === null || bytes === 0 ? readFile(path, bytes) : mapFile(path, bytes, calls)
}

function damaged(path: string, what: string, cause?: unknown): CordonError {
  return new CordonError('ledger/damaged', `the ledger is damaged: ${path} ${what}`, {
    place: { file: path },
    remedy: 'import the chain data again, or restore the ledger from a copy',
    ...(cause === undefined ? {} : { cause }),
  })
}

function mapFile(path: string, bytes: number, calls: System): MappedFile {
  const fd = openSync(path, 'r')
  let address: bigint
  try {
    address = calls.mmap(null, bytes, PROT_READ, MAP_SHARED, fd, 0)
  } finally {
    closeSync(fd)
  }
  if (address === null || BigInt(address) === MAP_FAILED) return readFile(path, bytes)
  const buffer = calls.view(address, bytes)
  const asked = new Uint8Array(Math.ceil(bytes / PREFETCH_BYTES / 8))
  return {
    buffer,
    prefetch(start, end) {
      const last = Math.floor((Math.min(end, bytes) - 1) / PREFETCH_BYTES)
      let part = Math.floor(start / PREFETCH_BYTES)
      while (part <= last) {
        if (isAsked(asked, part)) {
          part++
          continue
        }
        const first = part
        while (part <= last && !isAsked(asked, part)) {
          asked[part >>> 3] = (asked[part >>> 3] as number) | (1 << (part & 7))
          part++
        }
        const offset = first * PREFETCH_BYTES
        calls.madvise(address + BigInt(offset), Math.min(part * PREFETCH_BYTES, bytes) - offset, MADV_WILLNEED)
      }
    },
    release() {
      calls.madvise(address, bytes, MADV_DONTNEED)
    },
    close() {
      // Detaching the buffer empties every array over it, so a late reader finds nothing instead of memory that is no longer there.
      if (!buffer.detached) {
        buffer.transfer()
        calls.munmap(address, bytes)
      }
    },
  }
}

const PAGE_BYTES = 4096

/** Bytes of mapped files that are resident in this process, as the system counts them; all of its memory where it does not say. */
export function residentFileBytes(): number {
  try {
    return Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[2]) * PAGE_BYTES
  } catch {
    return process.memoryUsage.rss()
  }
}

function isAsked(asked: Uint8Array, part: number): boolean {
  return (((asked[part >>> 3] as number) >>> (part & 7)) & 1) === 1
}

/** The fallback: the whole file in memory, from first use on. It is opened at once, so that a later import cannot take it away. */
function readFile(path: string, bytes: number): MappedFile {
  let fd: number | null = openSync(path, 'r')
  let buffer: ArrayBuffer | null = null
  return {
    get buffer() {
      if (buffer !== null) return buffer
      if (fd === null) return new ArrayBuffer(0)
      buffer = new ArrayBuffer(bytes)
      const got = readFully(fd, new Uint8Array(buffer), 0)
      if (got !== bytes) throw damaged(path, `has ${got} bytes and should have ${bytes}`)
      return buffer
    },
    prefetch() {},
    release() {},
    close() {
      if (fd !== null) closeSync(fd)
      fd = null
      buffer = null
    },
  }
}
