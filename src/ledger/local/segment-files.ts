import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { findKey, type KeyIndex } from './keyindex.ts'
import type { StoredFile } from './layout.ts'
import { type MappedFile, openFile, type ReadMode } from './mapping.ts'

/** The files of an opened segment as typed arrays. Each file is touched only when its column is first asked for. */
export class SegmentFiles {
  private readonly files = new Map<string, MappedFile>()
  private readonly views = new Map<string, unknown>()
  // By name and by type: questions about single outputs ask for columns some hundred million times, and must not make a key or a function each time.
  private readonly words = new Map<string, Uint32Array>()
  private readonly bytes = new Map<string, Uint8Array>()

  /**
   * `folder` is the segment's own; `expected` are the bytes of the files whose size follows from the record.
   * @throws CordonError `ledger/damaged` when a file is missing or has another size than it must
   */
  constructor(
    folder: string,
    record: { readonly name: string; readonly files: Readonly<Record<string, StoredFile>> },
    expected: Readonly<Record<string, number>>,
    mode: ReadMode,
  ) {
    try {
      for (const name of Object.keys(expected)) {
        if (record.files[name]?.bytes !== expected[name]) {
          throw new CordonError('ledger/damaged', `the manifest's entry for ${record.name}/${name} does not fit its counts`, {
            place: { file: join(folder, '..', 'manifest.json'), field: name },
            remedy: 'import the chain data again, or restore the ledger from a copy',
          })
        }
      }
      for (const [name, file] of Object.entries(record.files)) {
        this.files.set(name, openFile(join(folder, name), file.bytes, mode))
      }
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** A file as u32. */
  u32(name: string): Uint32Array {
    let column = this.words.get(name)
    if (column === undefined) {
      column = new Uint32Array(this.buffer(name))
      this.words.set(name, column)
    }
    return column
  }

  u8(name: string): Uint8Array {
    let column = this.bytes.get(name)
    if (column === undefined) {
      column = new Uint8Array(this.buffer(name))
      this.bytes.set(name, column)
    }
    return column
  }

  f64(name: string): Float64Array {
    return this.view(`f64 ${name}`, () => new Float64Array(this.buffer(name)))
  }

  has(name: string): boolean {
    return this.files.has(name)
  }

  prefetch(name: string, start: number, end: number): void {
    if (end > start) this.files.get(name)?.prefetch(start, end)
  }

  /** Gives back the memory of all columns; they come again as they are touched. */
  release(): void {
    for (const file of this.files.values()) file.release()
  }

  close(): void {
    for (const file of this.files.values()) file.close()
    this.files.clear()
    this.views.clear()
    this.words.clear()
    this.bytes.clear()
  }

  /** Number of a key within the segment by the index `name.bucket`, `name.slot`, or -1. */
  protected find(name: string, keys: string, words: number, key: Uint32Array, hashed = words): number {
    return findKey(
      this.view(
        `${name}.index`,
        (): KeyIndex => ({ keys: this.u32(keys), words, hashed, bucket: this.u32(`${name}.bucket`), slot: this.u32(`${name}.slot`) }),
      ),
      key,
    )
  }

  protected buffer(name: string): ArrayBuffer {
    const file = this.files.get(name)
    if (file === undefined) throw new CordonError('ledger/closed', 'the ledger has been closed')
    return file.buffer
  }

  protected view<T>(name: string, make: () => T): T {
    let view = this.views.get(name) as T | undefined
    if (view === undefined) {
      view = make()
      this.views.set(name, view)
    }
    return view
  }
}
