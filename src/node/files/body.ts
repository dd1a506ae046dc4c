import { type Static, Type } from 'typebox'
import type { Stored } from './store.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const Time = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/**
 * Where a file was found and how it was captured: what the Berkeley Protocol on Digital Open Source Investigations (OHCHR 2022, chapter VI, C and D) asks to be written down at collection.
 */
export const Provenance = Type.Object(
  {
    /** Where it was found. */
    url: Type.Optional(orNull(Type.String({ format: 'uri', maxLength: 2000 }))),
    device: Type.Optional(orNull(text(300, 'where it did not come from the network: device, carrier or person that it was taken from'))),
    capturedAt: Type.Optional(orNull(Time)),
    capturedBy: Type.Optional(orNull(text(200, 'who captured it, where that is not who sends it'))),
    tool: Type.Optional(orNull(text(200, 'what it was captured with'))),
    toolVersion: Type.Optional(orNull(text(100, 'version of the tool'))),
    originalSha256: Type.Optional(
      orNull(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'hash that came with it, where it is a copy made otherwise' })),
    ),
    notes: Type.Optional(orNull(Type.String({ maxLength: 20_000 }))),
  },
  { ...closed, title: 'Provenance' },
)

/** What an object of kind `file` says. The content's hash, size and names never change; what is known of where it came from can be added to. */
export const FileBody = Type.Object(
  {
    sha256: Type.String(),
    bytes: Type.Integer(),
    name: Type.String({ description: 'the name that it came with; a text and nothing else' }),
    mediaType: orNull(Type.String({ description: 'as whoever sent it says' })),
    sniffed: Type.String({ description: 'as its first bytes say' }),
    receivedAt: Time,
    receivedBy: Type.String({ description: 'person who sent it, or for whom a job made it' }),
    madeBy: orNull(Type.String({ description: 'job that made it here; null for what was sent' })),
    provenance: Provenance,
  },
  { ...closed, title: 'FileBody' },
)

export type Provenance = Static<typeof Provenance>
export type FileBody = Static<typeof FileBody>

/** The body of a file that was received or made. */
export function fileBody(
  stored: Stored,
  told: { readonly name: string; readonly mediaType: string | null; readonly provenance: Provenance },
  received: { readonly at: string; readonly by: string; readonly job: string | null },
): FileBody {
  return {
    ...stored,
    name: told.name,
    mediaType: told.mediaType,
    receivedAt: received.at,
    receivedBy: received.by,
    madeBy: received.job,
    provenance: told.provenance,
  }
}
