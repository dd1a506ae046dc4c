import { join } from 'node:path'
import { FileWriter } from '../../local/files.ts'
import type { ScriptColumn } from '../block.ts'

const EVERY_FILE = [
  ...['tx.hash', 'tx.in', 'tx.out', 'tx.version', 'tx.lock', 'tx.flags', 'in.output', 'out.value', 'out.account', 'out.spender'],
  ...['spend.output', 'spend.tx', 'foreign.hash', 'foreign.index', 'foreign.value', 'foreign.account', 'foreign.tx', 'account.key'],
  ...['script.account', 'script.start', 'script.bytes', 'data.output', 'data.start', 'data.bytes'],
  ...['block.height', 'block.tx', 'block.time', 'block.hash', 'block.digest'],
]

/** The files of the first pass of one segment, each appended to as blocks come. */
export class ColumnFiles {
  readonly #folder: string
  readonly #writers = new Map<string, FileWriter>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws CordonError `ledger/disk-full` */
  write(name: string, data: ArrayBufferView): void {
    if (data.byteLength > 0) this.#writer(name).write(data)
  }

  /** Writes one script, and says how many bytes it has. */
  writeScript(name: string, { bytes, start, end }: ScriptColumn, at: number): number {
    const script = bytes.subarray(start[at] as number, end[at] as number)
    this.write(name, script)
    return script.length
  }

  /** Writes all that waits. Files of which nothing came are there all the same, and empty. */
  close(): void {
    for (const name of EVERY_FILE) this.#writer(name)
    for (const writer of this.#writers.values()) writer.close()
  }

  /** Closes what is open after a failure; the folder is about to go. */
  abandon(): void {
    for (const writer of this.#writers.values()) writer.abandon()
  }

  #writer(name: string): FileWriter {
    let writer = this.#writers.get(name)
    if (writer === undefined) {
      writer = new FileWriter(join(this.#folder, name))
      this.#writers.set(name, writer)
    }
    return writer
  }
}
