import type { CoinJoinFamily } from '../../src/attribution/bitcoin/coinjoin/index.ts'
import type { BitcoinTransaction } from '../../src/ledger/index.ts'
import type { CoinJoinFile, CoinJoinLine } from './coinjoin-file.ts'

/** A line that its file calls something that the transaction cannot be. */
export interface Mislabel {
  readonly txid: string
  readonly file: CoinJoinFile
  /** What it is instead; null for none of the families. */
  readonly is: CoinJoinFamily | null
  readonly why: string
}

export interface Labels {
  /** What each transaction is, once for each txid. */
  readonly truth: ReadonlyMap<string, CoinJoinFamily | null>
  /** What its file says, the first file where two hold it. */
  readonly said: ReadonlyMap<string, CoinJoinFamily | null>
  readonly mislabels: readonly Mislabel[]
}

const SAID: Readonly<Record<CoinJoinFile, CoinJoinFamily | null>> = {
  whirlpool: 'whirlpool',
  whirlpool_tx0: 'whirlpool-tx0',
  wasabi1: 'wasabi1',
  wasabi2: 'wasabi2',
  negatives_wasabi1_postmix: null,
  negatives_whirlpool_postmix: null,
}

/** Samourai's pools and the full fee of each, in satoshis. */
const POOL_FEES = new Map([
  [100_000n, 5_000n],
  [1_000_000n, 50_000n],
  [5_000_000n, 175_000n],
  [50_000_000n, 1_750_000n],
])

/**
 * One transaction of the postmix file that is a JoinMarket CoinJoin by arithmetic, found by hand: five outputs of 284,254 satoshis and four others; the maker who put in 1,710,245 has 1,427,128
 * left, which is 1,137 more than the amount leaves: 0.4 % of it, what it earned.
 */
const JOINMARKET = '891c170136939b193a51f8c303a5b0081e294b319e0bd0baf40e68c3f04b9988'

/**
 * What the lines are, from their files' names and from facts that contradict these. The facts are not the detectors' rules:
 *
 * - The files were made by Dumplings, whose rule for a Whirlpool mix wants every output P2WPKH. A mix with an output to a multisig account (P2WSH) is none to it; when it spends a known mix it is
 *   called postmix, and when a known mix spends it, Tx0. So stand mixes in both files. They are told by this very output, by n equal outputs of a pool for n inputs that are each worth it, and by
 *   the lack of the OP_RETURN without which a Tx0 is not accepted.
 * - Tx0s paid with mixed coins are called postmix. They are told by an OP_RETURN of 64 bytes beside an output of exactly a pool's fee.
 * - Dumplings' rule for Wasabi 1 in 2018 wants an output to one of two addresses of the coordinator. Rounds without are called postmix. They are told by eight or more equal outputs; the ordinary
 *   transactions of that file have at most two outputs of any value.
 * - Two lines of Wasabi 2 spend from one address alone (128 and 68 inputs), and pay one address again and again: payouts of one owner.
 */
export function labels(lines: readonly CoinJoinLine[]): Labels {
  const listed = new Map(lines.filter(({ file }) => file === 'whirlpool' || file === 'wasabi1').map(({ tx }) => [tx.tx, tx]))
  const spent = new Set([...listed.values()].flatMap(({ inputs }) => inputs.map((input) => `${input.tx} ${input.index}`)))
  const truth = new Map<string, CoinJoinFamily | null>()
  const said = new Map<string, CoinJoinFamily | null>()
  const mislabels: Mislabel[] = []
  for (const line of lines) {
    const { txid, file, tx } = line
    if (!said.has(txid)) said.set(txid, SAID[file])
    const found = contradiction(line)
    if (found === null) {
      if (!truth.has(txid)) truth.set(txid, SAID[file])
      continue
    }
    truth.set(txid, found.is)
    const from = tx.inputs.filter((input) => input.tx !== null && listed.has(input.tx)).length
    const into = tx.outputs.filter((output) => spent.has(`${output.tx} ${output.index}`)).length
    const lineage = `${from} of its inputs spend mixes listed in these files, and ${into} of its outputs are spent by such`
    mislabels.push({ txid, file, is: found.is, why: `${found.why}; ${lineage}` })
  }
  return { truth, said, mislabels }
}

function contradiction({ txid, file, tx }: CoinJoinLine): { is: CoinJoinFamily | null; why: string } | null {
  const most = commonest(tx)
  if (file === 'whirlpool_tx0' || file === 'negatives_whirlpool_postmix') {
    const strangers = tx.outputs.filter(({ script }) => script === 'p2wsh').length
    const covered = tx.inputs.every(({ value }) => value !== null && value >= most.value)
    if (
      tx.data.length === 0 &&
      strangers > 0 &&
      most.count === tx.outputs.length &&
      tx.inputs.length === most.count &&
      POOL_FEES.has(most.value) &&
      covered
    ) {
      const why = `no OP_RETURN, ${most.count} outputs of exactly a pool's ${most.value} satoshis for ${most.count} inputs worth as much each, ${strangers} of them P2WSH`
      return { is: 'whirlpool', why }
    }
  }
  if (file === 'negatives_whirlpool_postmix') {
    const fee = tx.outputs.find(({ value }) => value !== null && [...POOL_FEES.values()].includes(value))
    if (tx.data.some(({ script }) => script.length === 66) && fee !== undefined)
      return { is: 'whirlpool-tx0', why: `an OP_RETURN of 64 bytes beside an output of ${fee.value} satoshis, a pool's full fee` }
    if (txid === JOINMARKET) return { is: 'joinmarket', why: 'five equal outputs, four changes, and a maker who earned 0.4 %' }
  }
  if (file === 'negatives_wasabi1_postmix' && most.count >= 8)
    return {
      is: 'wasabi1',
      why: `${most.count} outputs of ${most.value} satoshis for ${tx.inputs.length} inputs, without an output to the coordinator's known addresses`,
    }
  const owner = tx.inputs[0]?.account
  if (file === 'wasabi2' && tx.inputs.every(({ account }) => account === owner)) {
    const payees = new Set(tx.outputs.map(({ account }) => account)).size
    return {
      is: null,
      why: `all ${tx.inputs.length} inputs are of one address, and ${tx.outputs.length} outputs go to ${payees} addresses`,
    }
  }
  return null
}

function commonest(tx: BitcoinTransaction): { value: bigint; count: number } {
  const counts = new Map<bigint, number>()
  for (const { value } of tx.outputs) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = { value: 0n, count: 0 }
  for (const [value, count] of counts) if (count > best.count) best = { value, count }
  return best
}

/** Suspected mislabels as Markdown, a line each: txid, file, what it is, why. */
export function mislabelNotes(mislabels: readonly Mislabel[]): string {
  const rows = mislabels.map(({ txid, file, is, why }) => `| ${txid} | ${file} | ${is ?? 'no CoinJoin'} | ${why} |`)
  return ['| transaction | file | is | why |', '|---|---|---|---|', ...rows].join('\n')
}
