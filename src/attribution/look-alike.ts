import { type Asset, type ChainId, ETHEREUM, nativeAsset } from '../chain/index.ts'
import type { AccountId, Row } from '../ledger/index.ts'
import { isEvmAddress } from './address.ts'
import type { TransferColumns } from './columns.ts'
import { imitatedSymbol, isGenuine } from './fake-assets.ts'

export interface LookAlikeOptions {
  readonly assets: readonly Asset[]
  readonly chain?: ChainId
  /**
   * Hex digits that must agree at the start and at the end: 3 and 4. In the poisoned graph around the Bybit exploit (11,340 accounts) every group that shares
   * the last three digits and the first one also shares the last four and the first three; asking for a fourth at the start loses a third of their members.
   * By chance 3 + 4 digits bring one pair together in 268 million: less than a hundredth of a pair in that whole graph.
   */
  readonly prefix?: number
  readonly suffix?: number
  /** Native values up to this are dust: 0.001 ether. */
  readonly dust?: bigint
  /**
   * Token values that the account receives are dust up to one such part (1,000) of the largest transfer with the addresses that look alike, and no more than
   * one whole token where the decimals are known. What the account itself pays in a token is never dust: that would hide a loss.
   */
  readonly dustPart?: bigint
  /**
   * The source does not tell assets apart and has no order (as a graph of summed transfers): then equal amounts to several look-alikes are the copies that
   * fake tokens make. Needs `sends` to tell the genuine one.
   */
  readonly mixedAssets?: boolean
  /** Transfers above dust that an account itself sent, to anyone, where known: bait never does, it only appears to receive. Used with `mixedAssets`. */
  readonly sends?: (account: AccountId) => number
}

export type LookAlikeReason = 'zero-value' | 'dust' | 'fake-token' | 'copied-amount' | 'received-value'

/** One address that imitates another one with which the same account had dealt. */
export interface LookAlikeFinding {
  readonly victim: AccountId
  readonly account: AccountId
  readonly address: string
  readonly imitates: AccountId
  readonly imitatesAddress: string
  /** Transfers between victim and imitation. */
  readonly transfers: number
  readonly kinds: readonly LookAlikeReason[]
  /** The kinds in words, for a report. */
  readonly reasons: readonly string[]
  /** Transfers that are bait and move nothing worth following. Value that the victim paid is never among them. */
  readonly bait: readonly Row[]
  /** What the victim paid to the imitation, by asset: a poisoning that worked. The loss is real and stays in the trace. */
  readonly paid: readonly { readonly asset: number; readonly amount: bigint; readonly rows: readonly Row[] }[]
}

interface Event {
  readonly row: Row
  readonly order: number
  readonly received: boolean
  readonly asset: number
  readonly value: bigint
}

interface Member {
  readonly account: AccountId
  readonly address: string
  readonly events: Event[]
}

const PREFIX = 3
const SUFFIX = 4
const DUST = 10n ** 15n
const DUST_PART = 1_000n

/**
 * Find address poisoning around one account: addresses that share their first and last digits with an address that the account really dealt with, and that
 * met it only by dust, zero-value transfers or fake tokens. People copy addresses by their ends from the transaction list; that is what the bait is for.
 * A look-alike that the account then paid is marked `received-value`, and its bait only is left out. A counterparty that sent the account real value is never
 * marked. Nearly linear in the account's transfers; the order of findings is that of first transfers.
 */
export function findLookAlikes(
  victim: AccountId,
  transfers: readonly TransferColumns[],
  addressOf: (account: AccountId) => string,
  options: LookAlikeOptions,
): LookAlikeFinding[] {
  const groups = groupsOf(victim, transfers, addressOf, options.prefix ?? PREFIX, options.suffix ?? SUFFIX)
  if (groups.length === 0) return []
  readEvents(victim, transfers, groups)
  const chain = options.chain ?? ETHEREUM
  const judged: Judged = {
    victim,
    native: options.assets.findIndex(({ id }) => id === nativeAsset(chain)),
    fakes: options.assets.map((asset) => imitatedSymbol(asset, chain)),
    genuine: options.assets.map((asset) => isGenuine(asset, chain)),
    units: options.assets.map(({ decimals }) => (decimals === null ? null : 10n ** BigInt(decimals))),
    dust: options.dust ?? DUST,
    dustPart: options.dustPart ?? DUST_PART,
    mixed: options.mixedAssets ?? false,
    sends: options.sends ?? (() => 0),
  }
  return groups
    .flatMap((group) =>
      judgeGroup(group, addressOf(victim), judged).map((finding) => ({
        finding,
        first: group.find(({ account }) => account === finding.account)?.events[0]?.order ?? 0,
      })),
    )
    .sort((a, b) => a.first - b.first || a.finding.account - b.finding.account)
    .map(({ finding }) => finding)
}

