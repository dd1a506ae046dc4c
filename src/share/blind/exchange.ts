import { ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { CordonError } from '../../chain/index.ts'
import { hexOf, Point, type RandomBytes, REMEDY } from './element.ts'
import {
  BUCKETS,
  checkContext,
  type ExchangeAnswer,
  type ExchangeContext,
  type ExchangeOffer,
  otherSide,
  parseAnswer,
  parseOffer,
  type Side,
} from './exchange-message.ts'
import { type BlindItem, blindItems } from './item.ts'

/*
 * Which of our accounts does the other node hold, too? Private set intersection by Diffie-Hellman (Meadows 1986, DOI 10.1109/SP.1986.10022; Huberman, Franklin, Hogg 1999, DOI 10.1145/336992.337012) on
 * ristretto255. Each side multiplies the hashes of its accounts by a secret of this exchange and offers them; each multiplies the other's offer by its own secret and sends it back. An account that
 * both hold has then been multiplied by both secrets on both ways, and comes out the same.
 *
 *   both:  startExchange → offer      both:  answerOffer(other's offer) → answer      both:  finishExchange(other's answer) → accounts in common
 *
 * What each side learns: which of its own accounts the other holds, and into which of five sizes the other's set fits. Of accounts that only the other holds: nothing, as long as decisional
 * Diffie-Hellman is hard. Who listens on the line learns the two sizes.
 *
 * What a malicious side can try:
 * - To put accounts into its set that it does not hold, to learn whether the other does. Nothing in the protocol prevents it. It is limited by the largest size, by counting accounts per partner and day
 *   (`spend`), and by every hit being seen by the other side as well: who probes shows what he probes for.
 * - To answer wrongly, so that the other side misses something or sees what is not there. The proof (RFC 9497, section 2.2) shows that one key, the offer's, made the whole answer; an offer that
 *   repeats the other's elements or key, or an element, is refused. Leaving accounts out of one's own set cannot be shown.
 * - To stop after it has the other's answer. Then it knows more than the other; do not exchange again with who does so often.
 * Messages must come over a connection that says who the other is; nothing here does.
 */

const { voprf } = ristretto255_oprf
const encoder = new TextEncoder()
const KEY_INFO = encoder.encode('cordon/psi@1')
const ITEM_DST = 'cordon/psi@1-ristretto255_XMD:SHA-512_R255MAP_RO_'
const FILLER_DST = 'cordon/psi@1-filler-ristretto255_XMD:SHA-512_R255MAP_RO_'

/** What a side keeps to itself after its offer. Good for one exchange. */
export type Offered = {
  readonly offer: ExchangeOffer
  readonly secretKey: Uint8Array
  readonly publicKey: Uint8Array
  /** The account behind each element of the offer; null for a filler. */
  readonly items: readonly (BlindItem | null)[]
}

/** What a side keeps to itself after its answer. */
export type Answered = Offered & {
  readonly otherKey: Uint8Array
  /** The other's accounts under both keys, hex. */
  readonly theirs: ReadonlySet<string>
}

/**
 * First step of either side. About 1.2 ms an account; run large sets off the main thread.
 *
 * @param accounts CAIP-10, 1 to 4,096 different ones
 * @throws CordonError `blind/not-an-account`, `blind/too-many`, `blind/bad-message` for a bad context
 */
export function startExchange(context: ExchangeContext, side: Side, accounts: readonly string[], random: RandomBytes): Offered {
  checkContext(context)
  const items = blindItems(accounts)
  const bucket = BUCKETS.find((size) => items.length <= size)
  if (bucket === undefined || items.length === 0) {
    throw new CordonError('blind/too-many', `An exchange compares 1 to ${BUCKETS.at(-1)} accounts, not ${items.length}.`, {
      remedy: 'Compare in several exchanges; all count towards the budget of the day.',
    })
  }
  const { secretKey, publicKey } = voprf.deriveKeyPair(random(32), KEY_INFO)
  const scalar = Point.Fn.fromBytes(secretKey)
  const rows: { readonly item: BlindItem | null; readonly element: string }[] = items.map((item) => ({
    item,
    element: hexOf(hashed(context, item).multiply(scalar).toBytes()),
  }))
  while (rows.length < bucket) {
    rows.push({ item: null, element: hexOf(ristretto255_hasher.hashToCurve(random(64), { DST: FILLER_DST }).toBytes()) })
  }
  rows.sort((a, b) => (a.element < b.element ? -1 : 1))
  const offer: ExchangeOffer = {
    format: 'cordon/psi-offer@1',
    from: side,
    session: context.session,
    key: hexOf(publicKey),
    elements: rows.map(({ element }) => element),
  }
  return { offer, secretKey, publicKey, items: rows.map(({ item }) => item) }
}

/**
 * Second step of either side. About 1.5 ms an element of the other's offer.
 *
 * @param otherOffer as it came in
 * @throws CordonError of `parseOffer`; `blind/reflected` where it is made of our own offer
 */
export function answerOffer(
  offered: Offered,
  otherOffer: unknown,
  random: RandomBytes,
): { readonly answer: ExchangeAnswer; readonly answered: Answered } {
  const { offer, secretKey, publicKey } = offered
  const { key, elements } = parseOffer(otherOffer, otherSide(offer.from), offer.session)
  const bytes = elements.map((element) => element.toBytes())
  const ours = new Set(offer.elements)
  if (hexOf(key) === offer.key || bytes.some((each) => ours.has(hexOf(each)))) {
    throw new CordonError('blind/reflected', 'The other side offers our own elements or key back to us.', {
      place: { field: 'elements' },
      remedy: REMEDY,
    })
  }
  const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, bytes, (length = 0) => random(length))
  const twice = evaluated.map(hexOf)
  return {
    answer: { format: 'cordon/psi-answer@1', from: offer.from, session: offer.session, elements: twice, proof: hexOf(proof) },
    answered: { ...offered, otherKey: key, theirs: new Set(twice) },
  }
}

