import type { EntityKind } from '../../attribution/index.ts'
import type { AssetId } from '../../chain/index.ts'
import type { Flow, TraceDocument } from '../document.ts'
import { removeCircles } from './circles.ts'

/** What a box of the picture stands for. */
export type BoxKind = 'start' | 'passing' | 'swapped-in' | 'swapped-out' | 'held' | 'not-followed' | 'unaccounted' | EntityKind

export interface Box {
  readonly key: string
  readonly kind: BoxKind
  /** The one account, or null for a group. */
  readonly account: string | null
  /** Entity id, where the box is one service. */
  readonly entity: string | null
  /** Accounts in it. */
  readonly accounts: number
  /** Hops from the theft of its accounts; null for boxes at the end. */
  readonly hops: readonly [least: number, most: number] | null
  /** Value that starts here: seeded, or swapped in. */
  readonly begins: bigint
  column: number
}

export interface Band {
  readonly from: number
  readonly to: number
  amount: bigint
}

/** Boxes and bands of one asset, acyclic, ready for layout. Every unit that begins in a box without bands into it ends in one without bands out of it. */
export interface Stages {
  readonly boxes: readonly Box[]
  readonly bands: readonly Band[]
  readonly columns: number
  /** Moved between accounts that share a box, and in circles between boxes: not drawn. */
  readonly inside: bigint
  readonly circled: bigint
}

interface StageOptions {
  /** Accounts shown by name in each stage. */
  readonly perStage: number
  /** Stages of accounts at most, the start included. */
  readonly maxStages: number
}

/** Services shown by name; the smaller ones of a kind stand together. */
const NAMED_SERVICES = 10

/** More columns than this cannot be labelled on a page. */
const MOST_COLUMNS = 9

/** From rich to plain: the first that fits is taken. The last always does, since each stage is then one box. */
const CHOICES: readonly StageOptions[] = [
  { perStage: 4, maxStages: 6 },
  { perStage: 3, maxStages: 6 },
  { perStage: 4, maxStages: 5 },
  { perStage: 3, maxStages: 5 },
  { perStage: 4, maxStages: 4 },
  { perStage: 3, maxStages: 4 },
  { perStage: 2, maxStages: 5 },
  { perStage: 2, maxStages: 4 },
  { perStage: 1, maxStages: 5 },
  { perStage: 1, maxStages: 3 },
  { perStage: 0, maxStages: 6 },
]

/**
 * Group the flows of one asset into stages by hops from the theft: the accounts that moved most by name, the others together, and every
 * service, rest and reason where it ended. A backward trace is given in its own direction: from the cash-out to where the money came from.
 */
export function stagesOf(document: TraceDocument, asset: AssetId): Stages {
  const accounts = accountsOf(document, asset)
  let stages: Stages | null = null
  for (const choice of CHOICES) {
    stages = layOut(document, accounts, choice)
    if (stages.columns <= MOST_COLUMNS) break
  }
  return stages as Stages
}

interface Move {
  readonly from: string
  readonly to: string
  amount: bigint
}

interface Traveller {
  readonly account: string
  depth: number
  in: bigint
  out: bigint
  readonly ends: Map<string, bigint>
}

interface Accounts {
  readonly moves: readonly Move[]
  readonly travellers: ReadonlyMap<string, Traveller>
  /** Kind and entity of each end, by its key. */
  readonly ends: ReadonlyMap<string, { readonly kind: BoxKind; readonly entity: string | null; readonly accounts: Set<string> }>
}

