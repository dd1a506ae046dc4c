import { Type } from 'typebox'
import type { Upload } from '../../files/index.ts'
import type { NodeParts } from '../../parts.ts'
import type { Answer } from '../answer.ts'
import { Id, Time } from '../shapes.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/** An upload as it is answered. */
export const UploadShown = Type.Object(
  {
    id: Id,
    name: Type.String(),
    mediaType: orNull(Type.String()),
    bytes: orNull(Type.Integer()),
    sha256: orNull(Type.String()),
    sniffed: orNull(Type.String()),
    state: Type.Enum(['open', 'complete', 'used', 'ended']),
    offset: Type.Integer({ description: 'bytes that are there' }),
    createdAt: Time,
    expiresAt: Time,
  },
  { title: 'Upload' },
)

/** How much of an upload is there. Of one that was used the bytes are elsewhere. */
export async function offsetOf(node: NodeParts, { id, state, bytes }: Upload): Promise<number> {
  return state === 'open' ? await node.receiver.offset(id) : (bytes ?? 0)
}

export function shownUpload(upload: Upload, offset: number, status = 200): Answer {
  return { status, body: { ...upload, offset }, headers: uploadHeaders(upload, offset) }
}

/** The headers of draft-ietf-httpbis-resumable-upload. */
export function uploadHeaders({ bytes, state }: Upload, offset: number): Record<string, string> {
  return {
    'upload-offset': String(offset),
    'upload-complete': state === 'open' ? '?0' : '?1',
    ...(bytes !== null && { 'upload-length': String(bytes) }),
  }
}
