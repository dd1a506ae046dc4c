import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type NoteBody, readNote } from '../../../cases/index.ts'
import { addTo, mustNotBeClosedAway } from '../../cases/case.ts'
import { changeObject } from '../../objects/change.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, LabelInput, objectOf } from '../shapes.ts'
import { closed } from './case-shapes.ts'

const Body = Type.Object({ text: Type.String({ minLength: 1, maxLength: 50_000 }) }, { ...closed, title: 'NoteBody' })
const Note = objectOf(Body, 'Note')

/** Notes of a case. */
export function noteRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases/:id/notes',
      scope: 'cases:write',
      action: 'note.create',
      summary: 'Write a note to a case',
      description:
        'A case of your own organisation holds it, and is closed from then on to whoever the note is closed to: give it a label where others read the case. To a case of another organisation the note refers, and its owner may attach it.',
      tag: 'cases',
      params: ById,
      body: Type.Object({ note: Body, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: Note },
    },
    async (ask, { params, body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const { object, held } = await addTo(ask, params.id, { kind: 'note', body: readNote(body.note), label })
      ask.detail.held = held
      return answerObject(object, 201, `/api/v1/notes/${object.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/notes/:id',
      scope: 'cases:read',
      action: 'note.read',
      summary: 'Read a note',
      tag: 'cases',
      params: ById,
      answers: { 200: Note },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'note', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/notes/:id',
      scope: 'cases:write',
      action: 'note.change',
      summary: 'Change a note; what it said before is kept',
      tag: 'cases',
      params: ById,
      body: Body,
      ifMatch: true,
      answers: { 200: Note },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<NoteBody>(ask, 'note', params.id)
      checkIfMatch(headers, before)
      await mustNotBeClosedAway(ask, before.id)
      return answerObject(await changeObject(ask, before, { body: readNote(body) }))
    },
  )
}