interface Judged {
  readonly victim: AccountId
  readonly native: number
  /** By asset: the symbol that it imitates. */
  readonly fakes: readonly (string | null)[]
  /** By asset: it is known to be what it says. */
  readonly genuine: readonly boolean[]
  /** By asset: base units of one displayed unit, null where unknown. */
  readonly units: readonly (bigint | null)[]
  readonly dust: bigint
  readonly dustPart: bigint
  readonly mixed: boolean
  readonly sends: (account: AccountId) => number
}

/** Counterparties (and the account itself) whose ends agree, as sets of two and more. */
function groupsOf(
  victim: AccountId,
  transfers: readonly TransferColumns[],
  addressOf: (account: AccountId) => string,
  prefix: number,
  suffix: number,
): Member[][] {
  const counterparties = new Set<AccountId>()
  for (const columns of transfers) {
    for (let i = 0; i < columns.length; i++) counterparties.add((columns.from[i] === victim ? columns.to[i] : columns.from[i]) as AccountId)
  }
  counterparties.add(victim)
  const byEnds = new Map<string, Member[]>()
  for (const account of counterparties) {
    const address = addressOf(account).toLowerCase()
    if (!isEvmAddress(address) || /^0x0{30}/.test(address)) continue
    const ends = address.slice(2, 2 + prefix) + address.slice(address.length - suffix)
    const members = byEnds.get(ends)
    const member = { account, address, events: [] }
    if (members === undefined) byEnds.set(ends, [member])
    else members.push(member)
  }
  return [...byEnds.values()].filter((members) => members.length > 1)
}

function readEvents(victim: AccountId, transfers: readonly TransferColumns[], groups: readonly (readonly Member[])[]): void {
  const members = new Map(groups.flat().map((member) => [member.account, member]))
  let order = 0
  for (const columns of transfers) {
    for (let i = 0; i < columns.length; i++, order++) {
      const from = columns.from[i] as AccountId
      const to = columns.to[i] as AccountId
      if (from === to) continue
      members.get(from === victim ? to : from)?.events.push({
        row: columns.row[i] as Row,
        order,
        received: to === victim,
        asset: columns.asset[i] as number,
        value: columns.value.get(i),
      })
    }
  }
}

function judgeGroup(group: readonly Member[], victimAddress: string, judged: Judged): LookAlikeFinding[] {
  const largest = new Map<number, bigint>()
  for (const { events } of group) {
    for (const { asset, value } of events)
      if ((judged.fakes[asset] ?? null) === null && value > (largest.get(asset) ?? 0n)) largest.set(asset, value)
  }
  const isDust = ({ asset, value, received }: Event): boolean => {
    if (asset === judged.native) return value <= judged.dust
    return received && value * judged.dustPart <= (largest.get(asset) ?? 0n) && value <= (judged.units[asset] ?? value)
  }
  const isReal = (event: Event): boolean => event.value > 0n && (judged.fakes[event.asset] ?? null) === null && !isDust(event)

  const original = originalOf(group, isReal, judged)
  if (original === null) return []
  const amounts = amountsOf(original)
  const findings: LookAlikeFinding[] = []
  for (const member of group) {
    if (member === original || member.account === judged.victim) continue
    const real = member.events.filter(isReal)
    // It has sent real value: whoever it is, it is no bait.
    if (judged.mixed ? judged.sends(member.account) > 0 : real.some(({ received }) => received)) continue
    const copies = real.filter((event) =>
      judged.mixed ? amounts.has(event.value) : judged.genuine[event.asset] !== true && isCopy(event, amounts),
    )
    const copied = new Set(copies)
    const paid = new Set(real.filter((event) => !copied.has(event)))
    const bait = member.events.filter((event) => !paid.has(event))
    findings.push(describe(member, original, { bait, copied, paid: [...paid] }, { isDust, amounts, victimAddress }, judged))
  }
  return findings
}

/**
 * Whom the others imitate: the one that the account first dealt with for real; without order or assets the one that sends most often itself, then the one with the
 * most value. When
 * none was dealt with for real, the account itself if they resemble it.
 */
