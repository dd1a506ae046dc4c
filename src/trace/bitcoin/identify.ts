import { CONFIDENCE, type CoinJoin, contradictsSwap, type Entity, standing, type TagStore } from '../../attribution/index.ts'
import type { AccountId, BitcoinOutput } from '../../ledger/index.ts'
import type { TraceParameters } from '../document.ts'
import type { Identify, Known } from '../identify.ts'
import { type CoinLedger, FEES, ISSUANCE } from './coins.ts'
import type { Owners } from './owners.ts'

const FAMILY_NAMES: Readonly<Record<CoinJoin['family'], string>> = {
  whirlpool: 'Whirlpool',
  'whirlpool-tx0': 'Whirlpool Tx0',
  wasabi1: 'Wasabi 1',
  wasabi2: 'Wasabi 2',
  joinmarket: 'JoinMarket',
}

export function familyName(family: CoinJoin['family']): string {
  return FAMILY_NAMES[family]
}

/**
 * On a chain of outputs: who holds an output is who can spend it, so tags, clusters and busyness of its address are asked. An output beside a swap memo, of which they say nothing, is an exit to another chain unless its
 * spender shows otherwise: anybody may write a memo. The pool of a CoinJoin is a mixer; fees are the miners'.
 */
export function identifyCoins(coins: CoinLedger, tags: TagStore, owners: Owners | null, parameters: TraceParameters): Identify {
  return async (accounts) => {
    const [names, outputs, degrees] = await Promise.all([coins.addresses(accounts), coins.outputsOf(accounts), coins.degrees(accounts)])
    const holders = await holderNames(coins, outputs)
    const memos = await swapEntities(coins, outputs)
    const list: Known[] = []
    for (const [i, account] of accounts.entries()) {
      const address = names[i] as string
      const output = outputs[i] ?? null
      const both = { out: degrees.out[i] as number, in: degrees.in[i] as number }
      const degree = both.out + both.in
      if (output === null) {
        list.push({ address, degree, ...(await withoutOutput(coins, account)) })
        continue
      }
      const holder = holders.get(output.account ?? -1) ?? null
      if (output.script === 'data') list.push({ address, degree, entity: UNSPENDABLE, closed: null })
      else if (holder === null || output.account === null)
        list.push({ address, degree, entity: null, closed: output.value === null ? 'values-unknown' : null })
      else {
        const asked = { account: output.account, holder, degrees: both, swap: memos[i] ?? null }
        const entity = await standingOf(coins, asked, tags, owners, parameters)
        list.push({ address, degree, entity, closed: null })
      }
    }
    return list
  }
}

/** Who holds an address: its own tags; else those of its cluster; else what a swap memo says; else, an unnamed service where the address or its cluster is as busy as no person is. */
async function standingOf(
  coins: CoinLedger,
  {
    account,
    holder,
    degrees,
    swap,
  }: {
    readonly account: AccountId
    readonly holder: string
    readonly degrees: { readonly out: number; readonly in: number }
    readonly swap: Entity | null
  },
  tags: TagStore,
  owners: Owners | null,
  parameters: TraceParameters,
): Promise<Entity | null> {
  const own = tags.entityOf(holder)
  if (owners === null) return (own === null ? swap : null) ?? standing(holder, own, degrees, parameters)
  const cluster = owners.clusterOf(account)
  const size = owners.sizeOf(cluster)
  const tagged = own ?? owners.entityOf(cluster)
  if (tagged === null && swap !== null) return swap
  const known = standing(holder, tagged, degrees, parameters)
  if (known !== null || size === 1) return known
  const [first = holder] = await coins.utxo.addresses([cluster])
  const busy = standing(first, null, owners.transfersOf(cluster), parameters)
  if (busy === null) return null
  return {
    ...busy,
    label: `unnamed service of ${size} addresses, ${first} among them`,
    evidence: [`one of ${size} addresses of a cluster by common inputs, CoinJoins left out`, ...busy.evidence],
  }
}

/** Addresses of the accounts that hold outputs. */
export async function holderNames(coins: CoinLedger, outputs: readonly (BitcoinOutput | null)[]): Promise<Map<AccountId, string>> {
  const accounts = [...new Set(outputs.flatMap((output) => (output?.account == null ? [] : [output.account])))]
  const names = await coins.utxo.addresses(accounts)
  return new Map(accounts.map((account, i) => [account, names[i] as string]))
}

async function withoutOutput(coins: CoinLedger, account: AccountId): Promise<Pick<Known, 'entity' | 'closed'>> {
  if (account === FEES) return { entity: MINERS, closed: null }
  if (account === ISSUANCE) return { entity: null, closed: null }
  const reading = await coins.readingOfPool(account)
  if (reading?.mix == null) return { entity: null, closed: 'values-unknown' }
  const name = familyName(reading.mix.family)
  return {
    entity: {
      id: `coinjoin:${reading.mix.family}`,
      label: `${name} CoinJoin`,
      kind: 'mixer',
      service: true,
      confidence: CONFIDENCE.forensic as number,
      basis: 'behaviour',
      evidence: reading.mix.evidence,
      contact: null,
      conflicts: [],
    },
    closed: null,
  }
}

/** Outputs that a memo says to pay the vault of a swap, and whose spender, if there is one, does not gainsay it: what the memo says of where the value goes on. */
async function swapEntities(coins: CoinLedger, outputs: readonly (BitcoinOutput | null)[]): Promise<(Entity | null)[]> {
  const created = outputs.flatMap((output) => (output?.tx == null ? [] : [{ output, tx: output.tx }]))
  const readings = await coins.readings(created.map(({ tx }) => 2 * tx))
  const memos = new Map(
    created.flatMap(({ output }, i) => {
      const memo = readings[i]?.memo ?? null
      return memo === null || memo.output !== output.index ? [] : [[output.output, memo] as const]
    }),
  )
  const spent = created.flatMap(({ output }) =>
    output.spentBy === null || !memos.has(output.output) ? [] : [{ output, spender: output.spentBy }],
  )
  for (const [i, { transaction }] of (await coins.readings(spent.map(({ spender }) => 2 * spender))).entries())
    if (contradictsSwap(transaction)) memos.delete((spent[i] as (typeof spent)[number]).output.output)
  return outputs.map((output) => {
    const memo = output === null ? undefined : memos.get(output.output)
    if (memo === undefined) return null
    const destination = memo.destination === null ? '' : ` at ${memo.destination}`
    return {
      id: `swap:${memo.protocol.toLowerCase().replaceAll(' ', '-')}`,
      label: `${memo.protocol} (swap to another chain)`,
      kind: 'bridge',
      service: true,
      confidence: CONFIDENCE.forensic as number,
      basis: 'behaviour',
      evidence: [`memo of the transaction: "${memo.text}": to be paid out as ${memo.asset}${destination}`],
      contact: null,
      conflicts: [],
    }
  })
}

const MINERS: Entity = {
  id: 'miners',
  label: 'miners (transaction fees)',
  kind: 'miners',
  service: true,
  confidence: 100,
  basis: 'behaviour',
  evidence: ['what the inputs of a transaction hold beyond its outputs belongs to whoever mines the block'],
  contact: null,
  conflicts: [],
}

const UNSPENDABLE: Entity = {
  id: 'null-account',
  label: 'unspendable output (OP_RETURN)',
  kind: 'null-account',
  service: true,
  confidence: 100,
  basis: 'behaviour',
  evidence: ['the script begins with OP_RETURN: nobody can spend what is paid to it'],
  contact: null,
  conflicts: [],
}
