/** A tag or file that was not taken in, and why. */
export interface RefusedTag {
  readonly file: string
  /** 1-based; null where the format has no lines. */
  readonly line: number | null
  readonly field: string
  readonly reason: string
}

/** Something that was taken in and that a person should know of; equal notes of one file are counted together. */
export interface TagNote {
  readonly file: string
  /** Where it was first seen. */
  readonly line: number | null
  readonly field: string
  readonly note: string
  readonly count: number
}

/** One file that was read. */
export interface TagFile {
  readonly file: string
  readonly title: string
  readonly format: 'tagpack' | 'actorpack' | 'etherscan-labels' | 'csv'
  readonly bytes: number
  readonly sha256: string
  readonly tags: number
  readonly actors: number
}

/** What was read from where, what was refused, and what is odd. */
export interface TagReport {
  readonly files: readonly TagFile[]
  readonly tags: number
  readonly actors: number
  /** Tags that repeat another one word for word; kept. */
  readonly repeated: number
  readonly refused: readonly RefusedTag[]
  readonly notes: readonly TagNote[]
  /** Files in given folders that are none of the formats. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
}

/** Collects what a reader of one file has to say. */
export class ReadingNotes {
  readonly file: string
  readonly refused: RefusedTag[] = []
  readonly #notes = new Map<string, { line: number | null; field: string; note: string; count: number }>()

  constructor(file: string) {
    this.file = file
  }

  refuse(line: number | null, field: string, reason: string): void {
    this.refused.push({ file: this.file, line, field, reason })
  }

  note(line: number | null, field: string, note: string): void {
    const key = `${field}\0${note}`
    const known = this.#notes.get(key)
    if (known === undefined) this.#notes.set(key, { line, field, note, count: 1 })
    else known.count++
  }

  get notes(): TagNote[] {
    return [...this.#notes.values()].map((note) => ({ file: this.file, ...note }))
  }
}
