import { findWallet, screenWallet } from '../identifiers/index.ts'
import type { AnswerNote, Hit, Setting } from './answer.ts'
import { described } from './hit.ts'
import type { Listed } from './listed.ts'
import type { ListedWalletParty } from './screener.ts'

/** How sure a listed wallet is, by how it was met: see identifiers/find.ts. */
const SCORE = { address: 1, 'as-written': 0.9, 'other-reading': 0.8, 'same-key': 0.75 } as const

/** Entries with a wallet. `looked` is false where the text is no address: then no hit means nothing. */
export function walletHits(
  listed: Listed,
  address: string,
  asset: string | null,
  setting: Setting,
): { readonly hits: readonly Hit[]; readonly notes: readonly AnswerNote[]; readonly looked: boolean } {
  const { hits, wallet } = screenWallet(listed.index.identifiers, address, asset)
  const notes: AnswerNote[] = wallet?.fault == null ? [] : [{ code: 'wallet-fault', text: wallet.fault.text }]
  for (const { text } of wallet?.notes ?? []) notes.push({ code: 'wallet-note', text })
  return {
    hits: hits.map(({ ordinal, item, relation }) => walletHit(listed, ordinal, item, relation, address, setting)),
    notes,
    looked: wallet?.fault == null,
  }
}

function walletHit(listed: Listed, entry: number, item: number, relation: keyof typeof SCORE, address: string, setting: Setting): Hit {
  const card = listed.card(entry)
  const wallet = card.wallets[item]
  const score = SCORE[relation]
  const alert = score >= setting.alert
  const shown = wallet === undefined ? '' : `${wallet.asset} ${wallet.address}`
  return {
    ...described(listed, entry, card),
    matched: null,
    asked: null,
    score,
    nameScore: 0,
    ofacCompatible: 0,
    alert,
    held: alert ? null : 'below-alert',
    reasons: [{ about: 'wallet', rule: `wallet-${relation}`, query: address, listed: shown, effect: 'agrees', weight: score }],
  }
}

/** Who is listed with a wallet, for asking of many; null where nobody is. */
export function walletParties(listed: Listed, address: string, asset: string | null): readonly ListedWalletParty[] | null {
  const { hits } = findWallet(listed.index.identifiers, address, asset)
  if (hits.length === 0) return null
  // Strongest first, so that an entry stays with the strongest of its addresses.
  const parties = new Map<number, ListedWalletParty>()
  for (const { ordinal, relation } of hits) {
    if (parties.has(ordinal)) continue
    const { id, names } = listed.card(ordinal)
    parties.set(ordinal, { list: listed.list(ordinal).list, entry: id, name: names[0]?.full ?? '', relation })
  }
  return [...parties].sort(([a], [b]) => a - b).map(([, party]) => party)
}
