import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { FileBody } from '../../files/index.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { peek } from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { ById, Time } from '../shapes.ts'
import { contentAnswer } from './content-answer.ts'

/** Types that are named as what they are: nothing of them runs in a browser. */
const INERT = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain; charset=utf-8'])

const Bytes = Type.String({ description: 'the bytes' })

const Verified = Type.Object(
  {
    sha256: Type.String({ description: 'as it was received' }),
    found: Type.String({ description: 'as the bytes are now' }),
    bytes: Type.Integer(),
    same: Type.Boolean(),
    at: Time,
  },
  { title: 'VerifiedFile' },
)

/** A file's bytes, and whether they are still what they were. */
export function fileContentRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/files/:id/content',
      scope: 'objects:read',
      action: 'file.content',
      summary: 'Fetch the bytes of a file',
      description: 'To be saved, never shown in place. Range requests are answered.',
      tag: 'files',
      params: ById,
      answers: { 200: Bytes, 206: Bytes },
    },
    async (ask, { params, headers }) => {
      const { body, label } = await readObject<FileBody>(ask, 'file', params.id)
      ask.detail.sha256 = body.sha256
      if (headers.range !== undefined) ask.detail.range = headers.range.slice(0, 60)
      const type = INERT.has(body.sniffed) ? body.sniffed : 'application/octet-stream'
      return await contentAnswer(node, { sha256: body.sha256, bytes: body.bytes, name: body.name, type, label }, headers)
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/files/:id/verify',
      scope: 'objects:read',
      action: 'file.verify',
      summary: 'Hash a file again',
      description: 'All its bytes are read from the disk and hashed; the outcome is in the record.',
      tag: 'files',
      params: ById,
      reads: true,
      answers: { 200: Verified },
    },
    async ({ params }, caller) => {
      const { body } = await peek(node, caller, (ask) => readObject<FileBody>(ask, 'file', params.id))
      return await node.files.rehash(body.sha256)
    },
    async (ask, { params }, { sha256: found, bytes }) => {
      const { body } = await readObject<FileBody>(ask, 'file', params.id)
      const same = found === body.sha256 && bytes === body.bytes
      Object.assign(ask.detail, { sha256: body.sha256, found, same })
      return { body: { sha256: body.sha256, found, bytes, same, at: ask.now.toISOString() } }
    },
  )
}
