import { type AssetId, BITCOIN_NETWORKS, CordonError, canonicalBitcoinName } from '../chain/index.ts'
import { ABSENT, type AccountId, type Ledger, type Row, type Tx } from '../ledger/index.ts'
import { CoinLedger } from './bitcoin/coins.ts'
import type { Seed } from './document.ts'
import type { Transactions } from './history.ts'
import type { AssetLegs } from './netting.ts'
import { formatTime, parseAmount, parseTime } from './parameters.ts'

/** What a seed says of one account, in ledger numbers. */
export interface SeedRule {
  /** Null: every asset of the account. */
  readonly asset: number | null
  /** Forward: all from this row on. Backward: all before it. Null: the whole ledger. */
  readonly startRow: Row | null
  /** Base units still to be taken as stolen; null: all. Counts down while the replay runs. */
  remaining: bigint | null
  /** `remaining` as it was at the start; 0 where that is null. */
  readonly amount: bigint
  /** `unknown`: a balance of unknown origin that is followed beside what is stolen. */
  readonly colour: 'stolen' | 'unknown'
}

/** How much of one asset's side of a transaction is stolen by a seed. */
export interface Theft {
  stolen(leg: AssetLegs): bigint
}

export interface ResolvedSeeds {
  readonly accounts: ReadonlyMap<AccountId, readonly SeedRule[]>
  readonly transactions: ReadonlyMap<Tx, Theft>
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const HASH = /^0x[0-9a-fA-F]{64}$/
const TXID = /^[0-9a-fA-F]{64}$/
const OUTPUT = /^[0-9a-fA-F]{64}:\d{1,9}$/

/**
 * Read seeds from text, one a line: an address; `address,asset,amount,from` (later fields may be empty or left off; the amount in base
 * units); a transaction hash; `hash#index` for one transfer (its log or trace index). Of Bitcoin: an address, a transaction id, or `txid:index` for one output. Blank lines and lines that begin with `#` are passed over.
 * A JSON array of `Seed` objects is taken as it is. Throws `trace/bad-seed` with file and line.
 */
export function readSeeds(text: string, file?: string): Seed[] {
  const place = (line: number): { line: number; file?: string } => (file === undefined ? { line } : { file, line })
  const fail = (line: number, what: string): CordonError =>
    new CordonError('trace/bad-seed', what, {
      place: place(line),
      remedy: 'Each line is an address, `address,asset,amount,from`, a transaction hash, or `hash#index`; of Bitcoin also `txid:index`.',
    })
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (content.trimStart().startsWith('[')) return readJsonSeeds(content, fail)
  const seeds: Seed[] = []
  const lines = content.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] as string).trim()
    if (line === '' || line.startsWith('#')) continue
    const [subject = '', asset = '', amount = '', from = '', ...rest] = line.split(',').map((part) => part.trim())
    if (rest.length > 0) throw fail(i + 1, `"${line.slice(0, 120)}" has more than four fields`)
    seeds.push(seedOf({ subject, asset, amount, from }, (what) => fail(i + 1, what)))
  }
  if (seeds.length === 0) throw fail(1, 'there is no seed in it')
  return seeds
}

/** Whether a text names a seed by itself: an address, a transaction, or a part of one. */
export function namesSeed(text: string): boolean {
  const [hash = '', index] = text.split('#')
  return accountOf(text) !== null || TXID.test(text) || (HASH.test(hash) && (index === undefined || /^\d{1,9}$/.test(index)))
}

function seedOf(fields: { subject: string; asset: string; amount: string; from: string }, fail: (what: string) => CordonError): Seed {
  const { subject, asset, amount } = fields
  const from = fields.from === '' ? null : formatTime(parseTime('from', fields.from))
  const account = accountOf(subject)
  if (account !== null) {
    if (amount === '') return { kind: 'account', account, asset: asset === '' ? null : asset, from }
    if (asset === '') throw fail('an amount needs its asset')
    return { kind: 'amount', account, asset, amount: parseAmount('amount', amount).toString(), from }
  }
  const [hash = '', index] = subject.split('#')
  if (TXID.test(subject) && asset === '' && amount === '' && from === null)
    return { kind: 'transaction', transaction: subject.toLowerCase() }
  if (HASH.test(hash) && asset === '' && amount === '' && from === null) {
    const transaction = hash.toLowerCase()
    if (index === undefined) return { kind: 'transaction', transaction }
    if (/^\d{1,9}$/.test(index)) return { kind: 'transfer', transaction, index: Number(index) }
  }
  throw fail(`"${subject.slice(0, 120)}" is neither an address nor a transaction`)
}

/** The canonical name of an account that a seed names, or null. */
function accountOf(subject: string): string | null {
  if (ADDRESS.test(subject) || OUTPUT.test(subject)) return subject.toLowerCase()
  if (TXID.test(subject)) return null
  for (const network of Object.values(BITCOIN_NETWORKS)) {
    const name = canonicalBitcoinName(subject, network)
    if (name !== null) return name
  }
  return null
}

