import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { addressFault, CordonError } from '../../../chain/index.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { TagBody, TagInput, tagBody } from '../../tracing/index.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'
import { tagJobRoutes } from './tags-jobs.ts'
import { tagLookUpRoutes } from './tags-look-up.ts'
import { tagPackRoutes } from './tags-pack.ts'

const closed = { additionalProperties: false } as const
const Tag = objectOf(TagBody, 'TagObject')

/** Tags of one's own: claims about addresses, each with its source, its confidence and its label. */
export function tagRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/tags',
      scope: 'objects:write',
      action: 'tag.create',
      summary: 'Tag an address',
      tag: 'tags',
      body: Type.Object({ tag: TagInput, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: Tag },
    },
    async (ask, { body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject(ask, { kind: 'tag', body: checkedTag(body.tag), label })
      return answerObject(made, 201, `/api/v1/tags/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/tags',
      scope: 'objects:read',
      action: 'tag.list',
      summary: 'List tags of this node, newest first',
      description: 'Tag objects, not the tags of the node’s files: those are looked up by address.',
      tag: 'tags',
      query: Type.Object({ ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })) }, closed),
      answers: { 200: pageOf(Tag) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'tag.list', query)
      const { objects, more } = await listObjects(
        ask,
        { kind: 'tag', ...(query.q !== undefined && { words: query.q }) },
        { limit: pager.limit, before: pager.after },
      )
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/tags/:id',
      scope: 'objects:read',
      action: 'tag.read',
      summary: 'Read a tag',
      tag: 'tags',
      params: ById,
      answers: { 200: Tag },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'tag', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/tags/:id',
      scope: 'objects:write',
      action: 'tag.change',
      summary: 'Change a tag',
      tag: 'tags',
      params: ById,
      body: TagInput,
      ifMatch: true,
      answers: { 200: Tag },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<TagBody>(ask, 'tag', params.id)
      checkIfMatch(headers, before)
      return answerObject(await changeObject(ask, before, { body: checkedTag(body) }))
    },
  )
  tagLookUpRoutes(app, node)
  tagPackRoutes(app, node)
  tagJobRoutes(app, node)
}

/** A mistyped address would tag somebody else: where the address has a checksum, it must hold. Throws `tags/bad-address`. */
function checkedTag(given: Static<typeof TagInput>): TagBody {
  const fault = given.address.startsWith('0x') ? addressFault(given.address) : null
  if (fault !== null)
    throw new CordonError('tags/bad-address', `${given.address} ${fault}`, {
      place: { field: 'address' },
      remedy: 'Copy the address again, or write it in lower case if you are sure of it.',
    })
  return tagBody(given)
}
