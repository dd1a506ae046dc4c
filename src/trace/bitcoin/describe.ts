import type { Entity } from '../../attribution/index.ts'
import type { AccountId, BitcoinOutput, TransactionInfo, Tx } from '../../ledger/index.ts'
import type { BitcoinPart, ChainExit, Mix, MixExit, NamedOutput, PolicyName, TraceParameters } from '../document.ts'
import type { FlowRecord } from '../findings.ts'
import { formatTime } from '../parameters.ts'
import { cleanParcel, mixedParcel } from '../parcel.ts'
import { POLICIES } from '../policies/index.ts'
import { shareOut } from '../share.ts'
import { type CoinLedger, FEES, isCoin, isPool } from './coins.ts'
import { holderNames } from './identify.ts'
import type { Reading } from './reading.ts'

export interface BitcoinDescribed {
  /** Movements as the replay has them, in chain order. */
  readonly flows: readonly FlowRecord[]
  /** Names of all accounts that the document knows. */
  readonly names: ReadonlyMap<AccountId, string>
  readonly parameters: TraceParameters
  readonly clusterConflicts: number | null
  readonly transactions: ReadonlyMap<Tx, TransactionInfo>
  /** Accounts that the replay followed, and transactions that the seeds name: nothing else pays stolen value. */
  readonly opened: ReadonlyMap<AccountId, unknown>
  readonly seeded: ReadonlySet<string>
  /** Who was found behind an account that stolen value reached. */
  readonly entityOf: (account: AccountId) => Entity | null
}

/** What a trace on a chain of outputs tells beside the rest: who holds the outputs, which CoinJoins were met, and where value left for another chain. */
export async function bitcoinPart(coins: CoinLedger, described: BitcoinDescribed): Promise<BitcoinPart> {
  const { flows, names, parameters } = described
  const forward = parameters.direction === 'forward'
  const byTx = new Map<Tx, FlowRecord[]>()
  for (const flow of flows) {
    const list = byTx.get(flow.tx)
    if (list === undefined) byTx.set(flow.tx, [flow])
    else list.push(flow)
  }
  const txs = [...byTx.keys()].sort((a, b) => a - b)
  const readings = await coins.readings(txs)
  const met = txs.map((tx, i) => ({ tx, reading: readings[i] as Reading, flows: byTx.get(tx) as FlowRecord[] }))
  const ids = [...names.keys()].filter(isCoin)
  const mixOutputs = met.flatMap(({ reading }) => (reading.mix === null ? [] : reading.transaction.outputs.map(({ output }) => output)))
  const all = [...new Set([...ids, ...mixOutputs])]
  const outputs = new Map((await coins.outputsOf(all)).map((output, i) => [all[i] as AccountId, output as BitcoinOutput]))
  const holders = await holderNames(coins, [...outputs.values()])
  const nameList = await coins.addresses(all)
  const nameOf = new Map(all.map((account, i) => [account, nameList[i] as string]))
  const told: Told = {
    name: (account) => nameOf.get(account) ?? (names.get(account) as string),
    address: (account) => holders.get(outputs.get(account)?.account ?? -1) ?? null,
    info: (tx) => described.transactions.get(tx) as TransactionInfo,
  }
  const spenders = await coins.utxo.transactions([...new Set(ids.flatMap((id) => outputs.get(id)?.spentBy ?? []))])
  const spenderHash = new Map(spenders.map(({ tx, hash }) => [tx, hash]))
  return {
    outputs: ids
      .map((account): NamedOutput => {
        const { value, script, spentBy } = outputs.get(account) as BitcoinOutput
        return {
          account: told.name(account),
          address: told.address(account),
          script,
          value: value?.toString() ?? null,
          spentBy: spentBy === null ? null : (spenderHash.get(spentBy) ?? null),
        }
      })
      .sort((a, b) => (a.account < b.account ? -1 : 1)),
    mixes: forward ? met.flatMap((entry) => mixOf(entry, described, told)) : [],
    exits: forward ? met.flatMap((entry) => exitOf(entry, described, told)) : [],
    clusterConflicts: described.clusterConflicts,
  }
}

/** Kinds of services that take a swap memo at its word: by the memo, or by a tag of the vault. */
const EXITS: ReadonlySet<Entity['kind'] | undefined> = new Set(['bridge', 'defi'] as const)

