import type { Cast } from './cast.ts'
import { packHeader } from './pack-header.ts'
import type { World } from './world.ts'

const PACK = { currency: 'ETH', lastmod: '2023-04-08' } as const

/** What the public knows of a world: hot wallets of most exchanges, mixer, bridges, most pools and contracts. Never a deposit address. */
export function publicTags(w: World): { readonly file: string; readonly text: string }[] {
  const { cast } = w
  const address = (account: number) => w.names.account(account)
  const exchanges = [...cast.exchanges, ...cast.instants].filter((exchange) => exchange.tagged)
  const services = [...cast.mixers, ...cast.bridges, ...cast.lenders, ...cast.routers].filter((service) => service.tagged)
  const pools = cast.pools.filter((pool) => pool.tagged)
  const tag = (at: number, label: string, concepts: readonly string[], actor: string | null) =>
    `- address: '${address(at)}'\n  label: ${label}\n  concepts:\n${concepts.map((c) => `  - ${c}\n`).join('')}${actor === null ? '' : `  actor: ${actor}\n`}`

  return [
    {
      file: 'exchanges.yaml',
      text:
        packHeader(PACK, 'Hot wallets of simulated exchanges', 'exchange', 'service_data') +
        exchanges
          .flatMap((e) => e.hots.map((hot, i) => tag(hot, `${e.name} hot wallet ${i + 1}`, ['exchange', 'hot_wallet'], e.id)))
          .join(''),
    },
    {
      file: 'services.yaml',
      text:
        packHeader(PACK, 'Simulated services', null, 'web_crawl') +
        services.map((s) => tag(s.account, s.name, [CONCEPT[s.kind]], s.id)).join(''),
    },
    {
      file: 'pools.yaml',
      text:
        packHeader(PACK, 'Simulated liquidity pools', 'defi_dex', 'web_crawl') +
        pools.map((p) => tag(p.account, `Pool ${w.assets[p.a]!.symbol} ${w.assets[p.b]!.symbol}`, ['defi_dex'], null)).join(''),
    },
    { file: 'actors.yaml', text: actors(exchanges, services) },
  ]
}

const CONCEPT = { mixer: 'mixing_service', bridge: 'defi_bridge', lending: 'defi_lending', router: 'defi_dex' } as const

function actors(exchanges: Cast['exchanges'], services: Cast['routers']): string {
  const actor = (id: string, name: string, category: string) =>
    `- id: ${id}\n  label: ${name}\n  uri: https://${id.replaceAll('_', '-')}.invalid\n  lastmod: '2023-04-08'\n  jurisdictions: []\n  categories:\n  - ${category}\n`
  return `title: Simulated actors
creator: Cordon simulator
description: None of them exists.
lastmod: '2023-04-08'
actors:
${exchanges.map((e) => actor(e.id, e.name, 'exchange')).join('')}${services.map((s) => actor(s.id, s.name, CONCEPT[s.kind])).join('')}`
}