/**
 * Last step of either side: the accounts of our own that the other holds, too, sorted. About 1.3 ms an element of our offer.
 *
 * @param otherAnswer as it came in
 * @throws CordonError of `parseAnswer`; `blind/bad-proof` where not the offer's key made all of it
 */
export function finishExchange(answered: Answered, otherAnswer: unknown): readonly BlindItem[] {
  const { offer, items, otherKey, theirs } = answered
  const { elements, proof } = parseAnswer(otherAnswer, otherSide(offer.from), offer.session, offer.elements.length)
  const twice = elements.map((element) => element.toBytes())
  checkProof(otherKey, offer.elements, twice, proof)
  return items.filter((item, i) => item !== null && theirs.has(hexOf(twice[i]!))).sort() as BlindItem[]
}

function checkProof(key: Uint8Array, offered: readonly string[], twice: readonly Uint8Array[], proof: Uint8Array): void {
  // The library checks a proof only on the way to outputs of the PRF. With a blind of 1 these are by-products, not used.
  const rows = twice.map((evaluated, i) => ({
    input: NOTHING,
    blind: ONE,
    evaluated,
    blinded: new Uint8Array(Buffer.from(offered[i]!, 'hex')),
  }))
  try {
    voprf.finalizeBatch(rows, key, proof)
  } catch (cause) {
    throw new CordonError('blind/bad-proof', 'The other side did not answer with the key of its offer.', {
      place: { field: 'proof' },
      remedy: REMEDY,
      cause,
    })
  }
}

const NOTHING = new Uint8Array(0)
const ONE = Point.Fn.toBytes(1n)

function hashed({ initiator, responder, session }: ExchangeContext, item: BlindItem): Point {
  return ristretto255_hasher.hashToCurve(encoder.encode(JSON.stringify([initiator, responder, session, item])), { DST: ITEM_DST })
}
