import { type CoinJoinFamily, detectCoinJoin, detectJoinMarket } from '../../src/attribution/bitcoin/coinjoin/index.ts'
import type { MeasuredRow } from '../rows.ts'
import { readBlocks } from './coinjoin-blocks.ts'
import { type CoinJoinLine, readCoinJoins } from './coinjoin-file.ts'
import { labels } from './coinjoin-labels.ts'

/**
 * Which half of the data a transaction is in, by the last bit of its id, a hash: thresholds that are not published elsewhere are chosen on the even half and reported on the odd one. The shape of
 * the rules was settled with all lines in sight.
 */
export function half(txid: string): 'even' | 'odd' {
  return (Number.parseInt(txid.slice(-1), 16) & 1) === 0 ? 'even' : 'odd'
}

/** Families with real mixes in the data. */
export const MEASURED_FAMILIES = ['whirlpool', 'whirlpool-tx0', 'wasabi1', 'wasabi2'] as const satisfies readonly CoinJoinFamily[]

export interface Score {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly precision: number
  readonly recall: number
}

/** Each transaction once, however many files hold it. */
export function distinct(lines: readonly CoinJoinLine[]): CoinJoinLine[] {
  return [...new Map(lines.map((line) => [line.txid, line])).values()]
}

/** How well the family that `detectCoinJoin` names agrees with labels, over distinct transactions. */
export function score(lines: readonly CoinJoinLine[], truth: ReadonlyMap<string, CoinJoinFamily | null>, family: CoinJoinFamily): Score {
  let truePositives = 0
  let falsePositives = 0
  let falseNegatives = 0
  for (const { txid, tx } of lines) {
    const named = detectCoinJoin(tx)?.family === family
    const is = truth.get(txid) === family
    if (named && is) truePositives++
    else if (named) falsePositives++
    else if (is) falseNegatives++
  }
  const share = (part: number, rest: number): number => (part + rest === 0 ? 0 : part / (part + rest))
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: share(truePositives, falsePositives),
    recall: share(truePositives, falseNegatives),
  }
}

/** Precision and recall of the CoinJoin detectors on real mixes and on transactions that spent from them; nothing where the data is missing. */
export async function coinjoinRows(): Promise<MeasuredRow[]> {
  const all = readCoinJoins()
  if (all === null) return []
  const { truth, said, mislabels } = labels(all)
  const lines = distinct(all)
  const reported = lines.filter(({ txid }) => half(txid) === 'odd')
  const rows: MeasuredRow[] = []
  const row = (id: string, what: string, data: string, value: number, unit: string, target: string | null): void => {
    rows.push({ id: `coinjoin/${id}`, what, data, value, unit, target, peer: null, peerValue: null, ratio: null })
  }
  for (const family of MEASURED_FAMILIES) {
    const corrected = score(reported, truth, family)
    const found = corrected.truePositives + corrected.falsePositives
    const there = corrected.truePositives + corrected.falseNegatives
    const odd = `coinjoin-analysis' lines, odd half (${reported.length})`
    row(
      `${family}/precision`,
      `of ${found} transactions called ${family}, those that are`,
      `${odd}, labels corrected`,
      corrected.precision,
      'share',
      '>= 0.99',
    )
    row(
      `${family}/recall`,
      `of ${there} ${family} transactions, those found`,
      `${odd}, labels corrected`,
      corrected.recall,
      'share',
      '>= 0.95',
    )
    const asSaid = score(reported, said, family)
    row(
      `${family}/precision-as-labelled`,
      `agreement of those called ${family} with the files' names`,
      `${odd}, as labelled`,
      asSaid.precision,
      'share',
      null,
    )
    row(
      `${family}/recall-as-labelled`,
      `agreement of the file of ${family} with what is found`,
      `${odd}, as labelled`,
      asSaid.recall,
      'share',
      null,
    )
  }
  const others = lines.filter(({ txid }) => truth.get(txid) !== 'joinmarket')
  const blocks = readBlocks() ?? []
  const hits = [...others, ...blocks].filter(({ tx }) => detectJoinMarket(tx) !== null).length
  row(
    'joinmarket/false-hits',
    'other transactions called JoinMarket; the data has no file of JoinMarket, so that recall is not measured',
    `both halves (${others.length}) and ${blocks.length} transactions of real blocks`,
    hits,
    'transactions',
    '<= 0',
  )
  if (blocks.length > 0) {
    const called = blocks.filter(({ tx }) => detectCoinJoin(tx) !== null).length
    row(
      'blocks/called',
      'ordinary transactions called a CoinJoin of any family',
      `${blocks.length} transactions of main blocks 300025, 540107 and 574200 and test blocks 928816 and 928848`,
      called,
      'transactions',
      null,
    )
  }
  row(
    'mislabels',
    'lines whose file says what the transaction cannot be (listed by bench/accuracy/coinjoin-labels.ts)',
    `${all.length} lines, both halves`,
    mislabels.length,
    'lines',
    null,
  )
  return rows
}
