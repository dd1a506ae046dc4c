import pg from 'pg'
import { CordonError } from '../../chain/index.ts'

/** PostgreSQL's numbers of types that the client would give in another way. */
const OID = { bytea: 17, int8: 20, timestamptz: 1184 } as const

/** How the client reads values: int8 as a number (and an error rather than a wrong one), times as ISO 8601 UTC with milliseconds, bytes as Buffer, the rest as it always does. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: string) => {
    if (oid === OID.int8) return readInt8
    if (oid === OID.timestamptz) return readTime
    if (oid === OID.bytea) return readBytes
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

/** An int8 as a number. Throws `database/too-large` beyond 2^53-1, where a number would no longer be exact. */
function readInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new CordonError('database/too-large', `the database holds the number ${text}, which is more than 2^53-1`, {
      remedy: 'Amounts are kept as text. Report this as an error of Cordon.',
    })
  return value
}

/** A timestamptz of the text protocol as ISO 8601 UTC with milliseconds. */
function readTime(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}

/** A bytea of the text protocol (`\x…`) as bytes. */
function readBytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}
