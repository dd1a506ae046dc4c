import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import { decisionsOn, suppressionsFrom } from '../../screening/standing-decisions.ts'
import { doorAfter } from '../door.ts'
import { orNull } from './screen-answer.ts'
import { text } from './screen-asked.ts'

const Suppression = Type.Object(
  {
    decision: Type.String({ format: 'uuid' }),
    list: Type.String(),
    entry: Type.String(),
    time: Type.String(),
    by: Type.String({ format: 'uuid' }),
    second: orNull(Type.String({ format: 'uuid' })),
    reason: Type.String(),
    expires: orNull(Type.String()),
    entryNow: Type.Enum(['same', 'changed', 'unknown'], {
      description: 'what the list says of the entry now, against what was decided on',
    }),
  },
  { title: 'Suppression' },
)

/** What decisions hold back for a customer. */
export function screenSuppressionRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/suppressions',
      scope: 'screen:ask',
      action: 'screen.suppressions',
      summary: 'Say what your organisation’s decisions hold back for a customer',
      description:
        'A question by POST, so that the customer stands in no address. One that has expired, or whose entry or customer is another now, holds nothing back.',
      tag: 'screening',
      body: Type.Object({ customer: text(200) }, { additionalProperties: false }),
      reads: true,
      answers: { 200: Type.Object({ suppressions: Type.Array(Suppression) }, { title: 'Suppressions' }) },
    },
    async () => node.screening.lists.current,
    async (ask, { body: { customer } }, screener) => {
      const standing = await decisionsOn(ask, [customer])
      const found = suppressionsFrom(standing).get(customer) ?? []
      const suppressions = found.map(({ record, list, entry, hash, time, by, second, reason, expires }) => {
        const now = screener.entryHash(list, entry)
        const entryNow = now === null ? 'unknown' : now === hash ? 'same' : 'changed'
        return { decision: standing[record - 1]?.object.id, list, entry, time, by, second, reason, expires, entryNow }
      })
      Object.assign(ask.detail, { suppressions: suppressions.length })
      return { body: { suppressions } }
    },
  )
}
