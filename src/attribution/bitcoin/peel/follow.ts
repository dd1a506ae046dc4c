import { CordonError } from '../../../chain/index.ts'
import { ABSENT, type BitcoinOutput, type BitcoinTransaction, type Outpoint, type OutputId, type Tx } from '../../../ledger/index.ts'
import { NOT_OF_ONE_OWNER, type PeelChain, type PeelConfidence, type PeelHop, type PeelOutput, type PeelStop } from './chain.ts'
import { HopReader, type JudgedHop, type PeelLedger, type PeelOptions } from './read.ts'

const MAX_HOPS = 1_000

interface Found {
  readonly hops: readonly JudgedHop[]
  readonly code: PeelStop
  readonly reason: string
}

/**
 * Follow one owner's peel chain forward: from a transaction, which is the first hop, or from an output, whose spender is. Each hop pays somebody and keeps
 * the rest, which the next hop spends (Kappos et al. 2022; see `chooseChange` for what decides). The last hop is the transaction at which no change can be told: its
 * outputs are undecided.
 *
 * @throws CordonError `ledger/unknown-outpoint`, `attribution/bad-parameter`, what the ledger throws, and the signal's reason when stopped
 */
export async function followPeelChain(ledger: PeelLedger, start: Outpoint | Tx, options: PeelOptions = {}): Promise<PeelChain> {
  const reader = new HopReader(ledger, options)
  const maxHops = hopsOf(options)
  const hops: JudgedHop[] = []
  const done = (code: PeelStop, reason: string): Promise<PeelChain> => chainOf(ledger, reader, 'forward', { hops, code, reason })

  let next: Tx
  if (typeof start === 'number') next = start
  else {
    const [output] = await ledger.outputs([await outputId(ledger, start)])
    const spender = output?.spentBy ?? null
    if (spender === null) return done('unspent', `the output ${start.txid}:${start.index} is not spent`)
    next = spender
  }
  for (;;) {
    options.signal?.throwIfAborted()
    const hop = await reader.judge(await reader.transaction(next))
    hops.push(hop)
    if (hop.choice.index === null) return done(hop.choice.code, hop.choice.reason)
    const spender = hop.tx.outputs[hop.choice.index]?.spentBy ?? null
    if (spender === null) return done('unspent', `the change, output ${hop.choice.index}, is not spent`)
    if (hops.length >= maxHops) return done('max-hops', `the chain goes on: ${maxHops} hops were asked for`)
    next = spender
  }
}

/**
 * Follow a peel chain backward: from a transaction, or from the transaction that created an output. The hop before is the one transaction whose change, by the same
 * rule as forward, is spent here: a chain found backward is the same one that is found forward from its first hop, as far as the start.
 *
 * @throws CordonError as `followPeelChain`; `ledger/unknown-outpoint` also for an output from before the ledger
 */
export async function followPeelChainBack(ledger: PeelLedger, start: Outpoint | Tx, options: PeelOptions = {}): Promise<PeelChain> {
  const reader = new HopReader(ledger, options)
  const maxHops = hopsOf(options)
  let from: Tx
  if (typeof start === 'number') from = start
  else {
    const [output] = await ledger.outputs([await outputId(ledger, start)])
    if (output === undefined || output.tx === null) throw unknownOutpoint(start)
    from = output.tx
  }
  const hops = [await reader.judge(await reader.transaction(from))]
  for (;;) {
    options.signal?.throwIfAborted()
    const { tx } = hops[0] as JudgedHop
    const before = await hopsBefore(reader, tx)
    if (before.stop !== null) return chainOf(ledger, reader, 'backward', { hops, ...before.stop })
    if (hops.length >= maxHops) {
      return chainOf(ledger, reader, 'backward', {
        hops,
        code: 'max-hops',
        reason: `the chain goes further back: ${maxHops} hops were asked for`,
      })
    }
    hops.unshift(before.hop)
  }
}

type Before = { readonly hop: JudgedHop; readonly stop: null } | { readonly stop: { readonly code: PeelStop; readonly reason: string } }

