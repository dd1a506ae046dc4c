/** Pools by the next transaction in which they take part: a binary heap of numbers, smallest key first, ties by value. */
export class EventHeap {
  #keys: number[] = []
  #values: number[] = []

  get size(): number {
    return this.#keys.length
  }

  /** Smallest key, or Infinity when empty. */
  get next(): number {
    return this.#keys[0] ?? Number.POSITIVE_INFINITY
  }

  push(key: number, value: number): void {
    const keys = this.#keys
    const values = this.#values
    let i = keys.length
    keys.push(key)
    values.push(value)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const parentKey = keys[parent] as number
      if (parentKey < key || (parentKey === key && (values[parent] as number) <= value)) break
      keys[i] = parentKey
      values[i] = values[parent] as number
      i = parent
    }
    keys[i] = key
    values[i] = value
  }

  /** Remove the smallest entry and return its value. The heap must not be empty. */
  pop(): number {
    const keys = this.#keys
    const values = this.#values
    const top = values[0] as number
    const key = keys.pop() as number
    const value = values.pop() as number
    const size = keys.length
    if (size === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      const right = child + 1
      if (right < size) {
        const a = keys[child] as number
        const b = keys[right] as number
        if (b < a || (b === a && (values[right] as number) < (values[child] as number))) child = right
      }
      const childKey = keys[child] as number
      if (key < childKey || (key === childKey && value <= (values[child] as number))) break
      keys[i] = childKey
      values[i] = values[child] as number
      i = child
    }
    keys[i] = key
    values[i] = value
    return top
  }
}
