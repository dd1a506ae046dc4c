/**
 * Value on its way out of one pool and into the next: an amount of one asset and the part of it that is stolen.
 *
 * `lots` is the order in which its units left, where a policy keeps order (FIFO, LIFO) and the parcel is of mixed colour: lengths of
 * runs, the first of the colour `firstStolen`, colours alternating. It is null for a parcel of one colour, and for policies without order.
 */
export interface Parcel {
  readonly value: bigint
  readonly stolen: bigint
  readonly lots: readonly bigint[] | null
  readonly firstStolen: boolean
}

export function cleanParcel(value: bigint): Parcel {
  return { value, stolen: 0n, lots: null, firstStolen: false }
}

export function stolenParcel(value: bigint): Parcel {
  return { value, stolen: value, lots: null, firstStolen: true }
}

/** A parcel whose first `stolen` units are stolen and the others clean: how value comes out of a swap. */
export function mixedParcel(value: bigint, stolen: bigint): Parcel {
  if (stolen === 0n) return cleanParcel(value)
  if (stolen === value) return stolenParcel(value)
  return { value, stolen, lots: [stolen, value - stolen], firstStolen: true }
}
