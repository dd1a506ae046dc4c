import type { Command } from 'commander'
import { Option } from 'commander'
import type { Work } from '../chain/index.ts'
import type { Ledger, Traffic } from '../ledger/index.ts'
import { usage } from './exit.ts'
import { given, wholeNumber } from './options.ts'
import { count } from './text.ts'

/** Where a command that reads a chain finds it: a ledger on disk, or a live server. */
export interface ChainOptions {
  ledger?: string
  esplora?: string
  network?: 'main' | 'test' | 'regtest'
  esploraCache?: string
  asOf?: string
  interval?: number
  maxRequests?: number
}

/** The options of {@link ChainOptions}. */
export function readingChain(target: Command): Command {
  return target
    .option('--ledger <dir>', 'directory of the ledger')
    .option('--esplora <url>', 'Bitcoin without a ledger: a live Esplora server, asked for what the trace needs')
    .addOption(new Option('--network <name>', 'with --esplora: network of the server (default main)').choices(['main', 'test', 'regtest']))
    .option('--esplora-cache <dir>', 'with --esplora: keep answers here, so that an interrupted trace goes on where it stopped')
    .option('--as-of <hash>', 'with --esplora: answer as of this block and not the newest')
    .option('--interval <ms>', 'with --esplora: milliseconds between two requests (default 250)', wholeNumber(0))
    .option('--max-requests <n>', 'with --esplora: requests at most (default 20000)', wholeNumber(1))
}

/** What a live server was asked, for people; empty of a ledger on disk. */
export function describeTraffic(ledger: Ledger): string {
  if (!('traffic' in ledger)) return ''
  const { requests, repeated, cached, spoilt, bytes } = ledger.traffic as Traffic
  const more = [
    repeated > 0 && `${count(repeated)} of them repeated`,
    `${count(bytes)} bytes`,
    cached > 0 && `${count(cached)} answers from the cache`,
    spoilt > 0 && `${count(spoilt)} spoilt files of the cache fetched again`,
  ]
  return `\n\nThe server was asked ${count(requests)} times: ${more.filter((part) => part !== false).join(', ')}.`
}

/** Opens the one chain that was named. @throws CordonError `cli/usage` when it is none or two, and as `openAnyLedger` and `openEsplora` */
export async function openChain(options: ChainOptions, { signal, progress }: Work): Promise<Ledger> {
  const { ledger, esplora, network, esploraCache: cacheDirectory, asOf, interval: minInterval, maxRequests } = options
  if ((ledger === undefined) === (esplora === undefined))
    throw usage('name one chain to read: --ledger DIR or --esplora URL', 'See --help.')
  const { openAnyLedger, openEsplora } = await import('../ledger/index.ts')
  if (ledger === undefined) {
    const asked = given({ cacheDirectory, asOf, minInterval, maxRequests, signal, progress })
    return openEsplora({ url: esplora as string, network: network ?? 'main', ...asked })
  }
  if ([network, cacheDirectory, asOf, minInterval, maxRequests].some((option) => option !== undefined))
    throw usage(
      '--network, --esplora-cache, --as-of, --interval and --max-requests go with --esplora',
      'Leave them out: a ledger needs none.',
    )
  return openAnyLedger(ledger)
}