/** Sum the flows by pair of accounts, and say of every account what began and what ended there. */
function accountsOf(document: TraceDocument, asset: AssetId): Accounts {
  const forward = document.parameters.direction === 'forward'
  const moves = new Map<string, Move>()
  const travellers = new Map<string, Traveller>()
  const ends = new Map<string, { kind: BoxKind; entity: string | null; accounts: Set<string> }>()
  const depths = new Map(document.accounts.map(({ account, depth }) => [account, depth]))
  const kinds = new Map(document.entities.map((entity) => [entity.id, entity.kind]))
  const meet = (account: string, depth: number): Traveller => {
    let traveller = travellers.get(account)
    if (traveller === undefined) {
      traveller = { account, depth: depths.get(account) ?? depth, in: 0n, out: 0n, ends: new Map() }
      travellers.set(account, traveller)
    }
    return traveller
  }
  const end = (account: string, depth: number, key: string, kind: BoxKind, entity: string | null, amount: bigint): void => {
    if (amount === 0n) return
    const known = ends.get(key) ?? { kind, entity, accounts: new Set<string>() }
    known.accounts.add(account)
    ends.set(key, known)
    const own = meet(account, depth).ends
    own.set(key, (own.get(key) ?? 0n) + amount)
  }
  for (const flow of document.flows) {
    if (flow.asset !== asset || flow.amount === '0') continue
    const { from, to, amount } = oriented(flow, forward)
    meet(from, flow.depth - 1).out += amount
    meet(to, flow.depth).in += amount
    const key = `${from} ${to}`
    const move = moves.get(key)
    if (move === undefined) moves.set(key, { from, to, amount })
    else move.amount += amount
  }
  for (const { account, entity, kind, amounts } of document.endpoints) {
    for (const part of amounts) {
      if (part.asset !== asset) continue
      if (kind === 'held') end(account, 0, 'held', 'held', null, BigInt(part.amount))
      else
        end(
          account,
          0,
          `service ${entity ?? ''}`,
          (entity === null ? undefined : kinds.get(entity)) ?? 'unnamed-service',
          entity,
          BigInt(part.amount),
        )
    }
  }
  for (const { account, amount, asset: of, reason } of document.notFollowed) {
    // A look-alike is left out of the flows: nothing of the stolen value went there.
    if (of === asset && reason !== 'look-alike') end(account, 0, 'not-followed', 'not-followed', null, BigInt(amount))
  }
  const swaps = new Set(document.swaps.flatMap(({ gave, via }) => (gave.asset === asset ? [via] : [])))
  for (const traveller of travellers.values()) {
    const ended = [...traveller.ends.values()].reduce((sum, amount) => sum + amount, 0n)
    const rest = traveller.in - traveller.out - ended
    if (rest <= 0n) continue
    if (swaps.has(traveller.account)) end(traveller.account, traveller.depth, 'swapped-out', 'swapped-out', null, rest)
    else end(traveller.account, traveller.depth, 'unaccounted', 'unaccounted', null, rest)
  }
  return { moves: [...moves.values()], travellers, ends }
}

function oriented(flow: Flow, forward: boolean): { from: string; to: string; amount: bigint } {
  const amount = BigInt(flow.amount)
  return forward ? { from: flow.from, to: flow.to, amount } : { from: flow.to, to: flow.from, amount }
}

function layOut(document: TraceDocument, { moves, travellers, ends }: Accounts, o: StageOptions): Stages {
  const boxes: Box[] = []
  const boxOf = new Map<string, number>()
  const swapsIn = new Set(document.swaps.map(({ via }) => via))
  const sum = (amounts: Iterable<bigint>): bigint => {
    let total = 0n
    for (const amount of amounts) total += amount
    return total
  }
  const beginsAt = (t: Traveller): bigint => {
    const begun = t.out + sum(t.ends.values()) - t.in
    return begun > 0n ? begun : 0n
  }

  const endBoxes = placeEnds(travellers, ends, boxes)
  /** Accounts where all that came ended in one way are no box of their own: their bands go straight to the end. */
  const straight = (t: Traveller): number | null => {
    if (t.out !== 0n || t.ends.size !== 1 || beginsAt(t) !== 0n) return null
    return endBoxes.get([...t.ends.keys()][0] as string) ?? null
  }
  const staying: Traveller[] = []
  for (const t of travellers.values()) {
    const at = straight(t)
    if (at !== null) boxOf.set(t.account, at)
    else staying.push(t)
  }
  const deepest = staying.reduce((most, { depth }) => Math.max(most, depth), 0)
  const stageOf = (t: Traveller): string => {
    if (t.in === 0n && beginsAt(t) > 0n && swapsIn.has(t.account)) return 'swapped-in'
    return stageOfDepth(t.depth, deepest, o.maxStages).toString()
  }
  const stages = new Map<string, Traveller[]>()
  const size = new Map<Traveller, bigint>()
  for (const t of staying) {
    size.set(t, t.in + beginsAt(t))
    const stage = stageOf(t)
    const members = stages.get(stage)
    if (members === undefined) stages.set(stage, [t])
    else members.push(t)
  }
  for (const [stage, members] of [...stages].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))) {
    members.sort((a, b) => compareAmounts(size.get(b) as bigint, size.get(a) as bigint) || (a.account < b.account ? -1 : 1))
    const named = members.length === o.perStage + 1 ? members.length : o.perStage
    const groups = [...members.slice(0, named).map((t) => [t]), ...(members.length > named ? [members.slice(named)] : [])]
    for (const group of groups) {
      const first = group[0] as Traveller
      for (const { account } of group) boxOf.set(account, boxes.length)
      boxes.push({
        key: `${stage} ${group.length === 1 ? first.account : 'others'}`,
        kind: stage === 'swapped-in' ? 'swapped-in' : stage === '0' ? 'start' : 'passing',
        account: group.length === 1 ? first.account : null,
        entity: null,
        accounts: group.length,
        hops: group.reduce<[number, number]>(([a, b], { depth }) => [Math.min(a, depth), Math.max(b, depth)], [first.depth, first.depth]),
        begins: sum(group.map(beginsAt)),
        column: 0,
      })
    }
  }
  const bands = new Map<string, Band>()
  let inside = 0n
  const carry = (from: number, to: number, amount: bigint): void => {
    if (amount === 0n) return
    const key = `${from} ${to}`
    const band = bands.get(key)
    if (band === undefined) bands.set(key, { from, to, amount })
    else band.amount += amount
  }
  for (const { from, to, amount } of moves) {
    const [a, b] = [boxOf.get(from) as number, boxOf.get(to) as number]
    if (a === b) inside += amount
    else carry(a, b, amount)
  }
  for (const t of staying) for (const [key, amount] of t.ends) carry(boxOf.get(t.account) as number, endBoxes.get(key) as number, amount)
  const list = [...bands.values()].sort((a, b) => a.from - b.from || a.to - b.to)
  const circled = removeCircles(boxes.length, list)
  const drawn = list.filter(({ amount }) => amount > 0n)
  return {
    ...placeColumns(boxes, drawn, endBoxes, (box) => (box.hops === null ? 0 : stageOfDepth(box.hops[0], deepest, o.maxStages))),
    bands: drawn,
    inside,
    circled,
  }
}