async function hopsBefore(reader: HopReader, tx: BitcoinTransaction): Promise<Before> {
  const stop = (code: PeelStop, reason: string): Before => ({ stop: { code, reason } })
  if (tx.coinbase) return stop('coinbase', 'the chain begins with a coinbase')
  const creators = [...new Set(tx.inputs.map((input) => input.tx))]
  const fit: JudgedHop[] = []
  for (const creator of creators) {
    if (creator === null) continue
    const judged = await reader.judge(await reader.transaction(creator))
    const change = judged.choice.index === null ? undefined : judged.tx.outputs[judged.choice.index]
    if (change !== undefined && change.spentBy === tx.tx) fit.push(judged)
  }
  if (fit.length === 1) return { hop: fit[0] as JudgedHop, stop: null }
  if (fit.length > 1) return stop('several-fit', `the change of ${fit.length} transactions comes together here`)
  if (creators.includes(null)) return stop('before-ledger', 'what is spent here was created before the ledger begins')
  return stop('none-fits', 'what is spent here is not the change of the transaction that created it, as far as can be told')
}

async function chainOf(ledger: PeelLedger, reader: HopReader, direction: PeelChain['direction'], found: Found): Promise<PeelChain> {
  const infos = found.hops.length === 0 ? [] : await ledger.transactions(found.hops.map(({ tx }) => tx.tx))
  const accounts = found.hops.flatMap(({ tx }) => tx.outputs.flatMap(({ account }) => (account === null ? [] : [account])))
  await reader.name(accounts)
  const hops = found.hops.map((hop, i) => hopOf(reader, hop, infos[i]?.hash as string))
  const order: readonly PeelConfidence[] = ['weak', 'strong', 'certain']
  let peeled = 0n
  let fees: bigint | null = 0n
  for (const [i, hop] of hops.entries()) {
    if (isForeign(found.hops[i] as JudgedHop)) continue
    for (const { value } of hop.peeled) peeled += value
    fees = fees === null || hop.fee === null ? null : fees + hop.fee
  }
  return {
    direction,
    hops,
    stoppedBecause: { code: found.code, reason: found.reason },
    confidence: order.find((confidence) => hops.some((hop) => hop.confidence === confidence)) ?? null,
    peeled,
    fees,
  }
}

function isForeign({ choice }: JudgedHop): boolean {
  return choice.index === null && NOT_OF_ONE_OWNER.has(choice.code)
}

function hopOf(reader: HopReader, hop: JudgedHop, txid: string): PeelHop {
  const { tx, choice } = hop
  const outputs = tx.outputs.map((output) => outputOf(reader, output))
  const change = choice.index
  const owners = new Set(tx.inputs.map(({ account }) => (account === null ? null : (reader.entityOf(account)?.id ?? null))))
  // What is data or pays a service is no change even where nothing else is known.
  const isPayment = ({ account, entity }: PeelOutput): boolean =>
    !isForeign(hop) && (account === null || (entity?.service === true && !owners.has(entity.id)))
  return {
    tx: tx.tx,
    txid,
    block: tx.block,
    time: tx.time,
    value: tx.inputs.reduce<bigint | null>(
      (sum, { value }) => (sum === null || value === null ? null : sum + value),
      tx.coinbase ? null : 0n,
    ),
    fee: tx.fee,
    continues: change === null ? null : (outputs[change] as PeelOutput),
    peeled: outputs.filter((output, index) => (change === null ? isPayment(output) : index !== change)),
    undecided: change === null ? outputs.filter((output) => !isPayment(output)) : [],
    evidence: change === null ? [...choice.evidence, choice.reason] : choice.evidence,
    confidence: change === null ? null : choice.confidence,
  }
}

function outputOf(reader: HopReader, { output, index, account, value, spentBy }: BitcoinOutput): PeelOutput {
  return {
    output,
    index,
    account,
    address: account === null ? null : reader.addressOf(account),
    // An output of a transaction in the ledger always has its value.
    value: value as bigint,
    entity: account === null ? null : reader.entityOf(account),
    spentBy,
  }
}

async function outputId(ledger: PeelLedger, start: Outpoint): Promise<OutputId> {
  const [id] = await ledger.outputIds([start])
  if (id === undefined || id === ABSENT) throw unknownOutpoint(start)
  return id
}

function unknownOutpoint(start: Outpoint): CordonError {
  return new CordonError('ledger/unknown-outpoint', `the ledger has no transaction that created the output ${start.txid}:${start.index}`, {
    remedy: 'check the transaction id and the index of the output, or import the blocks that hold it',
  })
}

function hopsOf({ maxHops = MAX_HOPS, maxOutputs }: PeelOptions): number {
  for (const [name, value] of Object.entries({ maxHops, ...(maxOutputs === undefined ? {} : { maxOutputs }) })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new CordonError('attribution/bad-parameter', `${name} is ${value}: it must be a whole number of at least 1`)
    }
  }
  return maxHops
}
