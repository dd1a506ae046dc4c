import { CordonError } from '../../chain/index.ts'
import { ELEMENT_BYTES, type Point, parseElement, parseElements, parseHex, REMEDY } from './element.ts'

/** Set sizes that an offer may have: the least one that holds the set is filled up with random elements, and is all that the other side learns of its size. */
export const BUCKETS: readonly number[] = [16, 64, 256, 1024, 4096]

export type Side = 'initiator' | 'responder'

/** Which exchange, between whom. Part of every element: what was blinded in one exchange is of no use in another. */
export type ExchangeContext = {
  /** Names of the two nodes, as each knows the other from its connection. */
  readonly initiator: string
  readonly responder: string
  /** 32 random bytes, hex, chosen by the initiator. */
  readonly session: string
}

/** First message, from both sides: one's own set, blinded, padded and sorted. */
export type ExchangeOffer = {
  readonly format: 'cordon/psi-offer@1'
  readonly from: Side
  readonly session: string
  /** Public key of this exchange alone. */
  readonly key: string
  readonly elements: readonly string[]
}

/** Second message, from both sides: the other's set multiplied by one's own key, in the other's order. */
export type ExchangeAnswer = {
  readonly format: 'cordon/psi-answer@1'
  readonly from: Side
  readonly session: string
  readonly elements: readonly string[]
  /** That the offer's key made them all: RFC 9497, section 2.2.1. */
  readonly proof: string
}

export type ParsedOffer = {
  readonly key: Uint8Array
  readonly elements: readonly Point[]
}

export type ParsedAnswer = {
  readonly elements: readonly Point[]
  readonly proof: Uint8Array
}

/** Reads the other side's offer. Throws `blind/bad-message`, `blind/bad-element`, `blind/repeated`, `blind/other-exchange`. */
export function parseOffer(value: unknown, from: Side, session: string): ParsedOffer {
  const message = parsedMessage(value, 'cordon/psi-offer@1', from, session)
  const texts = message.elements
  const size = Array.isArray(texts) ? texts.length : 0
  if (!BUCKETS.includes(size)) throw badMessage(`elements must be ${BUCKETS.join(', ')} in number, not ${size}`, 'elements')
  const elements = parseElements(texts, 'elements', size)
  // An order of one's own could carry something; by value it carries nothing.
  for (let i = 1; i < size; i++) {
    if ((texts as string[])[i - 1]! > (texts as string[])[i]!) throw badMessage('elements must be sorted', `elements[${i}]`)
  }
  return { key: parseElement(message.key, 'key').toBytes(), elements }
}

/** Reads the other side's answer to an offer of `count` elements. Throws as `parseOffer`. */
export function parseAnswer(value: unknown, from: Side, session: string, count: number): ParsedAnswer {
  const message = parsedMessage(value, 'cordon/psi-answer@1', from, session)
  return {
    elements: parseElements(message.elements, 'elements', count),
    proof: parseHex(message.proof, 'proof', 2 * ELEMENT_BYTES),
  }
}

/** Checks what both nodes must agree on. Throws `blind/bad-message`. */
export function checkContext({ initiator, responder, session }: ExchangeContext): void {
  for (const [field, name] of Object.entries({ initiator, responder })) {
    if (name === '' || name.length > 255 || !name.isWellFormed()) throw badMessage('a node needs a name of 1 to 255 characters', field)
  }
  if (initiator === responder) throw badMessage('a node does not exchange with itself', 'responder')
  parseHex(session, 'session', 32)
}

export function otherSide(side: Side): Side {
  return side === 'initiator' ? 'responder' : 'initiator'
}

function parsedMessage(value: unknown, format: string, from: Side, session: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badMessage('it is not a JSON object', null)
  const message = value as Record<string, unknown>
  if (message.format !== format) throw badMessage(`its format is not ${format}`, 'format')
  if (message.session !== session || message.from !== from) {
    throw new CordonError('blind/other-exchange', 'This message is of another exchange, or of the wrong side.', {
      place: { field: message.session === session ? 'from' : 'session' },
      remedy: REMEDY,
    })
  }
  return message
}

function badMessage(what: string, field: string | null): CordonError {
  return new CordonError('blind/bad-message', `This is no message of an exchange: ${what}.`, {
    place: field === null ? {} : { field },
    remedy: REMEDY,
  })
}
