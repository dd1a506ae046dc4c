import { createHash } from 'node:crypto'
import { CordonError, NULL_ACCOUNT } from '../../chain/index.ts'
import { createQueue, type Queue } from '../queue.ts'
import { createRandom, type Random } from '../random.ts'
import { cents, dollarText, type FlowRow } from './flow-rows.ts'
import { type CaseAccount, type RealCase, readRoles } from './roles.ts'
import { laidTags } from './tags.ts'

export interface AroundOptions {
  readonly real: RealCase
  readonly seed: number | string
  /** Honest rows to make, about: stops at the first act that reaches it once all acts around the case are done. */
  readonly transfers: number
  /** Share of intermediaries that hold clean money too; 0.15 unless given. */
  readonly commingled?: number
}

export interface LaidRow extends FlowRow {
  /** True for a row of the case itself. */
  readonly real: boolean
}

/** A real case inside simulated honest traffic. */
export interface LaidCase {
  /** By block; rows of one block in the order that they were made. */
  readonly rows: readonly LaidRow[]
  /** TagPacks: hot wallets of the simulated exchanges, and the case's own labels of public services. */
  readonly tags: readonly { readonly file: string; readonly text: string }[]
  readonly truth: {
    readonly accounts: readonly string[]
    readonly transfers: number
    readonly terminals: readonly string[]
  }
  readonly noise: {
    readonly accounts: readonly string[]
    readonly transfers: number
    readonly hotWallets: readonly { readonly address: string; readonly exchange: string }[]
    /** Deposit addresses of honest customers. */
    readonly deposits: readonly { readonly address: string; readonly exchange: string }[]
    /** Deposit addresses of the case, with the hot wallet that empties them here. */
    readonly forwarded: readonly { readonly address: string; readonly hotWallet: string }[]
    readonly commingled: readonly { readonly account: string; readonly clean: string }[]
  }
}

interface Exchange {
  readonly name: string
  readonly hots: readonly string[]
}

interface Stage {
  readonly random: Random
  readonly rows: LaidRow[]
  readonly queue: Queue
  /** Cents of honest accounts, and of the case's deposit addresses and hubs. */
  readonly balances: Map<string, number>
  readonly users: readonly string[]
  readonly exchanges: readonly Exchange[]
  readonly deposits: Map<string, { readonly address: string; readonly exchange: string }>
  readonly recent: string[]
  readonly noise: Set<string>
  readonly address: (name: string) => string
  readonly timeAt: (block: number) => number
  readonly firstBlock: number
  readonly lastBlock: number
  block: number
  made: number
  transactions: number
}

/**
 * Lays the real flows of a case into honest traffic, in dollars, so that precision can be measured: the case's deposit addresses have owners
 * with business of their own and are emptied into hot wallets, hot wallets pay thousands of customers, honest people pay into
 * intermediaries, some intermediaries hold clean money, services carry everyone's traffic. Honest accounts never spend what
 * they do not have; rows of the case are kept as they are, to the letter.
 *
 * @throws CordonError `simulate/empty-case` when the case has no flows.
 */
export function honestAround(options: AroundOptions): LaidCase {
  const { real } = options
  if (real.flows.length === 0)
    throw new CordonError('simulate/empty-case', 'the case has no flows', { remedy: 'give the rows of its flows.csv' })
  const accounts = readRoles(real)
  const stage = openStage(options, accounts)
  fundExchanges(stage)
  const forwarded = new Map<string, string>()
  for (const account of accounts) {
    if (account.role === 'deposit') planDeposit(stage, account, forwarded)
    if (account.role === 'hub') planHub(stage, account)
  }
  const commingled = planIntermediaries(stage, accounts, options.commingled ?? 0.15)
  for (const row of real.flows) planReal(stage, row, forwarded)
  play(stage, options.transfers)

  const own = new Set(accounts.map((account) => account.address))
  for (const row of stage.rows) for (const address of [row.from, row.to]) if (!own.has(address)) stage.noise.add(address)
  return {
    rows: stage.rows,
    tags: laidTags(stage.exchanges, accounts),
    truth: {
      accounts: [...own],
      transfers: real.flows.length,
      terminals: accounts.filter((account) => account.terminal).map((account) => account.address),
    },
    noise: {
      accounts: [...stage.noise],
      transfers: stage.rows.length - real.flows.length,
      hotWallets: stage.exchanges.flatMap((exchange) => exchange.hots.map((address) => ({ address, exchange: exchange.name }))),
      deposits: [...stage.deposits.values()],
      forwarded: [...forwarded].map(([address, hotWallet]) => ({ address, hotWallet })),
      commingled,
    },
  }
}

