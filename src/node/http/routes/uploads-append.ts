import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { completeUpload, ownUpload, type Upload } from '../../files/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { Caller } from '../../people/caller.ts'
import { peek } from '../../tracing/index.ts'
import { refused, transact } from '../../transact.ts'
import { callerOf } from '../caller-hook.ts'
import { Problem } from '../problem.ts'
import { ById } from '../shapes.ts'
import { offsetOf, UploadShown, uploadHeaders } from './uploads-shown.ts'

const TYPES = ['application/octet-stream', 'application/partial-upload']

/**
 * PATCH of an upload. It is no door of the usual kind: bytes come for as long as they come, and no transaction is held meanwhile. The record gets an entry when it is complete, and for every refusal.
 */
export function appendRoute(app: FastifyInstance, node: NodeParts): void {
  void app.register(async (own) => {
    own.removeAllContentTypeParsers()
    // The bytes go to the disk as they come; nothing gathers them.
    own.addContentTypeParser(TYPES, (_request, payload, done) => done(null, payload))
    own.route({
      method: 'PATCH',
      url: '/uploads/:id',
      schema: {
        summary: 'Send bytes of a file',
        description:
          'Headers: Upload-Offset says where these bytes begin, which must be where the upload is; `Upload-Complete: ?1` says that they are the last (not needed where the size was announced). What arrived stays, whatever becomes of the request: ask with HEAD, and go on from there.',
        tags: ['files'],
        operationId: 'upload.append',
        security: [{ session: [] }, { key: ['objects:write'] }],
        consumes: TYPES,
        params: ById,
        headers: Type.Object({
          'upload-offset': Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
          'upload-complete': Type.Optional(Type.Enum(['?0', '?1'])),
        }),
        response: { 200: UploadShown, default: Problem },
      },
      handler: async (request, reply) => {
        const caller = callerOf(request)
        try {
          return await append(node, caller, request, reply)
        } catch (error) {
          // What is still on its way is not waited for.
          reply.header('connection', 'close')
          // What keeps the record from being written must not hide why the upload failed; the log has it.
          await refused(node, caller, { door: 'api', action: 'upload.append' }, error).catch((failed) => request.log.error(failed))
          throw error
        }
      },
    })
  })
}

async function append(node: NodeParts, caller: Caller, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!caller.scopes.includes('objects:write'))
    throw new CordonError('node/forbidden', 'this needs the scope objects:write', {
      remedy: 'Ask an administrator for the role, or use a credential that has the scope.',
    })
  const { id } = request.params as { id: string }
  // Only who owns it breaks off what is under way; how far it is then is asked when nobody else is at it.
  await peek(node, caller, (ask) => ownUpload(ask, id))
  return await node.receiver.alone(id, (signal) => receive(node, caller, id, request, reply, signal))
}

async function receive(
  node: NodeParts,
  caller: Caller,
  id: string,
  { headers, body }: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<unknown> {
  // The schema has made a number of it.
  const offset = headers['upload-offset'] as unknown as number
  const upload = await peek(node, caller, (ask) => ownUpload(ask, id))
  if (upload.state === 'complete' && offset === upload.bytes) return answer(reply, upload, offset)
  if (upload.state !== 'open')
    throw new CordonError('uploads/used', `upload ${id} is complete already`, { remedy: 'Use it, or announce another.' })
  const coming = Number(headers['content-length'] ?? 0)
  await node.receiver.checkFits(Math.max(1, upload.bytes === null ? offset + coming : upload.bytes - (await offsetOf(node, upload))))
  const most = upload.bytes ?? Number.MAX_SAFE_INTEGER
  let at: number
  try {
    at = await node.receiver.append(id, offset, body as AsyncIterable<Uint8Array>, most, signal)
  } catch (error) {
    reply.header('upload-offset', String(await node.receiver.offset(id)))
    throw error
  }
  const isLast = upload.bytes === null ? headers['upload-complete'] === '?1' : at === upload.bytes
  if (!isLast) return answer(reply, upload, at)
  return answer(reply, await complete(node, caller, upload), at)
}

/** Everything came: it is hashed, and is what was announced or nothing. */
async function complete(node: NodeParts, caller: Caller, { id, sha256 }: Upload): Promise<Upload> {
  const found = await node.receiver.digest(id)
  if (sha256 !== null && found.sha256 !== sha256) {
    await node.receiver.remove([id])
    throw new CordonError('uploads/other-hash', `what came hashes to ${found.sha256}, and ${sha256} was announced`, {
      place: { field: 'sha256' },
      remedy: 'Something was changed or lost on the way. Send all of it again: the upload begins anew.',
    })
  }
  return await transact(node, caller, { door: 'api', action: 'upload.complete' }, async (ask) => {
    ask.detail.upload = id
    ask.detail.sha256 = found.sha256
    ask.detail.bytes = found.bytes
    return await completeUpload(ask, id, found)
  })
}

function answer(reply: FastifyReply, upload: Upload, offset: number): object {
  reply.headers(uploadHeaders(upload, offset))
  return { ...upload, offset }
}
