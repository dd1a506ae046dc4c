import { writeFile } from 'node:fs/promises'
import { loadTags } from '../../attribution/index.ts'
import type { Work } from '../../chain/index.ts'
import {
  accountOn,
  type ExposureDocument,
  type ExposureParameters,
  explainExposure,
  exposureHeadline,
  type Language,
  type ListInService,
  listedBy,
  openScreener,
  walletExposure,
} from '../../screen/index.ts'
import { type Place, withChain } from '../tracing/live/chain.ts'

/** A wallet whose exposure is asked for, as plain data: it runs where there is no node. */
export type ExposureTask = {
  /** Folder of the lists. */
  readonly store: string
  /** Time as of which lists are asked, ISO 8601 UTC. */
  readonly at: string
  readonly place: Place
  /** Files and folders of tags. */
  readonly tags: readonly string[]
  readonly wallet: string
  readonly parameters: Partial<ExposureParameters>
  readonly language: Language
  /** Where the document is written. */
  readonly out: string
}

/** What was found. `headline` is null where no listed party was found behind the wallet; `lines` tell the document in words. */
export type Exposed = {
  readonly headline: string | null
  readonly lines: readonly string[]
  readonly itself: number
  readonly counterparties: number
  readonly ledger: ExposureDocument['ledger']['hash']
  readonly lists: readonly ListInService[]
}

/**
 * How far a wallet is exposed to listed parties, by a ledger: the document goes into `out`.
 *
 * @throws CordonError `screen/not-an-account`, `screen/bad-parameter`, `screen/no-lists`; what opening ledger and tags throws
 */
export async function screenExposure(
  { store, at, place, tags: paths, wallet, parameters, language, out }: ExposureTask,
  work: Work,
): Promise<Exposed> {
  const screener = await openScreener({ store, at, clock: () => new Date(at) })
  const tags = await loadTags(paths)
  return withChain(place, work, async (ledger) => {
    const listed = listedBy(screener, ledger.manifest.chain)
    const exposure = await walletExposure({ ledger, wallet: await accountOn(ledger, wallet), listed, tags, parameters, ...work })
    await writeFile(out, `${JSON.stringify(exposure)}\n`, { flag: 'wx' })
    return {
      headline: exposureHeadline(exposure, language),
      lines: explainExposure(exposure, ledger.manifest.assets, language),
      itself: exposure.itself.length,
      counterparties: exposure.counterparties.length,
      ledger: exposure.ledger.hash,
      lists: screener.lists,
    }
  })
}
