/** A row of a file, kept for later. */
export interface StoredRow {
  /** 1-based line in its file. */
  readonly line: number
  readonly raw: string
}

/** Rows by number, for files that are joined by it. */
export interface RowStore {
  add(number: number, row: StoredRow): void
  /** The rows under a number, in the order in which they came. */
  under(number: number): StoredRow[]
  numbers(): Iterable<number>
}

/**
 * Rows held as UTF-8 outside of the heap, in some 20 bytes more than their own length each: as strings in arrays 700,000 rows of 60 bytes take 170 MB, so 50.
 */
export function rowStore(): RowStore {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = new Uint8Array(1 << 16)
  let used = 0
  /** Of each row: where its text starts and ends, its line, and the row before it under the same number plus one, 0 for none. */
  let rows = new Uint32Array(1 << 12)
  let count = 0
  const latest = new Map<number, number>()
  return {
    add(number, row) {
      if (used + row.raw.length * 3 > text.length) text = widened(text, new Uint8Array(2 * (text.length + row.raw.length * 3)))
      if (4 * (count + 1) > rows.length) rows = widened(rows, new Uint32Array(2 * rows.length))
      const start = used
      used += encoder.encodeInto(row.raw, text.subarray(used)).written
      rows.set([start, used, row.line, (latest.get(number) ?? -1) + 1], 4 * count)
      latest.set(number, count++)
    },
    under(number) {
      const found: StoredRow[] = []
      for (let index = latest.get(number) ?? -1; index >= 0; ) {
        const [start = 0, end = 0, line = 0, before = 0] = rows.subarray(4 * index, 4 * index + 4)
        found.push({ line, raw: decoder.decode(text.subarray(start, end)) })
        index = before - 1
      }
      return found.reverse()
    },
    numbers: () => latest.keys(),
  }
}

function widened<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
