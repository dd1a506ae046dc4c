import { rmSync } from 'node:fs'
import { type ChainId, CordonError, type Work } from '../chain/index.ts'
import type { IncomingBlocks } from './bitcoin/block.ts'
import { isBlockSource } from './bitcoin/files/index.ts'
import { type BitcoinImportReport, extendBitcoinLedger, openBitcoinLedger, writeBitcoinLedger } from './bitcoin/local/import.ts'
import type { BitcoinManifest } from './bitcoin/local/layout.ts'
import type { LocalBitcoinLedger } from './bitcoin/local/ledger.ts'
import { verifyBitcoinLedger } from './bitcoin/local/verify.ts'
import { type BitcoinSourceOptions, isNode, type KnownChain, openBitcoinSources, shown } from './bitcoin/sources.ts'
import { hashHex } from './bitcoin/wire/index.ts'
import { appendLedger, type ImportOptions, importLedger, sortingFolder } from './import.ts'
import type { ImportReport } from './local/import.ts'
import type { StoredManifest } from './local/layout.ts'
import { type LocalLedger, openLedger } from './local/local.ts'
import { readAnyManifest } from './local/store.ts'
import { type VerifyReport, verifyLedger } from './local/verify.ts'

export interface AnyImportOptions
  extends ImportOptions,
    Pick<BitcoinSourceOptions, 'height' | 'fromHeight' | 'toHeight' | 'cookieFile' | 'fetch' | 'threads'> {}

/**
 * Reads public chain data of any known kind into a new ledger, in the place of one that may be there; killed or failed, the old one stays whole.
 *
 * @throws CordonError as `importLedger`, `openBitcoinSources` and `writeBitcoinLedger`
 */
export async function importAny(options: AnyImportOptions): Promise<ImportReport | BitcoinImportReport> {
  return withBitcoin(options, undefined, async (incoming) => {
    await refuseIdle(options, incoming)
    return incoming === null ? importLedger(options) : writeBitcoinLedger(incoming, options.directory, options)
  })
}

/**
 * Reads newer blocks into a ledger that is there; of Bitcoin also those of a longer branch, for which blocks after the fork are undone.
 *
 * @throws CordonError as `appendLedger`, `openBitcoinSources` and `extendBitcoinLedger`
 */
export async function appendAny(options: AnyImportOptions): Promise<ImportReport | BitcoinImportReport> {
  const manifest = await readAnyManifest(options.directory)
  if (!isOfOutputs(manifest)) {
    await refuseIdle(options, null)
    const blocks = options.paths.find((path) => isNode(path) || isBlockSource(path))
    if (blocks === undefined) return appendLedger(options)
    throw new CordonError('ledger/other-chain', `the ledger holds ${manifest.chain} and ${shown(blocks)} is of Bitcoin`, {
      place: { file: shown(blocks) },
      remedy: 'keep one ledger for each chain',
    })
  }
  const ledger = await openBitcoinLedger(options.directory)
  try {
    const chain: ChainId = options.chain ?? manifest.chain
    return await withBitcoin({ ...options, chain }, knownOf(ledger), async (incoming) => {
      await refuseIdle(options, incoming)
      // Whatever is no Bitcoin is refused for what it is.
      return incoming === null ? appendLedger({ ...options, chain }) : extendBitcoinLedger(incoming, options.directory, options)
    })
  } finally {
    await ledger.close()
  }
}

/** Opens a ledger on disk, of accounts or of outputs. Throws as `openLedger` and `openBitcoinLedger`. */
export async function openAnyLedger(directory: string): Promise<LocalLedger | LocalBitcoinLedger> {
  const manifest = await readAnyManifest(directory)
  return isOfOutputs(manifest) ? openBitcoinLedger(directory) : openLedger(directory)
}

/** Checks a ledger on disk from the ground, of accounts or of outputs. Throws as `verifyLedger` and `verifyBitcoinLedger`. */
export async function verifyAnyLedger(directory: string, work: Work = {}): Promise<VerifyReport> {
  return isOfOutputs(await readAnyManifest(directory)) ? verifyBitcoinLedger(directory, work) : verifyLedger(directory, work)
}

/** Whether a manifest is of a chain of outputs. */
export function isOfOutputs(manifest: StoredManifest | BitcoinManifest): manifest is BitcoinManifest {
  return manifest.format === 'cordon-bitcoin-ledger'
}

/** Options of the other kind of chain would be passed over in silence. Closes the source that it refuses. */
async function refuseIdle(options: AnyImportOptions, incoming: IncomingBlocks | null): Promise<void> {
  const { genesis, refuseLimit, height, fromHeight, toHeight, cookieFile } = options
  const idle =
    incoming === null
      ? { 'first height': height, 'height to begin from': fromHeight, 'height to end with': toHeight, 'cookie file': cookieFile }
      : { 'word that it begins at genesis': genesis, 'limit of refused rows': refuseLimit }
  const given = Object.entries(idle).find(([, value]) => value !== undefined)
  if (given === undefined) return
  await incoming?.close()
  throw new CordonError(
    'ledger/bad-option',
    incoming === null
      ? `a ${given[0]} was given, and this is no Bitcoin data`
      : `a ${given[0]} was given, which says nothing of Bitcoin blocks`,
    { remedy: incoming === null ? 'Leave it out.' : 'Leave it out: blocks say where they begin, and the first bad one is refused.' },
  )
}

async function withBitcoin<T>(
  options: AnyImportOptions,
  known: KnownChain | undefined,
  use: (incoming: Awaited<ReturnType<typeof openBitcoinSources>>) => Promise<T>,
): Promise<T> {
  const tempDirectory = sortingFolder(options.directory)
  const memoryLimit = `${Math.floor((options.memoryLimit ?? 1.5 * 2 ** 30) / 2 ** 20)}MiB`
  try {
    const incoming = await openBitcoinSources({ ...options, memoryLimit, tempDirectory, known })
    return await use(incoming)
  } finally {
    rmSync(tempDirectory, { recursive: true, force: true })
  }
}

function knownOf(ledger: LocalBitcoinLedger): KnownChain | undefined {
  const { tip, blocks } = ledger.manifest
  if (tip === null || blocks === null) return undefined
  return {
    tip,
    firstHeight: blocks.first,
    genesis: ledger.manifest.genesis,
    hashAt: (height) => {
      const hash = ledger.blockHash(height)
      return hash === null ? null : hashHex(hash)
    },
  }
}
