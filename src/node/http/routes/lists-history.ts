import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { diffVersions, listEvents, nameContains, wasListed } from '../../../screen/index.ts'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import { readingStore } from '../../screening/hide-store.ts'
import { doorAfter } from '../door.ts'
import { ListDifference, ListHistory } from './lists-shapes.ts'
import { ListId, text } from './screen-asked.ts'

const closed = { additionalProperties: false } as const
const On = text(40, 'a day (its end, UTC) or a time: 2024-05-03, 2024-05-03T10:00:00Z')

/** What lists said on a day, and what changed between versions. */
export function listHistoryRoutes(app: FastifyInstance, node: NodeParts): void {
  const store = node.config.library.lists
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/lists/:list/entries/:entry/history',
      scope: 'lists:read',
      action: 'list.history',
      summary: 'Say whether an entry was listed on a day: by what was known then, and by all versions that there are',
      tag: 'lists',
      params: Type.Object({ list: ListId, entry: text(256) }),
      query: Type.Object({ on: On }, closed),
      answers: { 200: ListHistory },
    },
    async ({ params: { list, entry }, query: { on } }) => {
      const [history] = await readingStore(store, () => wasListed({ store, list, query: entry, on }))
      if (history === undefined || history.versions === 0) throw notFound('list', list)
      if (history.says.length === 0) throw notFound('entry', entry)
      return history
    },
    async (ask, { params, query }, history) => {
      Object.assign(ask.detail, { list: params.list, on: query.on })
      return { body: history }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/lists/history',
      scope: 'lists:read',
      action: 'list.history',
      summary: 'Say whether anybody of a name or id was listed on a day, on all lists or one',
      description:
        'A question by POST, so that the name stands in no address. Part of a name is enough; case, accents and punctuation do not count. Screening is another thing and finds far more.',
      tag: 'lists',
      body: Type.Object({ query: text(500, 'an entry’s id, or part of a name'), on: On, list: Type.Optional(ListId) }, closed),
      reads: true,
      answers: { 200: Type.Object({ lists: Type.Array(ListHistory) }, { title: 'ListHistories' }) },
    },
    async ({ body: { query, on, list } }) => {
      const named = nameContains(query)
      const means = (entry: Parameters<typeof named>[0]) => entry.id === query || named(entry)
      return readingStore(store, () => wasListed({ store, on, query: means, ...(list !== undefined && { list }) }))
    },
    async (ask, { body }, lists) => {
      const question = node.screening.mark({ history: body.query })
      Object.assign(ask.detail, { question, on: body.on, found: lists.reduce((sum, { says }) => sum + says.length, 0) })
      return { body: { lists } }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/lists/:list/diff',
      scope: 'lists:read',
      action: 'list.diff',
      summary: 'Say what changed from one version of a list to another',
      description: 'Without `from` the version that was in service before, without `to` the one in service.',
      tag: 'lists',
      params: Type.Object({ list: ListId }),
      query: Type.Object({ from: Type.Optional(text(64)), to: Type.Optional(text(64)) }, closed),
      answers: { 200: ListDifference },
    },
    async ({ params: { list }, query: { from, to } }) =>
      readingStore(store, async () => {
        const served = (await listEvents(store, list)).flatMap((event) => (event.kind === 'imported' ? [event] : []))
        const newest = served.at(-1)
        if (newest === undefined) throw notFound('list', list)
        const before = from ?? newest.replaces
        if (before === null)
          throw new CordonError('list/no-version', `${list} has one version only`, {
            remedy: 'Give `from`, or wait until a newer version is imported.',
          })
        return diffVersions(store, list, before, to ?? newest.version)
      }),
    async (ask, _came, difference) => {
      Object.assign(ask.detail, { list: difference.list, from: difference.from.version, to: difference.to.version })
      return { body: difference }
    },
  )
}
