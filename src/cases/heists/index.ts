export { type Account, accountOf, type Basis, type Sums, type YearLine } from './account.ts'
export { basisAsked, heistNamed, registerOfYear, seedChainAsked } from './ask.ts'
export { accountJson, describeAccount, describeHoldings, describeRecordYears } from './describe.ts'
export {
  ADDRESS_ROLES,
  type AddressRole,
  type AmountClaim,
  ATTRIBUTION_KINDS,
  type Attribution,
  type AttributionKind,
  CONFIDENCES,
  type Confidence,
  contested,
  type DateClaim,
  type Denial,
  type Dispute,
  type Heist,
  type HeistAddress,
  type HeistTransaction,
  type Holding,
  OUTCOME_STATES,
  type Outcome,
  type OutcomeState,
  type PublishedTotal,
  READINGS,
  type Register,
  type Source,
  type Standing,
  standingOf,
  type UsdClaim,
  yearOf,
} from './heist.ts'
export { loadRegister, REGISTER_FILE, readRegister } from './read.ts'
export { latestTotals, type RecordYear, recordYears } from './record-year.ts'
export { chainsOf, findHeists, type HeistQuestion } from './search.ts'
export { heistSeeds, heistSeedText, seedChains } from './seeds.ts'
export { formatUsd, parseUsd } from './usd.ts'
export { type Precision, parseWhen, type When } from './when.ts'
