import { createHash } from 'node:crypto'

/**
 * Names on the chain, derived by hash from (seed, number), in JavaScript and in SQL alike: files of 10^8 rows get
 * theirs from SQL, the truth beside them gets the same from here.
 */
export interface Names {
  account(key: number): string
  transaction(ordinal: number): string
  contract(index: number): string
  /** SQL expression for the address of the key in a DOUBLE column. */
  accountSql(column: string): string
  transactionSql(column: string): string
}

/** Account numbers are below 2^26; a key above it is a look-alike: imitated * 2^26 + own number. */
export const ACCOUNTS = 67108864

/** Key of the null address: tokens are minted from it. */
export const NULL_ACCOUNT = 0

/** The key of account `own`, made to look like account `imitated`. */
export function lookAlikeKey(imitated: number, own: number): number {
  return imitated * ACCOUNTS + own
}

/** Hex digits that an imitation shares with its original, at the front and at the back. */
export const SHARED_DIGITS = 4

const NULL_ADDRESS = `0x${'0'.repeat(40)}`

export function createNames(seed: string): Names {
  const key = createHash('sha256').update(`cordon-simulate-1:${seed}`).digest('hex').slice(0, 16)
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const hash = (number: number) => digest(`${key}:a:${number}`).slice(0, 40)
  const hashSql = (number: string) => `left(sha256('${key}:a:' || ${number}), 40)`
  const middle = 40 - 2 * SHARED_DIGITS

  return {
    account(k) {
      if (k === NULL_ACCOUNT) return NULL_ADDRESS
      if (k < ACCOUNTS) return `0x${hash(k)}`
      const imitated = hash(Math.floor(k / ACCOUNTS))
      const own = hash(k % ACCOUNTS)
      return `0x${imitated.slice(0, SHARED_DIGITS)}${own.slice(SHARED_DIGITS, 40 - SHARED_DIGITS)}${imitated.slice(40 - SHARED_DIGITS)}`
    },
    transaction: (ordinal) => `0x${digest(`${key}:t:${ordinal}`)}`,
    contract: (index) => `0x${digest(`${key}:c:${index}`).slice(0, 40)}`,
    accountSql(column) {
      const whole = `(${column}::BIGINT)`
      const imitated = hashSql(`(${column}::BIGINT // ${ACCOUNTS})`)
      const own = hashSql(`(${column}::BIGINT % ${ACCOUNTS})`)
      return `CASE WHEN ${column} = 0 THEN '${NULL_ADDRESS}' WHEN ${column} < ${ACCOUNTS} THEN '0x' || ${hashSql(whole)}
        ELSE '0x' || left(${imitated}, ${SHARED_DIGITS}) || substr(${own}, ${SHARED_DIGITS + 1}, ${middle}) || right(${imitated}, ${SHARED_DIGITS}) END`
    },
    transactionSql: (column) => `'0x' || sha256('${key}:t:' || ${column})`,
  }
}
