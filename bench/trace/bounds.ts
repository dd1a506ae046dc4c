import { Bounder, type BoundsInput, OUTSIDE, terminal } from '../../src/trace/bounds/index.ts'
import { plainBounds } from '../../test/trace/bounds/reference.ts'
import { type MeasuredRow, median } from '../rows.ts'

const TRANSFERS = 100_000
const GROUPS = 20
/** The plain expansion is far slower: it is given a smaller network, and a few groups of it. */
const PEER_TRANSFERS = 10_000
const PEER_GROUPS = 3

/** Bounds of all terminal groups of a network of 100,000 transfers, and a peer on the same smaller network. */
export function boundsRows(): MeasuredRow[] {
  new Bounder(launder(2_000, 1)).of([0])
  const input = launder(TRANSFERS, 7)
  const begun = performance.now()
  const bounder = new Bounder(input)
  const prepared = performance.now() - begun
  const perGroup: number[] = []
  for (let group = 0; group < GROUPS; group++) {
    const start = performance.now()
    bounder.of([group])
    perGroup.push(performance.now() - start)
  }
  const whole = (performance.now() - begun) / 1000
  const small = launder(PEER_TRANSFERS, 7)
  const groups = Array.from({ length: PEER_GROUPS }, (_, g) => g)
  const [ours, oursSeconds] = timed(() => {
    const one = new Bounder(small)
    return groups.map((g) => one.of([g]))
  })
  const [theirs, peerSeconds] = timed(() => groups.map((g) => plainBounds(small, g)))
  groups.forEach((g) => {
    if (ours[g]!.least !== theirs[g]!.least || ours[g]!.most !== theirs[g]!.most)
      throw new Error(`bounds of group ${g} differ from the peer's`)
  })
  const data = `${TRANSFERS.toLocaleString('en-US')} transfers, ${input.pools.toLocaleString('en-US')} pools, ${GROUPS} groups, amounts in wei`
  const row = (id: string, what: string, value: number, unit: string, target: string | null): MeasuredRow => ({
    id,
    what,
    data,
    value,
    unit,
    target,
    peer: null,
    peerValue: null,
    ratio: null,
  })
  return [
    row('bounds-100k', 'Policy-free bounds of every end entity', whole, 's', '<= 5'),
    row('bounds-prepare', 'of which: network in time, reduced for both colours', prepared, 'ms', null),
    row('bounds-group-median', 'of which: one entity, least and most (median)', median(perGroup), 'ms', null),
    row('bounds-group-slowest', 'of which: one entity, least and most (slowest)', Math.max(...perGroup), 'ms', null),
    {
      id: 'bounds-peer',
      what: `Bounds of ${PEER_GROUPS} entities, the same answers`,
      data: `${PEER_TRANSFERS.toLocaleString('en-US')} transfers, ${small.pools.toLocaleString('en-US')} pools, amounts in wei`,
      value: oursSeconds,
      unit: 's',
      target: null,
      peer: 'Dinic in BigInt on the network event by event',
      peerValue: peerSeconds,
      ratio: peerSeconds / oursSeconds,
    },
  ]
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now()
  const result = work()
  return [result, (performance.now() - start) / 1000]
}

/**
 * A made-up laundering of one theft, from a seed: fan-out, peel chains, consolidation in accounts that are used again and again, cash-out directly or
 * through deposit addresses, clean value from outside mixed in all along.
 */
function launder(transfers: number, seed: number): BoundsInput {
  const random = generator(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const balance: bigint[] = []
  const from: number[] = []
  const to: number[] = []
  const value: bigint[] = []
  const pool = (): number => balance.push(0n) - 1
  const move = (payer: number, receiver: number, amount: bigint): void => {
    if (amount === 0n) return
    from.push(payer)
    to.push(receiver)
    value.push(amount)
    if (payer >= 0) balance[payer]! -= amount
    if (receiver >= 0) balance[receiver]! += amount
  }
  const share = (amount: bigint, least: number, most: number): bigint =>
    (amount * BigInt(Math.floor((least + random() * (most - least)) * 1e6))) / 1_000_000n
  const theft = 50_000n * 10n ** 18n + 123_456_789_012_345_678n
  const thief = pool()
  balance[thief] = theft
  const collectors = Array.from({ length: Math.max(10, transfers / 500) }, pool)
  const live = [thief]
  const group = (): number => terminal(Math.floor(GROUPS * random() ** 2))
  const fund = (receiver: number): void => move(OUTSIDE, receiver, share(40n * 10n ** 18n, 0.01, 1))
  while (value.length < transfers) {
    const at = random() < 0.3 ? below(live.length) : live.length - 1 - below(Math.min(live.length, 200))
    const account = live[at]!
    const held = balance[account]!
    const what = random()
    if (held < 10n ** 15n) {
      live[at] = live[live.length - 1]!
      live.pop()
      if (live.length < 50) {
        const next = random() < 0.5 ? collectors[below(collectors.length)]! : pool()
        fund(next)
        live.push(next)
      }
    } else if (what < 0.2) fund(account)
    else if (what < 0.5) {
      const deposit = random() < 0.6 ? pool() : collectors[below(collectors.length)]!
      move(account, deposit, share(held, 0.02, 0.2))
      if (random() < 0.7) move(deposit, group(), share(balance[deposit]!, 0.9, 1))
      const next = pool()
      move(account, next, balance[account]!)
      live.push(next)
    } else if (what < 0.56) {
      const parts = 3 + below(8)
      const part = held / BigInt(parts)
      for (let i = 0; i < parts; i++) {
        const next = pool()
        move(account, next, part)
        live.push(next)
      }
    } else if (what < 0.8) {
      const collector = collectors[below(collectors.length)]!
      for (let i = 0; i < 4; i++) {
        const payer = live[below(live.length)]!
        if (payer !== collector) move(payer, collector, share(balance[payer]!, 0.5, 1))
      }
      live.push(collector)
    } else if (what < 0.85) move(account, OUTSIDE, share(held, 0.1, 0.6))
    else move(account, group(), share(held, 0.1, 0.9))
  }
  const tx = Uint32Array.from(value, (_, i) => i)
  return {
    pools: balance.length,
    groups: GROUPS,
    opening: [{ pool: thief, amount: theft, colour: 'stolen' }],
    injections: [],
    moves: { from: Int32Array.from(from), to: Int32Array.from(to), value, tx },
  }
}

/** Mulberry32: numbers in [0, 1) from a 32-bit seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
