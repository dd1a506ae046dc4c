import type { BitcoinTransaction } from '../../../ledger/index.ts'
import type { CoinJoin } from './coinjoin.ts'
import { WASABI2_DENOMINATIONS } from './denominations.ts'
import { accountsOf, descending, LEAST_EQUAL, mostOfOneAccount, type Shape, scriptsAmong, shapeOf, unknownInputs } from './shape.ts'

/** 18 June 2022, the first round (coinjoin-analysis, `WASABI2_FUNDING_TXS`). */
const FIRST_WASABI2 = 1_655_510_400

/** 50 at zkSNACKs' coordinator; smaller ones since its end in June 2024 (coinjoin-analysis' Dumplings, `MinWW2Inputs`). */
const LEAST_INPUTS = 15

/** More than four fifths of the outputs are worth a standard denomination (Dumplings). */
const STANDARD_OF_FIVE = 4

/** Different standard denominations that must each occur twice: a payout in one round sum has one. */
const LEAST_DENOMINATIONS = 3

/** No account may own more than one in ten of the inputs (GraphSense, `WASABI_20_MAX_TOP_INPUT_SHARE`): wallets of one account that sweep themselves look like a round otherwise. */
const INPUTS_OF_ONE_IN = 10

/**
 * A round of Wasabi 2 (WabiSabi): at least 15 inputs, inputs and outputs each sorted by falling value, P2WPKH or Taproot throughout, more than four fifths of the outputs worth a standard
 * denomination, several denominations repeated, every output to another account, and no account with a large part of the inputs.
 *
 * Sources: Dumplings (order, denominations, scripts), coinjoin-analysis (smaller coordinators), GraphSense (differing accounts, share of one account among the inputs). Order is a criterion here.
 * Values of inputs that are not known are passed over, and the evidence says so.
 *
 * Every output is a possible exit: unlike change in other families, what is left over cannot be told apart by its value alone. Parameters: `inputs`, `outputs`, `standardOutputs`,
 * `denominations` (different standard ones), `repeatedOutputs` (outputs that share their value with another), `mostEqual`.
 */
export function detectWasabi2(tx: BitcoinTransaction, shape: Shape | null = shapeOf(tx)): CoinJoin | null {
  if (shape === null || tx.time < FIRST_WASABI2 || tx.data.length > 0) return null
  const outputs = tx.outputs.length
  if (tx.inputs.length < LEAST_INPUTS || shape.equals < LEAST_EQUAL) return null
  if (!descending(shape.outputs) || !descending(shape.inputs)) return null
  const standard = shape.outputs.filter((value) => WASABI2_DENOMINATIONS.has(value)).length
  if (standard * 5 <= outputs * STANDARD_OF_FIVE) return null
  const denominations = [...shape.counts.keys()].filter((value) => WASABI2_DENOMINATIONS.has(value))
  if (denominations.filter((value) => (shape.counts.get(value) as number) > 1).length < LEAST_DENOMINATIONS) return null
  if (!scriptsAmong(tx.inputs, ['p2wpkh', 'p2tr']) || !scriptsAmong(tx.outputs, ['p2wpkh', 'p2tr'])) return null
  if (accountsOf(tx.outputs) !== outputs) return null
  const concentrated = mostOfOneAccount(tx.inputs)
  // One input is no concentration, however small the round.
  if (concentrated > 1 && concentrated * INPUTS_OF_ONE_IN > tx.inputs.length) return null

  const repeated = [...shape.counts.values()].reduce((sum, count) => sum + (count > 1 ? count : 0), 0)
  return {
    family: 'wasabi2',
    collaborative: true,
    parameters: {
      inputs: tx.inputs.length,
      outputs,
      standardOutputs: standard,
      denominations: denominations.length,
      repeatedOutputs: repeated,
      mostEqual: shape.equals,
    },
    mixed: [...tx.outputs.keys()],
    evidence: [
      `${standard} of ${outputs} outputs are worth a standard denomination of WabiSabi, ${denominations.length} different ones`,
      `inputs and outputs are each sorted by falling value`,
      `${repeated} outputs share their value with another; the commonest value occurs ${shape.equals} times`,
      `all are P2WPKH or Taproot, the ${outputs} outputs go to ${outputs} different accounts, and no account has more than ${Math.max(1, concentrated)} of the ${tx.inputs.length} inputs`,
      ...unknownInputs(shape, 'whether these are sorted too'),
    ],
  }
}
