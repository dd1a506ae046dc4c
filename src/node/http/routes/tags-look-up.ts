import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import { asTag, peek, tagsOfAddress } from '../../tracing/index.ts'
import { doorAfter } from '../door.ts'
import { Address, orNull } from './ledgers-shapes.ts'

const TagShown = Type.Object(
  {
    address: Type.String(),
    label: Type.String(),
    source: Type.String(),
    confidence: Type.String(),
    confidenceLevel: Type.Number({ description: '0 to 100' }),
    currency: Type.String(),
    network: Type.String(),
    concepts: Type.Array(Type.String()),
    abuse: orNull(Type.String()),
    actor: orNull(Type.String()),
    category: orNull(Type.String()),
    tagType: Type.String(),
    context: orNull(Type.String()),
    lastmod: orNull(Type.String()),
    txHash: orNull(Type.String()),
    pack: Type.String(),
    file: Type.String({ description: 'file of tags of the node, or the id of a tag object' }),
  },
  { title: 'Tag' },
)

const Entity = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    kind: Type.String(),
    service: Type.Boolean({ description: 'the money is among other people’s there' }),
    confidence: Type.Number(),
    basis: Type.String(),
    evidence: Type.Array(Type.String()),
    contact: orNull(Type.String()),
    conflicts: Type.Array(Type.String()),
    abuse: Type.Optional(Type.String()),
  },
  { title: 'Entity' },
)

const LookUp = Type.Object({ address: Type.String(), entity: orNull(Entity), tags: Type.Array(TagShown) }, { title: 'LookUp' })
const Library = Type.Object(
  {
    tags: Type.Integer(),
    actors: Type.Integer(),
    addresses: Type.Integer(),
    conflicts: Type.Integer(),
    repeated: Type.Integer(),
    refused: Type.Integer(),
    notes: Type.Integer(),
    files: Type.Array(
      Type.Object({
        file: Type.String(),
        title: Type.String(),
        format: Type.String(),
        sha256: Type.String(),
        bytes: Type.Integer(),
        tags: Type.Integer(),
        actors: Type.Integer(),
      }),
    ),
  },
  { title: 'TagLibrary' },
)

/** Who is behind an address, by every tag that the caller may read. */
export function tagLookUpRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/tags/look-up/:address',
      scope: 'objects:read',
      action: 'tag.lookup',
      summary: 'Look up who is behind an address',
      description:
        'By the tags of the node’s files and the tag objects that you may read: the best claim, what speaks against it, and every tag with its source.',
      tag: 'tags',
      params: Type.Object({ address: Address }),
      answers: { 200: LookUp },
    },
    async ({ params }, caller) => {
      const own = (await peek(node, caller, (ask) => tagsOfAddress(ask, params.address))).map(asTag)
      return await node.library.ask('lookUp', { address: params.address, own })
    },
    async (ask, { params }, body) => {
      await tagsOfAddress(ask, params.address)
      ask.detail.tags = body.tags.length
      return { body }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/tags/transactions/:hash',
      scope: 'objects:read',
      action: 'tag.transaction',
      summary: 'Look up tags of a transaction',
      tag: 'tags',
      params: Type.Object({ hash: Type.String({ pattern: '^(0x)?[0-9a-fA-F]{64}$' }) }),
      answers: { 200: Type.Object({ transaction: Type.String(), tags: Type.Array(TagShown) }) },
    },
    async ({ params }) => node.library.ask('lookUpTransaction', { hash: params.hash }),
    async (ask, _came, body) => {
      ask.detail.tags = body.tags.length
      return { body }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/tags/library',
      scope: 'objects:read',
      action: 'tag.library',
      summary: 'Read what files of tags the node has',
      tag: 'tags',
      answers: { 200: Library },
    },
    async () => node.library.ask('library', {}),
    async (_ask, _came, body) => ({ body }),
  )
}
