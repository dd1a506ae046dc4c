import { KEY_WORDS } from './layout.ts'

/** Work space for one block. */
export class Scratch {
  readonly size: number
  readonly found: Uint32Array
  readonly target: Uint32Array
  readonly place: Uint32Array
  readonly account: Uint32Array
  readonly keys: Uint32Array
  readonly keyBytes: Uint8Array

  constructor(size: number) {
    this.size = size
    this.found = new Uint32Array(size)
    this.target = new Uint32Array(size)
    this.place = new Uint32Array(size)
    this.account = new Uint32Array(size)
    this.keys = new Uint32Array(size * KEY_WORDS)
    this.keyBytes = new Uint8Array(this.keys.buffer)
  }
}

/** Bytes as 32-bit words, without a copy where they lie so. */
export function words(bytes: Uint8Array): Uint32Array {
  if (bytes.byteOffset % 4 === 0) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  const copy = bytes.slice()
  return new Uint32Array(copy.buffer)
}
