import type { Command } from 'commander'
import type { PeelChain, PeelOutput } from '../../attribution/index.ts'
import type { LocalBitcoinLedger, UtxoLedger } from '../../ledger/index.ts'
import { type ChainOptions, describeTraffic, openChain, readingChain } from '../chain.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { wholeNumber } from '../options.ts'
import { count, decimal, table, time } from '../text.ts'

interface Options extends ChainOptions {
  from: string
  backward?: boolean
  maxHops?: number
  tags?: string[]
}

/** `cordon trace peel`: one owner's chain of payments, hop by hop, each with its evidence. */
export function tracePeel(session: Session): Command {
  return perform<Options>(
    readingChain(
      command('peel', 'Bitcoin: follow a peel chain, where each transaction pays somebody and keeps the rest', [
        'cordon trace peel --ledger btc --from TXID:1 --tags tags/',
        'cordon trace peel --ledger btc --from TXID --backward --json | jq -r .hops[].txid',
      ]),
    )
      .requiredOption('--from <output or transaction>', 'txid:index of an output, or the id of a transaction of the chain')
      .option('--backward', 'to where the chain begins')
      .option('--max-hops <n>', 'hops at most (default 1000)', wholeNumber(1))
      .option('--tags <path...>', 'TagPacks, ActorPacks, label files, or folders of them'),
    session,
    async ({ from, backward, maxHops, tags: paths, ...chain }, _operands, work) => {
      const { clusterAccounts, followPeelChain, followPeelChainBack, loadTags } = await import('../../attribution/index.ts')
      const { isUtxoLedger } = await import('../../ledger/index.ts')
      const ledger = await openChain(chain, work)
      try {
        if (!isUtxoLedger(ledger)) throw usage('a peel chain is of outputs, and the ledger is of accounts', 'Name a Bitcoin ledger.')
        const tags = paths === undefined ? undefined : await loadTags(paths)
        // Of a live server the whole chain cannot be walked: there an owner is an address.
        const clusters = 'table' in ledger ? await clusterAccounts((ledger as LocalBitcoinLedger).table(), { work }) : null
        const follow = backward === true ? followPeelChainBack : followPeelChain
        const found = await follow(ledger, await startOf(from, ledger), {
          ...(maxHops === undefined ? {} : { maxHops }),
          ...(tags === undefined ? {} : { tags }),
          ...(clusters === null ? {} : { sameOwner: (a: number, b: number) => clusters.clusterOf(a) === clusters.clusterOf(b) }),
          ...(work.signal === undefined ? {} : { signal: work.signal }),
        })
        return { value: plain(found), text: `${describe(found)}${describeTraffic(ledger)}` }
      } finally {
        await ledger.close()
      }
    },
  )
}

async function startOf(text: string, ledger: UtxoLedger): Promise<number | { txid: string; index: number }> {
  const [, txid = '', index] = /^([0-9a-fA-F]{64})(?::(\d{1,9}))?$/.exec(text) ?? []
  if (txid === '') throw usage(`--from ${text} is neither txid:index nor a transaction id`, 'A transaction id is 64 hexadecimal digits.')
  if (index !== undefined) return { txid: txid.toLowerCase(), index: Number(index) }
  const { ABSENT } = await import('../../ledger/index.ts')
  const { CordonError } = await import('../../chain/index.ts')
  const [tx = ABSENT] = await ledger.transactionIds([txid])
  if (tx === ABSENT)
    throw new CordonError('trace/seed-not-found', `the ledger does not hold transaction ${txid}`, {
      remedy: 'Check the spelling, or import the blocks that hold it.',
    })
  return tx
}

/** Amounts as text: what JSON has for integers of any size. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner)))
}

const BTC = { decimals: 8 }

function describe({ hops, stoppedBecause, peeled, fees, confidence }: PeelChain): string {
  const paid = (output: PeelOutput): string => `${decimal(output.value, BTC)} to ${output.entity?.label ?? output.address ?? 'data'}`
  const rows = hops.map((hop) => [
    time(hop.time),
    hop.txid,
    hop.peeled.map(paid).join(', ') || '-',
    hop.continues === null ? '-' : decimal(hop.continues.value, BTC),
    hop.confidence ?? '-',
    hop.evidence.join('; '),
  ])
  return [
    `${count(hops.length)} hops, ${decimal(peeled, BTC)} BTC peeled off${fees === null ? '' : `, ${decimal(fees, BTC)} in fees`}${confidence === null ? '' : `; weakest hop: ${confidence}`}`,
    ...(rows.length === 0 ? [] : [table(['time', 'transaction', 'peeled', 'goes on with', 'sure', 'evidence'], rows, [3])]),
    `Stopped: ${stoppedBecause.reason}.`,
  ].join('\n\n')
}
