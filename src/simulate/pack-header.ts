/** How a TagPack of a simulated world begins, up to its tags. `lastmod` is a day (YYYY-MM-DD). */
export function packHeader(
  { currency, lastmod }: { readonly currency: 'ETH' | 'BTC'; readonly lastmod: string },
  title: string,
  category: string | null,
  confidence: string,
): string {
  return `title: ${title}
creator: Cordon simulator
description: What the public knows of a simulated world. None of it exists.
${category === null ? '' : `category: ${category}\n`}source: https://simulated.invalid/
confidence: ${confidence}
currency: ${currency}
network: ${currency}
lastmod: ${lastmod}
tags:
`
}
