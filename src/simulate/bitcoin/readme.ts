import { BITCOIN_NETWORKS } from '../../chain/index.ts'
import type { BitcoinSimulateReport } from './simulate.ts'

/** `README.txt` of a Bitcoin world: what lies where, for whoever finds the directory later. */
export function bitcoinReadme(report: BitcoinSimulateReport): string {
  const { transactions, seed, thefts, fileFormat, blocks } = report
  const files = [
    ...(fileFormat === 'etl'
      ? []
      : [`blocks/           blk*.dat and rev*.dat as Bitcoin Core writes them${report.obfuscated ? ', obfuscated with xor.dat' : ''}`]),
    ...(fileFormat === 'blocks'
      ? []
      : [
          'transactions.jsonl, blocks.jsonl   the same chain as bitcoin-etl writes it; the files do not name it:',
          `                  cordon ledger import transactions.jsonl blocks.jsonl --chain ${BITCOIN_NETWORKS.regtest.chain} --ledger world.ledger`,
        ]),
  ]
  return `A simulated Bitcoin chain on regtest: ${transactions} transactions in blocks 0 to ${blocks.last} from seed ${seed}. Nothing in it exists.

${files.join('\n')}
tags/             what the public knows: TagPacks and an ActorPack
seeds/            where each theft begins, one output a line (txid:index)
truth.json        thefts with their true flows, cash-outs, swaps, mixes and hoards; peel chains; every CoinJoin and whose its parts were
truth/            owners.csv: whose every address is; deposits.csv: every deposit address; change.csv: every change output (txid:index)
world.json        counts

Blocks are valid but for signatures: headers meet their target, Merkle roots and witness commitments fit, coinbases bear their height and pay
subsidy (regtest halves it every 150 blocks) and fees and are spent after 100 blocks, and every input spends an output that is there. Signatures and keys in inputs
have the right shape and size and sign nothing, and do not hash to what they unlock.
Some blocks lie in the files before their predecessors, as they arrive at a node. At height ${report.stale?.height ?? 'none'} a block of a branch that lost comes first
(${report.stale?.hash ?? 'none'}): what is in it alone never happened.

Thefts:
${thefts.map((t) => `  ${t.name}: ${t.seeds} stolen outputs, ${t.flows} flows, ${t.cashOuts} cash-outs, ${t.mixed} mixed coins; ${t.patterns.join(', ')}`).join('\n')}
`
}
