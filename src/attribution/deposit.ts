import { CordonError } from '../chain/index.ts'
import type { AccountId, Tx } from '../ledger/index.ts'
import type { TransferColumns } from './columns.ts'
import { CONFIDENCE } from './confidence.ts'
import { percent, reaches, readShare } from './share.ts'
import type { Entity } from './tag.ts'

/** The deposit-address rule (Victor, FC 2020; Tutela, 2022) with its thresholds. */
export interface DepositRule {
  /** Blocks within which a receipt is forwarded. */
  readonly maxBlocks: number
  /** What may stay behind of what is forwarded, in base units of the native asset. */
  readonly maxRemainder: string
  /** Least share, by number and per asset by value, of what leaves the account that goes to the exchange, and of what it receives that is forwarded in time. */
  readonly minForwarded: string
}

export interface DepositQuestion {
  readonly account: AccountId
  readonly address: string
  /** All transfers of the account, in chain order. */
  readonly transfers: readonly TransferColumns[]
  readonly blockOf: (tx: Tx) => number
  /** Who is behind the other accounts, as tags have it. */
  readonly serviceOf: (account: AccountId) => Entity | null
  /** Index of the chain's native asset, or null where the ledger has none. */
  readonly native: number | null
  /** Last block of the ledger: what came shortly before it may still be on its way. Without it everything must have been forwarded. */
  readonly lastBlock?: number
}

/** How one asset went through a deposit address, in base units. */
export interface DepositAsset {
  /** Index into the manifest's assets. */
  readonly asset: number
  readonly receipts: number
  readonly received: bigint
  /** Forwarded to the exchange within the blocks allowed. */
  readonly inTime: bigint
  readonly forwards: number
  readonly longestWait: number
  /** Left behind at most, after a forwarding. */
  readonly largestRemainder: bigint
}

export interface DepositFinding {
  readonly account: AccountId
  readonly address: string
  /** The exchange, named through its deposit address. */
  readonly entity: Entity
  /** As its hot wallet is tagged. */
  readonly exchange: Entity
  readonly assets: readonly DepositAsset[]
  readonly firstForward: Tx
  readonly lastForward: Tx
}

interface Pending {
  readonly block: number
  amount: bigint
}

interface Flow {
  readonly pending: Pending[]
  next: number
  receipts: number
  received: bigint
  inTime: bigint
  /** Received and not yet sent on. */
  held: bigint
  waiting: bigint
  forwards: number
  forwarded: bigint
  sentElsewhere: bigint
  longestWait: number
  largestRemainder: bigint
  largestReceipt: bigint
}

/**
 * The one exchange to whose tagged wallets an account sends (nearly) all that it sends, or null. Reads no blocks, so that most accounts are ruled out before
 * the ledger is asked for any.
 *
 * @throws CordonError `attribution/bad-parameter`
 */
export function forwardsTo(question: Pick<DepositQuestion, 'account' | 'transfers' | 'serviceOf'>, rule: DepositRule): Entity | null {
  const share = readShare('minForwarded', rule.minForwarded)
  let sent = 0n
  const counts = new Map<string, { entity: Entity; count: bigint }>()
  for (const columns of question.transfers) {
    for (let i = 0; i < columns.length; i++) {
      const to = columns.to[i] as AccountId
      if (columns.from[i] !== question.account || to === question.account || columns.value.get(i) === 0n) continue
      sent++
      const exchange = asExchange(question.serviceOf(to))
      if (exchange === null) continue
      const known = counts.get(exchange.id)
      if (known === undefined) counts.set(exchange.id, { entity: exchange, count: 1n })
      else known.count++
    }
  }
  for (const { entity, count } of counts.values()) if (reaches(count, sent, share) && 2n * count > sent) return entity
  return null
}

