import { stat } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type * as Tracing from '../../trace/index.ts'
import type { PolicyName, Seed, TraceDocument, TraceParameters } from '../../trace/index.ts'
import { type ChainOptions, describeTraffic, openChain, readingChain } from '../chain.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { mustBeWritable, readText, writeWhole } from '../files.ts'
import { given, keyValue, wholeNumber } from '../options.ts'
import { describeTrace } from '../summary.ts'

interface Options extends ChainOptions {
  seeds?: string
  tags?: string[]
  out?: string
  report?: string
  flows?: string
  graph?: string
  policy?: PolicyName
  backward?: boolean
  asset?: string
  from?: string
  amount?: string
  maxDepth?: number
  maxAccounts?: number
  until?: string
  minAmount?: Record<string, string>
  minShare?: string
  hubTransfers?: number
  poolTransfers?: number
  opening?: 'clean' | 'unknown'
  bounds: boolean
  boundsAccounts?: number
  keepLookAlikes?: boolean
  depositBlocks?: number
  depositRemainder?: string
  depositForwarded?: string
  fees?: 'share' | 'clean-first'
  mixing?: 'stop' | 'follow'
  clusters: boolean
}

/** `cordon trace`: from where stolen money starts to where it ends. */
export function trace(session: Session): Command {
  const target = command('trace', 'follow stolen value to where it ends, or back to where it came from', [
    'cordon trace --ledger eth --seeds 0x0d04…b1da --tags tags/ --out trace.json --report trace.html',
    'cordon trace --ledger eth --seeds theft.csv --policy haircut --until 2022-08-01T00:00:00Z --out trace.json',
    'cordon trace --ledger eth --seeds 0x28c6…1d60 --asset eip155:1/slip44:60 --backward --out sources.json',
    'cordon trace --ledger btc --seeds TXID:0 --mixing follow --tags tags/ --out trace.json --report trace.html',
    'cordon trace --esplora https://… --seeds TXID --out trace.json',
    'cordon trace verify trace.json --ledger eth --tags tags/',
  ])
  readingChain(target)
    .option(
      '--seeds <file or address>',
      'where it starts: a seeds file, an address, a transaction, hash#index for one transfer, or txid:index for one output of Bitcoin',
    )
    .option('--out <file>', 'trace document to write (JSON)')
    .option('--tags <path...>', 'TagPacks, ActorPacks, label files, or folders of them')
    .option('--report <file>', 'report for people to write (one HTML file)')
    .option('--flows <file>', 'movements of stolen value to write (CSV)')
    .option('--graph <file>', 'graph of the flows to write (GEXF)')
    .option('--asset <id>', 'with an address: only this asset is stolen (CAIP-19); default all')
    .option('--amount <units>', 'with an address and --asset: that many base units are stolen')
    .option('--from <time>', 'with an address: what it holds then and receives afterwards is stolen (ISO 8601)')
    .addOption(
      new Option('--policy <name>', 'which part of a mixed balance leaves first').choices(['poison', 'haircut', 'fifo', 'lifo', 'tiho']),
    )
    .option('--backward', 'from a cash-out back to where the value came from')
    .option('--max-depth <hops>', 'hops from the seed after which nothing is opened', wholeNumber(1))
    .option('--max-accounts <n>', 'accounts opened at most', wholeNumber(1))
    .option('--until <time>', 'follow nothing after this time (ISO 8601)')
    .option(
      '--min-amount <asset=units>',
      'stolen base units below which an arrival opens no account; * for all assets; repeatable',
      keyValue,
    )
    .option('--min-share <a/b>', 'stolen share of a transfer below which it opens no account')
    .option('--hub-transfers <n>', 'transfers from which an untagged account is an unnamed service', wholeNumber(1))
    .option('--pool-transfers <n>', 'transfers from which an untagged account that swaps counts as a pool', wholeNumber(1))
    .addOption(new Option('--opening <colour>', 'what balances from before the ledger are taken for').choices(['clean', 'unknown']))
    .option('--no-bounds', 'leave out the least and most under any accounting')
    .option('--bounds-accounts <n>', 'accounts opened at most while looking for bounds, beside those of the trace', wholeNumber(1))
    .option('--keep-look-alikes', 'follow look-alike addresses too')
    .option('--deposit-blocks <n>', 'deposit addresses: blocks within which a receipt is forwarded', wholeNumber(0))
    .option('--deposit-remainder <units>', 'deposit addresses: largest remainder of a forwarded receipt, in base units')
    .option('--deposit-forwarded <a/b>', 'deposit addresses: least share of what goes out that reaches one exchange')
    .addOption(
      new Option('--fees <how>', 'Bitcoin: fees take what the policy leaves them, or clean value first').choices(['share', 'clean-first']),
    )
    .addOption(
      new Option('--mixing <how>', 'Bitcoin: a CoinJoin ends the trace, or the policy decides among its outputs').choices([
        'stop',
        'follow',
      ]),
    )
    .option('--no-clusters', 'Bitcoin: tags hold of their address alone, not of its cluster by common inputs')
  return perform<Options>(target, session, async (options, _operands, work) => {
    const { seeds: seedsFrom, out } = needed(options)
    for (const file of [out, options.report, options.flows, options.graph]) if (file !== undefined) await mustBeWritable(file)
    const rooms = await import('../../trace/index.ts')
    const { loadTags } = await import('../../attribution/index.ts')
    const { isUtxoLedger } = await import('../../ledger/index.ts')
    const seeds = await seedsOf(seedsFrom, options, rooms)
    const tags = await loadTags(options.tags ?? [])
    const ledger = await openChain(options, work)
    let document: TraceDocument
    try {
      const parameters = parametersOf(options, rooms, isUtxoLedger(ledger))
      document = await rooms.runTrace({ ledger, tags, seeds, parameters, ...work })
    } finally {
      await ledger.close()
    }
    const files = [
      [out, rooms.serialize],
      [options.report, rooms.renderReport],
      [options.flows, rooms.flowsCsv],
      [options.graph, rooms.toGexf],
    ] as const
    const written: string[] = []
    for (const [file, write] of files) {
      if (file === undefined) continue
      await writeWhole(file, write(document))
      written.push(file)
    }
    return {
      value: {
        written,
        entities: document.entities,
        endpoints: document.endpoints.length,
        flows: document.flows.length,
        notFollowed: document.notFollowed,
        conservation: document.conservation,
      },
      text: `${describeTrace(document)}${describeTraffic(ledger)}\n\nWritten: ${written.join(', ')}`,
    }
  })
}

