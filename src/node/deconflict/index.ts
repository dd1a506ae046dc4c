export { accountSource, accountsOf, HELD_KINDS } from './accounts.ts'
export { chosen, fileHoldings, listHoldings, roundsMet, withdrawHoldings } from './holdings.ts'
export { sweepRounds } from './rounds.ts'
export { deconflictSeed } from './seed.ts'
