import { describe, expect, it } from 'vitest'
import { csvField } from '../../../src/trace/report/csv.ts'
import { flowsCsv, toGexf } from '../../../src/trace/report/index.ts'
import { address, heistDocument, smallDocument } from './sample.ts'
import { elements, parseXml } from './xml.ts'

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  let row: string[] = []
  while (field.lastIndex < text.length) {
    const at = field.lastIndex
    const match = field.exec(text)
    if (match === null) throw new Error(`not RFC 4180 at ${at}: ${text.slice(at, at + 60)}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const HOSTILE = [
  '=cmd|"/c calc"!A1',
  '+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '  =1',
  '＝1',
  '"quoted", and\r\n=next',
  '<script>alert(1)</script>&\u0000\ud800',
]

describe('the CSV of flows', () => {
  it('reads back to every flow, exactly', async () => {
    const document = await smallDocument()
    const [head, ...rows] = parseCsv(flowsCsv(document))
    expect(rows).toHaveLength(document.flows.length)
    for (const [i, row] of rows.entries()) {
      const line = Object.fromEntries((head as string[]).map((name, j) => [name, row[j]]))
      const flow = document.flows[i] as (typeof document.flows)[number]
      expect(line).toMatchObject({ transaction: flow.transaction, from: flow.from, to: flow.to, asset: flow.asset, time: flow.time })
      expect([line.stolen_base_units, line.value_base_units, line.depth]).toEqual([flow.amount, flow.value, String(flow.depth)])
    }
    expect(rows[1]?.[(head as string[]).indexOf('stolen')]).toBe('399.5')
    expect(rows.find((row) => row[5] === address(0xe1))?.[6]).toBe('Example Exchange')
  })

  it.each(HOSTILE)('takes %j as text, never as a formula', async (label) => {
    const rows = parseCsv(flowsCsv(await smallDocument({}, { exchange: label, symbol: label })))
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t]/)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  })

  it('puts an apostrophe before a formula and doubles quotes', () => {
    expect(csvField('=1+"1"')).toBe(`"'=1+""1"""`)
    expect(csvField('plain')).toBe('plain')
  })
})

describe('the GEXF graph', () => {
  it('is well-formed, and holds every account and the sum of every pair', async () => {
    const document = await smallDocument()
    const root = parseXml(toGexf(document))
    expect([root.name, root.attributes.get('version'), root.attributes.get('xmlns')]).toEqual(['gexf', '1.3', 'http://gexf.net/1.3'])
    const nodes = elements(root, 'node').map((node) => node.attributes.get('id'))
    expect(new Set(nodes)).toEqual(new Set(document.flows.flatMap(({ from, to }) => [from, to])))
    const attribute = (edge: ReturnType<typeof parseXml>, name: string): string | undefined =>
      elements(edge, 'attvalue')
        .find((value) => value.attributes.get('for') === name)
        ?.attributes.get('value')
    const edges = elements(root, 'edge')
    const total = edges.reduce((sum, edge) => sum + BigInt(attribute(edge, 'amount') as string), 0n)
    expect(total).toBe(document.flows.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
    for (const edge of edges) {
      expect(nodes).toContain(edge.attributes.get('source'))
      expect(nodes).toContain(edge.attributes.get('target'))
      expect(Number(edge.attributes.get('weight'))).toBeGreaterThan(0)
    }
    const circle = edges.find((edge) => edge.attributes.get('source') === address(0x14) && edge.attributes.get('target') === address(0x12))
    expect([circle?.attributes.get('weight'), attribute(circle as (typeof edges)[number], 'symbol')]).toEqual(['50', 'ETH'])
  })

  it('declares every attribute that it uses', async () => {
    const root = parseXml(toGexf(await smallDocument()))
    for (const [kind, owner] of [
      ['node', 'node'],
      ['edge', 'edge'],
    ] as const) {
      const declared = elements(root, 'attributes')
        .filter((list) => list.attributes.get('class') === kind)
        .flatMap((list) => list.children.map((child) => child.attributes.get('id')))
      for (const element of elements(root, owner))
        for (const value of elements(element, 'attvalue')) expect(declared).toContain(value.attributes.get('for'))
    }
  })

  it.each(HOSTILE)('stays well-formed with the label %j', async (label) => {
    expect(() => parseXml('<a b="<"/>')).toThrow()
    parseXml(toGexf(await smallDocument({ direction: 'backward' }, { exchange: label, symbol: label })))
    parseXml(toGexf(await smallDocument({ policy: 'poison' }, { exchange: label, symbol: label })))
  })

  it('is well-formed at real size', async (context) => {
    const document = await heistDocument('atomic-wallet-2023')
    if (document === null) return context.skip('the heist data is not on this machine')
    expect(elements(parseXml(toGexf(document)), 'node').length).toBeGreaterThan(200)
  })
})