/** Hops 0 alone, the others spread evenly over the stages that are left. */
function stageOfDepth(depth: number, deepest: number, maxStages: number): number {
  if (depth <= 0) return 0
  const span = Math.ceil(deepest / Math.max(maxStages - 1, 1))
  return Math.ceil(depth / Math.max(span, 1))
}

/** Boxes at the end: services by amount, small ones of a kind together, then what is held, swapped out and not followed. */
function placeEnds(travellers: ReadonlyMap<string, Traveller>, ends: Accounts['ends'], boxes: Box[]): Map<string, number> {
  const totals = new Map<string, bigint>()
  for (const t of travellers.values()) for (const [key, amount] of t.ends) totals.set(key, (totals.get(key) ?? 0n) + amount)
  const services = [...ends.keys()]
    .filter((key) => key.startsWith('service '))
    .sort((a, b) => compareAmounts(totals.get(b) as bigint, totals.get(a) as bigint) || (a < b ? -1 : 1))
  const others = [...ends.keys()].filter((key) => !key.startsWith('service ')).sort()
  const at = new Map<string, number>()
  const groups = new Map<string, string[]>()
  for (const [i, key] of services.entries()) {
    const { kind } = ends.get(key) as { kind: BoxKind }
    const group = i < NAMED_SERVICES || services.length === NAMED_SERVICES + 1 ? key : `others ${kind}`
    groups.set(group, [...(groups.get(group) ?? []), key])
  }
  for (const key of others) groups.set(key, [key])
  for (const [key, members] of groups) {
    const parts = members.map((member) => ends.get(member) as { kind: BoxKind; entity: string | null; accounts: Set<string> })
    const accounts = new Set(parts.flatMap((part) => [...part.accounts]))
    const first = parts[0] as (typeof parts)[number]
    for (const member of members) at.set(member, boxes.length)
    boxes.push({
      key,
      kind: first.kind,
      account: accounts.size === 1 ? ([...accounts][0] as string) : null,
      entity: members.length === 1 ? first.entity : null,
      accounts: accounts.size,
      hops: null,
      begins: 0n,
      column: 0,
    })
  }
  return at
}

/** A box stands in its stage or right of all that paid it, whichever is further; ends stand in the last column. */
function placeColumns(
  boxes: Box[],
  bands: readonly Band[],
  endBoxes: ReadonlyMap<string, number>,
  stage: (box: Box) => number,
): { boxes: readonly Box[]; columns: number } {
  const terminal = new Set(endBoxes.values())
  const waiting = new Array<number>(boxes.length).fill(0)
  for (const { to } of bands) waiting[to] = (waiting[to] as number) + 1
  for (const [i, box] of boxes.entries()) box.column = terminal.has(i) ? 0 : stage(box)
  const ready = boxes.map((_, i) => i).filter((i) => waiting[i] === 0)
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    for (const { from, to } of bands) {
      if (from !== next) continue
      const target = boxes[to] as Box
      target.column = Math.max(target.column, (boxes[from] as Box).column + 1)
      waiting[to] = (waiting[to] as number) - 1
      if (waiting[to] === 0) ready.push(to)
    }
  }
  const inner = [...new Set(boxes.filter((_, i) => !terminal.has(i)).map((box) => box.column))].sort((a, b) => a - b)
  for (const [i, box] of boxes.entries()) box.column = terminal.has(i) ? inner.length : inner.indexOf(box.column)
  return { boxes, columns: inner.length + (terminal.size > 0 ? 1 : 0) }
}

function compareAmounts(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
