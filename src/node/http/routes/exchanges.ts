import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { Ask } from '../../ask.ts'
import { lockNamed } from '../../database/named-locks.ts'
import { checkEntry, directoryFor, ENTRY, type EntryBody, type EntryGiven, entryShown, ownEntries } from '../../freeze/index.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { notFound } from '../../objects/errors.ts'
import type { StoredObject } from '../../objects/object.ts'
import { renewRing } from '../../objects/ring.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, Id, LabelInput, objectOf } from '../shapes.ts'
import { closed, orNull } from './freeze-shapes.ts'

const Line = Type.String({ minLength: 1, maxLength: 2000 })
const ExchangeId = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100, description: 'lower-case words with hyphens' })
const ByExchange = Type.Object({ exchange: ExchangeId })
const Span = (description: string) => orNull(Type.String({ maxLength: 40, description: `${description}, e.g. 5 business days` }))

const entryFields = {
  id: ExchangeId,
  name: Line,
  legalName: Line,
  kind: Type.Enum(['exchange', 'issuer', 'swap-service', 'broker']),
  jurisdiction: orNull(Type.String({ maxLength: 3, description: 'country whose orders bind it, three letters' })),
  website: Line,
  channels: Type.Array(
    Type.Object(
      {
        id: ExchangeId,
        kind: Type.Enum(['portal', 'email', 'form', 'page', 'registered-office', 'central-authority']),
        address: Line,
        source: Type.String({ maxLength: 2000, description: 'page of the exchange that says so' }),
        readAs: Type.Enum(['stored copy', 'recalled']),
        note: orNull(Line),
      },
      closed,
    ),
    { maxItems: 50 },
  ),
  asks: Type.Array(Line, { maxItems: 100, description: 'what its guide asks for' }),
  windows: Type.Object(
    {
      answer: Span('from receipt to its answer'),
      access: Span('to let an agency into its portal'),
      preserves: Span('how long it preserves'),
      holdEnds: Span('when it releases by itself'),
    },
    closed,
  ),
  languages: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 50 }),
  notes: Type.Array(Line, { maxItems: 100 }),
  read: Type.String({ format: 'date', description: 'day on which the sources were read' }),
}
const Entry = Type.Object(entryFields, { ...closed, title: 'ExchangeEntryGiven' })
const EntryShown = Type.Object(
  {
    ...entryFields,
    own: Type.Boolean({ description: 'written by the operator or by your organisation, rather than by Cordon' }),
    object: orNull(Type.Object({ id: Id, version: Type.Integer() }, { description: 'your organisation’s entry' })),
  },
  { title: 'ExchangeEntry' },
)
const NotAsked = Type.Object(
  { id: Type.String(), name: Type.String(), why: Type.String(), source: Type.String() },
  { title: 'ExchangeNotAsked', description: 'whom a request would only warn' },
)
const OwnEntry = objectOf(
  Type.Object({ entry: Entry, withdrawn: Type.Boolean({ description: 'Cordon’s own entry stands again' }) }),
  'DirectoryEntry',
)

