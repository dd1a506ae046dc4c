import type { TraceDocument } from '../trace/index.ts'
import { assetNamed, count, decimal, printable, table } from './text.ts'

/** Where the money went, for people at a terminal; the HTML report says it at length. */
export function describeTrace(document: TraceDocument): string {
  const { entities, endpoints, flows, accounts, notFollowed, parameters } = document
  const named = (id: string): { units: (units: string) => string; name: string } => {
    const asset = assetNamed(document.assets, id)
    return { units: (units) => decimal(units, asset), name: asset.symbol ?? asset.id }
  }
  const parts = [
    `${parameters.policy}, ${parameters.direction}: ${count(flows.length)} movements over ${count(accounts.length)} accounts, ${count(endpoints.length)} end points`,
  ]
  const rows = entities.flatMap((entity) =>
    entity.amounts.map(({ asset, amount, least, most }) => {
      const { units, name } = named(asset)
      return [
        entity.label,
        entity.kind,
        units(amount),
        least === null ? '-' : units(least),
        most === null ? '-' : units(most),
        name,
        entity.contact ?? '-',
      ]
    }),
  )
  if (rows.length > 0) parts.push(table(['reached', 'kind', 'amount', 'at least', 'at most', 'of', 'contact'], rows, [2, 3, 4]))
  else parts.push('No known service was reached.')
  if (notFollowed.length > 0) {
    const sums = new Map<string, bigint>()
    for (const { reason, asset, amount: units } of notFollowed) {
      const key = `${reason}\0${asset}`
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(units))
    }
    const lines = [...sums].map(([key, units]) => {
      const [reason = '', asset = ''] = key.split('\0')
      return [reason, named(asset).units(units.toString()), named(asset).name]
    })
    parts.push(table(['not followed', 'amount', 'of'], lines, [1]))
  }
  const limits = document.completeness.limits
  if (limits.length > 0) parts.push(`Limits:\n${limits.map((limit) => `- ${printable(limit)}`).join('\n')}`)
  return parts.join('\n\n')
}
