export { classifyAddress } from './addresses.ts'
export { customFetch } from './custom-fetch.ts'
export {
  checkUrl,
  guardedFetch,
  guardedSend,
  OUTBOUND,
  type OutboundRules,
} from './outbound.ts'
export { parseAllow } from './rules.ts'