function originalOf(group: readonly Member[], isReal: (event: Event) => boolean, judged: Judged): Member | null {
  let best: { member: Member; rank: readonly [number, bigint, number] } | null = null
  for (const member of group) {
    if (member.account === judged.victim) continue
    const real = member.events.filter(isReal)
    if (real.length === 0 && !(judged.mixed && judged.sends(member.account) > 0)) continue
    const most = real.reduce((sum, { value }) => (value > sum ? value : sum), 0n)
    const rank = judged.mixed
      ? ([-judged.sends(member.account), -most, member.events[0]?.order ?? 0] as const)
      : ([real[0]?.order ?? 0, -most, 0] as const)
    if (best === null || before(rank, best.rank)) best = { member, rank }
  }
  return best?.member ?? group.find(({ account }) => account === judged.victim) ?? null
}

function before(a: readonly [number, bigint, number], b: readonly [number, bigint, number]): boolean {
  if (a[0] !== b[0]) return a[0] < b[0]
  if (a[1] !== b[1]) return a[1] < b[1]
  return a[2] < b[2]
}

function describe(
  member: Member,
  original: Member,
  events: { readonly bait: readonly Event[]; readonly copied: ReadonlySet<Event>; readonly paid: readonly Event[] },
  about: { readonly isDust: (event: Event) => boolean; readonly amounts: Amounts; readonly victimAddress: string },
  judged: Judged,
): LookAlikeFinding {
  const ends = sharedEnds(member.address, original.address)
  const whom = original.account === judged.victim ? 'the account itself' : original.address
  const kinds: LookAlikeReason[] = []
  const reasons: string[] = []
  const say = (kind: LookAlikeReason, count: number, words: (noun: string) => string): void => {
    if (count === 0) return
    kinds.push(kind)
    reasons.push(words(count === 1 ? '1 transfer' : `${count} transfers`))
  }
  const zero = events.bait.filter(({ value }) => value === 0n)
  const isFake = ({ asset }: Event): boolean => typeof judged.fakes[asset] === 'string'
  const isCopied = (event: Event): boolean => !isFake(event) && (events.copied.has(event) || isCopy(event, about.amounts))
  const fake = events.bait.filter((event) => event.value > 0n && isFake(event))
  const copied = events.bait.filter((event) => event.value > 0n && isCopied(event))
  const dust = events.bait.filter((event) => event.value > 0n && !isFake(event) && !isCopied(event) && about.isDust(event))
  const alike = `shares its first ${ends.first} and last ${ends.last} digits with ${whom}`
  say('zero-value', zero.length, (n) => `${n} of value zero`)
  say('dust', dust.length, (n) => `${n} of dust`)
  say(
    'fake-token',
    fake.length,
    (n) => `${n} of a token that calls itself ${[...new Set(fake.map(({ asset }) => judged.fakes[asset]))].sort().join(', ')}`,
  )
  say('copied-amount', copied.length, (n) => `${n} of exactly an amount that passed between ${about.victimAddress} and ${whom}`)
  say(
    'received-value',
    events.paid.length,
    (n) => `the account paid it: ${n} of real value; if it meant the other one, the poisoning worked. These stay in the trace`,
  )
  reasons.unshift(alike)

  const paid = new Map<number, { asset: number; amount: bigint; rows: Row[] }>()
  for (const { asset, value, row } of events.paid) {
    const sum = paid.get(asset) ?? { asset, amount: 0n, rows: [] }
    sum.amount += value
    sum.rows.push(row)
    paid.set(asset, sum)
  }
  return {
    victim: judged.victim,
    account: member.account,
    address: member.address,
    imitates: original.account,
    imitatesAddress: original.address,
    transfers: member.events.length,
    kinds,
    reasons,
    bait: events.bait.map(({ row }) => row),
    paid: [...paid.values()],
  }
}

/** The amounts that passed between the account and the original, with the assets they were in. */
type Amounts = ReadonlyMap<bigint, ReadonlySet<number>>

function amountsOf(original: Member): Amounts {
  const amounts = new Map<bigint, Set<number>>()
  for (const { value, asset } of original.events) {
    if (value === 0n) continue
    const assets = amounts.get(value)
    if (assets === undefined) amounts.set(value, new Set([asset]))
    else assets.add(asset)
  }
  return amounts
}

/** The same number of base units in another asset: what a worthless token does to stand beside the real payment. */
function isCopy(event: Event, amounts: Amounts): boolean {
  const assets = amounts.get(event.value)
  return assets !== undefined && !(assets.size === 1 && assets.has(event.asset))
}

function sharedEnds(a: string, b: string): { first: number; last: number } {
  const left = a.slice(2)
  const right = b.slice(2)
  let first = 0
  while (first < left.length && left[first] === right[first]) first++
  let last = 0
  while (last < left.length - first && left[left.length - 1 - last] === right[right.length - 1 - last]) last++
  return { first, last }
}
