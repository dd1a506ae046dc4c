import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { diskError } from '../../local/files.ts'

/** Where answers are kept between one run and the next. Names are made of letters, digits, `-` and `/`. */
export interface AnswerCache {
  read(name: string): Promise<string | null>
  write(name: string, text: string): Promise<void>
  readonly found: number
  /** Files that did not hold what had been written, and were asked for again. */
  readonly spoilt: number
}

let parts = 0

/** Keeps nothing. */
export const NO_CACHE: AnswerCache = { read: async () => null, write: async () => {}, found: 0, spoilt: 0 }

/**
 * Answers as files of a folder: the SHA-256 of the text on a line of its own, then the text. A file is written beside its place and renamed into it, so that an interrupted run
 * leaves whole files alone; one whose text is not what the hash says counts as missing.
 */
export class DiskCache implements AnswerCache {
  readonly #directory: string
  found = 0
  spoilt = 0

  constructor(directory: string) {
    // A later form of the answers gets a folder of its own.
    this.#directory = join(directory, 'v1')
  }

  async read(name: string): Promise<string | null> {
    let content: string
    try {
      content = await readFile(this.#file(name), 'utf8')
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'ENOENT') return null
      throw diskError(error, this.#file(name))
    }
    const text = content.slice(65)
    if (content[64] === '\n' && content.slice(0, 64) === digest(text)) {
      this.found++
      return text
    }
    this.spoilt++
    return null
  }

  /** @throws CordonError `ledger/disk-full`, `ledger/not-writable` */
  async write(name: string, text: string): Promise<void> {
    const file = this.#file(name)
    const part = `${file}.${process.pid}-${parts++}.part`
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(part, `${digest(text)}\n${text}`)
      await rename(part, file)
    } catch (error) {
      throw diskError(error, file)
    }
  }

  /** Folders by the first two digits of the last part of a name: there may be very many files. */
  #file(name: string): string {
    const parts = name.split('/')
    const last = parts.pop() as string
    return join(this.#directory, ...parts, last.slice(0, 2), `${last}.txt`)
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
