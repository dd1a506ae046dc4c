import type { FastifyInstance } from 'fastify'
import { applyFreezeAction } from '../../../cases/index.ts'
import {
  actionOf,
  actorOf,
  changeTeam,
  confirmPoints,
  directoryFor,
  freezeOf,
  type ActionGiven as Given,
  type KeptFreeze,
  keptOf,
  mustHaveScope,
  REQUEST,
} from '../../freeze/index.ts'
import { changeObject } from '../../objects/change.ts'
import { notOwner } from '../../objects/errors.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { peek } from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById } from '../shapes.ts'
import { ActionGiven, Request, TeamGiven } from './freeze-shapes.ts'

/** What is done with a request, and who is of its team. */
export function freezeActionRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/requests/:id/actions',
      scope: null,
      action: 'request.act',
      summary: 'Authorise a request, send it, record what came of it',
      description:
        'To authorise and to send, the request must pass its gate, and the one who authorises must neither have drafted nor changed it: by a session of his own, never by key. `send` keeps the document that leaves, byte for byte; carry it to the exchange by the channel that it names. ' +
        'Fields: acknowledge reference, at; answer answer; extend until, reference; release, reopen, withdraw-authorisation reason; seize reference, reason; authorise may have a reason.',
      tag: 'freeze',
      params: ById,
      body: ActionGiven,
      ifMatch: true,
      answers: { 200: Request },
    },
    async ({ params, body }, caller) => {
      mustHaveScope(caller, body.action)
      const { body: kept } = await peek(node, caller, (ask) => readObject<KeptFreeze>(ask, REQUEST, params.id))
      // Ledgers are asked before the transaction; what they say holds for these points, whatever is done meanwhile.
      return body.action === 'authorise' || body.action === 'send' ? await confirmPoints(node, kept.request.points) : null
    },
    async (ask, { params, body, headers }, confirm) => {
      const before = await readObject<KeptFreeze>(ask, REQUEST, params.id)
      checkIfMatch(headers, before)
      if (before.organisation !== ask.caller.organisation) throw notOwner()
      const desk = { directory: await directoryFor(ask, node.exchanges), confirm }
      const action = actionOf(body as Given)
      const after = applyFreezeAction(freezeOf(before), action, actorOf(ask), ask.now.toISOString(), desk)
      const step = after.history.at(-1)
      Object.assign(ask.detail, { action: step?.action ?? null, request: step?.request ?? null, sent: after.sent?.sha256 ?? null })
      return answerObject(await changeObject(ask, before, { body: keptOf(after) }, step?.action))
    },
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/requests/:id/team',
      scope: 'freeze:draft',
      action: 'request.team',
      summary: 'Name further people for a request, or take some out',
      description:
        'Who opened a request names people of his own organisation, for example the supervisor who is to authorise it. Nobody else can, and nobody of another organisation can be named: that is a release. Those who come later see the request as it is from then on, not its earlier versions.',
      tag: 'freeze',
      params: ById,
      body: TeamGiven,
      ifMatch: true,
      answers: { 200: Request },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<KeptFreeze>(ask, REQUEST, params.id)
      checkIfMatch(headers, before)
      const { add = [], remove = [], reason } = body
      return answerObject(await changeTeam(ask, before, { add, remove, reason }))
    },
  )
}
