import { sankey, sankeyLinkHorizontal } from 'd3-sankey'
import type { Unit } from './amounts.ts'
import { briefAmount, exactAmount, percentage, toFloat } from './amounts.ts'
import { type Html, html } from './markup.ts'
import type { Box, BoxKind, Stages } from './stages.ts'
import { countOf, shortAddress } from './text.ts'

export interface SankeyPicture {
  readonly stages: Stages
  readonly unit: Unit
  /** Number that makes ids unique in the page. */
  readonly number: number
  /** Name of an entity id, harmless. */
  readonly nameOf: (entity: string) => string
  /** Who holds an output, on a chain of outputs. */
  readonly holderOf: (account: string) => string | null
  /** Names of the assets that this one was swapped into or came from. */
  readonly swappedInto: string
  readonly swappedFrom: string
  readonly direction: 'forward' | 'backward'
  /** False under a policy that does not conserve value: then shares mean nothing. */
  readonly shares: boolean
}

const WIDTH = 1180
const ENDS_WIDTH = 236
const TOP = 30
const BOTTOM = 18
const BOX_WIDTH = 13

interface Node {
  readonly index: number
  /** Null for the hidden chain that keeps columns where they were put. */
  readonly box: Box | null
  readonly column: number
}

/** A flow diagram as static SVG, readable without colour and by screen readers: title, description, and a title on every box and band. */
export function sankeySvg(picture: SankeyPicture): Html {
  const { stages, unit, number, direction } = picture
  const { boxes, bands, columns } = stages
  const nodes: Node[] = boxes.map((box, index) => ({ index, box, column: box.column }))
  for (let column = 0; column < columns; column++) nodes.push({ index: nodes.length, box: null, column })
  const links = bands.map(({ from, to, amount }) => ({
    source: from,
    target: to,
    value: Math.max(toFloat(amount, unit.decimals), Number.MIN_VALUE),
    amount,
  }))
  for (let column = 1; column < columns; column++)
    links.push({ source: boxes.length + column - 1, target: boxes.length + column, value: 0, amount: 0n })
  const fullest = Math.max(...Array.from({ length: columns }, (_, column) => boxes.filter((box) => box.column === column).length))
  const height = Math.min(Math.max(330, fullest * 54), 760)
  const layout = sankey<Node, { amount: bigint }>()
    .nodeId((node) => node.index)
    .nodeAlign((node) => node.column)
    .nodeWidth(BOX_WIDTH)
    .nodePadding(28)
    .extent([
      [0, TOP],
      [WIDTH - ENDS_WIDTH, height - BOTTOM],
    ])
    .iterations(24)
  const graph = layout({ nodes, links })
  const mirrored = direction === 'backward'
  const path = sankeyLinkHorizontal<Node, { amount: bigint }>()
  const total = picture.shares ? boxes.reduce((sum, { begins }) => sum + begins, 0n) : 0n
  const through = boxes.map((box, i) => bands.reduce((sum, { to, amount }) => (to === i ? sum + amount : sum), box.begins))
  const drawnBands = graph.links
    .filter((link) => link.amount > 0n)
    .sort((a, b) => (b.width ?? 0) - (a.width ?? 0))
    .map((link) => {
      const from = link.source as Node
      const to = link.target as Node
      const title = `${boxName(from.box as Box, picture)} to ${boxName(to.box as Box, picture)}: ${exactAmount(link.amount, unit)}`
      return html`<path class="band k-${bandKind(to.box as Box)}" d="${path(link) ?? ''}" stroke-width="${round(Math.max(link.width ?? 0, 0.8))}"><title>${title}</title></path>\n`
    })
  const drawnBoxes = graph.nodes.flatMap((node) => {
    const { box } = node
    if (box === null) return []
    const [x0, y0, x1, y1] = [node.x0 ?? 0, node.y0 ?? 0, node.x1 ?? 0, node.y1 ?? 0]
    const amount = through[node.index] as bigint
    const name = boxName(box, picture)
    const title = `${name}${box.account === null ? '' : ` ${box.account}`}: ${exactAmount(amount, unit)}`
    return [
      html`<rect class="box k-${box.kind}" x="${round(x0)}" y="${round(y0)}" width="${BOX_WIDTH}" height="${round(Math.max(y1 - y0, 1.5))}"><title>${title}</title></rect>`,
      label({
        x: mirrored ? WIDTH - x1 - 5 : x1 + 5,
        y: (y0 + y1) / 2,
        height: y1 - y0,
        name,
        amount,
        total,
        box,
        unit,
        end: mirrored,
        narrow: columns > 6,
      }),
    ]
  })
  const flip = mirrored ? html` transform="translate(${WIDTH} 0) scale(-1 1)"` : html``
  const marks = drawnBoxes.filter((_, i) => i % 2 === 0)
  const labels = drawnBoxes.filter((_, i) => i % 2 === 1)
  return html`<svg class="sankey" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="sankey-${number}-title sankey-${number}-text">
<title id="sankey-${number}-title">Flow of ${unit.name} by stage</title>
<desc id="sankey-${number}-text">${describe(picture, through)}</desc>
<g${flip}><g fill="none">${drawnBands}</g>${marks}</g>
${columnHeads(picture, graph.nodes, mirrored)}
${labels}
</svg>`
}

