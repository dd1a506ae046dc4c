import { contested, type Heist, OUTCOME_STATES, type Outcome, type OutcomeState, type Register, yearOf } from './heist.ts'

/**
 * Which claims an account adds up. `lowest`: the lowest claim of each theft that is not contested. `highest`: the highest claim of every theft, contested ones too.
 * `publisher`: only what one publisher says, of every theft that it puts a figure on. Claims are never averaged.
 */
export type Basis = { readonly kind: 'lowest' } | { readonly kind: 'highest' } | { readonly kind: 'publisher'; readonly by: string }

/** In cents. */
export type Sums = { readonly stolen: bigint } & { readonly [state in OutcomeState]: bigint }

export type YearLine = {
  readonly year: string
  /** Thefts counted. */
  readonly heists: number
  /** Of these, thefts without a figure on this basis: they add nothing. */
  readonly withoutFigure: readonly string[]
  readonly sums: Sums
}

export type Account = {
  readonly basis: Basis
  readonly digest: string
  /** Years with a theft in the register, in order. */
  readonly years: readonly YearLine[]
  readonly total: { readonly heists: number; readonly sums: Sums }
  /** Thefts that this basis leaves out, with the reason. */
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[]
  /** Thefts whose attribution is disputed or only suspected, whether they count here or not. */
  readonly contested: readonly { readonly id: string; readonly reason: string }[]
}

type Choice = 'lowest' | 'highest'

/** The yearly account of a register on a basis. Sums are exact; a theft counts in the year of its first date. */
export function accountOf(register: Register, basis: Basis): Account {
  const doubts = register.heists.flatMap((heist) => {
    const reason = contested(heist)
    return reason === null ? [] : [{ id: heist.id, reason }]
  })
  const leftOut = register.heists.flatMap((heist) => {
    const reason = reasonToLeaveOut(heist, basis)
    return reason === null ? [] : [{ id: heist.id, reason }]
  })
  const out = new Set(leftOut.map(({ id }) => id))
  const counted = register.heists.filter(({ id }) => !out.has(id))
  const years = [...new Set(register.heists.map(yearOf))].sort().map((year): YearLine => {
    const heists = counted.filter((heist) => yearOf(heist) === year)
    return {
      year,
      heists: heists.length,
      withoutFigure: heists.filter((heist) => claimsOf(heist, basis).length === 0).map(({ id }) => id),
      sums: addUp(heists.map((heist) => sumsOf(heist, basis))),
    }
  })
  return {
    basis,
    digest: register.digest,
    years,
    total: { heists: counted.length, sums: addUp(years.map(({ sums }) => sums)) },
    leftOut,
    contested: doubts,
  }
}

function reasonToLeaveOut(heist: Heist, basis: Basis): string | null {
  if (basis.kind === 'lowest') return contested(heist)
  if (basis.kind === 'publisher' && claimsOf(heist, basis).length === 0 && outcomesOf(heist, basis).length === 0)
    return `no figure by ${basis.by}`
  return null
}

function claimsOf(heist: Heist, basis: Basis): bigint[] {
  return heist.usd.filter(({ by }) => basis.kind !== 'publisher' || by === basis.by).map(({ cents }) => cents)
}

function outcomesOf(heist: Heist, basis: Basis): Outcome[] {
  return heist.outcomes.filter(({ by }) => basis.kind !== 'publisher' || by === basis.by)
}

function sumsOf(heist: Heist, basis: Basis): Sums {
  const choice: Choice = basis.kind === 'lowest' ? 'lowest' : 'highest'
  const outcomes = outcomesOf(heist, basis)
  return sums((state) => (state === 'stolen' ? pick(claimsOf(heist, basis), choice) : stateSum(outcomes, state, choice)))
}

/**
 * Claims on the whole, and the sum over the events that are claimed one by one, are alternatives to each other. Of what is held only the latest claims count: what was
 * held once may be gone.
 */
function stateSum(all: readonly Outcome[], state: OutcomeState, choice: Choice): bigint {
  const outcomes = state === 'held' ? latest(all.filter((outcome) => outcome.state === 'held')) : all
  const events = new Map<string, bigint[]>()
  for (const outcome of outcomes) {
    if (outcome.state !== state || outcome.cents === null) continue
    events.set(outcome.event, [...(events.get(outcome.event) ?? []), outcome.cents])
  }
  const whole = events.get('total') ?? []
  events.delete('total')
  const parts = [...events.values()].reduce((sum, claims) => sum + pick(claims, choice), 0n)
  return pick(events.size === 0 ? whole : [...whole, parts], choice)
}

function latest(outcomes: readonly Outcome[]): Outcome[] {
  const newest = outcomes.reduce((last, { when }) => (when.text > last ? when.text : last), '')
  return outcomes.filter(({ when }) => newest.startsWith(when.text))
}

function pick(claims: readonly bigint[], choice: Choice): bigint {
  return claims.reduce((best, cents) => ((choice === 'lowest') === cents < best ? cents : best), claims[0] ?? 0n)
}

function addUp(list: readonly Sums[]): Sums {
  return sums((state) => list.reduce((total, each) => total + each[state], 0n))
}

function sums(of: (state: 'stolen' | OutcomeState) => bigint): Sums {
  return Object.fromEntries((['stolen', ...OUTCOME_STATES] as const).map((state) => [state, of(state)])) as Sums
}