function openStage(options: AroundOptions, accounts: readonly CaseAccount[]): Stage {
  const { flows } = options.real
  const key = createHash('sha256').update(`cordon-around-1:${options.seed}`).digest('hex').slice(0, 16)
  const address = (name: string) => `0x${createHash('sha256').update(`${key}:${name}`).digest('hex').slice(0, 40)}`
  const byBlock = [...flows].sort((a, b) => a.block - b.block)
  const first = byBlock[0]!
  const last = byBlock[byBlock.length - 1]!
  const pace = last.block === first.block ? 12 : (last.time - first.time) / (last.block - first.block)
  // A week of honest life before the theft, and two days after its last flow.
  const firstBlock = first.block - 50_400
  const names = [...new Set(accounts.filter((a) => a.role === 'deposit').map((a) => bodyOf(a.label)))]
  while (names.length < 6) names.push(`Sim${names.length + 1}`)
  return {
    random: createRandom(`${options.seed}:around`),
    rows: [],
    queue: createQueue(),
    balances: new Map(),
    users: Array.from({ length: Math.max(100, Math.floor(options.transfers / 12)) }, (_, i) => address(`user ${i}`)),
    exchanges: names.map((name, i) => ({ name, hots: Array.from({ length: i < 2 ? 2 : 1 }, (_, k) => address(`hot ${name} ${k}`)) })),
    deposits: new Map(),
    recent: [],
    noise: new Set(),
    address,
    timeAt: (block) => first.time + Math.floor((block - first.block) * pace),
    firstBlock,
    lastBlock: last.block + 14_400,
    block: firstBlock,
    made: 0,
    transactions: 0,
  }
}

/** `Bitget_Deposit_0x12` is Bitget's. */
function bodyOf(label: string): string {
  return label.split(/[_ :]/)[0] || 'Unlabelled'
}

function at(stage: Stage, block: number, run: () => void): void {
  stage.queue.push(Math.min(Math.max(block, stage.block), stage.lastBlock), { kind: 'step', run })
}

const balance = (stage: Stage, account: string) => stage.balances.get(account) ?? 0

function newHash(stage: Stage): string {
  const name = `transaction ${stage.transactions++}`
  return `0x${createHash('sha256').update(stage.address(name)).digest('hex')}`
}

/** One honest row. The payer must hold the amount; the null address need not. */
function pay(stage: Stage, from: string, to: string, amount: number, hash = newHash(stage)): void {
  if (from !== NULL_ACCOUNT) {
    if (balance(stage, from) < amount) throw new Error(`${from} cannot pay ${amount} cents`)
    stage.balances.set(from, balance(stage, from) - amount)
  }
  stage.balances.set(to, balance(stage, to) + amount)
  const { block } = stage
  stage.rows.push({ time: stage.timeAt(block), block, hash, from, fromLabel: '', to, toLabel: '', value: dollarText(amount), real: false })
  stage.made += 1
  stage.recent.push(to)
  if (stage.recent.length > 1_000) stage.recent.splice(0, 500)
}

/** Withdraws from an exchange first where the payer is short; then pays, some blocks later. */
function payFunded(stage: Stage, from: string, to: string, amount: number): void {
  if (balance(stage, from) >= amount) {
    pay(stage, from, to, amount)
    return
  }
  withdraw(stage, from, amount * 2)
  at(stage, stage.block + 5 + stage.random.below(60), () => {
    if (balance(stage, from) >= amount) pay(stage, from, to, amount)
  })
}

