/** A typed array that grows by doubling. */
export class Growing<T extends Uint32Array | Float64Array> {
  data: T
  length = 0
  private readonly make: (length: number) => T

  constructor(make: (length: number) => T, capacity = 1024) {
    this.make = make
    this.data = make(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for `length` entries; those that are new are 0. */
  reserve(length: number): void {
    if (length <= this.data.length) return
    const grown = this.make(Math.max(length, this.data.length * 2))
    grown.set(this.data)
    this.data = grown
  }

  /** The entries so far; not a copy. */
  taken(): T {
    return this.data.subarray(0, this.length) as T
  }
}

export const growingU32 = (capacity?: number): Growing<Uint32Array> => new Growing((length) => new Uint32Array(length), capacity)
export const growingF64 = (capacity?: number): Growing<Float64Array> => new Growing((length) => new Float64Array(length), capacity)
