import type { BoundedAmount, TraceDocument } from '../trace/index.ts'
import { amount, assetNamed, count, printable, table } from './text.ts'

/** Where the money went, for people at a terminal; the HTML report says it at length. */
export function describeTrace(document: TraceDocument): string {
  const { entities, endpoints, flows, accounts, notFollowed, parameters } = document
  const show = (units: string, asset: string): string => amount(units, assetNamed(document.assets, asset))
  const range = ({ least, most, asset }: BoundedAmount): string =>
    least === null || most === null ? '-' : `${show(least, asset)} to ${show(most, asset)}`
  const parts = [
    `${parameters.policy}, ${parameters.direction}: ${count(flows.length)} movements over ${count(accounts.length)} accounts, ${count(endpoints.length)} end points`,
  ]
  const rows = entities.flatMap((entity) =>
    entity.amounts.map((a) => [entity.label, entity.kind, show(a.amount, a.asset), range(a), entity.contact ?? '-']),
  )
  if (rows.length > 0) parts.push(table(['reached', 'kind', 'amount', 'under any accounting', 'contact'], rows, [2]))
  else parts.push('No known service was reached.')
  if (notFollowed.length > 0) {
    const sums = new Map<string, bigint>()
    for (const { reason, asset, amount: units } of notFollowed) {
      const key = `${reason}\0${asset}`
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(units))
    }
    const lines = [...sums].map(([key, units]) => {
      const [reason = '', asset = ''] = key.split('\0')
      return [reason, show(units.toString(), asset)]
    })
    parts.push(table(['not followed', 'amount'], lines, [1]))
  }
  const limits = document.completeness.limits
  if (limits.length > 0) parts.push(`Limits:\n${limits.map((limit) => `- ${printable(limit)}`).join('\n')}`)
  return parts.join('\n\n')
}
