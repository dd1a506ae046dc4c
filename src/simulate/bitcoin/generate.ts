import { certainAct, firstSales, honestAct } from './honest/traffic.ts'
import { bitcoinSizes } from './sizes.ts'
import { endThefts, planThefts } from './theft/heist.ts'
import { genesisBlock, type MinedBlock, mineBlock, regtestSubsidy } from './wire/block.ts'
import { serializeTransaction } from './wire/transaction.ts'
import type { SpentOutput } from './wire/undo.ts'
import { type BitcoinWorld, type Coin, createWorld, enter, keep, type Pending, type Wallet } from './world.ts'

export interface BitcoinWorldOptions {
  /** Transactions in the chain, exactly; coinbases and genesis are among them, the stale branch is not. */
  readonly transactions: number
  /** Same seed, same world, on every machine. */
  readonly seed: number | string
  /** Thefts; by default 3 at 10^4 transactions, 5 at 10^5, 10 at 10^6. */
  readonly thefts?: number
}

/** A block as it is made, with what its transactions spent. */
export interface MadeBlock {
  readonly block: MinedBlock
  /** By transaction, the coinbase left out; by input. Null for genesis. */
  readonly spent: readonly (readonly SpentOutput[])[] | null
  /** A block of the same height that lost the race, and had arrived first. */
  readonly stale: { readonly block: MinedBlock; readonly spent: readonly (readonly SpentOutput[])[] } | null
}

/** Time of the first block after genesis, seconds since 1970 (2023-11-14 22:13:20 UTC); a block lasts 600 seconds and some. */
const FIRST_TIME = 1_700_000_000
const BLOCK_SECONDS = 600
const MATURITY = 100
/** Transactions kept for the end of a world, which must come out exactly. */
const RESERVE = 40
/** Acts that may come to nothing in a row. */
const PATIENCE = 60

/**
 * A world, not yet begun. Its blocks come from `blocksOf`; its truth is complete when they have all been read.
 *
 * @throws CordonError `simulate/size`
 */
export function openBitcoinWorld(options: BitcoinWorldOptions): BitcoinWorld {
  const w = createWorld(String(options.seed), bitcoinSizes(options.transactions, options.thefts))
  planThefts(w)
  return w
}

/** All blocks of a world's chain, genesis first. To be read once. */
export function* blocksOf(w: BitcoinWorld): Generator<MadeBlock> {
  const genesis = genesisBlock()
  enter(w, genesis.transactions[0]!.serialized)
  yield { block: genesis, spent: null, stale: null }
  const { firstBlocks, lastHeight, transactions } = w.sizes
  const maturing: Coin[] = []
  const staleHeight = firstBlocks + Math.floor((lastHeight - firstBlocks) * 0.6)
  const ordinary = transactions - 1 - lastHeight
  let previous: MinedBlock = genesis
  let left = ordinary
  for (let height = 1; height <= lastHeight; height++) {
    w.height = height
    w.time = FIRST_TIME + height * BLOCK_SECONDS + w.random.below(500)
    while (maturing.length > 0 && maturing[0]!.height + MATURITY <= height) keep(w, maturing.shift()!)
    if (height === firstBlocks + 1) firstSales(w)
    if (height > firstBlocks) {
      const quota = Math.floor((ordinary * (height - firstBlocks)) / (lastHeight - firstBlocks))
      fill(w, left - w.pending.length, ordinary - quota)
    }
    const { pending } = w
    w.pending = []
    left -= pending.length
    const spent = pending.map((each) => spentBy(w, each))
    const stale = height === staleHeight ? losingBlock(w, previous, pending, spent) : null
    const block = close(w, previous, pending, maturing)
    yield { block, spent, stale }
    previous = block
  }
  endThefts(w)
}

/** Fills the block until no more than `down` transactions are left of the world. */
function fill(w: BitcoinWorld, left: number, down: number): void {
  let idle = 0
  while (left > down) {
    const before = w.pending.length
    if (left <= RESERVE) certainAct(w)
    else if (w.queue.next <= w.height) {
      const task = w.queue.pop()
      if (task.kind === 'step') task.run()
    } else if (idle < PATIENCE) honestAct(w)
    else certainAct(w)
    const made = w.pending.length - before
    idle = made === 0 ? idle + 1 : 0
    left -= made
  }
}

function close(w: BitcoinWorld, previous: MinedBlock, pending: readonly Pending[], maturing: Coin[]): MinedBlock {
  const miner = w.cast.miners[w.random.below(w.cast.miners.length)]!
  const value = reward(w, pending)
  const block = mine(w, previous, pending, miner, value)
  const tx = enter(w, block.transactions[0]!.serialized)
  // Nothing is left for the miner when subsidies have ended and the block is empty.
  if (value > 0) maturing.push({ tx, index: 0, value, address: miner.address, height: w.height, coinbase: true })
  return block
}

function reward(w: BitcoinWorld, pending: readonly Pending[]): number {
  return regtestSubsidy(w.height) + pending.reduce((sum, { fee }) => sum + fee, 0)
}

function mine(w: BitcoinWorld, previous: MinedBlock, pending: readonly Pending[], miner: Wallet, value: number): MinedBlock {
  return mineBlock({
    height: w.height,
    previous: previous.hash,
    time: w.time,
    tag: `/simulated ${miner.owner.id}/`,
    reward: [{ value, script: w.addresses.script(miner.address) }],
    transactions: pending,
  })
}

/** A block for the same height by another miner, in which the last payment goes to somebody else: what is only there never happened. */
function losingBlock(w: BitcoinWorld, previous: MinedBlock, pending: readonly Pending[], spent: MadeBlock['spent']): MadeBlock['stale'] {
  const last = pending[pending.length - 1]
  const other = w.cast.users[0]!
  if (last === undefined || spent === null) return null
  const script = w.addresses.script(w.addresses.add(other.software.type, other.number))
  const raw = { ...last.raw, outputs: last.raw.outputs.map((output) => (output.value > 0 ? { ...output, script } : output)) }
  const rival = [...pending.slice(0, -1), { ...last, raw, serialized: serializeTransaction(raw) }]
  const miner = w.cast.miners[w.random.below(w.cast.miners.length)]!
  return { block: mine(w, previous, rival, miner, reward(w, rival)), spent }
}

function spentBy(w: BitcoinWorld, { spent }: Pending): SpentOutput[] {
  return spent.map(({ height, coinbase, value, address }) => ({ height, coinbase, value, script: w.addresses.script(address) }))
}
