import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { mustNotBeClosedAway } from '../../cases/case.ts'
import { custodyOf, FileBody, fileBody, Provenance, useUpload } from '../../files/index.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput, objectOf, PageQuery, pageOf, shown, Time } from '../shapes.ts'
import { fileContentRoutes } from './files-content.ts'

const closed = { additionalProperties: false } as const
const File = objectOf(FileBody, 'File')
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

const Custody = Type.Object(
  {
    index: Type.Integer({ description: 'its place in the record' }),
    at: Time,
    event: Type.Enum(['collected', 'preserved', 'verified', 'viewed', 'exported', 'changed', 'other']),
    action: Type.String(),
    outcome: Type.String(),
    organisation: orNull(Type.String()),
    person: orNull(Id),
    credential: orNull(Type.String()),
    version: Type.Integer(),
    hash: Type.String(),
    detail: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'CustodyEvent' },
)

/** Files: content by its SHA-256, with where it came from and everything that was done with it. */
export function fileRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/files',
      scope: 'objects:write',
      action: 'file.create',
      summary: 'Keep an upload as a file',
      description: 'Say where it was found, when it was captured, by whom and with what: it cannot be found out later.',
      tag: 'files',
      body: Type.Object({ upload: Id, provenance: Type.Optional(Provenance), label: Type.Optional(LabelInput) }, closed),
      answers: { 201: File },
    },
    async (ask, { body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const { id, name, mediaType, sha256, bytes, sniffed } = await useUpload(ask, body.upload)
      await node.files.adoptHashed(node.receiver.path(id), sha256)
      const received = { at: ask.now.toISOString(), by: ask.caller.person, job: null }
      const made = await createObject(ask, {
        kind: 'file',
        body: fileBody({ sha256, bytes, sniffed }, { name, mediaType, provenance: body.provenance ?? {} }, received),
        label,
      })
      ask.detail.sha256 = sha256
      return answerObject(made, 201, `/api/v1/files/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/files',
      scope: 'objects:read',
      action: 'file.list',
      summary: 'List files, newest first',
      tag: 'files',
      query: Type.Object(
        {
          ...PageQuery,
          q: Type.Optional(Type.String({ maxLength: 200 })),
          sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
        },
        closed,
      ),
      answers: { 200: pageOf(File) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'file.list', query)
      const filter = {
        kind: 'file',
        ...(query.q !== undefined && { words: query.q }),
        ...(query.sha256 !== undefined && { body: [{ path: ['sha256'], equals: query.sha256 }] }),
      }
      const { objects, more } = await listObjects(ask, filter, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/files/:id',
      scope: 'objects:read',
      action: 'file.read',
      summary: 'Read what is known of a file',
      tag: 'files',
      params: ById,
      answers: { 200: File },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'file', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/files/:id/provenance',
      scope: 'objects:write',
      action: 'file.change',
      summary: 'Change what is known of where a file came from',
      description: 'Earlier versions stay. The content, its hash and who sent it when never change.',
      tag: 'files',
      params: ById,
      body: Provenance,
      ifMatch: true,
      answers: { 200: File },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<FileBody>(ask, 'file', params.id)
      checkIfMatch(headers, before)
      await mustNotBeClosedAway(ask, before.id)
      return answerObject(await changeObject(ask, before, { body: { ...before.body, provenance: body } }))
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/files/:id/custody',
      scope: 'objects:read',
      action: 'file.custody',
      summary: 'List what was done with a file, oldest first',
      description:
        'Its chain of custody, from the record: collection, verification, every view and export (Berkeley Protocol, chapter VI). People of the owner see all of it, others what the owner and their own organisation did.',
      tag: 'files',
      params: ById,
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(Custody) },
    },
    async (ask, { params, query }) => {
      const file = await readObject<FileBody>(ask, 'file', params.id)
      const pager = pagerOf(node, ask, `file.custody ${params.id}`, query)
      const { events, more } = await custodyOf(ask, file, { after: Number(pager.after ?? -1), limit: pager.limit })
      return pager.answer(events, events.at(-1)?.index.toString(), more)
    },
  )
  fileContentRoutes(app, node)
}
