import { CordonError } from '../../chain/index.ts'
import { euAnnex } from './eu-annex.ts'
import { euConsolidated } from './eu-consolidated.ts'
import { followTheMoney } from './follow-the-money.ts'
import { japanMof } from './japan-mof.ts'
import { ofacAdvanced } from './ofac-advanced.ts'
import { ofacCsv } from './ofac-csv.ts'
import { ofacEnhanced } from './ofac-enhanced.ts'
import { ownCsv } from './own-csv.ts'
import type { ListReader, SourceFile } from './reader.ts'
import { reviewedNotice } from './reviewed.ts'
import { unConsolidated } from './un-consolidated.ts'
import { usCsl } from './us-csl.ts'

/** A reader and the number of its understanding: raised when it reads the same files differently than before, so that the next import makes a new version of them. */
export type VersionedReader = ListReader & { readonly version: number }

/** Every format that we read. */
export const READERS: readonly VersionedReader[] = [
  { ...ofacCsv, version: 1 },
  { ...ofacEnhanced, version: 1 },
  { ...ofacAdvanced, version: 1 },
  { ...usCsl, version: 1 },
  { ...unConsolidated, version: 1 },
  { ...euConsolidated, version: 1 },
  { ...euAnnex, version: 1 },
  { ...japanMof, version: 1 },
  { ...reviewedNotice, version: 1 },
  { ...ownCsv, version: 1 },
  { ...followTheMoney, version: 1 },
]

/** A list that we know by name. */
export interface KnownList {
  readonly id: string
  readonly title: string
  readonly authority: string
  /** ISO 3166-1 alpha-2; `UN` and `EU` for the two that are no countries. */
  readonly country: string
  /** Days without a fresh copy after which the version in service is stale. */
  readonly staleAfterDays: number
}

/** Own lists, and others that we do not know. */
export const STALE_AFTER_DAYS = 30

/** OFAC publishes several times a week and the EU about weekly, each without notice; the Security Council's committees and the ministries in Tokyo and Seoul some times a year. */
export const LISTS: readonly KnownList[] = [
  { id: 'us-ofac-sdn', title: 'OFAC Specially Designated Nationals', authority: 'US Treasury, OFAC', country: 'US', staleAfterDays: 7 },
  { id: 'us-ofac-cons', title: 'OFAC consolidated non-SDN lists', authority: 'US Treasury, OFAC', country: 'US', staleAfterDays: 7 },
  { id: 'us-csl', title: 'US Consolidated Screening List', authority: 'US Commerce, ITA', country: 'US', staleAfterDays: 7 },
  { id: 'un-sc', title: 'UN Security Council Consolidated List', authority: 'UN Security Council', country: 'UN', staleAfterDays: 30 },
  {
    id: 'eu-fsf',
    title: 'EU consolidated list of financial sanctions',
    authority: 'European Commission',
    country: 'EU',
    staleAfterDays: 7,
  },
  { id: 'eu-annex', title: 'EU Regulation 2017/1509, annexes', authority: 'Council of the EU', country: 'EU', staleAfterDays: 30 },
  {
    id: 'jp-mof',
    title: 'Japan: persons under asset freezing',
    authority: 'Ministry of Finance, Japan',
    country: 'JP',
    staleAfterDays: 30,
  },
  { id: 'jp-meti', title: 'Japan: Foreign End User List', authority: 'METI, Japan', country: 'JP', staleAfterDays: 90 },
  {
    id: 'kr-mofa',
    title: 'South Korea: unilateral sanctions',
    authority: 'Ministry of Foreign Affairs, Republic of Korea',
    country: 'KR',
    staleAfterDays: 90,
  },
]

/** Formats that a list we know is given out in, or null for one that we do not know. A list without a machine form is typed, and approved by a second person. */
export function formatsOf(list: string): readonly string[] | null {
  if (!LISTS.some(({ id }) => id === list)) return null
  const formats = READERS.filter(({ lists }) => lists.includes(list)).map(({ format }) => format)
  return formats.length > 0 ? formats : [reviewedNotice.format]
}

/**
 * The reader of some files: the one that is named, or the one that recognises them.
 *
 * @throws CordonError `list/bad-option` where there is no such format; `list/unknown-format` where no reader, or more than one, recognises the files
 */
export function readerFor(files: readonly SourceFile[], format?: string, readers: readonly VersionedReader[] = READERS): VersionedReader {
  const formats = readers.map((reader) => reader.format).join(', ')
  if (format !== undefined) {
    const named = readers.find((reader) => reader.format === format)
    if (named !== undefined) return named
    throw new CordonError('list/bad-option', `there is no format ${JSON.stringify(format.slice(0, 40))}`, {
      remedy: `use one of ${formats}`,
    })
  }
  const names = files.map(({ name }) => name).join(', ')
  const all = readers.filter((reader) => reader.recognises(files))
  // An own list is any table with names in it; a list that we know may be such a table too.
  const known = all.filter(({ lists }) => lists.length > 0)
  const able = known.length > 0 ? known : all
  const [reader] = able
  if (reader !== undefined && able.length === 1) return reader
  if (reader !== undefined) {
    throw new CordonError('list/unknown-format', `more than one reader recognises ${names}`, {
      remedy: `name the format: ${able.map((one) => one.format).join(', ')}`,
    })
  }
  throw new CordonError('list/unknown-format', `no reader recognises ${names}`, {
    place: { ...(files[0] && { file: files[0].path }) },
    remedy: `give all files of one list, and of one list alone; known formats are ${formats}`,
  })
}

/**
 * The list that files of a reader are: the one that is named, or the only one that the format is of.
 *
 * @throws CordonError `list/bad-option` where the format holds several lists, or any, and none is named; where another one is named than it holds
 */
export function listFor(reader: ListReader, list?: string): string {
  const { lists, format } = reader
  const [only] = lists
  if (list === undefined) {
    if (only !== undefined && lists.length === 1) return only
    throw new CordonError('list/bad-option', `files of the format ${format} do not tell which list they are`, {
      remedy: `name the list: ${only === undefined ? 'any id of your own' : lists.join(' or ')}`,
    })
  }
  if (lists.length === 0 || lists.includes(list)) return list
  throw new CordonError('list/bad-option', `the format ${format} is not of the list ${list}`, { remedy: `it is of ${lists.join(' or ')}` })
}
