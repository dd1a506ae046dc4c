/** What is due at a block: a deposit address to be emptied, or a step of a theft. Equal blocks leave in the order they came. */
export interface Queue {
  push(block: number, task: Task): void
  /** Block of the next task, or Infinity. */
  readonly next: number
  pop(): Task
  readonly length: number
}

export type Task =
  | { readonly kind: 'forward'; readonly deposit: number; readonly asset: number }
  | { readonly kind: 'step'; readonly run: () => void }

interface Entry {
  readonly block: number
  readonly order: number
  readonly task: Task
}

const before = (a: Entry, b: Entry) => a.block < b.block || (a.block === b.block && a.order < b.order)

/** A binary heap. */
export function createQueue(): Queue {
  const heap: Entry[] = []
  let order = 0

  const rise = (entry: Entry) => {
    let at = heap.length
    heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]!
      if (!before(entry, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = entry
  }

  const sink = (entry: Entry) => {
    const length = heap.length
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      if (child + 1 < length && before(heap[child + 1]!, heap[child]!)) child += 1
      if (!before(heap[child]!, entry)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = entry
  }

  return {
    push(block, task) {
      rise({ block, order: order++, task })
    },
    get next() {
      return heap[0]?.block ?? Number.POSITIVE_INFINITY
    },
    pop() {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) throw new Error('the queue is empty')
      if (heap.length > 0) sink(last)
      return first.task
    },
    get length() {
      return heap.length
    },
  }
}
