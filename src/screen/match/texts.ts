/** Many texts in one piece of memory, by number. */
export interface Texts {
  readonly [column: string]: Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>
  /** UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each text begins; one more at the end. */
  readonly starts: Uint32Array<ArrayBuffer>
}

const encoder = new TextEncoder()
// A byte order mark at the beginning of a text is part of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Collects texts; each gets the next number. */
export class TextsBuilder {
  #bytes = new Uint8Array(1 << 16)
  #length = 0
  readonly #starts: number[] = [0]

  add(text: string): void {
    const most = text.length * 3
    if (this.#length + most > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + most))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
    this.#starts.push(this.#length)
  }

  finish(): Texts {
    return { bytes: this.#bytes.slice(0, this.#length), starts: Uint32Array.from(this.#starts) }
  }
}

export function textAt({ bytes, starts }: Texts, number: number): string {
  return decoder.decode(bytes.subarray(starts[number], starts[number + 1]))
}
