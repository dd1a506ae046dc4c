import type { BitcoinTransaction } from '../../../ledger/index.ts'
import { bitcoins, type CoinJoin, type KnownAccounts } from './coinjoin.ts'
import { accountsOf, indexesOf, LEAST_EQUAL, type Shape, scriptsAmong, shapeOf } from './shape.ts'

/**
 * Addresses to which zkSNACKs' coordinator had its fee paid until early 2020 (block 610,000). Source: Dumplings, `WasabiCoordScripts` in Constants.cs.
 */
export const WASABI1_COORDINATORS: readonly string[] = [
  'bc1qs604c7jv6amk4cxqlnvuxv26hv3e48cds4m0ew',
  'bc1qa24tsgchvuxsaccp8vrnkfd85hrcpafg20kmjw',
]

/** A span of time in which the coordinator's base denomination lay within limits. Unix seconds; satoshis; both limits belong to it. */
interface Era {
  readonly until: number
  readonly least: number
  readonly most: number
  readonly equals: number
}

/** 5 July 2018, days before the first release (Dumplings, `FirstWasabiBlock` 530,500). */
const FIRST_WASABI = 1_530_748_800

/**
 * Denominations tried until the end of August 2018 (0.01 to 0.11 BTC, few participants); a little over 0.05 BTC until the end of October 2018 (at most 5 % over, as GraphSense tolerates); 0.1 BTC
 * ± 0.02 ever since, at least 10 equal outputs (Dumplings, `ApproximateWasabiBaseDenomination` and `WasabiBaseDenominationPrecision`). What the first two were, and until when, is read from
 * the even half of the data (see bench/accuracy/coinjoin.ts).
 */
const ERAS: readonly Era[] = [
  { until: 1_535_760_000, least: 1_000_000, most: 11_000_000, equals: 5 },
  { until: 1_541_030_400, least: 5_000_001, most: 5_250_000, equals: 10 },
  { until: Number.POSITIVE_INFINITY, least: 8_000_000, most: 12_000_000, equals: 10 },
]

/** A participant registers at most 7 inputs (WalletWasabi, `MaximumInputCountPerPeer`). */
const MOST_INPUTS_EACH = 7

/**
 * A mix of Wasabi 1.0 or 1.1 (ZeroLink): at least as many inputs as equal outputs, one equal output for each participant, at most one change output for each, and one fee for the coordinator;
 * everything P2WPKH and every output to another account. Since 1.1 (December 2018) further outputs are worth the denomination times a power of two: those are mixed too.
 *
 * Sources: Stütz et al. 2022 (Wasabi CoinJoin Detection Heuristic), Dumplings, GraphSense for the levels and for differing accounts. An output to one of the coordinator's accounts, where
 * the caller knows them, stands in for the limits of the denomination. Values of inputs are not used.
 *
 * Parameters: `denomination` (satoshis), `participants`, `levels` (how many powers of two, 1 for 1.0), `mixedOutputs`, `otherOutputs`, and `coordinatorFee` (satoshis) where a known account is paid.
 */
export function detectWasabi1(tx: BitcoinTransaction, shape: Shape | null = shapeOf(tx), known: KnownAccounts = {}): CoinJoin | null {
  if (shape === null || tx.time < FIRST_WASABI || tx.data.length > 0 || shape.equals < LEAST_EQUAL) return null
  const { equal: base, equals: participants } = shape
  const fee = feeTo(tx, known)
  if (fee === null && !ERAS.some((era) => tx.time < era.until && base >= era.least && base <= era.most && participants >= era.equals))
    return null
  if (tx.inputs.length < participants || tx.inputs.length > participants * MOST_INPUTS_EACH) return null
  if (!scriptsAmong(tx.inputs, ['p2wpkh']) || !scriptsAmong(tx.outputs, ['p2wpkh'])) return null
  if (accountsOf(tx.outputs) !== tx.outputs.length || accountsOf(tx.inputs) < participants) return null

  const levels = levelsOf(shape, base)
  const mixed = indexesOf(shape, levels)
  const others = tx.outputs.length - mixed.length
  if (others < 1 || others > participants + 1) return null
  return {
    family: 'wasabi1',
    collaborative: true,
    parameters: {
      denomination: base.toString(),
      participants,
      levels: levels.size,
      mixedOutputs: mixed.length,
      otherOutputs: others,
      ...(fee === null ? {} : { coordinatorFee: fee.toString() }),
    },
    mixed,
    evidence: [
      `${participants} outputs are worth ${bitcoins(base)} each, a denomination of Wasabi 1 at the time`,
      ...(levels.size > 1
        ? [
            `${mixed.length - participants} more outputs are worth that times a power of two: ${[...levels].slice(1).map(bitcoins).join(', ')}`,
          ]
        : []),
      `${tx.inputs.length} inputs for ${participants} participants, and ${others} other outputs: at most one change for each, and the coordinator's fee`,
      `every input and output is P2WPKH, and the ${tx.outputs.length} outputs go to ${tx.outputs.length} different accounts`,
      ...(fee === null ? [] : [`${fee} satoshis go to an account of the coordinator`]),
    ],
  }
}

/** The denomination and its multiples by powers of two that two outputs or more share. */
function levelsOf(shape: Shape, base: number): Set<number> {
  const levels = new Set([base])
  for (let value = base * 2; value <= 2_100_000_000_000_000; value *= 2) if ((shape.counts.get(value) ?? 0) >= 2) levels.add(value)
  return levels
}

function feeTo(tx: BitcoinTransaction, known: KnownAccounts): bigint | null {
  const coordinators = known.wasabi1Coordinators
  if (coordinators === undefined || coordinators.size === 0) return null
  return tx.outputs.find(({ account }) => account !== null && coordinators.has(account))?.value ?? null
}
