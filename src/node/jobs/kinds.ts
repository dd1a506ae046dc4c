import { checkWatchesKind } from '../alerts/kinds.ts'
import { importListKind, verifyListsKind } from '../screening/kinds-list.ts'
import { exposureKind, screenAgainKind, screenFileKind } from '../screening/kinds-screen.ts'
import { appendKind, exportKind, importKind, verifyLedgerKind } from '../tracing/kinds-ledger.ts'
import { checkTagsKind, clustersKind, coinJoinsKind, depositsKind, lookAlikesKind } from '../tracing/kinds-tags.ts'
import { peelKind, traceKind } from '../tracing/kinds-trace.ts'
import { verifyDocumentKind, verifyTraceKind } from '../tracing/kinds-verify.ts'
import type { JobKind } from './kind.ts'

/** Every kind of job that a node does. A new one is one file that calls `jobKind`, and one line here. */
export const JOB_KINDS: readonly JobKind[] = [
  importKind,
  appendKind,
  verifyLedgerKind,
  exportKind,
  traceKind,
  verifyTraceKind,
  verifyDocumentKind,
  peelKind,
  depositsKind,
  clustersKind,
  coinJoinsKind,
  lookAlikesKind,
  checkTagsKind,
  importListKind,
  verifyListsKind,
  screenFileKind,
  screenAgainKind,
  exposureKind,
  checkWatchesKind,
]