/** The directory of exchanges, and the entries of one's own over it. */
export function exchangeRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/exchanges',
      scope: 'objects:read',
      action: 'exchange.list',
      summary: 'List exchanges and issuers that can be asked, and those that must not be',
      tag: 'exchanges',
      query: Type.Object(
        {
          q: Type.Optional(Type.String({ maxLength: 100, description: 'part of a name' })),
          kind: Type.Optional(entryFields.kind),
          jurisdiction: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
        },
        closed,
      ),
      answers: { 200: Type.Object({ items: Type.Array(EntryShown), notAsked: Type.Array(NotAsked) }) },
    },
    async (ask, { query: { q, kind, jurisdiction } }) => {
      const { shown, directory } = await directoryShown(ask, node)
      const wanted = q?.toLowerCase() ?? ''
      const named = ({ id, name }: { readonly id: string; readonly name: string }) =>
        id.includes(wanted) || name.toLowerCase().includes(wanted)
      return {
        body: {
          items: shown.filter(
            (entry) =>
              (named(entry) || entry.legalName.toLowerCase().includes(wanted)) &&
              (kind === undefined || entry.kind === kind) &&
              (jurisdiction === undefined || entry.jurisdiction === jurisdiction),
          ),
          notAsked: directory.listNotAsked().filter(named),
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/exchanges/:exchange',
      scope: 'objects:read',
      action: 'exchange.read',
      summary: 'Read the entry of an exchange',
      tag: 'exchanges',
      params: ByExchange,
      answers: { 200: EntryShown },
    },
    async (ask, { params }) => {
      const { shown } = await directoryShown(ask, node)
      const entry = shown.find(({ id }) => id === params.exchange)
      if (entry === undefined) throw notFound('exchange', params.exchange)
      return { body: entry }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/exchanges',
      scope: 'directory:write',
      action: 'exchange.create',
      summary: 'Write an entry of your organisation’s own',
      description:
        'For your organisation it takes the place of Cordon’s entry of the same id. Verify a channel by telephone before there is a case: a request that goes to the wrong address warns the thief.',
      tag: 'exchanges',
      body: Type.Object({ entry: Entry, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: OwnEntry },
    },
    async (ask, { body }) => {
      const entry = body.entry as EntryGiven
      checkEntry(entry, node.exchanges)
      await lockNamed(ask.tx, 'exchange-entry', ask.caller.organisation)
      // The one for whom this waited may have a label that was new.
      await renewRing(ask)
      if ((await standing(ask, entry.id)) !== undefined)
        throw new CordonError('node/conflict', `your organisation has an entry ${entry.id} already`, { remedy: 'Change that one.' })
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject<EntryBody>(ask, { kind: ENTRY, body: { entry, withdrawn: false }, label })
      return answerObject(made, 201, `/api/v1/exchanges/${entry.id}/own`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/exchanges/:exchange/own',
      scope: 'objects:read',
      action: 'exchange.own',
      summary: 'Read your organisation’s own entry as it is kept',
      tag: 'exchanges',
      params: ByExchange,
      answers: { 200: OwnEntry },
    },
    async (ask, { params }) => answerObject(await own(ask, params.exchange)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/exchanges/:exchange/own',
      scope: 'directory:write',
      action: 'exchange.change',
      summary: 'Change your organisation’s own entry',
      tag: 'exchanges',
      params: ByExchange,
      body: Entry,
      ifMatch: true,
      answers: { 200: OwnEntry },
    },
    async (ask, { params, body, headers }) => {
      const before = await own(ask, params.exchange)
      checkIfMatch(headers, before)
      const entry = body as EntryGiven
      if (entry.id !== params.exchange)
        throw new CordonError('cases/exchanges', `the entry is ${params.exchange}, and not ${entry.id}`, {
          place: { field: 'id' },
          remedy: 'Withdraw it, and write another.',
        })
      checkEntry(entry, node.exchanges)
      return answerObject(await changeObject<EntryBody>(ask, before, { body: { entry, withdrawn: false } }))
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/exchanges/:exchange/own',
      scope: 'directory:write',
      action: 'exchange.withdraw',
      summary: 'Withdraw your organisation’s own entry',
      description: 'Its versions stay. Cordon’s own entry stands again, if there is one.',
      tag: 'exchanges',
      params: ByExchange,
      ifMatch: true,
      answers: { 200: OwnEntry },
    },
    async (ask, { params, headers }) => {
      const before = await own(ask, params.exchange)
      checkIfMatch(headers, before)
      return answerObject(await changeObject<EntryBody>(ask, before, { body: { ...before.body, withdrawn: true } }, 'withdrawn'))
    },
  )
}

/** The directory as the caller sees it, with the objects of his organisation's entries. */
async function directoryShown(ask: Ask, node: NodeParts) {
  const directory = await directoryFor(ask, node.exchanges)
  const entries = new Map((await standingEntries(ask)).map((object) => [object.body.entry.id, object]))
  const shown = directory.list().map((entry) => {
    const object = entries.get(entry.id)
    return { ...entryShown(entry), object: object === undefined ? null : { id: object.id, version: object.version } }
  })
  for (const { id, kind, version, hash } of entries.values()) ask.touched.push({ id, kind, version, hash })
  return { directory, shown }
}

async function standingEntries(ask: Ask): Promise<readonly StoredObject<EntryBody>[]> {
  return (await ownEntries(ask)).filter(({ body }) => !body.withdrawn)
}

async function standing(ask: Ask, exchange: string): Promise<StoredObject<EntryBody> | undefined> {
  return (await standingEntries(ask)).findLast(({ body }) => body.entry.id === exchange)
}

async function own(ask: Ask, exchange: string): Promise<StoredObject<EntryBody>> {
  const object = await standing(ask, exchange)
  if (object === undefined) throw notFound('entry', exchange)
  const { id, kind, version, hash } = object
  ask.touched.push({ id, kind, version, hash })
  return object
}