interface LabelPlace {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly name: string
  readonly amount: bigint
  readonly total: bigint
  readonly box: Box
  readonly unit: Unit
  readonly end: boolean
  /** Columns stand so close that a line has room for a name only. */
  readonly narrow: boolean
}

/** Two lines where there is room, one where there is little, none beside the thinnest boxes under way (their title still says it). */
function label({ x, y, height, name, amount, total, box, unit, end, narrow }: LabelPlace): Html {
  const isEnd = box.hops === null
  const anchor = end ? html` text-anchor="end"` : html``
  const brief = briefAmount(amount, unit)
  const share = isEnd && total > 0n ? ` · ${percentage(amount, total)}` : ''
  if (!isEnd && height < 5) return html``
  if (isEnd || height >= 24) {
    return html`<text class="${isEnd ? 'name' : 'way'}" x="${round(x)}" y="${round(y - 2)}"${anchor}>${name}<tspan class="sum" x="${round(x)}" dy="13">${brief}${share}</tspan></text>\n`
  }
  return html`<text class="way" x="${round(x)}" y="${round(y + 4)}"${anchor}>${name}${narrow ? html`` : html` <tspan class="sum">${brief}</tspan>`}</text>\n`
}

function boxName(box: Box, { nameOf, holderOf, swappedInto, swappedFrom, direction }: SankeyPicture): string {
  const others = countOf(box.accounts, 'account')
  switch (box.kind) {
    case 'held':
      return direction === 'forward' ? `Still held, ${others}` : `Begins here, ${others}`
    case 'not-followed':
      return `Not followed, ${others}`
    case 'unaccounted':
      return `Not in this picture, ${others}`
    case 'swapped-out':
      return `Swapped into ${swappedInto}`
    case 'swapped-in':
      return `Swapped from ${swappedFrom}`
    default: {
      if (box.entity !== null) return shortName(nameOf(box.entity))
      if (box.hops === null) return `Other services, ${others}`
      return box.account === null ? others : shortAddress(holderOf(box.account) ?? box.account)
    }
  }
}

/** End labels have room for about so much. */
function shortName(name: string): string {
  const points = [...name]
  return points.length <= 28 ? name : `${points.slice(0, 27).join('')}…`
}

function bandKind(to: Box): BoxKind {
  return to.hops === null ? to.kind : 'passing'
}

/** A column is named where its hops follow on those of the columns before it; boxes that were moved right of their payers leave it without a name. */
function columnHeads(
  { stages, direction }: SankeyPicture,
  nodes: readonly { readonly box: Box | null; readonly column: number; readonly x0?: number | undefined }[],
  mirrored: boolean,
): Html[] {
  const heads: Html[] = []
  let reached = -1
  for (let column = 0; column < stages.columns; column++) {
    const members = stages.boxes.filter((box) => box.column === column)
    const x = nodes.find((node) => node.column === column)?.x0 ?? 0
    const hops = members.flatMap((box) => (box.kind === 'swapped-in' ? [] : (box.hops ?? [])))
    const [least, most] = [Math.min(...hops), Math.max(...hops)]
    let text = ''
    if (members.every((box) => box.hops === null)) text = direction === 'forward' ? 'Where it ended' : 'Where it came from'
    else if (hops.length > 0 && least >= reached && most > reached) {
      text = most === 0 ? (direction === 'forward' ? 'Theft' : 'Cash-out') : least === most ? `Hop ${most}` : `Hops ${least}–${most}`
      reached = most
    }
    if (text !== '')
      heads.push(
        html`<text class="head" x="${round(mirrored ? WIDTH - x : x)}" y="12"${mirrored ? html` text-anchor="end"` : html``}>${text}</text>`,
      )
  }
  return heads
}

/** The picture in words. */
function describe(picture: SankeyPicture, through: readonly bigint[]): string {
  const { stages, unit } = picture
  const line = (box: Box, i: number): string => `${boxName(box, picture)} ${exactAmount(through[i] as bigint, unit)}`
  const ends = stages.boxes.flatMap((box, i) => (box.hops === null ? [line(box, i)] : []))
  const begins = stages.boxes.reduce((sum, box) => sum + box.begins, 0n)
  return `${exactAmount(begins, unit)} in ${stages.columns} columns from left to right. At the end: ${ends.join('; ')}.`
}

function round(n: number): string {
  return (Math.round(n * 10) / 10).toString()
}
