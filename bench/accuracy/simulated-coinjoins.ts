import { type CoinJoinFamily, detectCoinJoin } from '../../src/attribution/bitcoin/coinjoin/index.ts'
import type { Tx, UtxoLedger } from '../../src/ledger/index.ts'
import type { BitcoinTruth } from '../../src/simulate/bitcoin/index.ts'

/** Rounds of one family in a simulated world. */
export interface FoundRounds {
  readonly family: CoinJoinFamily
  /** Rounds that there are, transactions called so, and rounds among those. */
  readonly rounds: number
  readonly called: number
  readonly right: number
}

/** Transactions read at a time. */
const BATCH = 2_000

/**
 * What the detectors make of every transaction of a simulated world. The rounds follow the published protocols as the simulator has them, so this bounds the recall of JoinMarket, of which the real
 * data has no file, from above.
 */
export async function foundRounds(ledger: UtxoLedger, transactions: number, truth: BitcoinTruth): Promise<FoundRounds[]> {
  const numbers = await ledger.transactionIds(truth.coinJoins.map(({ txid }) => txid))
  const familyOf = new Map(truth.coinJoins.map(({ family }, i) => [numbers[i] as Tx, family as CoinJoinFamily]))
  const tallies = new Map<CoinJoinFamily, { rounds: number; called: number; right: number }>()
  const tally = (family: CoinJoinFamily) => {
    const own = tallies.get(family) ?? { rounds: 0, called: 0, right: 0 }
    tallies.set(family, own)
    return own
  }
  for (const family of familyOf.values()) tally(family).rounds++
  for (let first = 0; first < transactions; first += BATCH) {
    const txs = Array.from({ length: Math.min(BATCH, transactions - first) }, (_, k) => first + k)
    for (const tx of await ledger.bitcoinTransactions(txs)) {
      const family = detectCoinJoin(tx)?.family
      // The truth lists no Tx0s, which are no rounds.
      if (family === undefined || family === 'whirlpool-tx0') continue
      tally(family).called++
      if (familyOf.get(tx.tx) === family) tally(family).right++
    }
  }
  return [...tallies].map(([family, counts]) => ({ family, ...counts })).sort((a, b) => (a.family < b.family ? -1 : 1))
}
