import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { canonicalJson } from '../../../chain/index.ts'
import { exportCase } from '../../cases/export.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { ById, Id, objectOf, Time } from '../shapes.ts'

const Proof = Type.Object({
  format: Type.String(),
  entry: Type.String(),
  index: Type.Integer(),
  path: Type.Array(Type.String()),
  checkpoint: Type.String(),
})
const Exported = objectOf(Type.Unknown(), 'ExportedObject')
const Document = Type.Object(
  {
    format: Type.String(),
    formatVersion: Type.Integer(),
    exportedAt: Time,
    exportedBy: Type.Object({ person: Id, organisation: Type.String() }),
    record: Type.Object({ origin: Type.String(), key: Type.String() }),
    scope: Type.String(),
    marking: Type.String(),
    case: Id,
    objects: Type.Array(Type.Object({ ...Exported.properties, proof: Proof }, { title: 'ProvenObject' })),
    links: Type.Array(Type.Object({ source: Id, target: Id, link: Type.String() })),
  },
  { title: 'CaseExport' },
)

/** A case in one document. */
export function caseExportRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/export',
      scope: 'exports:make',
      action: 'case.export',
      summary: 'A case and all that it holds in one document, each object with the proof that it is in the record',
      description:
        'What you may read, in its latest version. Every object can be checked offline: its hash is in the entry, and the entry is under a signed checkpoint. Where something was written in the last second, ask again.',
      tag: 'cases',
      params: ById,
      answers: { 200: Document },
    },
    async (ask, { params }) => {
      await readObject(ask, 'case', params.id)
      const body = await exportCase(node, ask, params.id)
      ask.detail.objects = body.objects.length
      ask.detail.sha256 = createHash('sha256').update(canonicalJson(body)).digest('hex')
      return { body, headers: { 'content-disposition': `attachment; filename="case-${params.id}.json"` } }
    },
  )
}
