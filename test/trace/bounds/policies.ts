import type { BoundsInput } from '../../../src/trace/bounds/index.ts'

/** An amount and how much of it is stolen. */
interface Parcel {
  value: bigint
  stolen: bigint
}

export type PolicyName = 'fifo' | 'lifo' | 'haircut' | 'random'

/**
 * What each group receives under an accounting policy, replayed move by move. `random` takes any admissible stolen amount, as `choose`
 * decides from the least and the most. For ledgers without injections or unknown openings, with one move to a transaction.
 */
export function replay(
  { pools, groups, opening, moves }: BoundsInput,
  policy: PolicyName,
  choose: (least: bigint, most: bigint) => bigint,
): bigint[] {
  const queues: Parcel[][] = Array.from({ length: pools }, () => [])
  const arrived = new Array<bigint>(groups).fill(0n)
  const put = (pool: number, parcels: readonly Parcel[]): void => {
    const queue = queues[pool]!
    const merged = queue[0]
    if ((policy === 'haircut' || policy === 'random') && merged !== undefined) {
      for (const { value, stolen } of parcels) {
        merged.value += value
        merged.stolen += stolen
      }
    } else queue.push(...parcels)
  }
  const take = (pool: number, amount: bigint): Parcel[] => {
    const queue = queues[pool]!
    const taken: Parcel[] = []
    let left = amount
    while (left > 0n) {
      const parcel = (policy === 'lifo' ? queue.at(-1) : queue[0])!
      const value = parcel.value < left ? parcel.value : left
      const clean = parcel.value - parcel.stolen
      const least = value > clean ? value - clean : 0n
      const most = value < parcel.stolen ? value : parcel.stolen
      const stolen = policy === 'random' ? choose(least, most) : (value * parcel.stolen) / parcel.value
      taken.push({ value, stolen })
      parcel.value -= value
      parcel.stolen -= stolen
      left -= value
      if (parcel.value === 0n) {
        if (policy === 'lifo') queue.pop()
        else queue.shift()
      }
    }
    return taken
  }
  for (const { pool, amount, colour } of opening) if (amount > 0n) put(pool, [{ value: amount, stolen: colour === 'stolen' ? amount : 0n }])
  moves.value.forEach((value, i) => {
    const from = moves.from[i]!
    const to = moves.to[i]!
    if (value === 0n || (from === to && from >= 0)) return
    const parcels = from >= 0 ? take(from, value) : [{ value, stolen: 0n }]
    if (to >= 0) put(to, parcels)
    else if (to < -1) for (const { stolen } of parcels) arrived[-2 - to]! += stolen
  })
  return arrived
}
