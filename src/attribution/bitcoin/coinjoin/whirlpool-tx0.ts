import type { BitcoinTransaction } from '../../../ledger/index.ts'
import { bitcoins, type CoinJoin } from './coinjoin.ts'
import { indexesOf, type Shape, scriptsAmong, shapeOf } from './shape.ts'
import { FIRST_WHIRLPOOL, MOST_MINER_SHARE, WHIRLPOOL_POOLS, type WhirlpoolPool } from './whirlpool-pools.ts'

/** Bytes that the OP_RETURN carries for the coordinator: an enciphered fee index and code. 64 today, 80 before. */
const PAYLOADS = [64, 80]

/** whirlpool-client makes at most 70 premix outputs of one Tx0 (as GraphSense has it too). */
const MOST_PREMIX = 70

/** The coordinator's fee in percent of the pool's denomination: 5 at first and in the smaller pools, 3.5 in the larger ones, less for a discount code (30 % off seen). */
const LEAST_FEE_PERCENT = 1
const MOST_FEE_PERCENT = 5

interface Premix {
  readonly pool: WhirlpoolPool
  readonly value: number
  readonly count: number
  readonly fee: number
}

/**
 * A Whirlpool Tx0, the transaction by which one owner enters: an OP_RETURN of 64 or 80 bytes, equal premix outputs worth a pool's denomination and at most {@link MOST_MINER_SHARE} more,
 * the coordinator's fee, and at most one other output, the change. Not collaborative: its inputs have one owner, who owns premix outputs and change alike.
 *
 * Sources: documentation of Whirlpool on tx0; the same shape is used by GraphSense (`_whirlpool_tx0_heuristic`). Inputs play no part in the rule. That outputs are sorted by value (BIP 69), as both known
 * clients do, is reported but not asked for.
 *
 * Parameters: `pool`, `minerShare`, `coordinatorFee` (satoshis), `coordinator`, `premixOutputs`, `payloadBytes`.
 */
export function detectWhirlpoolTx0(tx: BitcoinTransaction, shape: Shape | null = shapeOf(tx)): CoinJoin | null {
  if (shape === null || tx.time < FIRST_WHIRLPOOL || tx.data.length !== 1) return null
  const payload = pushedBytes(tx.data[0]?.script)
  if (payload === null || !PAYLOADS.includes(payload)) return null
  const spendable = tx.outputs.filter(({ script }) => script !== 'data')
  if (spendable.length !== tx.outputs.length - 1 || spendable.length > MOST_PREMIX + 2) return null
  if (!scriptsAmong(spendable, ['p2wpkh'])) return null
  const premix = premixOf(shape, spendable.length)
  if (premix === null) return null

  const { pool, value, count, fee } = premix
  const share = value - pool.denomination
  const sorted = shape.outputs.every((each, k) => k === 0 || each >= (shape.outputs[k - 1] as number))
  return {
    family: 'whirlpool-tx0',
    collaborative: false,
    parameters: {
      pool: pool.denomination.toString(),
      coordinator: pool.coordinator,
      premixOutputs: count,
      minerShare: share.toString(),
      coordinatorFee: fee.toString(),
      payloadBytes: payload,
    },
    mixed: [],
    evidence: [
      `${count} ${count === 1 ? 'output is' : 'outputs are'} worth ${value} satoshis: the pool's ${bitcoins(pool.denomination)} and a share of ${share} for the miner (outputs ${indexesOf(shape, new Set([value])).join(', ')})`,
      `an output of ${fee} satoshis is ${(fee * 100) / pool.denomination} % of the pool's denomination: the coordinator's fee`,
      `an OP_RETURN carries ${payload} bytes for the coordinator`,
      ...(sorted ? ['its outputs are sorted by value, as clients of Whirlpool do (BIP 69)'] : []),
    ],
  }
}

/** The reading with the most premix outputs; of several the one of the largest pool. */
function premixOf(shape: Shape, spendable: number): Premix | null {
  let best: Premix | null = null
  for (const pool of WHIRLPOOL_POOLS) {
    const { denomination } = pool
    for (const [value, count] of shape.counts) {
      if (value <= denomination || value > denomination + MOST_MINER_SHARE || count > MOST_PREMIX) continue
      const others = spendable - count
      if (others < 1 || others > 2) continue
      const fee = feeOf(shape, value, denomination)
      if (fee === null) continue
      if (best === null || count > best.count || (count === best.count && value > best.value)) best = { pool, value, count, fee }
    }
  }
  return best
}

function feeOf(shape: Shape, premix: number, denomination: number): number | null {
  let fee: number | null = null
  for (const value of shape.counts.keys()) {
    const fits = value !== premix && value * 100 >= denomination * LEAST_FEE_PERCENT && value * 100 <= denomination * MOST_FEE_PERCENT
    if (fits && (fee === null || value > fee)) fee = value
  }
  return fee
}

/** How many bytes an OP_RETURN script pushes, when it is one push and nothing else. */
function pushedBytes(script: Uint8Array | undefined): number | null {
  if (script === undefined || script[0] !== 0x6a) return null
  const first = script[1]
  if (first === undefined) return null
  if (first <= 0x4b) return script.length === 2 + first ? first : null
  return first === 0x4c && script.length === 3 + (script[2] ?? 0) ? (script[2] as number) : null
}
