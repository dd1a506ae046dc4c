import { type Heist, type Register, type Standing, standingOf, yearOf } from './heist.ts'

export type HeistQuestion = {
  /** UTC year of the first date. */
  readonly year?: string
  /** Part of the victim's name or of the id, in any case. */
  readonly victim?: string
  /** CAIP-2: thefts with an amount, address or transaction there. */
  readonly chain?: string
  /** Somebody who attributed it, as the register spells the name. */
  readonly attributedBy?: string
  readonly standing?: Standing
}

/** Thefts that meet every part of a question, in the register's order. */
export function findHeists(register: Register, question: HeistQuestion): Heist[] {
  const { year, victim, chain, attributedBy, standing } = question
  const words = victim?.normalize('NFKC').toLowerCase()
  return register.heists.filter(
    (heist) =>
      (year === undefined || yearOf(heist) === year) &&
      (words === undefined || `${heist.victim} ${heist.id}`.normalize('NFKC').toLowerCase().includes(words)) &&
      (chain === undefined || chainsOf(heist).includes(chain)) &&
      (attributedBy === undefined || heist.attribution.some(({ by }) => by === attributedBy)) &&
      (standing === undefined || standingOf(heist) === standing),
  )
}

/** CAIP-2 names of the chains that a theft touched, as far as the register names them. */
export function chainsOf(heist: Heist): string[] {
  const of = heist.amounts.flatMap(({ asset }) => (asset.includes('/') ? [asset.slice(0, asset.indexOf('/'))] : []))
  return [...new Set([...of, ...heist.addresses.map(({ chain }) => chain), ...heist.transactions.map(({ chain }) => chain)])].sort()
}
