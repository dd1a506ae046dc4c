import type { Command } from 'commander'
import { Option } from 'commander'
import type { Work } from '../../chain/index.ts'
import type { Ask, ExposureDocument, ExposureParameters, Screener } from '../../screen/index.ts'
import { type ChainOptions, describeTraffic, openChain, readingChain } from '../chain.ts'
import { command, perform, type Session } from '../command.ts'
import { usage } from '../exit.ts'
import { given, wholeNumber } from '../options.ts'
import { type ScreeningOptions, screenerOf, screeningOptions, screeningOutcome, settingOf } from '../screening.ts'
import { printable } from '../text.ts'

interface Options extends ScreeningOptions, ChainOptions, ExposureChoices {
  asset?: string
  tags?: string[]
}

interface ExposureChoices {
  policy?: ExposureParameters['policy']
  maxHops?: number
  maxAccounts?: number
  since?: string
  until?: string
  hubTransfers?: number
  maxTransfers?: number
  minPart?: string
  maxAssets?: number
}

/** `cordon screen wallet`: looks for a wallet on the lists in service and, with a ledger, for listed parties among those from whom it was paid. */
export function screenWalletCommand(session: Session): Command {
  return perform<Options>(
    exposureOptions(
      readingChain(
        screeningOptions(
          command('wallet', 'look for a wallet on the lists in service; with a ledger also for listed parties behind what reached it', [
            'cordon screen wallet 0x098B716B8Aaf21512996dC57EB0615e2383E2f96',
            'cordon screen wallet qpusmp64rajses77x95g9ah825mtyyv74smwwkxhx3 --asset BCH',
            'cordon screen wallet 0x28c6…1d60 --ledger eth --tags tags/ --max-hops 4',
            'cordon screen wallet bc1q… --esplora https://… --tags tags/ --json | jq .exposure.assets',
          ])
            .argument('<address>', 'the address; payment URIs and CAIP-10 ids are taken too')
            .option('--asset <code>', 'asset or chain, e.g. ETH, XBT, USDT (default: every chain that the address may belong to)'),
        ),
      ),
    ),
    session,
    async (options, operands, work) => {
      const [address] = operands as [string]
      const { asset = null } = options
      const parameters = parametersOf(options)
      const withChain = options.ledger !== undefined || options.esplora !== undefined
      if (!withChain) refuseWithoutChain(options, parameters)
      const screener = await screenerOf(options)
      const ask: Ask = { about: 'wallet', address, asset }
      const screened = await screeningOutcome({ ask, answer: screener.wallet(address, asset, settingOf(options)) }, options.language)
      if (!withChain) return screened
      const { exposure, headline, text } = await exposed(address, screener, parameters, options, work)
      const value = { ...(screened.value as object), exposedToListed: headline !== null, exposure }
      return { value, text: [...(headline === null ? [] : [headline]), screened.text, text].join('\n\n') }
    },
  )
}

function exposureOptions(target: Command): Command {
  return target
    .option('--tags <path...>', 'with a chain: TagPacks, ActorPacks, label files, or folders of them: the way back stops at services')
    .addOption(
      new Option('--policy <name>', 'with a chain: how what is mixed is divided (default haircut)').choices([
        'haircut',
        'fifo',
        'lifo',
        'tiho',
      ]),
    )
    .option('--max-hops <n>', 'with a chain: hops back at most (default 5; of Bitcoin 20)', wholeNumber(2))
    .option('--max-accounts <n>', 'with a chain: accounts opened at most for an asset (default 2000)', wholeNumber(1))
    .option('--since <time>', 'with a chain: follow nothing from before this time (ISO 8601)')
    .option('--until <time>', 'with a chain: what reached the wallet up to this time (ISO 8601; default all)')
    .option(
      '--hub-transfers <n>',
      'with a chain: transfers from which an untagged account is an unnamed service (default 5000)',
      wholeNumber(1),
    )
    .option('--max-transfers <n>', 'with a chain: transfers of the wallet from which it is not traced (default 100000)', wholeNumber(1))
    .option('--min-part <a/b>', 'with a chain: part of what it received of an asset below which nothing is followed (default 1/10000)')
    .option('--max-assets <n>', 'with a chain: assets traced at most (default 5)', wholeNumber(1))
}

function parametersOf(options: Options): Partial<ExposureParameters> {
  const { policy, maxHops, maxAccounts, since, until: asOf, hubTransfers, maxTransfers, minPart, maxAssets } = options
  return given({ policy, maxHops, maxAccounts, since, asOf, hubTransfers, maxTransfers, minPart, maxAssets })
}

function refuseWithoutChain(options: Options, parameters: Partial<ExposureParameters>): void {
  const { tags, network, esploraCache, asOf, interval, maxRequests } = options
  if (Object.keys({ ...parameters, ...given({ tags, network, esploraCache, asOf, interval, maxRequests }) }).length > 0)
    throw usage('what reached a wallet is asked of a chain, and none is named', 'Add --ledger DIR or --esplora URL.')
}

async function exposed(
  address: string,
  screener: Screener,
  parameters: Partial<ExposureParameters>,
  options: Options,
  work: Work,
): Promise<{ readonly exposure: ExposureDocument; readonly headline: string | null; readonly text: string }> {
  const { accountOn, explainExposure, exposureHeadline, listedBy, walletExposure } = await import('../../screen/index.ts')
  const { loadTags } = await import('../../attribution/index.ts')
  const tags = await loadTags(options.tags ?? [])
  const ledger = await openChain(options, work)
  try {
    const wallet = await accountOn(ledger, address)
    const listed = listedBy(screener, ledger.manifest.chain)
    const exposure = await walletExposure({ ledger, wallet, listed, tags, parameters, ...work })
    const lines = explainExposure(exposure, ledger.manifest.assets, options.language)
    const headline = exposureHeadline(exposure, options.language)
    return { exposure, headline, text: `${lines.map(printable).join('\n')}${describeTraffic(ledger)}` }
  } finally {
    await ledger.close()
  }
}
