import type { BitcoinTransaction } from '../../../ledger/index.ts'
import { bitcoins, type CoinJoin } from './coinjoin.ts'
import { canFund } from './funding.ts'
import { accountsOf, indexesOf, LEAST_EQUAL, type Shape, scriptsAmong, shapeOf, unknownInputs } from './shape.ts'
import { detectWasabi1 } from './wasabi1.ts'
import { detectWasabi2 } from './wasabi2.ts'
import { detectWhirlpool } from './whirlpool.ts'
import { detectWhirlpoolTx0 } from './whirlpool-tx0.ts'

/** 1 January 2015; JoinMarket was announced on the 9th (Dumplings, `FirstJoinMarketBlock`). */
const FIRST_JOINMARKET = 1_420_070_400

/** Smaller equal outputs are nearly always something else (joinmarket's custom script `jmfinder`, `MIN_CJ_AMOUNT`). */
const LEAST_AMOUNT = 75_000

/** Inputs or outputs beyond which no JoinMarket transaction is known (coinjoin-analysis, `NUM_INOUT_THRESHOLD`). */
const MOST_PLACES = 100

/** Inputs for each participant beyond which a division proves nothing: random coins of one owner divide in under 1 % of cases at two for each, in up to 20 % at three, in most at four. */
const MOST_INPUTS_EACH = 3

/** The largest fee that a maker is expected to earn: one in 200 of the amount (joinmarket_analyzer's default, 0.5 %), or this many satoshis where that is less. */
const FEE_ONE_IN = 200
const LEAST_FEE = 5_000

/** What a maker may give to the miner at most; no published figure, chosen wide. */
const MOST_CONTRIBUTION = 5_000

/** Visits of the search for a division of the inputs: a few milliseconds, of which most transactions need none. */
const STEPS = 200_000

/**
 * A JoinMarket CoinJoin: n >= 3 equal outputs, and one change output for each participant or for all but one (a taker who sweeps), so that there are 2n or 2n - 1 outputs; n to 3n inputs of at least n
 * accounts; inputs and change of one script type, and at most one equal output of another (the taker pays whom it likes); no output's account twice, nor among the inputs. The inputs must divide
 * among the participants so that each pays for its equal output and its change, within what makers earn.
 *
 * Sources: BlockSci (`is_coinjoin`, `is_definite_coinjoin`), jmfinder of JoinMarket's custom-scripts, and the filters of coinjoin-analysis (no OP_RETURN, no reuse, at most 100 inputs or
 * outputs). Says nothing of what another family explains. Where a division is not found within {@link STEPS} visits, nothing is said; where values of inputs are not known, structure alone decides
 * and the evidence says so. The order of inputs and outputs is no criterion.
 *
 * Which of the participants is the taker is not told. Parameters: `denomination` (satoshis), `participants`, `changes`, `inputs`.
 */
export function detectJoinMarket(tx: BitcoinTransaction, shape: Shape | null = shapeOf(tx)): CoinJoin | null {
  const explained = detectWhirlpool(tx, shape) ?? detectWhirlpoolTx0(tx, shape) ?? detectWasabi1(tx, shape) ?? detectWasabi2(tx, shape)
  return explained === null ? joinMarketShape(tx, shape) : null
}

/** {@link detectJoinMarket} for a transaction that is known to be of no other family. */
export function joinMarketShape(tx: BitcoinTransaction, shape: Shape | null): CoinJoin | null {
  if (shape === null || tx.time < FIRST_JOINMARKET || tx.data.length > 0) return null
  const { equal: amount, equals: n } = shape
  const outputs = tx.outputs.length
  const changes = outputs - n
  if (n < LEAST_EQUAL || (changes !== n && changes !== n - 1) || tx.inputs.length < n) return null
  if (amount < LEAST_AMOUNT || tx.inputs.length > Math.min(MOST_PLACES, n * MOST_INPUTS_EACH) || outputs > MOST_PLACES) return null
  if (
    accountsOf(tx.outputs) !== outputs ||
    accountsOf(tx.inputs) < n ||
    accountsOf([...tx.inputs, ...tx.outputs]) < accountsOf(tx.inputs) + outputs
  )
    return null
  if (!oneWallet(tx, shape)) return null

  const funded = shape.unknownInputs === 0
  if (funded && canFund(shape.inputs, goals(shape), feeOf(amount) + MOST_CONTRIBUTION, STEPS) !== 'possible') return null
  return {
    family: 'joinmarket',
    collaborative: true,
    parameters: { denomination: amount.toString(), participants: n, changes, inputs: tx.inputs.length },
    mixed: indexesOf(shape, new Set([amount])),
    evidence: [
      `${n} outputs are worth ${bitcoins(amount)} each, and the other ${changes} are one change for each of ${changes} participants`,
      `${tx.inputs.length} inputs of ${accountsOf(tx.inputs)} accounts are enough for ${n} participants; no account occurs twice among the outputs or on both sides`,
      ...(funded
        ? [`the inputs divide among ${n} participants so that each pays for its own equal output and change, to within a maker's fee`]
        : []),
      ...unknownInputs(shape, 'that the inputs divide among the participants'),
    ],
  }
}

/** What each participant takes out, less the largest fee that it may have earned. The one without change comes last. */
function goals(shape: Shape): number[] {
  const { equal: amount, equals: n } = shape
  const changes = shape.outputs.filter((value) => value !== amount)
  return Array.from({ length: n }, (_, k) => amount + (changes[k] ?? 0) - feeOf(amount))
}

function feeOf(amount: number): number {
  return Math.max(LEAST_FEE, Math.floor(amount / FEE_ONE_IN))
}

/** Makers and taker use wallets of one script type; only what the taker pays may be of another. */
function oneWallet(tx: BitcoinTransaction, shape: Shape): boolean {
  const change = tx.outputs.filter((_, k) => shape.outputs[k] !== shape.equal)
  const type = [...tx.inputs, ...change].find(({ script }) => script !== null)?.script ?? null
  if (type === null) return true
  const strangers = tx.outputs.filter((output, k) => shape.outputs[k] === shape.equal && output.script !== null && output.script !== type)
  return strangers.length <= 1 && scriptsAmong(tx.inputs, [type]) && scriptsAmong(change, [type])
}
