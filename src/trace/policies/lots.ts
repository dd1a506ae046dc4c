import type { Parcel } from '../parcel.ts'

/**
 * Units in the order in which they came, as runs of one colour: runs of neighbouring equal colour are one lot, so colours alternate
 * and an untouched account is a single lot however much passes through it.
 */
export class Lots {
  #amounts: bigint[] = []
  #head = 0
  /** Colour of the lot at the head. */
  #headStolen = false

  put(parcel: Parcel): void {
    if (parcel.lots === null) {
      this.#append(parcel.value, parcel.firstStolen)
      return
    }
    let stolen = parcel.firstStolen
    for (const amount of parcel.lots) {
      this.#append(amount, stolen)
      stolen = !stolen
    }
  }

  #append(amount: bigint, stolen: boolean): void {
    if (amount === 0n) return
    const amounts = this.#amounts
    const count = amounts.length - this.#head
    if (count === 0) {
      this.#amounts = [amount]
      this.#head = 0
      this.#headStolen = stolen
      return
    }
    const lastStolen = (count & 1) === 1 ? this.#headStolen : !this.#headStolen
    if (lastStolen === stolen) amounts[amounts.length - 1] = (amounts[amounts.length - 1] as bigint) + amount
    else amounts.push(amount)
  }

  /** The oldest units, in order. */
  takeFirst(value: bigint): Parcel {
    const amounts = this.#amounts
    const first = amounts[this.#head]
    if (first !== undefined && first > value) {
      amounts[this.#head] = first - value
      return uniform(value, this.#headStolen)
    }
    const taken: bigint[] = []
    const firstStolen = this.#headStolen
    let stolen = 0n
    let left = value
    while (left !== 0n) {
      const lot = amounts[this.#head]
      if (lot === undefined) throw new RangeError('more was taken from a pool than it holds')
      const part = lot > left ? left : lot
      taken.push(part)
      if (this.#headStolen) stolen += part
      left -= part
      if (part === lot) {
        this.#head += 1
        this.#headStolen = !this.#headStolen
      } else {
        amounts[this.#head] = lot - part
      }
    }
    this.#compact()
    return parcelOf(value, stolen, taken, firstStolen)
  }

  /** The newest units, newest first. */
  takeLast(value: bigint): Parcel {
    const amounts = this.#amounts
    const taken: bigint[] = []
    let count = amounts.length - this.#head
    let colour = (count & 1) === 1 ? this.#headStolen : !this.#headStolen
    const firstStolen = colour
    let stolen = 0n
    let left = value
    while (left !== 0n) {
      if (count === 0) throw new RangeError('more was taken from a pool than it holds')
      const at = amounts.length - 1
      const lot = amounts[at] as bigint
      const part = lot > left ? left : lot
      taken.push(part)
      if (colour) stolen += part
      left -= part
      if (part === lot) {
        amounts.pop()
        count -= 1
        colour = !colour
      } else {
        amounts[at] = lot - part
      }
    }
    return parcelOf(value, stolen, taken, firstStolen)
  }

  /** Forget spent lots once they are the larger part of the array: each lot is moved at most once on average. */
  #compact(): void {
    if (this.#head > 32 && this.#head * 2 > this.#amounts.length) {
      this.#amounts = this.#amounts.slice(this.#head)
      this.#head = 0
    }
  }
}

function uniform(value: bigint, stolen: boolean): Parcel {
  return { value, stolen: stolen ? value : 0n, lots: null, firstStolen: stolen }
}

function parcelOf(value: bigint, stolen: bigint, lots: bigint[], firstStolen: boolean): Parcel {
  return lots.length <= 1 ? uniform(value, firstStolen && value !== 0n) : { value, stolen, lots, firstStolen }
}