/** `verify` lives under `trace`, which can also stand alone; so its options cannot be required by the parser. */
function needed({ ledger, esplora, seeds, out }: Options): { seeds: string; out: string } {
  const missing = Object.entries({ '--ledger DIR': ledger ?? esplora, '--seeds FILE_OR_ADDRESS': seeds, '--out TRACE.json': out }).flatMap(
    ([name, value]) => (value === undefined ? [name] : []),
  )
  if ((ledger ?? esplora) === undefined || seeds === undefined || out === undefined)
    throw usage(`trace needs ${missing.join(' and ')}`, 'See `cordon trace --help`.')
  return { seeds, out }
}

/** Only what was asked for: all else is as the trace room's defaults have it. */
function parametersOf(
  options: Options,
  { DEFAULT_PARAMETERS: defaults, DEFAULT_BITCOIN }: Pick<typeof Tracing, 'DEFAULT_PARAMETERS' | 'DEFAULT_BITCOIN'>,
  ofOutputs: boolean,
): Partial<TraceParameters> {
  const { fees, mixing, clusters } = options
  if (!ofOutputs && (fees !== undefined || mixing !== undefined || !clusters))
    throw usage('--fees, --mixing and --no-clusters are for Bitcoin, and the ledger is of another chain', 'Leave them out.')
  const { depositBlocks, depositRemainder, depositForwarded, poolTransfers, keepLookAlikes } = options
  const notHere = Object.entries({
    '--deposit-blocks': depositBlocks,
    '--deposit-remainder': depositRemainder,
    '--deposit-forwarded': depositForwarded,
    '--pool-transfers': poolTransfers,
    '--keep-look-alikes': keepLookAlikes,
  }).find(([, value]) => value !== undefined)
  if (ofOutputs && notHere !== undefined) throw usage(`${notHere[0]} decides nothing on Bitcoin`, 'Leave it out.')
  const bitcoin = { ...DEFAULT_BITCOIN, ...given({ fees, mixing, clusters: clusters ? undefined : ('none' as const) }) }
  return given({
    policy: options.policy,
    direction: options.backward ? ('backward' as const) : undefined,
    maxDepth: options.maxDepth,
    maxAccounts: options.maxAccounts,
    until: options.until,
    minAmount: options.minAmount,
    minShare: options.minShare,
    hubTransfers: options.hubTransfers,
    poolTransfers: options.poolTransfers,
    opening: options.opening,
    bounds: options.bounds ? undefined : false,
    boundsAccounts: options.boundsAccounts,
    bitcoin: ofOutputs ? bitcoin : undefined,
    lookAlikes: options.keepLookAlikes ? ('keep' as const) : undefined,
    deposit: {
      ...defaults.deposit,
      ...given({ maxBlocks: options.depositBlocks, maxRemainder: options.depositRemainder, minForwarded: options.depositForwarded }),
    },
  })
}

/** A file's seeds, or the one seed that the command line spells out. */
async function seedsOf(
  subject: string,
  options: Options,
  { readSeeds, namesSeed }: Pick<typeof Tracing, 'readSeeds' | 'namesSeed'>,
): Promise<Seed[]> {
  const { asset, amount, from } = options
  const spelled = asset !== undefined || amount !== undefined || from !== undefined
  if (namesSeed(subject)) {
    return readSeeds(spelled ? [subject, asset ?? '', amount ?? '', from ?? ''].join(',') : subject, '--seeds')
  }
  if (spelled)
    throw usage('--asset, --amount and --from go with an address', 'Write them into the seeds file instead: address,asset,amount,from.')
  if (/^0x[0-9a-fA-F]*$/.test(subject) && (await stat(subject).catch(() => null)) === null) {
    throw usage(
      `--seeds ${subject} is neither a file nor a whole address`,
      'An address is 0x and 40 hexadecimal digits, a transaction hash 0x and 64.',
    )
  }
  return readSeeds(await readText(subject), subject)
}
