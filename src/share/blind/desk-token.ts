import { ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { CordonError } from '../../chain/index.ts'
import { ELEMENT_BYTES, hexOf, Point, parseElements, parseHex, type RandomBytes, REMEDY } from './element.ts'
import { type BlindItem, blindItems } from './item.ts'

/*
 * Tokens of the desk: within one node, teams file what they hold, and the node tells two of them that both hold something.
 *
 * A token is VOPRF(key of the desk, account), RFC 9497 with ristretto255-SHA512, cut to 32 bytes. Accounts can be listed, so a hash that others can compute, keyed or not, is undone by trying all of them; a token can be
 * computed only by the holder of the desk's key, or by asking the desk, which counts (`spend`).
 *
 * Who learns what:
 * - A reader of the database (the key is kept elsewhere): which organisations share how many tokens, and when they were filed; not of which account. With the key as well: every account that he can guess.
 * - The desk: with `deskToken`, the accounts. With the blinded form, only how many were asked, and which tokens meet.
 * - A team: that another team holds something that it holds (`notice`). Not who, not which, not how many.
 * What a malicious team can try: to file accounts that it does not work on, to learn who does. It is limited by a budget a day, by accounts having to be in a case of its own where the desk sees them, by notices
 * that go out in rounds without saying which account met, and by every hit being told to the other team and shown to the desk. What a malicious desk can try: to use a key of its own for each
 * team, to tell their tokens apart; the proof against the published key shows it.
 */

const { voprf } = ristretto255_oprf
const encoder = new TextEncoder()
const KEY_INFO = encoder.encode('cordon/blind/desk@1')
const ITEM_PREFIX = 'cordon/blind/desk@1\0'
const TOKEN_BYTES = 32
/** RFC 9497, section 4.1 and 3.1: context string of mode 1. */
const HASH_TO_GROUP = 'HashToGroup-OPRFV1-\x01-ristretto255-SHA512'

/** Accounts in one request. An evaluation costs about a millisecond and a half. */
export const MOST_ASKED = 256

/** `key id.token`: eight and 64 hex digits. Tokens of two keys never meet; the id shows which must be made anew after a change of key. */
export type DeskToken = string

export type DeskKey = {
  /** First eight hex digits of the public key. */
  readonly id: string
  readonly secret: Uint8Array
  readonly public: Uint8Array
}

/** The desk's key out of 32 random bytes, which are kept apart from the database and from its backups. */
export function deskKey(seed: Uint8Array): DeskKey {
  if (seed.length !== 32)
    throw new CordonError('blind/bad-seed', 'The seed of a desk has 32 bytes.', { remedy: 'Make one with a cryptographic source.' })
  const { secretKey, publicKey } = voprf.deriveKeyPair(seed, KEY_INFO)
  return { id: keyId(publicKey), secret: secretKey, public: publicKey }
}

/** Tokens of accounts that the desk sees; the same that the blinded form gives. About 1.2 ms each. Throws `blind/not-an-account`. */
export function deskTokens(key: DeskKey, accounts: readonly string[]): ReadonlyMap<BlindItem, DeskToken> {
  return new Map(blindItems(accounts).map((item) => [item, tokenOf(key.id, evaluated(key, item))]))
}

export type BlindedRequest = { readonly elements: readonly string[] }

export type BlindedAnswer = {
  readonly elements: readonly string[]
  /** That one key, the published one, answered all: 64 bytes, hex. */
  readonly proof: string
}

/** What the asker keeps to itself until the answer is there. */
export type BlindedSecret = {
  readonly request: BlindedRequest
  readonly items: readonly BlindItem[]
  readonly blinds: readonly Uint8Array[]
}

/** Asks for tokens without showing the accounts. Each account is blinded by a fresh random scalar, so two requests for one account have nothing in common. Throws `blind/not-an-account`, `blind/too-many`. */
export function blindRequest(accounts: readonly string[], random: RandomBytes): BlindedSecret {
  const items = blindItems(accounts)
  if (items.length === 0 || items.length > MOST_ASKED) throw tooMany(items.length)
  const blinded = items.map((item) => voprf.blind(inputOf(item), (length = 0) => random(length)))
  return { request: { elements: blinded.map((each) => hexOf(each.blinded)) }, items, blinds: blinded.map((each) => each.blind) }
}

/**
 * Answers a request: the desk multiplies by its key, and proves that it did. Count it first (`spend`).
 *
 * @param request as it came in
 * @throws CordonError `blind/bad-message`, `blind/bad-element`, `blind/repeated`, `blind/too-many`
 */
export function answerRequest(key: DeskKey, request: BlindedRequest, random: RandomBytes): BlindedAnswer {
  const count = countOf(request)
  const points = parseElements(request.elements, 'elements', count)
  const bytes = points.map((point) => point.toBytes())
  const answer = voprf.blindEvaluateBatch(key.secret, key.public, bytes, (length = 0) => random(length))
  return { elements: answer.evaluated.map(hexOf), proof: hexOf(answer.proof) }
}

/** How many accounts a request asks for, to count it before it is answered. Throws `blind/bad-message`, `blind/too-many`. */
export function countOf(request: BlindedRequest): number {
  const elements: unknown = request?.elements
  if (!Array.isArray(elements))
    throw new CordonError('blind/bad-message', 'elements must be a list.', { place: { field: 'elements' }, remedy: REMEDY })
  if (elements.length === 0 || elements.length > MOST_ASKED) throw tooMany(elements.length)
  return elements.length
}

/**
 * The tokens, out of the desk's answer.
 *
 * @param publicKey the desk's, from where it is published, not from the answer
 * @throws CordonError `blind/bad-proof` where another key answered; `blind/bad-message`, `blind/bad-element`, `blind/repeated`
 */
export function finishRequest(secret: BlindedSecret, publicKey: Uint8Array, answer: BlindedAnswer): ReadonlyMap<BlindItem, DeskToken> {
  const { items, blinds, request } = secret
  const points = parseElements(answer?.elements, 'elements', items.length)
  const proof = parseHex(answer.proof, 'proof', 2 * ELEMENT_BYTES)
  const rows = items.map((item, i) => ({
    input: inputOf(item),
    blind: blinds[i]!,
    evaluated: points[i]!.toBytes(),
    blinded: parseHex(request.elements[i], `elements[${i}]`, ELEMENT_BYTES),
  }))
  let outputs: readonly Uint8Array[]
  try {
    outputs = voprf.finalizeBatch(rows, publicKey, proof)
  } catch (cause) {
    throw new CordonError('blind/bad-proof', 'The desk did not answer with its published key.', {
      place: { field: 'proof' },
      remedy: 'Use none of these tokens: a key of its own for each team would let the desk tell teams apart. Ask its operator.',
      cause,
    })
  }
  return new Map(items.map((item, i) => [item, tokenOf(keyId(publicKey), outputs[i]!)]))
}

/** RFC 9497, section 3.3.2, Evaluate: for whoever has both key and input. */
function evaluated(key: DeskKey, item: BlindItem): Uint8Array {
  const input = inputOf(item)
  const element = ristretto255_hasher.hashToCurve(input, { DST: HASH_TO_GROUP }).multiply(Point.Fn.fromBytes(key.secret)).toBytes()
  return sha512(concatBytes(lengthOf(input), input, lengthOf(element), element, encoder.encode('Finalize')))
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff)
}

function inputOf(item: BlindItem): Uint8Array {
  return encoder.encode(ITEM_PREFIX + item)
}

function tokenOf(id: string, output: Uint8Array): DeskToken {
  return `${id}.${hexOf(output.subarray(0, TOKEN_BYTES))}`
}

function keyId(publicKey: Uint8Array): string {
  return hexOf(publicKey.subarray(0, 4))
}

function tooMany(count: number): CordonError {
  return new CordonError('blind/too-many', `A request asks for 1 to ${MOST_ASKED} accounts, not ${count}.`, {
    place: { field: 'elements' },
    remedy: 'Ask in several requests; all count towards the budget of the day.',
  })
}
