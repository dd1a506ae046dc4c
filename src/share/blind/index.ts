export { type Budget, onlyOwn, type Spent, spend } from './budget.ts'
export {
  answerRequest,
  type BlindedAnswer,
  type BlindedRequest,
  type BlindedSecret,
  blindRequest,
  countOf,
  type DeskKey,
  type DeskToken,
  deskKey,
  deskTokens,
  finishRequest,
  MOST_ASKED,
} from './desk-token.ts'
export type { RandomBytes } from './element.ts'
export { type Answered, answerOffer, finishExchange, type Offered, startExchange } from './exchange.ts'
export { BUCKETS, type ExchangeAnswer, type ExchangeContext, type ExchangeOffer, type Side } from './exchange-message.ts'
export { type BlindItem, blindItem, blindItems } from './item.ts'
export { type Holding, type Meeting, meetings, type Notice, notices, roundAfter } from './notice.ts'
