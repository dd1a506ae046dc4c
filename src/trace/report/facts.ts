import type { AssetId } from '../../chain/index.ts'
import type { BoundedAmount, Conservation, EntityTotal, TraceDocument } from '../document.ts'
import { exactAmount, percentage, shownAmount, type Unit, unitsOf } from './amounts.ts'
import { type Html, html } from './markup.ts'
import { visibleLabel, visibleText } from './text.ts'

/** What the sections of a report share: the document with names and units looked up once. */
export interface Facts {
  readonly document: TraceDocument
  readonly forward: boolean
  readonly unitOf: (asset: AssetId) => Unit
  readonly entityOf: (id: string) => EntityTotal | undefined
  /** Harmless name of an entity id. */
  readonly nameOf: (id: string) => string
  /** On a chain of outputs: address that holds an output; null where it is not known, and on every other chain. */
  readonly holderOf: (account: string) => string | null
  /** Assets in the order of the report: those that were seeded, then those swapped into, then the rest. */
  readonly assets: readonly AssetId[]
  readonly conservationOf: (asset: AssetId) => Conservation | undefined
  /** Stolen value that came in of an asset, by seed or swap; null where the policy does not conserve value. */
  readonly cameIn: (asset: AssetId) => bigint | null
}

export function factsOf(document: TraceDocument): Facts {
  const entities = new Map(document.entities.map((entity) => [entity.id, entity]))
  const conservation = new Map(document.conservation.map((line) => [line.asset, line]))
  const flows = new Map<AssetId, number>()
  for (const { asset, amount } of document.flows) if (amount !== '0') flows.set(asset, (flows.get(asset) ?? 0) + 1)
  for (const { asset, seeded } of document.conservation) if (seeded !== '0') flows.set(asset, flows.get(asset) ?? 0)
  const isSeeded = (asset: AssetId): number => ((conservation.get(asset)?.seeded ?? '0') === '0' ? 1 : 0)
  const holders = new Map(document.bitcoin?.outputs.map(({ account, address }) => [account, address]))
  return {
    document,
    holderOf: (account) => holders.get(account) ?? null,
    forward: document.parameters.direction === 'forward',
    unitOf: unitsOf(document),
    entityOf: (id) => entities.get(id),
    nameOf: (id) => visibleLabel(entities.get(id)?.label ?? id),
    assets: [...flows.keys()].sort(
      (a, b) => isSeeded(a) - isSeeded(b) || (flows.get(b) as number) - (flows.get(a) as number) || (a < b ? -1 : 1),
    ),
    conservationOf: (asset) => conservation.get(asset),
    cameIn: (asset) => {
      const line = conservation.get(asset)
      return line === undefined ? null : BigInt(line.seeded) + BigInt(line.swappedIn)
    },
  }
}

/** An amount as tables show it; the exact one is its title where something was rounded. */
export function amountCell(amount: bigint, unit: Unit): Html {
  const [shown, exact] = [shownAmount(amount, unit), exactAmount(amount, unit)]
  return shown === exact ? html`${shown}` : html`<span title="${exact}">${shown}</span>`
}

/** `least – most`, on one line or two, or a word where bounds were not computed. */
export function boundsCell({ least, most }: BoundedAmount, unit: Unit, lines: 1 | 2 = 1): Html {
  if (least === null || most === null) return html`<span class="faint">not computed</span>`
  return html`${amountCell(BigInt(least), unit)} – ${lines === 2 ? html`<br>` : ''}${amountCell(BigInt(most), unit)}`
}

export function shareCell(amount: bigint, whole: bigint | null): string {
  return whole === null ? '–' : percentage(amount, whole)
}

/** An account; of an output first who holds it, which is what a request has to name. */
export function addressCell({ holderOf }: Pick<Facts, 'holderOf'>, account: string): Html {
  return holderCell({ holderOf }, account, null)
}

/** As `addressCell`, where the holder may be known from elsewhere too. */
export function holderCell({ holderOf }: Pick<Facts, 'holderOf'>, account: string, address: string | null): Html {
  const holder = holderOf(account) ?? address
  if (holder === null) return html`<code>${visibleText(account, 128)}</code>`
  return html`<code>${visibleText(holder, 128)}</code><br><code class="tx">${visibleText(account, 128)}</code>`
}

export function sumOf(amounts: Iterable<string>): bigint {
  let sum = 0n
  for (const amount of amounts) sum += BigInt(amount)
  return sum
}

/** Sum of one asset's amounts over lines that carry several. */
export function sumOfAsset(lines: readonly { readonly amounts: readonly BoundedAmount[] }[], asset: AssetId): bigint {
  return sumOf(lines.flatMap(({ amounts }) => amounts.flatMap((part) => (part.asset === asset ? [part.amount] : []))))
}
