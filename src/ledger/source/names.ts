import type { Duck } from './duck.ts'
import { relationOf } from './relation.ts'
import type { Source } from './source.ts'

/** What a token calls itself. For display only: anyone can name a token USDT. */
export interface TokenName {
  readonly decimals: number | null
  readonly symbol: string | null
}

/** Names by contract, from the sources that carry any; where a contract is described in two ways, the first in order of text. */
export async function tokenNames(duck: Duck, sources: readonly Source[]): Promise<ReadonlyMap<string, TokenName>> {
  const names = new Map<string, TokenName>()
  for (const source of sources) {
    const { described, asset } = source.reading
    if (described === undefined || typeof asset !== 'object') continue
    const rows =
      await duck.rows(`SELECT lower(${asset.token}) AS token, min(CAST(${described.decimals} AS VARCHAR)), min(CAST(${described.symbol} AS VARCHAR))
      FROM ${relationOf(source, false).sql} WHERE ${asset.token} IS NOT NULL GROUP BY token ORDER BY token`)
    for (const [token, decimals, symbol] of rows) {
      if (names.has(token!)) continue
      names.set(token!, {
        decimals: /^(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])$/.test(decimals ?? '') ? Number(decimals) : null,
        symbol: symbol || null,
      })
    }
  }
  return names
}
