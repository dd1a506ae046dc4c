import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { NodeParts } from '../../parts.ts'
import { type ChainRef, type ChainTask, sourceChain } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { taskOf } from './ledgers-jobs.ts'

/** What only a live server is told. */
export const LiveInput = Type.Object(
  {
    asOf: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'hash of the block as of which it answers; its newest' })),
    maxRequests: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'requests at most, where that is less than the operator allows' }),
    ),
  },
  { additionalProperties: false, title: 'LiveInput', description: 'where `ledger` names an Esplora server among the sources' },
)

const SourceShown = Type.Object(
  {
    name: Type.String(),
    kind: Type.Enum(['core-rpc', 'core-rest', 'esplora']),
    chain: Type.String({ description: 'CAIP-2' }),
    gives: Type.Enum(['blocks', 'answers'], {
      description: 'blocks: named as `source` of an import or append; answers: named as `ledger` of a trace or an exposure',
    }),
  },
  { title: 'Source' },
)

/** Live Bitcoin nodes and servers: the operator says where they are, callers name them. */
export function liveSourceRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/sources',
      scope: 'ledgers:read',
      action: 'source.list',
      summary: 'List the Bitcoin nodes and Esplora servers that this node may ask',
      description: 'All of them, by name. Where they are is the operator’s. A server sees what it is asked.',
      tag: 'ledgers',
      answers: { 200: Type.Object({ items: Type.Array(SourceShown) }, { title: 'Sources' }) },
    },
    async () => ({
      body: {
        items: node.config.library.bitcoin.map((source) => ({
          name: source.name,
          kind: source.kind,
          chain: sourceChain(source),
          gives: source.kind === 'esplora' ? 'answers' : 'blocks',
        })),
      },
    }),
  )
}

/** A chain as jobs have it. Throws `trace/bad-parameter` where a ledger is told what only a live server is. */
export function chainTaskOf(chain: ChainRef, live: Static<typeof LiveInput> | undefined): ChainTask {
  if ('source' in chain) {
    const { key, source, object } = chain
    return { key, object, source, asOf: live?.asOf ?? null, maxRequests: live?.maxRequests ?? null }
  }
  if (live === undefined) return taskOf(chain)
  throw new CordonError('trace/bad-parameter', `live: ${chain.name} is no live server`, {
    place: { field: 'live' },
    remedy: 'Leave it out.',
  })
}
