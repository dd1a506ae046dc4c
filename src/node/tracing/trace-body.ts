import { type Static, Type } from 'typebox'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Amount = Type.Object({
  asset: Type.String(),
  amount: Type.String(),
  unknown: Type.String(),
  least: orNull(Type.String()),
  most: orNull(Type.String()),
})
const Part = Type.Object({ sha256: Type.String(), bytes: Type.Integer() })

/** Where stolen value came to rest, by who is behind it. Amounts are base units. */
export const TraceEntity = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    kind: Type.String(),
    confidence: Type.Number(),
    basis: Type.String(),
    contact: orNull(Type.String()),
    evidence: Type.Array(Type.String()),
    conflicts: Type.Array(Type.String()),
    amounts: Type.Array(Amount),
  },
  { title: 'TraceEntity' },
)

/** What an object of kind `trace` says: the summary of a document that can be run again to the same bytes. */
export const TraceBody = Type.Object(
  {
    title: Type.String(),
    engine: Type.String(),
    ledger: Type.Object({
      key: Type.String(),
      name: Type.String(),
      hash: Type.String(),
      chain: Type.String(),
      time: orNull(Type.Object({ first: Type.String(), last: Type.String() })),
      asOf: Type.Optional(Type.String({ description: 'hash of the block as of which a live server answered' })),
    }),
    seeds: Type.Array(Type.Unknown()),
    seedCount: Type.Integer(),
    parameters: Type.Record(Type.String(), Type.Unknown()),
    tags: Type.Array(Type.Object({ file: Type.String(), title: Type.String(), sha256: Type.String(), tags: Type.Integer() })),
    assets: Type.Array(Type.Object({ id: Type.String(), symbol: orNull(Type.String()), decimals: orNull(Type.Integer()) })),
    entities: Type.Array(TraceEntity),
    counts: Type.Record(Type.String(), Type.Integer()),
    conservation: Type.Array(Type.Record(Type.String(), Type.String())),
    limits: Type.Array(Type.String(), { description: 'what this trace cannot see' }),
    /** Content by its hash. */
    parts: Type.Object({ document: Part, report: Part, flows: Part, graph: Part }),
    inputs: Type.Object({
      ownTags: orNull(Type.String()),
      tagFiles: Type.Array(Type.Object({ file: Type.String(), sha256: Type.String() })),
    }),
    job: Type.String(),
  },
  { additionalProperties: false, title: 'TraceBody' },
)

export type TraceBody = Static<typeof TraceBody>
