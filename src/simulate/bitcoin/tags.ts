import { packHeader } from '../pack-header.ts'
import { addressText } from './describe.ts'
import type { BitcoinWorld } from './world.ts'

const LAST_MODIFIED = '2023-11-14'
const PACK = { currency: 'BTC', lastmod: LAST_MODIFIED } as const
/** Deposit addresses that each known exchange's customers have published. */
const KNOWN_DEPOSITS = 2

/**
 * What the public knows of a Bitcoin world: hot wallets of most exchanges and a few of their deposit addresses, the swap service's vault, the CoinJoin coordinator, and the addresses
 * at which stolen coins first arrived.
 */
export function bitcoinTags(w: BitcoinWorld): { readonly file: string; readonly text: string }[] {
  const exchanges = w.cast.exchanges.filter(({ tagged }) => tagged)
  const tag = (address: number, label: string, concepts: readonly string[], actor: string | null, abuse?: string) =>
    `- address: '${addressText(w, address)}'\n  label: ${label}\n${concepts.length === 0 ? '' : `  concepts:\n${concepts.map((c) => `  - ${c}\n`).join('')}`}` +
    `${actor === null ? '' : `  actor: ${actor}\n`}${abuse === undefined ? '' : `  abuse: ${abuse}\n`}`
  const known = exchanges.flatMap((exchange) =>
    w.deposits
      .filter((deposit) => deposit.exchange === exchange.index && deposit.customer.kind === 'user')
      .slice(0, KNOWN_DEPOSITS)
      .map(({ address }) => tag(address, `${exchange.name} deposit address`, ['exchange', 'deposit_wallet'], exchange.owner.id)),
  )
  const { vault, coordinators } = w.cast
  const stolen = w.thefts.flatMap((theft) =>
    [...new Set(theft.seeds.map(({ coin }) => coin.address))].map((address) =>
      tag(address, `${theft.name} loot`, [], null, 'service_hack'),
    ),
  )
  return [
    {
      file: 'exchanges.yaml',
      text:
        packHeader(PACK, 'Wallets of simulated exchanges', 'exchange', 'service_data') +
        exchanges
          .flatMap(({ name, hotAddresses, owner }) =>
            hotAddresses.map((address, i) => tag(address, `${name} hot wallet ${i + 1}`, ['exchange', 'hot_wallet'], owner.id)),
          )
          .join('') +
        known.join(''),
    },
    {
      file: 'services.yaml',
      text:
        packHeader(PACK, 'Simulated services', null, 'web_crawl') +
        tag(vault.address, 'Causeway vault', ['defi_bridge'], vault.owner.id) +
        tag(coordinators.wasabi.address, 'CoinJoin coordinator', ['coinjoin'], null),
    },
    ...(stolen.length === 0
      ? []
      : [{ file: 'thefts.yaml', text: packHeader(PACK, 'Simulated thefts', null, 'forensic_investigation') + stolen.join('') }]),
    { file: 'actors.yaml', text: actors(w) },
  ]
}

function actors(w: BitcoinWorld): string {
  const actor = (id: string, name: string, category: string) =>
    `- id: ${id}\n  label: ${name}\n  uri: https://${id.replaceAll('_', '-')}.invalid\n  lastmod: '${LAST_MODIFIED}'\n  jurisdictions: []\n  categories:\n  - ${category}\n`
  const exchanges = w.cast.exchanges.filter(({ tagged }) => tagged).map(({ owner, name }) => actor(owner.id, name, 'exchange'))
  return `title: Simulated actors
creator: Cordon simulator
description: None of them exists.
lastmod: '${LAST_MODIFIED}'
actors:
${exchanges.join('')}${actor(w.cast.vault.owner.id, 'Causeway', 'defi_bridge')}`
}