function readJsonSeeds(text: string, fail: (line: number, what: string) => CordonError): Seed[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw fail(1, `it is not valid JSON: ${(cause as Error).message}`)
  }
  if (!Array.isArray(parsed) || parsed.length === 0) throw fail(1, 'there is no seed in it')
  return parsed.map((entry: unknown, i) => {
    const of = (key: string): string => {
      const value = (entry as Record<string, unknown> | null)?.[key]
      if (value === undefined || value === null) return ''
      if (typeof value === 'string') return value
      if (key === 'index' && typeof value === 'number') return String(value)
      throw fail(1, `entry ${i + 1}: ${key} is not a text`)
    }
    const subject = of('account') || (of('index') === '' ? of('transaction') : `${of('transaction')}#${of('index')}`)
    return seedOf({ subject, asset: of('asset'), amount: of('amount'), from: of('from') }, (what) => fail(1, `entry ${i + 1}: ${what}`))
  })
}

/**
 * Find seeds in a ledger. A trace without its seed would look like a clean result; so this throws `trace/seed-not-found` for any that the ledger does not hold, and `trace/seed-without-value` for outputs
 * that hold nothing, or an amount that the ledger does not know.
 */
export async function resolveSeeds(seeds: readonly Seed[], ledger: Ledger, transactions: Transactions): Promise<ResolvedSeeds> {
  const accounts = new Map<AccountId, SeedRule[]>()
  const thefts = new Map<Tx, ((leg: AssetLegs) => bigint)[]>()
  const assetNumber = (id: AssetId): number => {
    const at = ledger.manifest.assets.findIndex((asset) => asset.id === id)
    if (at === -1) throw missing(`asset ${id}`)
    return at
  }
  for (const seed of seeds) {
    if (seed.kind === 'account' || seed.kind === 'amount') {
      const named = await accountsNamed(seed.account, ledger)
      const startRow = seed.from === null ? null : await ledger.rowAt({ time: parseTime('from', seed.from) })
      const asset = seed.asset === null ? null : assetNumber(seed.asset)
      const amount = seed.kind === 'amount' ? BigInt(seed.amount) : null
      // Outputs of one address share the rule: an amount counts down over all of them.
      const rule: SeedRule = { asset, startRow, remaining: amount, amount: amount ?? 0n, colour: 'stolen' }
      for (const account of named) {
        const rules = accounts.get(account) ?? []
        if (rules.some((other) => other.asset === asset)) {
          throw new CordonError('trace/seed-twice', `account ${seed.account} is named twice for the same asset`, {
            remedy: 'Leave one of the two out.',
          })
        }
        accounts.set(account, [...rules, rule])
      }
      continue
    }
    const tx = (await ledger.transactionIds([seed.transaction]))[0] ?? ABSENT
    if (tx === ABSENT) throw missing(`transaction ${seed.transaction}`)
    const list = thefts.get(tx) ?? []
    list.push(seed.kind === 'transaction' ? wholeSide : await oneTransfer(seed, tx, ledger, transactions))
    thefts.set(tx, list)
  }
  return {
    accounts,
    transactions: new Map([...thefts].sort(([a], [b]) => a - b).map(([tx, list]) => [tx, { stolen: (leg) => atMost(leg, list) }])),
  }
}

/** Accounts of the ledger that a seed names: one, or on a chain of outputs all outputs of an address. */
async function accountsNamed(name: string, ledger: Ledger): Promise<AccountId[]> {
  const [account = ABSENT] = await ledger.accountIds([name])
  if (!(ledger instanceof CoinLedger)) {
    if (account === ABSENT) throw missing(`account ${name}`)
    return [account]
  }
  const coins = account === ABSENT ? await ledger.coinsOf(name) : [account]
  if (coins === null) throw missing(`account ${name}`)
  const values = (await ledger.outputsOf(coins)).map((output) => output?.value ?? null)
  if (values.some((value) => value !== null && value > 0n)) return coins
  throw values.includes(null)
    ? new CordonError('trace/seed-without-value', `the ledger does not know what ${name} holds: it lies before the ledger's first block`, {
        remedy: 'Import the blocks that pay it, or sources that say what inputs spent (undo data, or a node that gives prevouts).',
      })
    : new CordonError('trace/seed-without-value', `${name} holds nothing: there is no value to follow`, {
        remedy: 'Name another output of the transaction, or the transaction itself.',
      })
}

function sideTotal(leg: AssetLegs): bigint {
  return leg.payers.reduce((sum, { value }) => sum + value, 0n)
}

const wholeSide = sideTotal

function atMost(leg: AssetLegs, list: readonly ((leg: AssetLegs) => bigint)[]): bigint {
  const total = sideTotal(leg)
  const asked = list.reduce((sum, stolen) => sum + stolen(leg), 0n)
  return asked < total ? asked : total
}

async function oneTransfer(
  seed: Seed & { kind: 'transfer' },
  tx: Tx,
  ledger: Ledger,
  transactions: Transactions,
): Promise<(leg: AssetLegs) => bigint> {
  await transactions.read([tx])
  const movements = transactions.movements(tx)
  const indexes = await ledger.sourceIndexes(movements.map((movement) => movement.row))
  const known = indexes.some((index) => index !== -1)
  const at = known ? indexes.indexOf(seed.index) : seed.index
  const movement = movements[at]
  if (movement === undefined) throw missing(`transfer ${seed.index} of transaction ${seed.transaction}`)
  return (leg) => (leg.asset === movement.asset ? movement.value : 0n)
}

function missing(what: string): CordonError {
  return new CordonError('trace/seed-not-found', `the ledger does not hold ${what}`, {
    remedy: 'Check the spelling, or import the data that covers it (`cordon ledger info` shows what the ledger covers).',
  })
}
