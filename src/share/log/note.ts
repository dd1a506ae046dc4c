import { CordonError } from '../../chain/index.ts'
import { hex, parseBase64 } from './bytes.ts'
import { cosignatureTime } from './cosignature.ts'
import { COSIGNATURE, ED25519, isSignedBy, type NoteSigner, samePublicKey, signatureLine, type VerifierKey } from './key.ts'

/** As golang.org/x/mod/sumdb/note has them: a note above them was made to exhaust whoever opens it. */
const MOST_BYTES = 1_000_000
const MOST_SIGNATURES = 100

/** What may stand in a line of signature, by whatever key. Keys that are trusted here have narrower names (`nameFault`). */
const KEY_NAME = /^[^\p{White_Space}+]+$/u

export type NoteSignature = {
  readonly name: string
  /** Eight lower-case hex digits. */
  readonly id: string
  readonly signature: Uint8Array
}

export type VerifiedSignature = {
  readonly key: VerifierKey
  /** POSIX seconds of a cosignature; null for a plain signature, which has no time. */
  readonly time: number | null
}

export type OpenedNote = {
  /** What was signed, with its last line feed. */
  readonly text: string
  /** In the order of the note; a key that signed twice is there twice. */
  readonly verified: readonly VerifiedSignature[]
  /** By keys that were not given, and so say nothing. */
  readonly unknown: readonly NoteSignature[]
}

/** A text and its signatures by logs: C2SP signed-note. Throws `log/bad-note` for a text that cannot be a note's, `log/bad-key` for a witness's key. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  checkText(text)
  if (!text.endsWith('\n')) throw bad('its text does not end with a line feed', null)
  const lines = signers.map((signer) => {
    if (signer.key.type !== ED25519) {
      throw new CordonError('log/bad-key', `${signer.key.name} is the key of a witness, which only cosigns checkpoints.`, {
        remedy: 'Sign with a key of type 1.',
      })
    }
    return signatureLine(signer.key, signer.sign(Buffer.from(text)))
  })
  if (lines.length === 0) throw bad('nobody signs it', null)
  return `${text}\n${lines.join('')}`
}

/** A note with further lines of signature, as a witness returns them. Throws `log/bad-note`. */
export function addSignatures(note: string, lines: string): string {
  const joined = note + lines
  const before = parseNote(note)
  const after = parseNote(joined)
  if (after.text !== before.text || after.signatures.length <= before.signatures.length)
    throw bad('what is added is not lines of signature', null)
  return joined
}

/**
 * Divides a note into its text and signatures, of which none is verified yet: trust nothing of it.
 *
 * @param note text, or its UTF-8 bytes
 * @throws CordonError `log/bad-note`, naming the line
 */
export function parseNote(note: string | Uint8Array): { readonly text: string; readonly signatures: readonly NoteSignature[] } {
  const whole = typeof note === 'string' ? note : decoded(note)
  checkText(whole)
  const divide = whole.lastIndexOf('\n\n')
  if (divide < 0) throw bad('there is no empty line between text and signatures', null)
  const text = whole.slice(0, divide + 1)
  const lines = whole.slice(divide + 2).split('\n')
  const firstLine = text.split('\n').length + 1
  if (lines.pop() !== '') throw bad('its last line does not end with a line feed', firstLine + lines.length)
  if (lines.length === 0) throw bad('it has no signature', firstLine)
  if (lines.length > MOST_SIGNATURES) throw bad(`it has more than ${MOST_SIGNATURES} signatures`, firstLine)
  return { text, signatures: lines.map((line, at) => parseLine(line, firstLine + at)) }
}

/**
 * Opens a note that was signed by at least one of the keys given. Signatures by other keys are set apart, as C2SP signed-note demands; one by a key that was given and does not verify makes the whole note bad.
 *
 * @throws CordonError `log/bad-note` where it is malformed; `log/bad-signature`; `log/not-signed` where none of the keys signed it; `log/ambiguous-key` where two different keys given share name and id
 */
export function openNote(note: string | Uint8Array, keys: readonly VerifierKey[]): OpenedNote {
  const { text, signatures } = parseNote(note)
  const message = Buffer.from(text)
  const verified: VerifiedSignature[] = []
  const unknown: NoteSignature[] = []
  for (const each of signatures) {
    const key = keyNamed(each, keys)
    if (key === null) {
      unknown.push(each)
      continue
    }
    const time = key.type === COSIGNATURE ? cosignatureTime(key, text, each.signature) : null
    if (time === null && !(key.type === ED25519 && isSignedBy(key, message, each.signature))) throw badSignature(key)
    verified.push({ key, time })
  }
  if (verified.length === 0) {
    throw new CordonError('log/not-signed', 'No key that is trusted here signed this note.', {
      remedy: `Add the key of its log if you trust it. It names: ${signatures.map(({ name, id }) => `${name}+${id}`).join(', ')}.`,
    })
  }
  return { text, verified, unknown }
}

function keyNamed({ name, id }: NoteSignature, keys: readonly VerifierKey[]): VerifierKey | null {
  const [key, ...others] = keys.filter((each) => each.name === name && each.id === id)
  if (key === undefined) return null
  if (others.some((other) => !samePublicKey(other, key))) {
    throw new CordonError('log/ambiguous-key', `Two of the trusted keys are called ${name}+${id}.`, {
      remedy: 'Take away the one that is not the key of this log; nobody makes two such keys by chance.',
    })
  }
  return key
}

function parseLine(line: string, number: number): NoteSignature {
  const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = parseBase64(encoded)
  if (!KEY_NAME.test(name) || bytes === null || bytes.length < 5) throw bad('a line of signature is not a dash, a name and base64', number)
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

function checkText(text: string): void {
  if (text.length > MOST_BYTES) throw bad(`it is longer than ${MOST_BYTES} characters`, null)
  if (!text.isWellFormed()) throw bad('it is not valid Unicode', null)
  for (let i = 0, line = 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x0a) line++
    else if (code < 0x20) throw bad('it holds a control character', line)
  }
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw bad(`it is longer than ${MOST_BYTES} bytes`, null)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw bad('it is not UTF-8', null)
  }
}

function badSignature({ name, id }: VerifierKey): CordonError {
  return new CordonError('log/bad-signature', `The signature of ${name}+${id} does not fit the text: one of them was changed.`, {
    remedy: 'Fetch it again from the log. If it stays so, keep it as evidence and tell the log and its witnesses.',
  })
}

function bad(what: string, line: number | null): CordonError {
  return new CordonError('log/bad-note', `This is not a signed note: ${what}.`, {
    place: line === null ? {} : { line },
    remedy: 'Fetch it again, whole and unchanged: even blanks at the end of a line count.',
  })
}
