export { deadLetters, replayDead } from './dead-letters.ts'
export {
  createEndpoint,
  disableEndpoint,
  type Endpoint,
  type EndpointTools,
  enableEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
} from './endpoints.ts'
export { type MailServer, mailSender, parseMailServer } from './mail.ts'

export type { Channel, ClaimedMessage, Render, Rendered } from './message.ts'
export {
  OUTBOX,
  type OutboxOptions,
  type OutboxStore,
  type OutboxWorker,
  type Send,
  type Settled,
  startOutbox,
} from './outbox.ts'
export { nextStep, type Outcome, outcomeOfStatus, RETRIES } from './schedule.ts'
export {
  newSecret,
  signWebhook,
  verifyWebhook,
} from './sign.ts'
export { enqueue, sqlOutbox } from './store.ts'
export { DELIVERY_TABLES } from './tables.ts'
export { webhookSender } from './webhook.ts'
