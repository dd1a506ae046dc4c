import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { announceUpload, endUpload, ownUpload, type Upload } from '../../files/index.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { ById } from '../shapes.ts'
import { appendRoute } from './uploads-append.ts'
import { offsetOf, shownUpload, UploadShown, uploadHeaders } from './uploads-shown.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

const UploadInput = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 300, description: 'a text; its ending says how the file is read' }),
    mediaType: Type.Optional(orNull(Type.String({ maxLength: 200 }))),
    bytes: Type.Optional(
      orNull(
        Type.Integer({
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'how many will come: then the last of them completes it',
        }),
      ),
    ),
    sha256: Type.Optional(orNull(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'what they must hash to' }))),
  },
  { additionalProperties: false, title: 'UploadInput' },
)

/** Files on their way in: announced, sent in as many pieces as it takes, and gone on with after any break. */
export function uploadRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/uploads',
      scope: 'objects:write',
      action: 'upload.create',
      summary: 'Announce a file',
      description:
        'Then send its bytes with PATCH, in one request or many. A complete upload becomes a file (POST /files), or is read by a job.',
      tag: 'files',
      body: UploadInput,
      answers: { 201: UploadShown },
    },
    async (ask, { body }) => {
      await node.receiver.checkFits(body.bytes ?? 1)
      const { uploadsPerPerson, uploadHours } = node.config.limits
      const told = toldOf(body)
      const upload = await announceUpload(ask, told, { most: uploadsPerPerson, hours: uploadHours })
      ask.detail.upload = upload.id
      return { ...shownUpload(upload, 0, 201), headers: { ...uploadHeaders(upload, 0), location: `/api/v1/uploads/${upload.id}` } }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/uploads/:id',
      scope: 'objects:write',
      action: 'upload.read',
      summary: 'See how far an upload is',
      description: 'HEAD gives the same headers: Upload-Offset is how many bytes are there, also after the node was killed.',
      tag: 'files',
      params: ById,
      answers: { 200: UploadShown },
    },
    async (ask, { params }) => {
      const upload = await ownUpload(ask, params.id)
      ask.detail.upload = upload.id
      return shownUpload(upload, await offsetOf(node, upload))
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/uploads/:id',
      scope: 'objects:write',
      action: 'upload.end',
      summary: 'Take an upload back',
      description: 'Its bytes are taken away. What was made of it already stays.',
      tag: 'files',
      params: ById,
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      await endUpload(ask, params.id)
      ask.detail.upload = params.id
      await node.receiver.remove([params.id])
      return {}
    },
  )
  appendRoute(app, node)
}

function toldOf({ name, mediaType, bytes, sha256 }: Static<typeof UploadInput>): Pick<Upload, 'name' | 'mediaType' | 'bytes' | 'sha256'> {
  return { name, mediaType: mediaType ?? null, bytes: bytes ?? null, sha256: sha256 ?? null }
}
