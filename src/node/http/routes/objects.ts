import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { LINKS, linkedFrom, linkedTo, linkObjects, REFERS } from '../../objects/links.ts'
import { countObjects, listObjects, type ObjectFilter } from '../../objects/list.ts'
import { readAnyObject, readVersions } from '../../objects/read.ts'
import { relabel } from '../../objects/relabel.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'

const AnyObject = objectOf(Type.Unknown({ description: 'as its kind has it' }), 'Object')
const Filter = {
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'words that must all occur' })),
  organisation: Type.Optional(Type.String({ maxLength: 64, description: 'owner' })),
}

function filterOf(query: { kind?: string | undefined; q?: string | undefined; organisation?: string | undefined }): ObjectFilter {
  const { kind, q, organisation } = query
  return { ...(kind !== undefined && { kind }), ...(q !== undefined && { words: q }), ...(organisation !== undefined && { organisation }) }
}

/** What is the same for objects of every kind: search, counts, versions, labels, links. */
export function objectRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects',
      scope: 'objects:read',
      action: 'object.list',
      summary: 'Search objects of every kind, newest first',
      tag: 'objects',
      query: Type.Object({ ...Filter, ...PageQuery }, { additionalProperties: false }),
      answers: { 200: pageOf(AnyObject) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'object.list', query)
      const { objects, more } = await listObjects(ask, filterOf(query), { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects/counts',
      scope: 'objects:read',
      action: 'object.count',
      summary: 'Count objects by kind',
      tag: 'objects',
      query: Type.Object(Filter, { additionalProperties: false }),
      answers: { 200: Type.Record(Type.String(), Type.Integer()) },
    },
    async (ask, { query }) => ({ body: await countObjects(ask, filterOf(query)) }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects/:id',
      scope: 'objects:read',
      action: 'object.read',
      summary: 'Read an object of any kind',
      tag: 'objects',
      params: ById,
      answers: { 200: AnyObject },
    },
    async (ask, { params }) => answerObject(await readAnyObject(ask, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects/:id/versions',
      scope: 'objects:read',
      action: 'object.versions',
      summary: 'Every version that you may read, oldest first',
      tag: 'objects',
      params: ById,
      query: Type.Object(PageQuery, { additionalProperties: false }),
      answers: { 200: pageOf(AnyObject) },
    },
    async (ask, { params, query }) => {
      const pager = pagerOf(node, ask, `object.versions/${params.id}`, query)
      const { versions, more } = await readVersions(ask, params.id, { after: Number(pager.after ?? 0), limit: pager.limit })
      return pager.answer(versions.map(shown), String(versions.at(-1)?.version), more)
    },
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/objects/:id/label',
      scope: null,
      action: 'object.relabel',
      summary: 'Put another label on an object',
      description:
        'Opening takes a releaser of the originating organisation who wrote none of it. Closing may be done by its creator, or a supervisor or releaser of its owner.',
      tag: 'objects',
      params: ById,
      body: Type.Object({ label: LabelInput, reason: Type.String({ minLength: 1, maxLength: 2000 }) }, { additionalProperties: false }),
      ifMatch: true,
      answers: { 200: AnyObject },
    },
    async (ask, { params, body, headers }) => {
      const object = await readAnyObject(ask, params.id)
      checkIfMatch(headers, object)
      return answerObject(await relabel(ask, object, await labelGiven(ask, node.config, body.label), body.reason))
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/objects/:id/links',
      scope: 'objects:read',
      action: 'object.links',
      summary: 'What an object is linked to, in both directions',
      tag: 'objects',
      params: ById,
      answers: { 200: LinksShown },
    },
    async (ask, { params }) => {
      await readAnyObject(ask, params.id)
      return { body: { to: await linkedFrom(ask, params.id), from: await linkedTo(ask, params.id) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/objects/:id/links',
      scope: 'objects:write',
      action: 'object.link',
      summary: 'Refer from an object of yours to another',
      tag: 'objects',
      params: ById,
      body: Type.Object({ target: Id }, { additionalProperties: false }),
      answers: { 204: Type.Null() },
    },
    async (ask, { params, body }) => {
      await readAnyObject(ask, params.id)
      await readAnyObject(ask, body.target)
      await linkObjects(ask, params.id, body.target, REFERS)
      return { status: 204 }
    },
  )
}

const Linked = Type.Object({ link: Type.Enum(LINKS.map(({ kind }) => kind)), id: Id, kind: Type.String(), version: Type.Integer() })
const LinksShown = Type.Object({ to: Type.Array(Linked), from: Type.Array(Linked) })
