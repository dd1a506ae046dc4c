import { CordonError } from '../chain/index.ts'
import type { ActorIndex } from './actors.ts'
import { conceptsOfSlug } from './etherscan-slugs.ts'
import { toTag } from './fields.ts'
import { bareName, isTokenLabel, ownerInLabel } from './names.ts'
import type { ReadingNotes } from './report.ts'
import type { Tag } from './tag.ts'

/** Title under which these labels stand in documents. */
export const ETHERSCAN_TITLE = 'Etherscan labels'

/** Labels that warn or describe people at an address instead of saying whose it is (`Multichain Hack Alert 485`). */
const WARNINGS: ReadonlySet<string> = new Set(['take-action', 'airdrop-hunter'])

/** Whether parsed JSON looks like Etherscan labels: addresses with a name and labels. */
export function isEtherscanLabels(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const [key] = Object.keys(value)
  if (key === undefined) return false
  const entry: unknown = (value as Record<string, unknown>)[key]
  return /^0x/i.test(key) && typeof entry === 'object' && entry !== null && 'labels' in entry
}

/**
 * Labels scraped from Etherscan as JSON, `{address: {name, labels}}`. The slugs give concepts by a table; an actor is named when the label begins with it
 * (or says `… Deposit` at it) and either one of the slugs or the table's concepts agrees: `Wrapped BNB (BNB)` under `binance` is not Binance.
 * Token contracts get the concept `defi_token`. Confidence is `web_crawl`.
 *
 * @throws CordonError `attribution/etherscan` when the JSON is not of that shape
 */
export function readEtherscanLabels(value: unknown, text: string, actors: ActorIndex, notes: ReadingNotes): Tag[] {
  if (!isEtherscanLabels(value)) {
    throw new CordonError('attribution/etherscan', `${notes.file} is not a list of Etherscan labels`, {
      place: { file: notes.file },
      remedy: 'Expected {"0x…": {"name": "…", "labels": ["…"]}, …}.',
    })
  }
  const repeats = text.match(/"0x[0-9a-fA-F]{40}"\s*:\s*\{/g)?.length ?? 0
  const keys = Object.keys(value)
  if (repeats > keys.length)
    notes.note(null, 'address', `${repeats - keys.length} addresses stand twice in the JSON; the last of each is kept`)

  const tags: Tag[] = []
  for (const key of keys) {
    const entry = value[key]
    const line = (): number => text.slice(0, Math.max(0, text.indexOf(JSON.stringify(key)))).split('\n').length
    if (typeof entry !== 'object' || entry === null) {
      notes.refuse(line(), key, 'is not {name, labels}')
      continue
    }
    const { name, labels } = entry as { name?: unknown; labels?: unknown }
    if (
      !Array.isArray(labels) ||
      !labels.every((label) => typeof label === 'string') ||
      (name !== undefined && name !== null && typeof name !== 'string')
    ) {
      notes.refuse(line(), key, 'has labels or a name that are not text')
      continue
    }
    const label = typeof name === 'string' ? name.trim() : ''
    const actor = label === '' ? actorOfSlugs(labels, actors) : actorInLabel(label, labels, actors)
    const concepts = conceptsOf(label, labels)
    const tag = toTag(
      {
        pack: ETHERSCAN_TITLE,
        line,
        address: key,
        txHash: null,
        label: label === '' ? labels.join(', ') : label,
        source: `https://etherscan.io/address/${key}`,
        currency: 'ETH',
        network: 'ETH',
        confidence: 'web_crawl',
        concepts,
        category: null,
        abuse: concepts.includes('sanction') ? 'sanction' : null,
        actor,
        // Without a name of its own an entry only says which lists the address is on.
        tagType: (label === '' && actor === null) || labels.some((slug) => WARNINGS.has(slug)) ? 'attribute' : 'actor',
        isClusterDefiner: null,
        context: JSON.stringify({ labels }),
        lastmod: null,
      },
      notes,
    )
    if (tag !== null) tags.push(tag)
  }
  return tags
}

function conceptsOf(label: string, slugs: readonly string[]): string[] {
  const concepts = new Set(slugs.flatMap(conceptsOfSlug))
  if (isTokenLabel(label)) concepts.add('defi_token')
  // An exchange's aggregator is a contract that swaps and gives back in the same transaction, not its custody: `OKX DEX: Aggregation Router`.
  if (concepts.has('exchange') && /\b(?:DEX|Swap|Router|Aggregat\w*)\b/i.test(label)) {
    concepts.delete('exchange')
    concepts.add('defi_dex')
  }
  if (/: Deposit Funder\b/.test(label)) concepts.add('funder')
  if (/: Deployer\b/.test(label)) concepts.add('deployer')
  if (/\bDeposit(?: \d+)?$/.test(label)) concepts.add('deposit_wallet')
  return [...concepts]
}

function actorInLabel(label: string, slugs: readonly string[], actors: ActorIndex): string | null {
  const owner = ownerInLabel(label)
  const actor = actors.named(owner)
  if (actor === undefined) {
    // The slug may say it in full where the label abbreviates: `Huobi 32` under `huobi`, but also `OKX 5` under `okx` for the actor `okex`.
    const slug = slugs.find((name) => bareName(owner).startsWith(bareName(name)) && conceptsOfSlug(name).length > 0)
    return slug === undefined ? null : (actors.named(slug)?.id ?? null)
  }
  const names = [actor.id, actor.label, ...actor.aliases].map(bareName)
  const agreed =
    slugs.some((name) => names.includes(bareName(name))) || (/ Deposit(?: \d+)?$/.test(label) && actor.categories.includes('exchange'))
  return agreed || slugs.some((name) => conceptsOfSlug(name).some((concept) => actor.categories.includes(concept))) ? actor.id : null
}

/** Entries without a name: only slugs that are themselves a service, such as `binance-deposit`, name an actor. */
function actorOfSlugs(slugs: readonly string[], actors: ActorIndex): string | null {
  for (const name of slugs) {
    if (conceptsOfSlug(name).length === 0) continue
    const actor = actors.named(name.replace(/-deposit$/, ''))
    if (actor !== undefined) return actor.id
  }
  return null
}