function exchangeOf(stage: Stage, account: string): Exchange {
  const x = Number.parseInt(account.slice(-8), 16) / 4294967296
  return stage.exchanges[Math.floor(stage.exchanges.length * x * x)]!
}

function hotOf(stage: Stage, exchange: Exchange): string {
  return exchange.hots[stage.random.below(exchange.hots.length)]!
}

function withdraw(stage: Stage, to: string, amount: number): void {
  const hot = hotOf(stage, exchangeOf(stage, to))
  if (balance(stage, hot) < amount) pay(stage, NULL_ACCOUNT, hot, amount * 100)
  pay(stage, hot, to, amount)
}

function fundExchanges(stage: Stage): void {
  for (const exchange of stage.exchanges) for (const hot of exchange.hots) pay(stage, NULL_ACCOUNT, hot, 50_000_000_00)
}

const anyUser = (stage: Stage) => stage.users[stage.random.zipf(stage.users.length, 4)]!

function between(stage: Stage, from: number, to: number): number {
  return from + stage.random.below(Math.max(1, to - from))
}

/** A deposit address of the case: its owner's honest deposits before and after, all of it emptied into a hot wallet. */
function planDeposit(stage: Stage, account: CaseAccount, forwarded: Map<string, string>): void {
  const body = bodyOf(account.label)
  const exchange = stage.exchanges.find((e) => e.name === body) ?? stage.exchanges[0]!
  forwarded.set(account.address, account.forwardsTo ?? exchange.hots[0]!)
  const owner = stage.address(`owner ${account.address}`)
  const count = 1 + stage.random.below(5)
  for (let i = 0; i < count; i++) {
    const amount = Math.floor(stage.random.heavy(50_00, 560, 8))
    at(stage, between(stage, stage.firstBlock + 100, stage.lastBlock - 3_000), () => {
      withdraw(stage, owner, amount)
      at(stage, stage.block + 10 + stage.random.below(400), () => {
        pay(stage, owner, account.address, amount)
        planForward(stage, account.address, forwarded, amount)
      })
    })
  }
}

function planForward(stage: Stage, deposit: string, forwarded: Map<string, string>, amount: number): void {
  const hot = forwarded.get(deposit)!
  at(stage, stage.block + 5 + stage.random.below(240), () => {
    if (amount > 0 && balance(stage, deposit) >= amount) pay(stage, deposit, hot, amount)
  })
}

/** A service of the case: honest people pay in, and are paid out of what others brought. */
function planHub(stage: Stage, account: CaseAccount): void {
  const visits = account.terminal ? 240 : 60
  for (let i = 0; i < visits; i++) {
    const block = between(stage, stage.firstBlock + 100, stage.lastBlock - 500)
    const amount = Math.floor(stage.random.heavy(100_00, 600, 10))
    const user = anyUser(stage)
    at(stage, block, () => payFunded(stage, user, account.address, amount))
    // Only honest money leaves: what the case brought is not ours to spend.
    at(stage, block + 100 + stage.random.below(2_000), () => {
      if (balance(stage, account.address) >= amount) pay(stage, account.address, anyUser(stage), amount)
    })
  }
}

/** Honest people pay small sums into intermediaries; some intermediaries hold clean money before the stolen arrives. */
function planIntermediaries(stage: Stage, accounts: readonly CaseAccount[], share: number): { account: string; clean: string }[] {
  const commingled: { account: string; clean: string }[] = []
  for (const account of accounts) {
    if (account.role !== 'intermediary' || account.firstIn === null) continue
    const first = account.firstIn.block
    if (stage.random.oneIn(3)) {
      const payer = anyUser(stage)
      const small = 2_00 + stage.random.below(40_00)
      at(stage, between(stage, first - 5_000, first + 5_000), () => payFunded(stage, payer, account.address, small))
    }
    if (stage.random.unit() >= share) continue
    const clean = Math.max(1_00, Math.floor(account.largestIn * (0.05 + 0.35 * stage.random.unit())))
    commingled.push({ account: account.address, clean: dollarText(clean) })
    const fromExchange = stage.random.oneIn(2)
    const payer = anyUser(stage)
    at(stage, first - 10 - stage.random.below(3_000), () => {
      if (fromExchange) withdraw(stage, account.address, clean)
      else payFunded(stage, payer, account.address, clean)
    })
    // Half of them spend the clean money, between the stolen receipts and payments or after them.
    if (stage.random.oneIn(2)) {
      const payee = anyUser(stage)
      const last = account.lastOut?.block ?? first
      at(stage, between(stage, first, Math.max(first + 1, last + 2_000)) + 3_100, () => {
        if (balance(stage, account.address) >= clean) pay(stage, account.address, payee, clean)
      })
    }
  }
  return commingled
}

