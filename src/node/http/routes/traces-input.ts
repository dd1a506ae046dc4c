import { type Static, Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import {
  completeParameters,
  DEFAULT_BITCOIN,
  DEFAULT_PARAMETERS,
  readSeeds,
  type Seed,
  type TraceParameters,
} from '../../../trace/index.ts'
import type { Ask } from '../../ask.ts'
import { takeInputs } from '../../jobs/index.ts'
import type { NodeParts } from '../../parts.ts'
import { type ChainRef, ownTagPack, type TagsTask } from '../../tracing/index.ts'
import { AssetId, IsoTime, orNull } from './ledgers-shapes.ts'

const closed = { additionalProperties: false } as const
const fraction = (description: string) =>
  Type.String({ pattern: '^\\d{1,20}(/\\d{1,20})?$', description: `a fraction a/b: ${description}` })
const units = (description: string) => Type.String({ pattern: '^\\d{1,78}$', description: `base units: ${description}` })
const count = (maximum: number, description: string, minimum = 1) => Type.Integer({ minimum, maximum, description })

/** Everything that a trace can be told; what is left out is as the library has it. */
export const TraceOptions = Type.Object(
  {
    policy: Type.Optional(
      Type.Enum(['poison', 'haircut', 'fifo', 'lifo', 'tiho'], { description: 'which part of a mixed balance leaves first' }),
    ),
    direction: Type.Optional(Type.Enum(['forward', 'backward'])),
    maxDepth: Type.Optional(count(1_000_000, 'hops from the seed after which nothing is opened')),
    maxAccounts: Type.Optional(count(10_000_000, 'accounts opened at most')),
    until: Type.Optional(orNull(IsoTime)),
    minAmount: Type.Optional(
      Type.Record(AssetId, units('arrivals below it open no account'), { maxProperties: 200, description: 'by asset; * for all' }),
    ),
    minShare: Type.Optional(fraction('stolen share of a transfer below which it opens no account')),
    hubTransfers: Type.Optional(count(1_000_000_000, 'transfers from which an untagged account is an unnamed service')),
    poolTransfers: Type.Optional(count(1_000_000_000, 'transfers from which an untagged account that swaps counts as a pool')),
    opening: Type.Optional(Type.Enum(['clean', 'unknown'], { description: 'what balances from before the ledger are taken for' })),
    bounds: Type.Optional(Type.Boolean({ description: 'least and most under any accounting' })),
    boundsAccounts: Type.Optional(count(10_000_000, 'accounts opened at most while looking for bounds')),
    lookAlikes: Type.Optional(Type.Enum(['leave-out', 'keep'])),
    deposit: Type.Optional(
      Type.Object(
        {
          maxBlocks: Type.Optional(count(100_000_000, 'blocks within which a receipt is forwarded', 0)),
          maxRemainder: Type.Optional(units('largest remainder of a forwarded receipt')),
          minForwarded: Type.Optional(fraction('least share of what goes out that reaches one exchange')),
        },
        closed,
      ),
    ),
    bitcoin: Type.Optional(
      Type.Object(
        {
          fees: Type.Optional(Type.Enum(['share', 'clean-first'])),
          mixing: Type.Optional(Type.Enum(['stop', 'follow'])),
          clusters: Type.Optional(Type.Enum(['multi-input', 'none'])),
        },
        closed,
      ),
    ),
  },
  { additionalProperties: false, title: 'TraceOptions' },
)

const SeedInput = Type.Union(
  [
    Type.Object(
      {
        account: Type.String({ maxLength: 100 }),
        asset: Type.Optional(orNull(AssetId)),
        amount: Type.Optional(orNull(units('that much is stolen'))),
        from: Type.Optional(orNull(IsoTime)),
      },
      closed,
    ),
    Type.Object(
      { transaction: Type.String({ maxLength: 80 }), index: Type.Optional(Type.Integer({ minimum: 0, maximum: 999_999_999 })) },
      closed,
    ),
    Type.String({
      maxLength: 400,
      description: 'as one writes it: an address, a transaction, hash#index, txid:index, or address,asset,amount,from',
    }),
  ],
  { title: 'SeedInput' },
)

/** Where a trace starts. */
export const SeedsInput = Type.Array(SeedInput, { minItems: 1, maxItems: 10_000 })

/** Tags beside those of the node. */
export const TagsInput = {
  tagFiles: Type.Optional(
    Type.Array(Type.String({ format: 'uuid' }), { maxItems: 100, description: 'files of tags (TagPack, ActorPack, labels, CSV)' }),
  ),
  ownTags: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'with every tag object that you may read; the result then takes the labels of all of them',
    }),
  ),
}

