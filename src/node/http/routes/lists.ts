import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type ListEntry, type ListEvent, type ListStatus, listEvents, listStatus, readVersion } from '../../../screen/index.ts'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import { readingStore } from '../../screening/hide-store.ts'
import { doorAfter } from '../door.ts'
import { listHistoryRoutes } from './lists-history.ts'
import { listImportRoutes } from './lists-import.ts'
import { overrulingRoutes } from './lists-overrulings.ts'
import { ListEntry as EntryShape, ListEvent as EventShape, ListStatus as StatusShape } from './lists-shapes.ts'
import { ListInService, orNull } from './screen-answer.ts'
import { ListId, text } from './screen-asked.ts'

const closed = { additionalProperties: false } as const

const Lists = Type.Object(
  {
    at: Type.String(),
    screening: Type.Object({
      state: Type.Enum(['opening', 'ready', 'none', 'failed']),
      problem: orNull(Type.String()),
      matcher: orNull(Type.String()),
      lists: Type.Array(ListInService, { description: 'what is screened against now' }),
    }),
    items: Type.Array(StatusShape),
  },
  { title: 'Lists' },
)

const StatusQuery = {
  at: Type.Optional(Type.String({ format: 'date-time', description: 'how they stood then' })),
  maxAgeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500, description: 'days after which any list is stale' })),
}

/** The sanctions lists of the node: how they stand, what they say, what they said. */
export function listRoutes(app: FastifyInstance, node: NodeParts): void {
  const store = node.config.library.lists
  const statusAt = async (
    at: string | undefined,
    maxAgeDays: number | undefined,
    lists?: readonly string[],
  ): Promise<readonly ListStatus[]> =>
    readingStore(store, async () =>
      (
        await listStatus({
          store,
          at: at ?? node.clock().toISOString(),
          ...(maxAgeDays !== undefined && { maxAgeDays }),
          ...(lists && { lists }),
        })
      ).map((status) => ({
        ...status,
        alarms: status.alarms.map(({ code, message }) => ({ code, message: message.replaceAll(`${store}/`, '') })),
      })),
    )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/lists',
      scope: 'lists:read',
      action: 'list.list',
      summary: 'Say how each list stands: version in service, age, alarms',
      tag: 'lists',
      query: Type.Object(StatusQuery, closed),
      answers: { 200: Lists },
    },
    ({ query }) => statusAt(query.at, query.maxAgeDays),
    async (ask, { query }, items) => {
      ask.detail.lists = items.length
      const { lists } = node.screening
      const serving = lists.status.state === 'opening' || lists.status.state === 'none' ? null : servingOf(node)
      const screening = { ...lists.status, matcher: serving?.matcher ?? null, lists: serving?.lists ?? [] }
      return { body: { at: query.at ?? ask.now.toISOString(), screening, items } }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/lists/:list',
      scope: 'lists:read',
      action: 'list.read',
      summary: 'Say how a list stands, and everything that happened to it',
      tag: 'lists',
      params: Type.Object({ list: ListId }),
      query: Type.Object(StatusQuery, closed),
      answers: {
        200: Type.Object(
          { ...StatusShape.properties, log: Type.Array(EventShape, { description: 'every import, oldest first' }) },
          { title: 'ListRead' },
        ),
      },
    },
    async ({ params, query }) => {
      const status = await known(statusAt(query.at, query.maxAgeDays, [params.list]), params.list)
      const log: readonly ListEvent[] = status.alarms.some(({ code }) => code === 'corrupt')
        ? []
        : await readingStore(store, () => listEvents(store, params.list))
      return { ...status, log }
    },
    async (ask, { params }, made) => {
      ask.detail.list = params.list
      return { body: made }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/lists/:list/entries/:entry',
      scope: 'lists:read',
      action: 'list.entry',
      summary: 'Read an entry with everything that the list says of it',
      tag: 'lists',
      params: Type.Object({ list: ListId, entry: text(256) }),
      query: Type.Object({ version: Type.Optional(text(64, 'of the list; the one in service without it')) }, closed),
      answers: { 200: Type.Object({ version: Type.String(), entry: EntryShape }, { title: 'ListEntryRead' }) },
    },
    async ({ params, query, signal }) => {
      const status = await known(statusAt(undefined, undefined, [params.list]), params.list)
      const version = query.version ?? status.inService?.version
      if (version === undefined) throw notFound('entry', params.entry)
      const entry = await readingStore(store, () => entryOf(store, params.list, version, params.entry, signal))
      if (entry === null) throw notFound('entry', params.entry)
      return { version, entry }
    },
    async (ask, { params }, made) => {
      Object.assign(ask.detail, { list: params.list, version: made.version })
      return { body: made }
    },
  )
  listHistoryRoutes(app, node)
  listImportRoutes(app, node)
  overrulingRoutes(app, node)
}

function servingOf(node: NodeParts) {
  try {
    return node.screening.lists.current
  } catch {
    // They cannot be opened; the state says so.
    return null
  }
}

/** A list that was imported at some time. Throws `node/not-found`. */
async function known(statuses: Promise<readonly ListStatus[]>, list: string): Promise<ListStatus> {
  const [status] = await statuses
  if (status === undefined || (status.events === 0 && status.alarms.every(({ code }) => code === 'no-version')))
    throw notFound('list', list)
  return status
}

async function entryOf(store: string, list: string, version: string, id: string, signal: AbortSignal): Promise<ListEntry | null> {
  for await (const entry of readVersion(store, list, version)) {
    signal.throwIfAborted()
    if (entry.id === id) return entry
  }
  return null
}
