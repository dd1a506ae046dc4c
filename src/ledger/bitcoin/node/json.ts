/** What a node's JSON must look like; whoever asked makes an error of what is thrown. */
export class ShapeFault extends Error {
  override readonly name = 'ShapeFault'
}

export type JsonObject = Readonly<Record<string, unknown>>

export function object(value: unknown, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeFault(`${what} is no object`)
  return value as JsonObject
}

export function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeFault(`${what} is no list`)
  return value
}

export function hashField(value: unknown, what: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/i.test(value)) throw new ShapeFault(`${what} is not 64 hexadecimal digits`)
  return value.toLowerCase()
}

export function hexField(value: unknown, what: string): Uint8Array {
  if (typeof value !== 'string' || value.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(value)) throw new ShapeFault(`${what} is not hexadecimal`)
  return Buffer.from(value, 'hex')
}

export function countField(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    throw new ShapeFault(`${what} is no whole number of 32 bits`)
  return value
}