interface Told {
  readonly name: (account: AccountId) => string
  readonly address: (account: AccountId) => string | null
  readonly info: (tx: Tx) => TransactionInfo
}

interface Met {
  readonly tx: Tx
  readonly reading: Reading
  readonly flows: readonly FlowRecord[]
}

function placed(info: TransactionInfo): { transaction: string; time: string | null; block: number } {
  return { transaction: info.hash, time: info.time === null ? null : formatTime(info.time), block: info.block }
}

/** The mixing step that a transaction is, if it is one and stolen value went in. */
function mixOf({ tx, reading, flows }: Met, { parameters, opened, seeded }: BitcoinDescribed, told: Told): Mix[] {
  const { mix, transaction } = reading
  if (mix === null) return []
  const stolenOf = new Map<AccountId, bigint>()
  const pays = (from: AccountId): boolean => isCoin(from) && (opened.has(from) || seeded.has(told.info(tx).hash))
  // Of a mix in two halves the flows go into its pool; of one that is followed they go from input to output. Under poison all of them count in full, those of the other owners too: these are left out.
  for (const { from, to, amount } of flows)
    if (pays(from) && (isPool(to) || isCoin(to) || to === FEES)) stolenOf.set(from, (stolenOf.get(from) ?? 0n) + amount)
  const stolen = [...stolenOf.values()].reduce((sum, amount) => sum + amount, 0n)
  if (stolen === 0n) return []
  const parcels = transaction.inputs.map(({ output, value }) => {
    const whole = value ?? 0n
    const part = stolenOf.get(output) ?? 0n
    return part === 0n ? cleanParcel(whole) : mixedParcel(whole, part < whole ? part : whole)
  })
  const fee = transaction.fee ?? 0n
  const receivers = [
    ...transaction.outputs.map(({ output, value }) => ({ account: output, value: value ?? 0n })),
    { account: FEES, value: fee },
  ]
  const spared = parameters.bitcoin?.fees === 'clean-first' ? FEES : undefined
  const shares = Object.fromEntries(
    Object.entries(POLICIES).map(([name, policy]) => [name, shareOut(policy, parcels, receivers, spared).map((parcel) => parcel.stolen)]),
  ) as Record<PolicyName, bigint[]>
  const mixed = new Set(mix.mixed)
  return [
    {
      ...placed(told.info(tx)),
      family: mix.family,
      parameters: mix.parameters,
      evidence: mix.evidence,
      followed: parameters.bitcoin?.mixing === 'follow',
      entered: transaction.inputs.flatMap(({ output, value }) => {
        const part = stolenOf.get(output)
        return part === undefined || part === 0n
          ? []
          : [{ account: told.name(output), stolen: part.toString(), value: (value ?? 0n).toString() }]
      }),
      stolen: stolen.toString(),
      exits: transaction.outputs.map(
        ({ output, value }, index): MixExit => ({
          account: told.name(output),
          address: told.address(output),
          value: (value ?? 0n).toString(),
          mixed: mixed.has(index),
          shares: {
            poison: String(shares.poison[index]),
            haircut: String(shares.haircut[index]),
            fifo: String(shares.fifo[index]),
            lifo: String(shares.lifo[index]),
            tiho: String(shares.tiho[index]),
          },
        }),
      ),
    },
  ]
}

/** The exit to another chain that a transaction's memo asks for, if stolen value was paid to it, and if neither tags nor the spender of the output say that it went to somebody else. */
function exitOf({ tx, reading, flows }: Met, { entityOf }: BitcoinDescribed, told: Told): ChainExit[] {
  const { memo, transaction } = reading
  const paid = memo === null ? undefined : transaction.outputs[memo.output]
  if (memo === null || paid === undefined || !EXITS.has(entityOf(paid.output)?.kind)) return []
  const stolen = flows.reduce((sum, { to, amount }) => (to === paid.output ? sum + amount : sum), 0n)
  if (stolen === 0n) return []
  return [
    {
      ...placed(told.info(tx)),
      protocol: memo.protocol,
      account: told.name(paid.output),
      address: told.address(paid.output),
      stolen: stolen.toString(),
      value: (paid.value ?? 0n).toString(),
      memo: memo.text,
      chain: memo.chain,
      asset: memo.asset,
      destination: memo.destination,
      refund: memo.refund,
      limit: memo.limit,
      affiliate: memo.affiliate,
    },
  ]
}
