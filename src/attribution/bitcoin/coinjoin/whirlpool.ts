import type { BitcoinTransaction } from '../../../ledger/index.ts'
import { bitcoins, type CoinJoin } from './coinjoin.ts'
import { accountsOf, type Shape, scriptsAmong, shapeOf, unknownInputs } from './shape.ts'
import { FIRST_WHIRLPOOL, MOST_MINER_SHARE, WHIRLPOOL_POOLS } from './whirlpool-pools.ts'

/** Five of each at first; five to eight since the "surge cycles" of May 2023 (Samourai's announcement). Dumplings allows up to ten, and so do we. */
const LEAST_MIXERS = 5
const MOST_MIXERS = 10

/**
 * A Whirlpool mix: n inputs, n outputs of exactly one pool's denomination, n from 5 to 10. Each input is a remix worth exactly the denomination or a premix output worth at most
 * {@link MOST_MINER_SHARE} more; there is at least one of each, as the entrants pay the miner. Inputs are P2WPKH, outputs native SegWit of any kind (a client may be told to mix out to a multisig
 * or Taproot account), all accounts differ, and no two inputs come from one transaction, which the coordinator forbids.
 *
 * Sources: Stütz et al. 2022 (heuristic SCDH), as Dumplings improved on it; whirlpool-server's README for the limits of inputs; rules on differing accounts as in GraphSense. The order of
 * inputs and outputs is no criterion.
 *
 * Where values of inputs are not known, the known ones decide and the evidence says so. Parameters: `pool` (satoshis), `coordinator`, `participants`, `remixes`, `entrants`,
 * `mostMinerShare` (satoshis).
 */
export function detectWhirlpool(tx: BitcoinTransaction, shape: Shape | null = shapeOf(tx)): CoinJoin | null {
  if (shape === null || tx.time < FIRST_WHIRLPOOL || tx.data.length > 0) return null
  const n = tx.outputs.length
  if (n < LEAST_MIXERS || n > MOST_MIXERS || tx.inputs.length !== n || shape.equals !== n) return null
  const pool = WHIRLPOOL_POOLS.find(({ denomination }) => denomination === shape.equal)
  if (pool === undefined) return null
  const { denomination } = pool
  if (!scriptsAmong(tx.inputs, ['p2wpkh']) || !scriptsAmong(tx.outputs, ['p2wpkh', 'p2wsh', 'p2tr'])) return null
  if (accountsOf(tx.inputs) !== n || accountsOf(tx.outputs) !== n || shareParent(tx)) return null

  const known = shape.inputs.filter((value) => value >= 0)
  if (known.some((value) => value < denomination || value > denomination + MOST_MINER_SHARE)) return null
  const remixes = known.filter((value) => value === denomination).length
  const entrants = known.length - remixes
  if (shape.unknownInputs === 0 && (remixes === 0 || entrants === 0)) return null

  const share = Math.max(0, ...known) - denomination
  return {
    family: 'whirlpool',
    collaborative: true,
    parameters: {
      pool: denomination.toString(),
      coordinator: pool.coordinator,
      participants: n,
      remixes,
      entrants,
      mostMinerShare: Math.max(0, share).toString(),
    },
    mixed: [...tx.outputs.keys()],
    evidence: [
      `all ${n} outputs are worth exactly ${bitcoins(denomination)}, a pool of ${pool.coordinator}'s Whirlpool, and go to ${n} different accounts`,
      `${remixes} inputs are worth exactly the pool's denomination (remixes) and ${entrants} up to ${share < 0 ? 0 : share} satoshis more (premix outputs, which pay the miner)`,
      `its ${n} inputs come from ${n} different accounts and no two from the same known transaction`,
      ...unknownInputs(shape, 'that every input is worth the denomination or little more'),
    ],
  }
}

function shareParent(tx: BitcoinTransaction): boolean {
  const parents = new Set<number>()
  for (const { tx: parent } of tx.inputs) {
    if (parent === null) continue
    if (parents.has(parent)) return true
    parents.add(parent)
  }
  return false
}