/** A row of the case, as it is; where it reaches a deposit address whose forward was not released, the exchange empties it. */
function planReal(stage: Stage, row: FlowRow, forwarded: Map<string, string>): void {
  stage.queue.push(row.block, {
    kind: 'step',
    run() {
      stage.rows.push({ ...row, real: true })
      if (!forwarded.has(row.to) || stage.random.oneIn(50)) return
      if (stage.rows.length > 0 && hasRealForward(stage, row.to, forwarded)) return
      stage.balances.set(row.to, balance(stage, row.to) + cents(row.value))
      planForward(stage, row.to, forwarded, cents(row.value))
    },
  })
}

/** Released forwards go to addresses of the case, ours to simulated hot wallets. */
function hasRealForward(stage: Stage, deposit: string, forwarded: Map<string, string>): boolean {
  const to = forwarded.get(deposit)
  return !stage.exchanges.some((exchange) => exchange.hots.includes(to ?? ''))
}

/** Runs what is planned, with honest everyday traffic between, to the end of the time. */
function play(stage: Stage, transfers: number): void {
  const span = stage.lastBlock - stage.firstBlock
  let acts = 0
  while (stage.queue.length > 0 || stage.made < transfers) {
    const now = stage.firstBlock + Math.floor((stage.made / Math.max(1, transfers)) * span)
    if (stage.queue.length > 0 && (stage.queue.next <= now || stage.made >= transfers || acts > transfers * 4)) {
      stage.block = Math.max(stage.block, stage.queue.next)
      const task = stage.queue.pop()
      if (task.kind === 'step') task.run()
      continue
    }
    if (stage.made >= transfers) break
    stage.block = Math.max(stage.block, Math.min(now, stage.lastBlock))
    acts += 1
    everyday(stage)
  }
}

function everyday(stage: Stage): void {
  const { random } = stage
  const user = random.oneIn(3) || stage.recent.length === 0 ? anyUser(stage) : stage.recent[random.below(stage.recent.length)]!
  // Who received may also be a hot wallet or one of the case: only the crowd acts here.
  const actor = stage.balances.has(user) && isUser(stage, user) ? user : anyUser(stage)
  const amount = Math.floor(random.heavy(20_00, 580, 12))
  const held = balance(stage, actor)
  if (held < 10_00) {
    withdraw(stage, actor, amount)
    return
  }
  const spent = Math.min(held, amount)
  if (random.below(5) < 2) {
    const exchange = exchangeOf(stage, actor)
    const known = stage.deposits.get(actor) ?? { address: stage.address(`deposit ${actor}`), exchange: exchange.name }
    stage.deposits.set(actor, known)
    pay(stage, actor, known.address, spent)
    at(stage, stage.block + 5 + random.below(240), () => {
      const all = balance(stage, known.address)
      if (all > 0) pay(stage, known.address, hotOf(stage, exchange), all)
    })
    return
  }
  const to = anyUser(stage)
  if (to !== actor) pay(stage, actor, to, spent)
  else withdraw(stage, actor, amount)
}

const crowds = new WeakMap<readonly string[], Set<string>>()

function isUser(stage: Stage, account: string): boolean {
  let crowd = crowds.get(stage.users)
  if (crowd === undefined) {
    crowd = new Set(stage.users)
    crowds.set(stage.users, crowd)
  }
  return crowd.has(account)
}