/**
 * Whether an account is a customer's deposit address of an exchange: it receives from outside and forwards (nearly) all of it within `maxBlocks` to wallets
 * of one exchange that are tagged, leaving at most `maxRemainder` of the native asset behind, and sends (nearly) nothing anywhere else. What the exchange
 * itself sends there, gas above all, need not be forwarded. Assets that never went to the exchange do not count (anyone can drop a token on any address),
 * except native receipts above the remainder.
 *
 * @returns the finding, or null when the account is none
 * @throws CordonError `attribution/bad-parameter`
 */
export function depositAddress(question: DepositQuestion, rule: DepositRule): DepositFinding | null {
  const share = readShare('minForwarded', rule.minForwarded)
  if (!/^\d{1,78}$/.test(rule.maxRemainder)) {
    throw new CordonError('attribution/bad-parameter', `maxRemainder is "${rule.maxRemainder}"`, {
      place: { field: 'maxRemainder' },
      remedy: 'Give a whole number of base units of the native asset.',
    })
  }
  const exchange = forwardsTo(question, rule)
  if (exchange === null || (exchange.basis === 'behaviour' && isPaidBy(question, exchange))) return null
  const maxRemainder = BigInt(rule.maxRemainder)
  const flows = new Map<number, Flow>()
  const forwards: Tx[] = []
  let sends = 0

  for (const columns of question.transfers) {
    for (let i = 0; i < columns.length; i++) {
      const from = columns.from[i] as AccountId
      const to = columns.to[i] as AccountId
      const value = columns.value.get(i)
      if (from === to || value === 0n) continue
      const tx = columns.tx[i] as Tx
      const asset = columns.asset[i] as number
      const flow = flowOf(flows, asset)
      if (to === question.account) {
        if (asExchange(question.serviceOf(from))?.id === exchange.id) continue
        flow.receipts++
        flow.received += value
        flow.held += value
        if (value > flow.largestReceipt) flow.largestReceipt = value
        flow.pending.push({ block: question.blockOf(tx), amount: value })
      } else {
        sends++
        const home = asExchange(question.serviceOf(to))?.id === exchange.id
        if (home) forwards.push(tx)
        settle(flow, value, home ? question.blockOf(tx) : null, rule.maxBlocks, asset === question.native ? maxRemainder : 0n)
      }
    }
  }

  const assets: DepositAsset[] = []
  let receipts = 0
  let ignored = 0
  for (const [asset, flow] of [...flows].sort((a, b) => a[0] - b[0])) {
    if (flow.forwards === 0) {
      if (asset === question.native && flow.largestReceipt > maxRemainder) return null
      ignored++
      continue
    }
    if (!reaches(flow.forwarded, flow.forwarded + flow.sentElsewhere, share)) return null
    endOf(flow, question.lastBlock ?? null, rule.maxBlocks, asset === question.native ? maxRemainder : 0n)
    if (flow.receipts === 0) continue
    if (!reaches(flow.inTime, flow.received - flow.waiting, share) || flow.inTime === 0n) return null
    receipts += flow.receipts
    assets.push({
      asset,
      receipts: flow.receipts,
      received: flow.received,
      inTime: flow.inTime,
      forwards: flow.forwards,
      longestWait: flow.longestWait,
      largestRemainder: flow.largestRemainder,
    })
  }
  const [first] = forwards
  if (assets.length === 0 || first === undefined) return null
  const least = assets.reduce((a, b) => (a.inTime * b.received <= b.inTime * a.received ? a : b))
  const remainder = assets.find(({ asset }) => asset === question.native)?.largestRemainder ?? null
  return {
    account: question.account,
    address: question.address,
    exchange,
    entity: {
      id: exchange.id,
      label: exchange.label,
      kind: exchange.kind,
      service: true,
      confidence: CONFIDENCE.heuristic as number,
      basis: 'deposit-address',
      evidence: [
        `deposit address: ${percent(least.inTime, least.received)} of what its ${receipts} receipts brought went to ${exchange.basis === 'tag' ? 'tagged wallets of ' : ''}${exchange.label} within ${rule.maxBlocks} blocks (longest wait ${Math.max(...assets.map(({ longestWait }) => longestWait))} blocks)`,
        `${forwards.length} of its ${sends} outgoing transfers go there${remainder === null ? '' : `; at most ${remainder} base units of the native asset stayed behind`}`,
        ...(ignored === 0
          ? []
          : [
              `${ignored === 1 ? '1 more asset was' : `${ignored} more assets were`} received and never sent to the exchange, and not counted`,
            ]),
        ...exchange.evidence
          .slice(0, 2)
          .map((sentence) => `${exchange.basis === 'tag' ? "the exchange's wallet" : 'the service'}: ${sentence}`),
      ],
      contact: exchange.contact,
      conflicts: [],
    },
    assets,
    firstForward: first,
    lastForward: forwards.at(-1) as Tx,
  }
}

