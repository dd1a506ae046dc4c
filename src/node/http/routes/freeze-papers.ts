import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import {
  FREEZE_LANGUAGES,
  FREEZE_REQUEST_SCHEMA,
  type FreezeStanding,
  freezeClock,
  freezeGate,
  freezeStandingOf,
  possibleActions,
} from '../../../cases/index.ts'
import { attachment } from '../../files/index.ts'
import { confirmPoints, directoryFor, freezeOf, type KeptFreeze, PAPER_FORMS, paperOf, paperSource, REQUEST } from '../../freeze/index.ts'
import { changedMeanwhile } from '../../objects/errors.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { peek } from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { ById } from '../shapes.ts'
import { Clock, closed, FreezeAnswer, FreezeStep, Gate, Standings } from './freeze-shapes.ts'

/** What can be seen of a request: its gate, its clock, what stands, its history, its papers. */
export function freezePaperRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id/gate',
      scope: 'objects:read',
      action: 'request.gate',
      summary: 'See everything that a request lacks, at once',
      tag: 'freeze',
      params: ById,
      answers: { 200: Gate },
    },
    async ({ params }, caller) => {
      const { body } = await peek(node, caller, (ask) => readObject<KeptFreeze>(ask, REQUEST, params.id))
      return await confirmPoints(node, body.request.points)
    },
    async (ask, { params }, confirm) => {
      const { request } = (await readObject<KeptFreeze>(ask, REQUEST, params.id)).body
      const directory = await directoryFor(ask, node.exchanges)
      const points = request.points.map((point) => ({ id: point.id, confirmation: confirm === null ? null : confirm(point) }))
      return { body: { ...freezeGate(request, { directory, now: ask.now.toISOString(), confirm }), points } }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id/clock',
      scope: 'objects:read',
      action: 'request.clock',
      summary: 'Read the clock of a request',
      description: 'Every deadline with the seconds that remain, what is overdue, what to do next, and what you can do.',
      tag: 'freeze',
      params: ById,
      answers: { 200: Clock },
    },
    async (ask, { params }) => {
      const object = await readObject<KeptFreeze>(ask, REQUEST, params.id)
      const entry = (await directoryFor(ask, node.exchanges)).exchange(object.body.request.exchange)
      const clock = freezeClock(freezeOf(object), entry, ask.now.toISOString())
      const possible = object.organisation === ask.caller.organisation ? possibleActions(object.body.state, ask.caller.roles) : []
      return { body: { ...clock, possible } }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id/standing',
      scope: 'objects:read',
      action: 'request.standing',
      summary: 'Read what is asked, held, frozen and short',
      tag: 'freeze',
      params: ById,
      answers: { 200: Standings },
    },
    async (ask, { params }) => {
      const { points, assets } = freezeStandingOf(freezeOf(await readObject<KeptFreeze>(ask, REQUEST, params.id)))
      return {
        body: {
          points: [...points].map(([id, standing]) => ({ id, ...texts(standing) })),
          assets: [...assets].map(([asset, standing]) => ({ asset, ...texts(standing) })),
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id/history',
      scope: 'objects:read',
      action: 'request.history',
      summary: 'Read every step and every answer, oldest first',
      tag: 'freeze',
      params: ById,
      answers: { 200: Type.Object({ steps: Type.Array(FreezeStep), answers: Type.Array(FreezeAnswer) }, { title: 'FreezeHistory' }) },
    },
    async (ask, { params }) => {
      const { history, answers } = (await readObject<KeptFreeze>(ask, REQUEST, params.id)).body
      return { body: { steps: history, answers } }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id/document',
      scope: 'objects:read',
      action: 'request.document',
      summary: 'Fetch a request as JSON, PDF or plain text',
      description:
        'What was sent, byte for byte; while it is written, a preview that says so. Equal requests give equal bytes. Fixed words are in the language that is asked for, the request’s own by default; what people wrote stays as they wrote it.',
      tag: 'freeze',
      params: ById,
      query: Type.Object(
        {
          format: Type.Optional(Type.Enum([...PAPER_FORMS], { default: 'json' })),
          language: Type.Optional(Type.Enum([...FREEZE_LANGUAGES])),
        },
        closed,
      ),
      answers: { 200: Type.String({ description: 'the bytes; JSON follows the schema at /exchanges/request-schema' }) },
    },
    async ({ params, query: { format = 'json', language } }, caller) => {
      const { hash, source } = await peek(node, caller, async (ask) => {
        const object = await readObject<KeptFreeze>(ask, REQUEST, params.id)
        return { hash: object.hash, source: paperSource(object, await directoryFor(ask, node.exchanges)) }
      })
      return { hash, paper: await paperOf(source, format, language ?? source.document.language, node.desk) }
    },
    async (ask, { params, query }, { hash, paper }) => {
      const object = await readObject<KeptFreeze>(ask, REQUEST, params.id)
      if (object.hash !== hash) throw changedMeanwhile(object.version)
      ask.detail.format = query.format ?? 'json'
      ask.detail.sha256 = paper.sha256
      return {
        body: paper.bytes,
        headers: {
          etag: `"${paper.sha256}"`,
          'content-type': paper.type,
          'content-language': paper.language,
          'content-disposition': attachment(paper.name),
          'repr-digest': `sha-256=:${Buffer.from(paper.sha256, 'hex').toString('base64')}:`,
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/exchanges/request-schema',
      scope: null,
      action: 'request.schema',
      summary: 'Read the JSON Schema of the document that an exchange receives',
      tag: 'exchanges',
      answers: { 200: Type.Unknown() },
    },
    async () => ({ body: FREEZE_REQUEST_SCHEMA }),
  )
}

function texts({ asked, held, frozen, short }: FreezeStanding): object {
  return { asked: asked.toString(), held: held.toString(), frozen: frozen.toString(), short: short.toString() }
}
