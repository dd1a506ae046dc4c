/**
 * What Etherscan's label slugs (etherscan.io/labelcloud) say about an address, as concepts of the TagPack schema. Only slugs that say who keeps or moves
 * other people's money are here. Slugs on a token's subject (`payments`, `mining`, `finance`, `wallet-app` …) are not: most addresses under them are token
 * contracts of such projects, and none of them is a place where money goes.
 */

const slugs = (text: string): string[] => text.trim().split(/\s+/)

const BY_CONCEPT: Readonly<Record<string, readonly string[]>> = {
  exchange: slugs(`
    abcc ascendex atomsolutions bgogo binance binance-deposit bitbee bitfinex bithumb bitmart bitmex bitstamp bittrex cobinhood coinbase coinbit
    coinhako coinlist coinmetro coinone coinsquare coss-io crex24 crypto-com deribit digifinex fiat-gateway ftx gate-io gbx gemini hitbtc hoo-com hotbit
    huobi korbit kraken kryptono kucoin latoken lcx-ag liquid okx paribu poloniex quadrigacx remitano resfinex shapeshift changenow tagz tidex topbtc
    trade-io upbit wirex yunbi zb-com bitcoin-suisse`),
  mixing_service: slugs('tornado-cash typhoon-cash ethereum-mixer'),
  defi_bridge: slugs('bridge across-protocol axelar celer-network connext hop-protocol multichain optics ren synapse wormhole'),
  defi_dex: slugs(`
    dex 0x-protocol 1inch airswap allbit balancer bancor counter-market cow-protocol curve-fi dex-ag dinngo dutchx hydro-protocol idex kyberswap loopring
    oasis pancakeswap paraswap saddle-finance sudoswap sushiswap swipeswap switcheo tokenlon`),
  defi_lending: slugs(`
    aave bzx compound cream-finance dforce fortube instadapp inverse-finance liquity maker nuo-network unit-protocol vesper-finance rari-capital`),
  defi_derivative: slugs('dydx mcdex opyn premia ribbon-finance synthetix'),
  defi_staking: slugs('lido rocket-pool'),
  defi: slugs('convex-finance yearn-finance idle-finance mstable set-protocol'),
  gambling: slugs('etheroll fomo3d gambling'),
  market: slugs('looksrare nifty-gateway opensea rarible superrare'),
  payment_processor: slugs('flexa'),
  wallet_service: slugs('bitpie'),
  service: slugs('blockfi celsius-network nexo'),
  mining_service: slugs('f2pool miningpoolhub'),
  hot_wallet: slugs('hot-wallet'),
  cold_wallet: slugs('cold-wallet'),
  deposit_wallet: slugs('binance-deposit'),
  ico_wallet: slugs('ico-wallets token-sale'),
  defi_token: slugs(`
    algorithmic-stablecoin bitcoin-pegged bridged-token deflationary-token gold meme rebase-token security-token spam-token stablecoin tokenized-asset
    tokenized-equity wrapped-bitcoin wrapped-token`),
  // Addresses that issuers of stablecoins froze.
  black_list: slugs('blocked'),
  sanction: slugs('ofac-sanctions-lists'),
}

const TABLE = new Map<string, string[]>()
for (const [concept, names] of Object.entries(BY_CONCEPT)) {
  for (const name of names) TABLE.set(name, [...(TABLE.get(name) ?? []), concept])
}

/** Concepts of one slug; none for slugs that say nothing about who it is. */
export function conceptsOfSlug(name: string): readonly string[] {
  return TABLE.get(name) ?? []
}