/**
 * Tagged wallets of exchanges, and services known by behaviour alone, whose deposit addresses are as telling as themselves. Deposit addresses found by this rule
 * do not make their own senders deposit addresses.
 */
function asExchange(entity: Entity | null): Entity | null {
  if (entity === null || !entity.service) return null
  return (entity.kind === 'exchange' && entity.basis === 'tag') || entity.basis === 'behaviour' ? entity : null
}

/** Whether a service that only its behaviour shows ever pays the account: then it trades with it, as a pool does, and is not its exchange. */
function isPaidBy(question: Pick<DepositQuestion, 'account' | 'transfers' | 'serviceOf'>, service: Entity): boolean {
  return question.transfers.some((columns) => {
    for (let i = 0; i < columns.length; i++) {
      if (columns.to[i] === question.account && question.serviceOf(columns.from[i] as AccountId)?.id === service.id) return true
    }
    return false
  })
}

function flowOf(flows: Map<number, Flow>, asset: number): Flow {
  let flow = flows.get(asset)
  if (flow === undefined) {
    flow = {
      pending: [],
      next: 0,
      receipts: 0,
      received: 0n,
      inTime: 0n,
      held: 0n,
      waiting: 0n,
      forwards: 0,
      forwarded: 0n,
      sentElsewhere: 0n,
      longestWait: 0,
      largestRemainder: 0n,
      largestReceipt: 0n,
    }
    flows.set(asset, flow)
  }
  return flow
}

/** Take an outgoing value from what was received, oldest first; what then stays behind within the remainder counts as forwarded with it. */
function settle(flow: Flow, value: bigint, block: number | null, maxBlocks: number, maxRemainder: bigint): void {
  if (block === null) flow.sentElsewhere += value
  else {
    flow.forwards++
    flow.forwarded += value
  }
  let left = value
  const take = (pending: Pending, amount: bigint): void => {
    if (block !== null && block - pending.block <= maxBlocks) {
      flow.inTime += amount
      flow.longestWait = Math.max(flow.longestWait, block - pending.block)
    }
    pending.amount -= amount
    flow.held -= amount
    if (pending.amount === 0n) flow.next++
  }
  while (left > 0n && flow.next < flow.pending.length) {
    const pending = flow.pending[flow.next] as Pending
    const amount = pending.amount <= left ? pending.amount : left
    take(pending, amount)
    left -= amount
  }
  if (block === null || flow.held > maxRemainder) return
  if (flow.held > flow.largestRemainder) flow.largestRemainder = flow.held
  while (flow.next < flow.pending.length) {
    const pending = flow.pending[flow.next] as Pending
    take(pending, pending.amount)
  }
}

/** What is left at the end is on its way when it came within the blocks allowed, nothing when it is dust, and late otherwise. */
function endOf(flow: Flow, lastBlock: number | null, maxBlocks: number, maxRemainder: bigint): void {
  const waiting = flow.pending
    .slice(flow.next)
    .filter(({ block }) => lastBlock !== null && lastBlock - block < maxBlocks)
    .reduce((sum, { amount }) => sum + amount, 0n)
  const kept = flow.held - waiting
  flow.waiting = waiting + (kept <= maxRemainder ? kept : 0n)
}
