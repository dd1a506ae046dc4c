import type { TraceDocument } from '../document.ts'
import { decimalOf, toFloat, unitsOf } from './amounts.ts'
import { entityNames, holders } from './csv.ts'
import { escapeMarkup, shortAddress, visibleText } from './text.ts'

/**
 * The flows of a trace as a graph in GEXF 1.3, for Gephi and others: a node an account, an edge all flows of one asset from one account
 * to another. `amount` holds the exact sum in base units; `weight` is the same in display units as a float, so compare it within one asset only.
 * Flows that carry value of unknown origin alone are in it with amount 0.
 */
export function toGexf(document: TraceDocument): string {
  const unitOf = unitsOf(document)
  const entityOf = entityNames(document)
  const holderOf = holders(document)
  const kinds = new Map(document.entities.map((entity) => [entity.id, entity.kind]))
  const nodes = new Map<string, { role: string; depth: number | null; kind: string }>()
  for (const { account, role, depth, entity } of document.accounts)
    nodes.set(account, { role, depth, kind: entity === null ? '' : (kinds.get(entity) ?? '') })
  const edges = new Map<
    string,
    { from: string; to: string; asset: string; amount: bigint; count: number; first: string | null; last: string | null }
  >()
  for (const { from, to, asset, amount, time } of document.flows) {
    for (const account of [from, to]) if (!nodes.has(account)) nodes.set(account, { role: 'payer', depth: null, kind: '' })
    const key = `${from} ${to} ${asset}`
    const edge = edges.get(key)
    if (edge === undefined) edges.set(key, { from, to, asset, amount: BigInt(amount), count: 1, first: time, last: time })
    else {
      edge.amount += BigInt(amount)
      edge.count += 1
      edge.last = time
    }
  }
  const value = (name: string, text: string): string => `<attvalue for="${name}" value="${xml(text)}"/>`
  const out = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">',
    `  <meta><creator>${xml(`Cordon, ${document.engine}`)}</creator><description>${xml(`Flows of a ${document.parameters.direction} trace, policy ${document.parameters.policy}, ledger ${document.ledger.hash}`)}</description></meta>`,
    '  <graph defaultedgetype="directed" mode="static">',
    '    <attributes class="node">',
    ...['entity', 'kind', 'role', ...(holderOf === null ? [] : ['address'])].map(
      (name) => `      <attribute id="${name}" title="${name}" type="string"/>`,
    ),
    '      <attribute id="depth" title="depth" type="integer"/>',
    '    </attributes>',
    '    <attributes class="edge">',
    ...['asset', 'symbol', 'amount', 'shown', 'first', 'last'].map(
      (name) => `      <attribute id="${name}" title="${name}" type="string"/>`,
    ),
    '      <attribute id="transactions" title="transactions" type="integer"/>',
    '    </attributes>',
    '    <nodes>',
  ]
  for (const [account, { role, depth, kind }] of nodes) {
    const entity = entityOf(account)
    const holder = holderOf?.(account) ?? ''
    const short = shortAddress(holder === '' ? account : holder)
    const label = entity === '' ? short : `${entity} ${short}`
    const values = [
      value('entity', entity),
      value('kind', kind),
      value('role', role),
      ...(holderOf === null ? [] : [value('address', holder)]),
      ...(depth === null ? [] : [value('depth', depth.toString())]),
    ]
    out.push(`      <node id="${xml(account)}" label="${xml(label)}"><attvalues>${values.join('')}</attvalues></node>`)
  }
  out.push('    </nodes>', '    <edges>')
  let id = 0
  for (const { from, to, asset, amount, count, first, last } of edges.values()) {
    const unit = unitOf(asset)
    const values = [
      value('asset', asset),
      value('symbol', unit.name),
      value('amount', amount.toString()),
      value('shown', decimalOf(amount, unit.decimals) ?? ''),
      value('first', first ?? ''),
      value('last', last ?? ''),
      value('transactions', count.toString()),
    ]
    out.push(
      `      <edge id="${id++}" source="${xml(from)}" target="${xml(to)}" kind="${xml(asset)}" weight="${weight(amount, unit.decimals)}"><attvalues>${values.join('')}</attvalues></edge>`,
    )
  }
  out.push('    </edges>', '  </graph>', '</gexf>', '')
  return out.join('\n')
}

/** Gephi refuses weights of zero and below. */
function weight(amount: bigint, decimals: number | null): string {
  const float = toFloat(amount, decimals)
  return float > 0 ? float.toString() : '1e-30'
}

/** XML 1.0 has no way to write most control characters: they are spelled. */
function xml(text: string): string {
  // Addresses and amounts, nearly all there is, need nothing.
  if (text.length < 200 && /^[\w.:/-]*$/.test(text)) return text
  return escapeMarkup(visibleText(text, 300))
}
