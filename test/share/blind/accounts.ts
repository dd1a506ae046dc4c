import { hash } from 'node:crypto'
import type { RandomBytes } from '../../../src/share/blind/index.ts'

/** A stream of bytes that is the same for the same name, and another for another: tests are to repeat. */
export function randomOf(name: string): RandomBytes {
  let count = 0
  return (length) => {
    const parts: Uint8Array[] = []
    for (let have = 0; have < length; have += 32) parts.push(hash('sha256', `${name}/${count++}`, 'buffer'))
    return new Uint8Array(Buffer.concat(parts).subarray(0, length))
  }
}

/** The nth account of a made-up world. */
export function account(n: number): string {
  return `eip155:1:0x${hash('sha256', `account ${n}`).slice(0, 40)}`
}
