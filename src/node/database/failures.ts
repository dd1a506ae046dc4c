import { CordonError } from '../../chain/index.ts'

/** SQLSTATE classes that mean something to a caller (PostgreSQL, appendix A). */
const KNOWN: ReadonlyMap<string, readonly [code: string, message: string, remedy: string]> = new Map([
  ['53100', ['database/disk-full', 'the disk of the database is full', 'Nothing was changed. Free space; reading goes on meanwhile.']],
  ['40P01', ['database/collided', 'this and another change waited for each other', 'Nothing was changed. Send it again.']],
  ['42501', ['database/refused', 'the database refused this under row-level security', 'Only the owning organisation changes an object.']],
  ['22P05', ['database/bad-text', 'a text holds a character that the database cannot keep', 'Take the NUL character (U+0000) out.']],
  ['22021', ['database/bad-text', 'a text holds bytes that the database cannot keep', 'Take the NUL character (U+0000) out.']],
  ['54000', ['database/too-large', 'the document is too large to be indexed', 'Keep long texts as a file of the case.']],
])

/**
 * A failure of the database as something that can be acted on. Errors of our own, and failures that nobody outside can mend (a wrong statement), pass unchanged; `message` makes any failure a `database/not-opened`.
 */
export function explain(error: unknown, message?: string): unknown {
  if (error instanceof CordonError) return error
  const known = KNOWN.get(sqlState(error) ?? '')
  if (known) return new CordonError(known[0], known[1], { remedy: known[2], cause: error })
  if (isDiskFull(error))
    return new CordonError('database/disk-full', 'the disk of the database is full', {
      remedy: 'Nothing was changed. Free space; reading goes on meanwhile.',
      cause: error,
    })
  if (message === undefined && isLost(error))
    return new CordonError('database/lost', 'the connection to the database broke', {
      remedy: 'Whether it was done is not known. Send it again with the same Idempotency-Key, or look.',
      cause: error,
    })
  if (message === undefined) return error
  return new CordonError('database/not-opened', `${message}: ${error instanceof Error ? error.message : String(error)}`, {
    remedy: 'Check the address, the rights and that no other process uses it.',
    cause: error,
  })
}

/** The SQLSTATE of a failure of either driver, if it is one. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** A connection that ended amid a transaction: the server was stopped or died, or the network did (SQLSTATE classes 08 and 57P). */
function isLost(error: unknown): boolean {
  // 08P01 is a wrong message, not a connection that broke.
  if (/^(08(?!P01)|57P)/.test(sqlState(error) ?? '')) return true
  return (
    error instanceof Error &&
    (/^Connection terminated|is not queryable$/.test(error.message) || (error as NodeJS.ErrnoException).code === 'ECONNRESET')
  )
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && ((error as NodeJS.ErrnoException).code === 'ENOSPC' || /No space left on device/.test(error.message))
}
