export type { ExactIndex } from './exact-index.ts'
export {
  findCallSign,
  findCompany,
  findDocument,
  findMmsi,
  findShip,
  findWallet,
  screenWallet,
  type WalletRelation,
} from './find.ts'
export { buildIdentifierIndex, DOCUMENT_KINDS, type DocumentKind, type IdentifiedEntry } from './identifier-index.ts'
export { normaliseWallet } from './wallet.ts'
