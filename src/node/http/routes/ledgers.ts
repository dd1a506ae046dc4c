import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { showLabel } from '../../../share/index.ts'
import { createObject } from '../../objects/create.ts'
import { listObjects } from '../../objects/list.ts'
import type { StoredObject } from '../../objects/object.ts'
import type { NodeParts } from '../../parts.ts'
import { contentOf, type LedgerBody, type LedgerRef, ledgerOf, peek } from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { LabelInput, PageQuery, pageOf } from '../shapes.ts'
import { ledgerAskRoutes } from './ledgers-ask.ts'
import { ledgerJobRoutes } from './ledgers-jobs.ts'
import { liveSourceRoutes } from './ledgers-live.ts'
import { ByLedger, LedgerShown, orNull } from './ledgers-shapes.ts'

const closed = { additionalProperties: false } as const

/** Ledgers: those of the configuration, for everybody who may read ledgers, and imported ones with their labels. */
export function ledgerRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/ledgers',
      scope: 'ledgers:read',
      action: 'ledger.list',
      summary: 'List ledgers',
      description: 'Imported ledgers newest first; those of the configuration come with the first page.',
      tag: 'ledgers',
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(LedgerShown) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'ledger.list', query)
      const { objects, more } = await listObjects<LedgerBody>(ask, { kind: 'ledger' }, { limit: pager.limit, before: pager.after })
      const configured = pager.after === undefined ? Object.keys(node.config.library.ledgers).sort() : []
      return pager.answer(
        [...configured.map((name) => ofConfiguration(node, name, null)), ...objects.map(ofObject)],
        objects.at(-1)?.id,
        more,
      )
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/ledgers',
      scope: 'ledgers:import',
      action: 'ledger.create',
      summary: 'Make an empty ledger',
      description: 'Import into it with a job. Its label closes everything that is made from it too.',
      tag: 'ledgers',
      body: Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 100 }),
          description: Type.Optional(orNull(Type.String({ maxLength: 5000 }))),
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 201: LedgerShown },
    },
    async (ask, { body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const empty: LedgerBody = { name: body.name, description: body.description ?? null, content: null, sources: [], changedByJob: null }
      const made = await createObject(ask, { kind: 'ledger', body: empty, label })
      return { status: 201, body: ofObject(made), headers: { location: `/api/v1/ledgers/${made.id}` } }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'GET',
      url: '/ledgers/:ledger',
      scope: 'ledgers:read',
      action: 'ledger.read',
      summary: 'Read what a ledger holds and where it came from',
      tag: 'ledgers',
      params: ByLedger,
      answers: { 200: LedgerShown },
    },
    async ({ params }, caller) => {
      const ledger = await peek(node, caller, (ask) => ledgerOf(ask, node, params.ledger))
      return isEmpty(ledger) ? null : await node.library.ask('manifest', { folder: ledger.directory })
    },
    async (ask, { params }, manifest) => {
      const { object, key } = await ledgerOf(ask, node, params.ledger)
      ask.detail.ledger = manifest?.hash ?? null
      if (object !== null) return { body: { ...ofObject(object), content: manifest && contentOf(manifest) } }
      return { body: ofConfiguration(node, key, manifest) }
    },
  )
  ledgerAskRoutes(app, node)
  ledgerJobRoutes(app, node)
  liveSourceRoutes(app, node)
}

function isEmpty({ object }: LedgerRef): boolean {
  return object !== null && object.body.content === null
}

function ofObject({ id, organisation, label, body: { name, description, content, sources } }: StoredObject<LedgerBody>): object {
  return { key: id, name, description, organisation, marking: showLabel(label), imported: true, content, sources }
}

/** Of a source only the name is told: where it lay on the operator's disk is his. */
function ofConfiguration(node: NodeParts, name: string, manifest: Parameters<typeof contentOf>[0] | null): object {
  return {
    key: name,
    name,
    description: null,
    organisation: node.config.home.organisation,
    marking: 'of the node',
    imported: false,
    content: manifest && contentOf(manifest),
    sources: (manifest?.sources ?? [])
      .slice(0, 1000)
      .map(({ file, sha256, bytes }) => ({ name: sourceName(file), sha256, bytes, file: null })),
  }
}

/** The last part of a path. Of the address of a node only the name that stands for a source is told. */
function sourceName(file: string): string {
  const url = /^https?:/i.test(file) ? URL.parse(file) : null
  if (url !== null) return /^(.+)\.invalid$/.exec(url.hostname)?.[1] ?? 'a Bitcoin node'
  return file.split(/[/\\]/).at(-1) ?? file
}
