import { createHash } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** A plain tree whose leaves are typed arrays or JSON values. */
export interface Tree {
  readonly [name: string]: Column | Tree | string | number | boolean | null | readonly unknown[]
}

const MAGIC = 'CORDONIX'
const WIDTHS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array } as const

interface Leaf {
  readonly $: keyof typeof WIDTHS
  readonly at: number
  readonly length: number
}

/**
 * Lays a tree of typed arrays out in one buffer: 8 bytes of magic, a little-endian u32 with the length of the JSON head, the head (the tree, with each array as its place), the SHA-256 of
 * all else, and the arrays, each at a multiple of 8. One buffer is one transfer between threads and one read from disk.
 */
export function pack(tree: Tree): ArrayBuffer {
  const columns: { readonly column: Column; readonly at: number }[] = []
  let at = 0
  const place = (value: Tree[string]): unknown => {
    if (value instanceof Uint8Array || value instanceof Uint16Array || value instanceof Uint32Array) {
      const $ = value instanceof Uint8Array ? 'u8' : value instanceof Uint16Array ? 'u16' : 'u32'
      const leaf: Leaf = { $, at, length: value.length }
      columns.push({ column: value, at })
      at = align(at + value.byteLength)
      return leaf
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, place(child as Tree[string])]))
  }
  const head = new TextEncoder().encode(JSON.stringify(place(tree)))
  const body = align(MAGIC.length + 4 + head.length + 32)
  const buffer = new ArrayBuffer(body + at)
  const bytes = new Uint8Array(buffer)
  bytes.set(new TextEncoder().encode(MAGIC))
  new DataView(buffer).setUint32(MAGIC.length, head.length, true)
  bytes.set(head, MAGIC.length + 4)
  for (const { column, at: from } of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), body + from)
  }
  bytes.set(digest(bytes, head.length), MAGIC.length + 4 + head.length)
  return buffer
}

/** Compares a buffer from disk with its own hash. Throws CordonError `screen/index` where it is no such buffer or a byte of it changed. */
export function checkPacked(buffer: ArrayBuffer): void {
  const bytes = new Uint8Array(buffer)
  const broken = (what: string): CordonError =>
    new CordonError('screen/index', `the screening index ${what}`, { remedy: 'Delete the file: it is made anew from the list versions.' })
  if (bytes.length < MAGIC.length + 4 || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw broken('is no index')
  const { length, digestAt, body } = places(buffer)
  if (body > bytes.length) throw broken('is cut short')
  if (!digest(bytes, length).equals(bytes.subarray(digestAt, digestAt + 32))) throw broken('is damaged')
}

/** The tree of a buffer that `pack` made and `checkPacked` passed; arrays are views into it. */
export function unpack(buffer: ArrayBuffer): Tree {
  const bytes = new Uint8Array(buffer)
  const { digestAt, body } = places(buffer)
  const fill = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    if ('$' in value) {
      const leaf = value as Leaf
      return new WIDTHS[leaf.$](buffer, body + leaf.at, leaf.length)
    }
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, fill(child)]))
  }
  return fill(JSON.parse(new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, digestAt)))) as Tree
}

function places(buffer: ArrayBuffer): { readonly length: number; readonly digestAt: number; readonly body: number } {
  const length = new DataView(buffer).getUint32(MAGIC.length, true)
  const digestAt = MAGIC.length + 4 + length
  return { length, digestAt, body: align(digestAt + 32) }
}

function digest(bytes: Uint8Array, headLength: number): Buffer {
  return createHash('sha256')
    .update(bytes.subarray(0, MAGIC.length + 4 + headLength))
    .update(bytes.subarray(MAGIC.length + 4 + headLength + 32))
    .digest()
}

function align(at: number): number {
  return Math.ceil(at / 8) * 8
}
