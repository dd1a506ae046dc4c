import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { lockNamed } from '../../database/named-locks.ts'
import type { NodeParts } from '../../parts.ts'
import type { RowWritten } from '../../record/entry.ts'
import { ORGANISATION, tellRows, written } from '../../record/rows.ts'
import { door } from '../door.ts'
import { onPeople } from './people-work.ts'

const closed = { additionalProperties: false } as const
const Code = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$', description: 'short and for ever: labels name it' })
const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]+$' })
const Nation = Type.String({
  pattern: '^[A-Z]{3}$',
  description: 'ISO 3166-1 alpha-3: what is released to a nation is released to its organisations',
})
const KINDS = ['agency', 'exchange', 'company', 'team'] as const

const Organisation = Type.Object({ code: Code, name: Type.String(), nation: Type.String(), kind: Type.String() }, { title: 'Organisation' })

/** Organisations. Everybody who is signed in sees which there are, since labels name them. */
export function organisationRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/organisations',
      scope: null,
      action: 'organisation.list',
      summary: 'The organisations of this node, by code',
      tag: 'people',
      answers: { 200: Type.Object({ items: Type.Array(Organisation) }) },
    },
    async ({ tx }) => ({ body: { items: await tx.query('select code, name, nation, kind from organisation order by code') } }),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/organisations',
      scope: 'people:manage',
      action: 'organisation.create',
      summary: 'Register an organisation',
      description: 'By administrators of the organisation that runs the node. Code and nation stay as they are: labels were given by them.',
      tag: 'people',
      body: Type.Object({ code: Code, name: Name, nation: Nation, kind: Type.Enum([...KINDS]) }, closed),
      answers: { 201: Organisation },
    },
    async (ask, { body: { code, name, nation, kind } }) => {
      if (ask.caller.organisation !== node.config.home.organisation)
        throw new CordonError('people/not-allowed', 'organisations are registered by the one that runs the node', {
          remedy: `Ask an administrator of ${node.config.home.organisation}.`,
        })
      const [made] = await onPeople(ask, async (tx) => {
        // The index keeps two of one spelling apart, and no more.
        await lockNamed(tx, 'organisation', code.toLowerCase())
        return await tx.query<RowWritten>(
          `insert into cordon.organisation (code, name, nation, kind)
           select $1, $2, $3, $4 where not exists (select from cordon.organisation where lower(code) = lower($1))
           on conflict do nothing returning ${written(ORGANISATION)}`,
          [code, name, nation, kind],
        )
      })
      if (made === undefined)
        throw new CordonError('people/organisation-exists', `there is an organisation ${code} already`, { remedy: 'Take another code.' })
      await tellRows(ask.tx, [made], ask)
      Object.assign(ask.detail, { code, name, nation, kind })
      return { status: 201, body: { code, name, nation, kind } }
    },
  )
}
