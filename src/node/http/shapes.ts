import { type TSchema, Type } from 'typebox'
import type { Label } from '../../share/index.ts'
import { showLabel } from '../../share/index.ts'
import type { StoredObject } from '../objects/object.ts'
import type { Answer } from './answer.ts'

/** An object's id. */
export const Id = Type.String({ format: 'uuid' })
export const ById = Type.Object({ id: Id })
export const Time = Type.String({ format: 'date-time' })

/** A label as it is asked for. Sets that are left out are empty; without a label a record is its originator's alone. */
export const LabelInput = Type.Object(
  {
    tlp: Type.Enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
    nations: Type.Optional(Type.Array(Type.String(), { maxItems: 64 })),
    organisations: Type.Optional(Type.Array(Type.String(), { maxItems: 256 })),
    caveats: Type.Optional(Type.Array(Type.String(), { maxItems: 32 })),
    persons: Type.Optional(Type.Array(Type.String(), { maxItems: 256 })),
    expires: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  },
  { title: 'LabelInput', additionalProperties: false },
)

const LabelShown = Type.Object(
  {
    policy: Type.String(),
    tlp: Type.String(),
    nations: Type.Array(Type.String()),
    organisations: Type.Array(Type.String()),
    caveats: Type.Array(Type.String()),
    persons: Type.Array(Type.String()),
    originator: Type.String(),
    expires: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'Label' },
)

/** An object with a body of a kind. */
export function objectOf<Body extends TSchema>(body: Body, title: string) {
  return Type.Object(
    {
      id: Id,
      kind: Type.String(),
      version: Type.Integer(),
      organisation: Type.String({ description: 'owner' }),
      createdBy: Id,
      createdAt: Time,
      changedBy: Id,
      changedAt: Time,
      label: LabelShown,
      marking: Type.String({ description: 'the label as it is shown' }),
      body,
      hash: Type.String({ description: 'SHA-256 of this version, as the record has it' }),
    },
    { title },
  )
}

/** A page of something. */
export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'cursor of the next page; none where this is the last' })),
  })
}

/** What asks for a page. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
}

/** An object as it is answered. */
export function shown(object: StoredObject): object {
  return { ...object, marking: showLabel(object.label as Label) }
}

/** An object as an answer, with its ETag. */
export function answerObject(object: StoredObject, status = 200, location?: string): Answer {
  return { status, body: shown(object), headers: { etag: etagOf(object), ...(location !== undefined && { location }) } }
}

/** The ETag of a version: strong, since equal hashes are equal bytes. */
export function etagOf({ hash }: Pick<StoredObject, 'hash'>): string {
  return `"${hash.slice(0, 32)}"`
}
