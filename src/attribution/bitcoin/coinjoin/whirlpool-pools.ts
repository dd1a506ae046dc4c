/** One pool of Whirlpool: every output of a mix is worth exactly its denomination. */
export interface WhirlpoolPool {
  readonly denomination: number
  /** Who ran the coordinator. */
  readonly coordinator: 'Samourai' | 'Ashigaru'
}

/**
 * Pools in satoshis: 0.001, 0.01, 0.05 and 0.5 BTC of Samourai (2019 to the seizure of April 2024), 0.025 and 0.25 BTC of its successor Ashigaru (since 31 May 2025). Sources: Dumplings
 * (`SamouraiPools` in Constants.cs), coinjoin-analysis (`WHIRLPOOL_POOL_SIZES` in cj_consts.py).
 */
export const WHIRLPOOL_POOLS: readonly WhirlpoolPool[] = [
  { denomination: 100_000, coordinator: 'Samourai' },
  { denomination: 1_000_000, coordinator: 'Samourai' },
  { denomination: 2_500_000, coordinator: 'Ashigaru' },
  { denomination: 5_000_000, coordinator: 'Samourai' },
  { denomination: 25_000_000, coordinator: 'Ashigaru' },
  { denomination: 50_000_000, coordinator: 'Samourai' },
]

/** Unix time of 17 April 2019, the day of the first mix's funding (coinjoin-analysis, `WHIRLPOOL_FUNDING_TXS`). */
export const FIRST_WHIRLPOOL = 1_555_459_200

/**
 * The most satoshis that a premix output holds above its pool's denomination, its share of the miner's fee: 0.0011 BTC (Stütz et al., AFT 2022, Samourai CoinJoin Detection
 * Heuristic).
 */
export const MOST_MINER_SHARE = 110_000
