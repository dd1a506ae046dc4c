import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Ledger, openAnyLedger } from '../../../ledger/index.ts'

/** Ledgers that are kept open. */
const MOST = 8

type Open = { readonly ledger: Ledger; readonly seen: string }

const open = new Map<string, Open>()

/** A ledger by its folder, opened once, and again when its content was replaced. Throws as `openAnyLedger`. */
export async function ledgerAt(folder: string): Promise<Ledger> {
  const seen = await stampOf(folder)
  const known = open.get(folder)
  open.delete(folder)
  if (known !== undefined && known.seen === seen) {
    // Asked for last: closed last.
    open.set(folder, known)
    return known.ledger
  }
  await known?.ledger.close()
  const ledger = await openAnyLedger(folder)
  open.set(folder, { ledger, seen })
  for (const [oldest, { ledger: other }] of open) {
    if (open.size <= MOST) break
    open.delete(oldest)
    await other.close()
  }
  return ledger
}

/** The manifest is replaced whole: another file is another content. */
async function stampOf(folder: string): Promise<string> {
  const info = await stat(join(folder, 'manifest.json')).catch(() => null)
  return info === null ? '' : `${info.ino} ${info.mtimeMs} ${info.size}`
}
