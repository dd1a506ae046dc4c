import { type ExchangeDirectory, type ExchangeEntry, readExchanges, spanText } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import type { Tx } from '../database/tx.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'

/** The kind of objects that hold an organisation's own entry of the directory of exchanges. */
export const ENTRY = 'directory-entry'

/** An entry of the directory as it is given and answered. Lengths of time are as exchanges publish them: `5 business days`. */
export type EntryGiven = {
  readonly id: string
  readonly name: string
  readonly legalName: string
  readonly kind: string
  readonly jurisdiction: string | null
  readonly website: string
  readonly channels: readonly {
    readonly id: string
    readonly kind: string
    readonly address: string
    readonly source: string
    readonly readAs: string
    readonly note: string | null
  }[]
  readonly asks: readonly string[]
  readonly windows: {
    readonly answer: string | null
    readonly access: string | null
    readonly preserves: string | null
    readonly holdEnds: string | null
  }
  readonly languages: readonly string[]
  readonly notes: readonly string[]
  readonly read: string
}

/** What an object of kind `directory-entry` says. A withdrawn one lets Cordon's own entry stand again. */
export type EntryBody = { readonly entry: EntryGiven; readonly withdrawn: boolean }

/**
 * Checks an entry by the rules of the directory's file.
 *
 * @throws CordonError `cases/exchanges` with the field, also for whom the directory says is not to be asked
 */
export function checkEntry(entry: EntryGiven, shipped: ExchangeDirectory): void {
  directoryOf([entry])
  const never = shipped.notAsked(entry.id)
  if (never !== null)
    throw new CordonError('cases/exchanges', `${never.name} is not to be asked: ${never.why}`, {
      place: { field: 'id' },
      remedy: 'A request there would only warn. If this is somebody else, use another id.',
    })
}

/** The directory for somebody: Cordon's and the operator's, with the entries of his organisation over it. Another organisation's entries never say where his requests go. */
export async function directoryFor(ask: Ask, shipped: ExchangeDirectory): Promise<ExchangeDirectory> {
  return withOwn(
    shipped,
    (await ownEntries(ask)).map(({ body }) => body),
  )
}

/** Entries of the caller's organisation that he may read, withdrawn ones too, in the order of their making. */
export async function ownEntries(ask: Ask): Promise<readonly StoredObject<EntryBody>[]> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS} from object where kind = '${ENTRY}' and organisation = $1 and clauses <@ $2::int[] order by id`,
    [ask.caller.organisation, ask.ring],
  )
  return await Promise.all(rows.map((row) => fromRow<EntryBody>(ask, row)))
}

/** The directory of every organisation that has entries of its own, for the node's clock. */
export async function directories(tx: Tx, shipped: ExchangeDirectory): Promise<(organisation: string) => ExchangeDirectory> {
  const rows = await tx.query<{ organisation: string; body: EntryBody }>(
    `select organisation, body from object where kind = '${ENTRY}' order by organisation, id`,
  )
  const own = Map.groupBy(rows, ({ organisation }) => organisation)
  const made = new Map(
    [...own].map(([organisation, entries]) => [
      organisation,
      withOwn(
        shipped,
        entries.map(({ body }) => body),
      ),
    ]),
  )
  return (organisation) => made.get(organisation) ?? shipped
}

/** An entry as it is answered. */
export function entryShown({ windows, own, ...entry }: ExchangeEntry): EntryGiven & { readonly own: boolean } {
  const text = (span: ExchangeEntry['windows']['answer']) => (span === null ? null : spanText(span))
  return {
    ...entry,
    windows: {
      answer: text(windows.answer),
      access: text(windows.access),
      preserves: text(windows.preserves),
      holdEnds: text(windows.holdEnds),
    },
    own,
  }
}

/** Of two entries for one exchange the later one stands. */
function withOwn(shipped: ExchangeDirectory, bodies: readonly EntryBody[]): ExchangeDirectory {
  const standing = new Map(bodies.filter(({ withdrawn }) => !withdrawn).map(({ entry }) => [entry.id, entry]))
  return standing.size === 0 ? shipped : shipped.with(directoryOf([...standing.values()]))
}

/** The form of the file, so that there is one set of rules. JSON is YAML. */
function directoryOf(entries: readonly EntryGiven[]): ExchangeDirectory {
  const exchanges = entries.map(({ legalName, jurisdiction, channels, windows, ...rest }) => ({
    ...rest,
    legal_name: legalName,
    ...(jurisdiction !== null && { jurisdiction }),
    channels: channels.map(({ readAs, note, ...channel }) => ({ ...channel, read_as: readAs, ...(note !== null && { note }) })),
    ...(windows.answer !== null && { answer_within: windows.answer }),
    ...(windows.access !== null && { access_within: windows.access }),
    ...(windows.preserves !== null && { preserves_for: windows.preserves }),
    ...(windows.holdEnds !== null && { hold_ends_after: windows.holdEnds }),
  }))
  return readExchanges(JSON.stringify({ exchanges }), 'entry', true)
}
