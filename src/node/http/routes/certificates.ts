import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import { listCertificates, registerCertificate, removeCertificate } from '../../people/certificates.ts'
import { readPerson } from '../../people/persons.ts'
import { door } from '../door.ts'
import { ById, Id, Time } from '../shapes.ts'
import { managerOf, onPeople, worldOf } from './people-work.ts'

const Certificate = Type.Object(
  {
    fingerprint: Type.String({ description: 'SHA-256 of the certificate' }),
    subject: Type.String({ description: 'for people; nothing is decided by it' }),
    registeredAt: Time,
    expiresAt: Time,
    usedAt: Type.Union([Type.String({ format: 'date-time', description: 'to within five minutes' }), Type.Null()]),
  },
  { title: 'Certificate' },
)

/** Client certificates that stand for persons, where the node is configured for mutual TLS. */
export function certificateRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/persons/:id/certificates',
      scope: 'people:read',
      action: 'certificate.list',
      summary: 'The client certificates that stand for a person',
      tag: 'people',
      params: ById,
      answers: { 200: Type.Object({ items: Type.Array(Certificate) }) },
    },
    async (ask, { params }) => {
      ask.detail.person = params.id
      const items = await onPeople(ask, async (tx) => {
        const { id } = await readPerson(tx, managerOf(ask, node), params.id)
        return await listCertificates(tx, id)
      })
      return { body: { items } }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/persons/:id/certificates',
      scope: 'people:manage',
      action: 'certificate.register',
      summary: 'Register a client certificate for a person',
      description:
        'Whoever holds its key is that person from then on, also a machine. It must come from an authority of tls.clientCa. Nobody registers one for himself.',
      tag: 'people',
      params: ById,
      body: Type.Object(
        { certificate: Type.String({ minLength: 1, maxLength: 100_000, description: 'PEM, without the key' }) },
        { additionalProperties: false },
      ),
      answers: { 201: Certificate },
    },
    async (ask, { params, body }) => {
      ask.detail.person = params.id
      const made = await onPeople(ask, (tx) => registerCertificate(tx, managerOf(ask, node), params.id, body.certificate, worldOf(node)))
      ask.detail.fingerprint = made.fingerprint
      return { status: 201, body: made }
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/persons/:id/certificates/:fingerprint',
      scope: 'people:manage',
      action: 'certificate.remove',
      summary: 'Take a client certificate from a person',
      tag: 'people',
      params: Type.Object({ id: Id, fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      Object.assign(ask.detail, { person: params.id, fingerprint: params.fingerprint })
      if (!(await onPeople(ask, (tx) => removeCertificate(tx, managerOf(ask, node), params.id, params.fingerprint))))
        throw notFound('certificate', params.fingerprint)
      return {}
    },
  )
}
