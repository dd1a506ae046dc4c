export { type AddressRange, type ClassifiedAddress, classifyAddress } from './addresses.ts'
export { customFetch, type FetchOptions } from './custom-fetch.ts'
export {
  checkUrl,
  guardedFetch,
  guardedSend,
  OUTBOUND,
  type OutboundAnswer,
  type OutboundHead,
  type OutboundRequest,
  type OutboundRules,
} from './outbound.ts'
export { type Allow, parseAllow } from './rules.ts'
