import { CordonError } from '../../chain/index.ts'

/**
 * PostgreSQL's type numbers whose values both drivers must give alike: int8 as a number (and an error rather than a wrong one), times as ISO 8601 UTC with milliseconds, bytes as Buffer.
 */
export const OID = { bytea: 17, int8: 20, timestamptz: 1184 } as const

/** An int8 as a number. Throws `database/too-large` beyond 2^53-1, where a number would no longer be exact. */
export function readInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new CordonError('database/too-large', `the database holds the number ${text}, which is more than 2^53-1`, {
      remedy: 'Amounts are kept as text. Report this as an error of Cordon.',
    })
  return value
}

/** A timestamptz of the text protocol as ISO 8601 UTC with milliseconds. */
export function readTime(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

/** A bytea of the text protocol (`\x…`) as bytes. */
export function readBytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}
