import { CordonError } from '../../../chain/index.ts'

const HASH = /^[0-9a-f]{64}$/
const HEX = /^(?:[0-9a-f]{2})*$/

/** A value inside a JSON answer that says where it stands when it is not what it should be. Every reader throws `esplora/bad-answer`. */
export class Json {
  readonly #value: unknown
  readonly #file: string
  readonly #field: string

  private constructor(value: unknown, file: string, field: string) {
    this.#value = value
    this.#file = file
    this.#field = field
  }

  /** @param file what the answer is called in errors */
  static parse(text: string, file: string): Json {
    try {
      return new Json(JSON.parse(text), file, '')
    } catch (cause) {
      throw badAnswer(`the answer is not whole JSON: ${(cause as Error).message.slice(0, 200)}`, file, '')
    }
  }

  fail(what: string): CordonError {
    return badAnswer(what, this.#file, this.#field)
  }

  get(name: string): Json {
    const { absent } = this.#member(name)
    if (absent) throw this.fail(`it has no field ${name}`)
    return this.#at(name)
  }

  /** The field, or null where it is missing or null. */
  orNull(name: string): Json | null {
    const { absent, value } = this.#member(name)
    return absent || value === null || value === undefined ? null : this.#at(name)
  }

  list(): Json[] {
    if (!Array.isArray(this.#value)) throw this.fail('it is not a list')
    return this.#value.map((value, i) => new Json(value, this.#file, `${this.#field}[${i}]`))
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.fail('it is not a text')
    return this.#value
  }

  /** 64 lower-case hex digits. */
  hash(): string {
    const text = this.text()
    if (!HASH.test(text)) throw this.fail('it is not a hash of 64 hex digits')
    return text
  }

  bytes(): Uint8Array {
    const text = this.text()
    if (!HEX.test(text)) throw this.fail('it is not hex')
    return Uint8Array.from(Buffer.from(text, 'hex'))
  }

  /** A whole number from `least` to `most`. */
  count(most: number, least = 0): number {
    const value = this.#value
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
      throw this.fail(`it is not a whole number between ${least} and ${most}`)
    return value
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.fail('it is neither true nor false')
    return this.#value
  }

  #member(name: string): { readonly absent: boolean; readonly value: unknown } {
    const value = this.#value
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fail('it is not an object')
    return { absent: !Object.hasOwn(value, name), value: (value as Record<string, unknown>)[name] }
  }

  #at(name: string): Json {
    const field = this.#field === '' ? name : `${this.#field}.${name}`
    return new Json((this.#value as Record<string, unknown>)[name], this.#file, field)
  }
}

function badAnswer(what: string, file: string, field: string): CordonError {
  return new CordonError('esplora/bad-answer', `${field === '' ? '' : `${field}: `}${what}`, {
    place: { file, ...(field === '' ? {} : { field }) },
    remedy: 'The server does not answer as Esplora does: check its address and version, or try another.',
  })
}
