export { type DeadLetter, deadLetters, replayDead } from './dead-letters.ts'
export {
  createEndpoint,
  disableEndpoint,
  type Endpoint,
  type EndpointTools,
  enableEndpoint,
  listEndpoints,
  type NewEndpoint,
  OVERLAP,
  removeEndpoint,
  rotateSecret,
} from './endpoints.ts'
export { type MailOptions, type MailServer, mailSender, parseMailServer } from './mail.ts'
export { checkMailAddress } from './mail-address.ts'
export type { Channel, ClaimedMessage, Notice, Recipient, Render, Rendered } from './message.ts'
export {
  type ClaimQuestion,
  OUTBOX,
  type OutboxOptions,
  type OutboxSettings,
  type OutboxStore,
  type OutboxWorker,
  type Send,
  type Settled,
  startOutbox,
} from './outbox.ts'
export { type NextStep, nextStep, type Outcome, outcomeOfStatus, RETRIES, type RetryPolicy } from './schedule.ts'
export {
  newSecret,
  type SignatureHeaders,
  type SignedMessage,
  signWebhook,
  TOLERANCE,
  type VerifiedMessage,
  type VerifyOptions,
  verifyWebhook,
} from './sign.ts'
export { enqueue, sqlOutbox } from './store.ts'
export { DELIVERY_TABLES } from './tables.ts'
export { webhookSender } from './webhook.ts'
