import { type ChainId, CordonError } from '../../chain/index.ts'
import type { Basis } from './account.ts'
import { type Heist, type Register, yearOf } from './heist.ts'
import { seedChains } from './seeds.ts'

/** The theft of an id. Throws `cases/no-such-heist`. */
export function heistNamed(register: Register, id: string): Heist {
  const heist = register.heists.find((each) => each.id === id)
  if (heist === undefined) {
    throw new CordonError('cases/no-such-heist', `the register has no theft ${JSON.stringify(id.slice(0, 100))}`, {
      remedy: 'List the thefts for the ids that there are.',
    })
  }
  return heist
}

/** The basis of an account as somebody asks for it; `by` belongs to `publisher` and to nothing else. Throws `cases/bad-basis`. */
export function basisAsked(register: Register, kind: Basis['kind'], by: string | undefined): Basis {
  if (kind !== 'publisher') {
    if (by === undefined) return { kind }
    throw badBasis('a publisher is named, and the account is not by one', 'Ask for the policy `publisher`, or name none.')
  }
  if (by === undefined) throw badBasis('it is not said which publisher', 'Name one as the register spells it.')
  if (!register.publishers.includes(by))
    throw badBasis(`the register has no publisher ${JSON.stringify(by.slice(0, 100))}`, 'Spell the name as the register does.')
  return { kind, by }
}

/** The register with the thefts of one UTC year. It is still cited by the digest of the whole. */
export function registerOfYear(register: Register, year: string): Register {
  return { ...register, heists: register.heists.filter((heist) => yearOf(heist) === year) }
}

/** The chain to trace a theft on: the one asked for, or the only one that there is. Throws `cases/no-seeds`. */
export function seedChainAsked(heist: Heist, wanted: string | undefined): ChainId {
  const chains = seedChains(heist)
  const [only] = chains
  if (only === undefined) {
    throw new CordonError('cases/no-seeds', `the register has no seeds for ${heist.id}`, {
      remedy: `Give the trace seeds of your own.${heist.seedsNote === null ? '' : ` The register says: ${heist.seedsNote}`}`,
    })
  }
  if (wanted === undefined ? chains.length === 1 : chains.includes(wanted)) return wanted ?? only
  const what =
    wanted === undefined
      ? `${heist.id} has seeds on several chains`
      : `the register has no seeds for ${heist.id} on ${JSON.stringify(wanted.slice(0, 100))}`
  throw new CordonError('cases/no-seeds', what, { place: { field: 'chain' }, remedy: `Name one of ${chains.join(', ')}.` })
}

function badBasis(what: string, remedy: string): CordonError {
  return new CordonError('cases/bad-basis', what, { place: { field: 'by' }, remedy })
}
