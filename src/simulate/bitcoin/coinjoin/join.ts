import type { CoinJoinFamily } from '../truth.ts'
import { type BitcoinWorld, type Coin, type Output, type Owner, type Sent, send } from '../world.ts'

/** An input or output of a CoinJoin with the place of its owner in the list of participants; -1 is the coordinator. */
export interface Owned<T> {
  readonly of: number
  readonly part: T
}

export interface Join {
  readonly family: CoinJoinFamily
  readonly denomination: number
  readonly owners: readonly Owner[]
  readonly inputs: readonly Owned<Coin>[]
  readonly outputs: readonly Owned<Output>[]
  readonly version: number
  readonly lockTime: number
  readonly sequence: number
}

/** Makes a CoinJoin and writes down whose each part was. */
export function join(w: BitcoinWorld, { owners, inputs, outputs, ...rest }: Join): Sent {
  const sent = send(w, { ...rest, inputs: inputs.map(({ part }) => part), outputs: outputs.map(({ part }) => part) })
  const places = (list: readonly Owned<unknown>[], of: number) => list.flatMap((each, index) => (each.of === of ? [index] : []))
  w.coinJoins.push({
    tx: sent.tx,
    family: rest.family,
    denomination: rest.denomination,
    participants: owners.map((owner, of) => ({ owner, inputs: places(inputs, of), outputs: places(outputs, of) })),
    coordinatorFee: places(outputs, -1),
  })
  return sent
}

/** Fisher and Yates. */
export function shuffle<T>(w: BitcoinWorld, list: readonly T[]): T[] {
  const mixed = [...list]
  for (let k = mixed.length - 1; k > 0; k--) {
    const other = w.random.below(k + 1)
    ;[mixed[k], mixed[other]] = [mixed[other]!, mixed[k]!]
  }
  return mixed
}
