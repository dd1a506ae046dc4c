import { Type } from 'typebox'
import { ListedCountry, ListedDate, ListedName, orNull } from './screen-answer.ts'

const Text = Type.String()
const Age = Type.Object({ seconds: Type.Integer(), iso: Text })
const Counts = Type.Object({
  entries: Type.Integer(),
  names: Type.Integer(),
  wallets: Type.Integer(),
  identifiers: Type.Integer(),
  births: Type.Integer(),
})
const Kinds = Type.Object({
  person: Type.Integer(),
  organisation: Type.Integer(),
  vessel: Type.Integer(),
  aircraft: Type.Integer(),
  unknown: Type.Integer(),
})
export const Source = Type.Object({ name: Text, sha256: Text, bytes: Type.Integer() }, { title: 'ListSource' })
export const Refusal = Type.Object({ code: Text, message: Text, remedy: Text }, { title: 'ListRefusal' })

/** How a list stands. */
export const ListStatus = Type.Object(
  {
    list: Text,
    title: Text,
    authority: orNull(Text),
    inService: orNull(
      Type.Object({
        version: Text,
        published: orNull(Text),
        imported: Text,
        by: Text,
        confirmed: Text,
        age: Age,
        maxAge: Age,
        format: Text,
        counts: Counts,
        kinds: Kinds,
        notes: Type.Object({ total: Type.Integer(), refused: Type.Integer() }),
        sha256: Text,
        sources: Type.Array(Source),
      }),
    ),
    lastRefusal: orNull(Type.Object({ time: Text, by: Text, refusals: Type.Array(Refusal), sources: Type.Array(Source) })),
    head: orNull(Type.String({ description: 'SHA-256 of the last line of the list’s log' })),
    events: Type.Integer(),
    versions: Type.Integer(),
    alarms: Type.Array(Type.Object({ code: Text, message: Text })),
  },
  { title: 'ListStatus' },
)

const VersionRef = Type.Object({ version: Text, published: orNull(Text), imported: Text })

/** One import of a list, whatever came of it. */
export const ListEvent = Type.Object(
  {
    event: Type.Integer(),
    kind: Type.Enum(['imported', 'confirmed-unchanged', 'refused']),
    time: Text,
    by: Text,
    fetchedAt: orNull(Text),
    sourceUrl: orNull(Text),
    sources: Type.Array(Source),
    version: Type.Optional(Text),
    published: Type.Optional(orNull(Text)),
    entries: Type.Optional(Type.Integer()),
    replaces: Type.Optional(orNull(Text)),
    overruled: Type.Optional(orNull(Type.Object({ refusals: Type.Array(Refusal), reason: Text, approvedBy: Text }))),
    refusals: Type.Optional(Type.Array(Refusal)),
    stays: Type.Optional(orNull(Text)),
  },
  { title: 'ListEvent' },
)

const EntryRef = { id: Text, name: Text, listedOn: orNull(ListedDate) }

/** Was it listed on a day: what we knew then, and what the list says by all versions that there are. */
export const ListHistory = Type.Object(
  {
    list: Text,
    on: Text,
    versions: Type.Integer(),
    knew: Type.Object({ version: orNull(VersionRef), matches: Type.Array(Type.Object(EntryRef)) }),
    says: Type.Array(
      Type.Object({
        ...EntryRef,
        verdict: Type.Enum(['listed', 'not-listed', 'uncertain']),
        because: Text,
        first: VersionRef,
        last: VersionRef,
        disappeared: Type.Array(Type.Object({ last: VersionRef, gone: VersionRef })),
      }),
    ),
  },
  { title: 'ListHistory' },
)

const Brief = { id: Text, kind: Text, name: Text, programmes: Type.Array(Text) }
const Side = Type.Object({ version: Text, published: orNull(Text), entries: Type.Integer() })

/** What changed from one version of a list to another. */
export const ListDifference = Type.Object(
  {
    list: Text,
    from: Side,
    to: Side,
    added: Type.Array(Type.Object(Brief)),
    removed: Type.Array(Type.Object(Brief)),
    changed: Type.Array(
      Type.Object({ ...Brief, fields: Type.Array(Type.Object({ field: Text, before: Type.Unknown(), after: Type.Unknown() })) }),
    ),
    unchanged: Type.Integer(),
  },
  { title: 'ListDifference' },
)

/** An entry with everything that its list says of it. */
export const ListEntry = Type.Object(
  {
    list: Text,
    id: Text,
    kind: Text,
    names: Type.Array(ListedName),
    programmes: Type.Array(Text),
    legalBasis: Type.Array(Text),
    listedOn: orNull(ListedDate),
    amendedOn: orNull(ListedDate),
    births: Type.Array(ListedDate),
    birthPlaces: Type.Array(Text),
    countries: Type.Array(ListedCountry),
    sex: orNull(Text),
    titles: Type.Array(Text),
    addresses: Type.Array(Type.Object({ text: Text, country: orNull(ListedCountry) })),
    identifiers: Type.Array(
      Type.Object({
        kind: Text,
        value: Text,
        country: orNull(ListedCountry),
        issued: orNull(ListedDate),
        expires: orNull(ListedDate),
        note: orNull(Text),
      }),
    ),
    wallets: Type.Array(Type.Object({ asset: Text, address: Text })),
    links: Type.Array(Type.Object({ relation: Text, name: Text, id: orNull(Text) })),
    remarks: Type.Array(Text),
    raw: Type.String({ description: 'the record as it stands in the list’s file' }),
    place: Type.Object({ file: Text, line: orNull(Type.Integer()) }),
  },
  { title: 'ListEntry' },
)
