import { formatUsd, type Heist, heistSeedText, type Outcome, type Register, type Source, seedChains } from '../heists/index.ts'
import type { CaseGiven, CaseHeist } from './case.ts'
import { type ClaimBody, type ClaimSource, type ClaimSubject, type DenialBody, readClaim, readDenial } from './claim.ts'

/** What a theft of the register opens into. `disputes`: places of the claims that a denial speaks against. */
export type HeistCase = {
  readonly given: CaseGiven
  readonly heist: CaseHeist
  readonly claims: readonly ClaimBody[]
  readonly denials: readonly { readonly body: DenialBody; readonly disputes: readonly number[] }[]
}

/** What the register disputes, as claims of a case have it. */
const DISPUTED = { attribution: ['attribution'], amount: ['amount', 'value'], date: ['date'], victim: ['victim'] } as const

/**
 * A theft as a case: what is claimed of it, by whom and from which source, and who says otherwise. Nothing is judged here: sources are F6 until somebody grades them.
 */
export function heistCase(register: Register, heist: Heist): HeistCase {
  const sourceOf = (id: string): ClaimSource => claimSource(register.sources.find((source) => source.id === id) as Source)
  const publisherOf = (id: string): string => sourceOf(id).publisher ?? sourceOf(id).title
  const claim = (
    about: ClaimSubject,
    claimant: string,
    says: string,
    fact: { readonly source: string; readonly note: string | null },
    more: Partial<Pick<ClaimBody, 'when' | 'confidence'>> = {},
  ): ClaimBody => readClaim({ about, claimant, says, subject: heist.id, source: sourceOf(fact.source), note: fact.note, ...more })

  const claims = [
    ...heist.dates.map((date) => claim('date', publisherOf(date.source), `It happened on ${date.when.text} (UTC).`, date)),
    ...heist.amounts.map((amount) =>
      claim(
        'amount',
        publisherOf(amount.source),
        `${amount.amount} ${amount.symbol} were taken${amount.asset === amount.symbol ? '' : ` (${amount.asset})`}.`,
        amount,
      ),
    ),
    ...heist.usd.map((usd) => claim('value', usd.by, `It was worth ${usd.qualifier} ${formatUsd(usd.cents)} at the time.`, usd)),
    ...heist.attribution.map((each) =>
      claim('attribution', each.by, `It was done by ${each.actor ?? 'actors of the DPRK'}.`, each, {
        when: each.when.text,
        confidence: each.confidence,
      }),
    ),
    ...heist.outcomes.map((outcome) => claim('outcome', outcome.by, outcomeText(outcome), outcome, { when: outcome.when.text })),
  ]
  const against = (subjects: readonly ClaimSubject[]): number[] => claims.flatMap(({ about }, i) => (subjects.includes(about) ? [i] : []))
  const denials = [
    ...heist.disputed.map(({ about, by, when, says, source, note }) => ({
      body: readDenial({ by, when: when?.text ?? null, says, subject: heist.id, source: sourceOf(source), note }),
      disputes: against(DISPUTED[about]),
    })),
    ...register.denials
      .filter(({ id }) => heist.denials.includes(id))
      .map(({ by, when, says, source, note }) => ({
        body: readDenial({ by, when: when.text, says, subject: heist.id, source: sourceOf(source), note }),
        disputes: against(['attribution']),
      })),
  ]
  return {
    given: {
      title: `${heist.victim} (${heist.id})`,
      summary: [heist.note, heist.seedsNote].filter((text) => text !== null).join('\n\n') || null,
      tags: ['heist'],
    },
    heist: {
      id: heist.id,
      victim: heist.victim,
      register: register.digest,
      seeds: seedChains(heist).map((chain) => ({ chain, seeds: seedLines(register, heist, chain) })),
    },
    claims,
    denials,
  }
}

function claimSource({ title, publisher, url, original, published, read, readAs }: Source): ClaimSource {
  return {
    title,
    publisher,
    url,
    original,
    published: published?.text ?? null,
    read: read.text,
    readAs,
    sha256: null,
    reliability: 'F',
    credibility: 6,
  }
}

function seedLines(register: Register, heist: Heist, chain: string): string[] {
  return heistSeedText(register, heist, chain)
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'))
}

const BECAME = {
  laundered: 'reached a cash-out',
  mixed: 'went through a mixer or a bridge',
  frozen: 'was frozen',
  recovered: 'was recovered',
  held: 'was still held by the thief',
} as const

function outcomeText({ state, event, cents, qualifier, asset, amount }: Outcome): string {
  const figures = [cents === null ? '' : `${qualifier} ${formatUsd(cents)}`, amount === null ? '' : `${amount} ${asset ?? ''}`.trim()]
  const what = figures.filter((text) => text !== '').join(', ')
  const subject = what === '' ? 'A part' : `${what[0]?.toUpperCase()}${what.slice(1)}`
  return `${subject} ${BECAME[state]}${event === 'total' ? '' : ` (${event})`}.`
}
