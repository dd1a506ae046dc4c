import { type Asset, type AssetId, formatDecimal } from '../../chain/index.ts'
import type { AssetExposure, Counterparty, ExposureDocument, ListedParty, ListedSource, PathStep, TracedAmount } from '../exposure/index.ts'
import type { Language } from './codes.ts'
import { fill } from './explain.ts'
import { percent } from './percent.ts'
import { EXPOSURE_PHRASES } from './phrases/exposure.ts'

/** Sources whose shortest way is shown, at most, and steps of it; the document has all. */
const WAYS = 3
const STEPS = 20

/** One sentence to stand above an answer on a wallet that is not listed itself; null where no listed party was found behind it. */
export function exposureHeadline({ counterparties, assets }: ExposureDocument, language: Language): string | null {
  const sources = assets.reduce((sum, asset) => sum + asset.sources.length, 0)
  if (counterparties.length + sources === 0) return null
  return fill(EXPOSURE_PHRASES.headline[language], { direct: String(counterparties.length), sources: String(sources) })
}

/**
 * What an exposure says, line by line; lines that belong to the one before are indented. Names and labels are as lists and tags have them, whatever characters they hold: who prints them makes them harmless.
 * Limits of a trace are told in English in every language.
 *
 * @param assets of the ledger, for decimals and symbols
 */
export function explainExposure(
  document: ExposureDocument,
  assets: readonly Pick<Asset, 'id' | 'decimals' | 'symbol'>[],
  language: Language,
): readonly string[] {
  const say = (phrase: keyof typeof EXPOSURE_PHRASES, values: Readonly<Record<string, string>> = {}): string =>
    fill(EXPOSURE_PHRASES[phrase][language], values)
  const money = (units: string, id: AssetId): string => amountOf(units, id, assets)
  const party = (parties: readonly ListedParty[]): string =>
    parties
      .map(
        ({ list, entry, name, relation = 'address' }) =>
          `${name} (${list} ${entry}${relation === 'address' ? '' : `, ${say('same-key')}`})`,
      )
      .join(', ')
  const dealing = ({ account, parties, direction, asset, amount, count, mixes, transactions }: Counterparty): string[] => [
    `- ${say(direction, { amount: money(amount, asset), account, party: party(parties), count: String(count) })}`,
    ...(mixes > 0 ? [`    ${say('mixes', { count: String(mixes) })}`] : []),
    ...transactions.slice(0, 3).map((transaction) => `    ${transaction}`),
  ]
  const source = ({ account, parties, hops, amounts, path, count }: ListedSource, rank: number): string[] => {
    const about = { account, party: party(parties), hops: String(hops), count: String(count) }
    const lines =
      amounts.length === 0
        ? [say('only-in-swap', about)]
        : amounts.map(({ share, amount, asset }) => say('source', { ...about, share: percent(share), amount: money(amount, asset) }))
    const way = rank < WAYS ? path.slice(0, STEPS) : []
    return [...lines.map((line) => `- ${line}`), ...way.map((step) => `    ${stepText(step, money)}`)]
  }
  const part = (phrase: 'stop' | 'origin', amounts: readonly TracedAmount[], about: Readonly<Record<string, string>> = {}): string[] =>
    amounts.map(({ share, amount, asset }) => `- ${say(phrase, { ...about, share: percent(share), amount: money(amount, asset) })}`)
  const asset = ({ asset: id, reached, fromListed, swapped, sources, stops, origin, notFollowed }: AssetExposure): string[] => [
    '',
    say('asset', { reached: money(reached, id), share: percent(fromListed), swapped: percent(swapped) }),
    ...sources.flatMap(source),
    ...(sources.length > WAYS ? [`    ${say('other-ways', { count: String(sources.length - WAYS) })}`] : []),
    ...(sources.length === 0 ? [`- ${say('no-source')}`] : []),
    ...stops.flatMap(({ label, kind, amounts }) => part('stop', amounts, { label, kind })),
    ...part('origin', origin),
    ...notFollowed.map(
      ({ reason, asset: of, amount, accounts }) =>
        `- ${say('not-followed', { amount: money(amount, of), count: String(accounts), reason })}`,
    ),
  ]
  const { wallet, ledger, parameters, inLedger, counterparties, notLookedAt } = document
  const where = { wallet, chain: ledger.chain, first: ledger.time?.first ?? '?', last: ledger.time?.last ?? '?' }
  const left = [
    ...notLookedAt.assets.map(({ asset: id, receipts }) => say('asset-not-traced', { asset: id, count: String(receipts) })),
    ...notLookedAt.limits,
  ]
  const lines = [
    inLedger ? say('title', { ...where, policy: parameters.policy, hops: String(parameters.maxHops) }) : say('not-in-ledger', where),
  ]
  if (inLedger) {
    lines.push('', say(counterparties.length === 0 ? 'no-direct' : 'direct'), ...counterparties.flatMap(dealing))
    lines.push(...document.assets.flatMap(asset))
  }
  if (left.length > 0) lines.push('', say('not-looked-at'), ...left.map((each) => `- ${each}`))
  return lines
}

function stepText({ time, from, to, asset, amount, value, transaction }: PathStep, money: (units: string, id: AssetId) => string): string {
  const whole = money(value, asset)
  // The traced part of the whole transfer, with the unit written once.
  const part = amount === value ? whole : `${money(amount, asset).split(' ')[0]} / ${whole}`
  return `${time ?? '-'}  ${from} → ${to}  ${part}  ${transaction}`
}

/** Units with separators, a space, and the asset's symbol; base units and the id where the ledger does not know them. */
function amountOf(units: string, id: AssetId, assets: readonly Pick<Asset, 'id' | 'decimals' | 'symbol'>[]): string {
  const { decimals, symbol } = assets.find((asset) => asset.id === id) ?? { decimals: null, symbol: null }
  const [whole = '', fraction] = formatDecimal(BigInt(units), decimals ?? 0).split('.')
  return `${BigInt(whole).toLocaleString('en-US')}${fraction === undefined ? '' : `.${fraction}`} ${symbol ?? id}`
}
