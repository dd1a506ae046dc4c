import { createHash } from 'node:crypto'
import type { Register } from './heist.ts'

/**
 * SHA-256 of the content as canonical JSON: keys sorted, whole cents as text, no white space (as RFC 8785 for what occurs here: texts, booleans, null, lists, maps).
 * Layout, comments and the order of fields in the file do not change it; a changed fact does.
 */
export function registerDigest(register: Omit<Register, 'digest'>): string {
  return createHash('sha256').update(canonical(register)).digest('hex')
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
