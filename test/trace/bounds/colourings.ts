import type { BoundsInput } from '../../../src/trace/bounds/index.ts'
import { unitEnd } from './reference.ts'

/** What one group may have received over every admissible colouring of a tiny ledger, found by trying them all. */
export function everyColouring(input: BoundsInput): { least: bigint[]; most: bigint[] } {
  const { pools, groups, opening, moves, injections } = input
  const { from, to, value } = moves
  const balance = new Array<number>(pools).fill(0)
  // A state is the stolen amount of each pool, then of each group, then of the running transaction.
  const hub = pools + groups
  let states: number[][] = [new Array<number>(hub + 1).fill(0)]
  const each = (next: (state: number[], emit: (changed: number[]) => void) => void): void => {
    const found = new Map<string, number[]>()
    for (const state of states) next(state, (changed) => found.set(changed.join(), changed))
    states = [...found.values()]
  }
  const changed = (state: number[], ...changes: [number, number][]): number[] => {
    const copy = state.slice()
    for (const [at, by] of changes) copy[at]! += by
    return copy
  }
  for (const { pool, amount, colour } of opening) {
    balance[pool]! += Number(amount)
    each((state, emit) => {
      for (let k = colour === 'stolen' ? Number(amount) : 0; k <= (colour === 'clean' ? 0 : Number(amount)); k++)
        emit(changed(state, [pool, k]))
    })
  }
  /** Of `total` units, `stolen` of them stolen, the stolen units among `taken` of them that any choice may give. */
  const among = function* (stolen: number, total: number, taken: number): Generator<number> {
    for (let k = Math.max(0, taken - (total - stolen)); k <= Math.min(stolen, taken); k++) yield k
  }
  /** Colour some units afresh; yields the stolen units afterwards. */
  const afresh = function* (stolen: number, total: number, least: number, most: number): Generator<number> {
    for (let x = least; x <= most; x++) for (const rest of among(stolen, total, total - x)) yield x + rest
  }
  for (let start = 0, end = 0; start < value.length; start = end) {
    end = unitEnd(moves, start)
    for (const one of injections) {
      if (one.kind !== 'holding' || one.before < start || one.before >= end) continue
      each((state, emit) => {
        const had = state[one.pool]!
        for (const k of afresh(had, balance[one.pool]!, Number(one.least), Number(one.most))) emit(changed(state, [one.pool, k - had]))
      })
    }
    let running = 0
    for (let i = start; i < end; i++) {
      const payer = from[i]!
      const paid = Number(value[i])
      if (payer === to[i] && payer >= 0) continue
      running += paid
      if (payer < 0) continue
      each((state, emit) => {
        for (const k of among(state[payer]!, balance[payer]!, paid)) emit(changed(state, [payer, -k], [hub, k]))
      })
      balance[payer]! -= paid
    }
    for (let i = start; i < end; i++) {
      if (to[i] === from[i] && to[i]! >= 0) continue
      const received = Number(value[i])
      const injection = injections.find((one) => one.kind === 'move' && one.move === i)
      const place = to[i]! >= 0 ? to[i]! : to[i] === -1 ? null : pools - 2 - to[i]!
      const total = running
      each((state, emit) => {
        for (const k of among(state[hub]!, total, received)) {
          const arriving = injection === undefined ? [k] : afresh(k, received, Number(injection.least), Number(injection.most))
          for (const arrived of arriving) emit(place === null ? changed(state, [hub, -k]) : changed(state, [hub, -k], [place, arrived]))
        }
      })
      running -= received
      if (to[i]! >= 0) balance[to[i]!]! += received
    }
  }
  const least: bigint[] = []
  const most: bigint[] = []
  for (let g = 0; g < groups; g++) {
    const amounts = states.map((state) => state[pools + g]!)
    least.push(BigInt(Math.min(...amounts)))
    most.push(BigInt(Math.max(...amounts)))
  }
  return { least, most }
}