/** Seeds as the library takes them. Throws `trace/bad-seed` with the number of the seed. */
export function seedsOf(given: Static<typeof SeedsInput>): Seed[] {
  return given.flatMap((seed, n) => {
    try {
      if (typeof seed !== 'string') return readSeeds(JSON.stringify([seed]))
      if (/[\r\n]/.test(seed) || seed.trimStart().startsWith('[')) throw new CordonError('trace/bad-seed', 'it is more than one line')
      return readSeeds(seed)
    } catch (error) {
      if (!(error instanceof CordonError)) throw error
      throw new CordonError(error.code, error.message, {
        place: { field: `seeds[${n}]` },
        ...(error.remedy !== null && { remedy: error.remedy }),
      })
    }
  })
}

/** Parameters as the library takes them, checked for the kind of the ledger's chain. Throws `trace/bad-parameter`. */
export function parametersOf(given: Static<typeof TraceOptions>, chain: string): Partial<TraceParameters> {
  const ofOutputs = chain.startsWith('bip122:')
  if (!ofOutputs && given.bitcoin !== undefined) throw notHere('bitcoin', 'the ledger is of another chain')
  if (ofOutputs && (given.deposit !== undefined || given.poolTransfers !== undefined || given.lookAlikes !== undefined))
    throw notHere('deposit, poolTransfers and lookAlikes', 'they decide nothing on Bitcoin')
  const { deposit, bitcoin, ...rest } = given
  const parameters = {
    ...rest,
    ...(deposit !== undefined && { deposit: { ...DEFAULT_PARAMETERS.deposit, ...deposit } }),
    ...(bitcoin !== undefined && { bitcoin: { ...DEFAULT_BITCOIN, ...bitcoin } }),
  } as Partial<TraceParameters>
  completeParameters(parameters, ofOutputs ? 'outputs' : 'accounts')
  return parameters
}

function notHere(field: string, why: string): CordonError {
  return new CordonError('trace/bad-parameter', `${field}: ${why}`, { place: { field }, remedy: 'Leave it out.' })
}

/** Tags that a job takes, put where it finds them. What comes of it shows through the job too: it is about the objects of its tags. */
export async function tagsTaken(
  ask: Ask,
  node: NodeParts,
  job: string,
  given: { readonly tagFiles?: readonly string[]; readonly ownTags?: boolean },
): Promise<TagsTask> {
  const inputs = (given.tagFiles ?? []).length === 0 ? [] : await takeInputs(ask, node, job, { files: given.tagFiles ?? [] })
  const pack = given.ownTags === true ? await ownTagPack(ask) : null
  if (pack === null) return { inputs, ownTags: null, tagObjects: [] }
  const { sha256 } = await node.files.put([Buffer.from(pack.text)], 2 ** 30)
  return { inputs, ownTags: sha256, tagObjects: pack.objects }
}

/** The chain of a ledger: of an imported one as its object says, of a live one as the configuration does, of others as the manifest does. */
export async function chainOf(node: NodeParts, ledger: ChainRef): Promise<string> {
  if ('source' in ledger) return ledger.chain
  const { object, directory } = ledger
  return object?.body.content?.chain ?? (await node.library.ask('manifest', { folder: directory })).chain
}
