import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { NodeParts } from '../../parts.ts'
import { changePerson, createPerson, listPersons, type Person, readPerson } from '../../people/persons.ts'
import { ROLES } from '../../people/roles.ts'
import { invite } from '../../people/setup-link.ts'
import type { Answer } from '../answer.ts'
import { door } from '../door.ts'
import { ownUrl } from '../limits-host.ts'
import { pagerOf } from '../page.ts'
import { isOf } from '../precondition.ts'
import { ById, Id, PageQuery, pageOf, Time } from '../shapes.ts'
import { shownOnce } from './keys-once.ts'
import { managerOf, onPeople, worldOf } from './people-work.ts'

const closed = { additionalProperties: false } as const
const Email = Type.Union([Type.String({ maxLength: 254 }), Type.Null()])

const Fields = {
  organisation: Type.String({ maxLength: 64, description: 'code' }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  email: Email,
  roles: Type.Array(Type.Enum([...ROLES]), { maxItems: 7 }),
  caveats: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100, description: 'what the person was read into' }),
}

const PersonShown = Type.Object(
  { id: Id, ...Fields, disabled: Type.Boolean(), createdAt: Time, version: Type.Integer() },
  { title: 'Person' },
)

/** Persons: administrators of the organisation that runs the node look after everybody, those of others after their own people. */
export function personRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/persons',
      scope: 'people:read',
      action: 'person.list',
      summary: 'The people whom you look after, by name',
      tag: 'people',
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(PersonShown) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'person.list', query)
      const page = { limit: pager.limit + 1, afterId: pager.after ?? null }
      const found = await onPeople(ask, (tx) => listPersons(tx, managerOf(ask, node), page))
      const items = found.slice(0, pager.limit)
      return pager.answer(items, items.at(-1)?.id, found.length > items.length)
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/persons',
      scope: 'people:manage',
      action: 'person.create',
      summary: 'Make a person',
      description:
        'The person cannot sign in yet: an invitation or a certificate comes next. Whoever comes from an identity provider need not be made here.',
      tag: 'people',
      body: Type.Object(
        {
          name: Fields.name,
          roles: Fields.roles,
          organisation: Type.Optional(Fields.organisation),
          email: Type.Optional(Email),
          caveats: Type.Optional(Fields.caveats),
        },
        closed,
      ),
      answers: { 201: PersonShown },
    },
    async (ask, { body }) => {
      const draft = { organisation: ask.caller.organisation, email: null, caveats: [], ...body }
      const made = await onPeople(ask, (tx) => createPerson(tx, managerOf(ask, node), draft, worldOf(node)))
      return answerPerson(made, 201, { location: `/api/v1/persons/${made.id}` })
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/persons/:id',
      scope: 'people:read',
      action: 'person.read',
      summary: 'Read a person',
      tag: 'people',
      params: ById,
      answers: { 200: PersonShown },
    },
    async (ask, { params }) => {
      ask.detail.person = params.id
      return answerPerson(await onPeople(ask, (tx) => readPerson(tx, managerOf(ask, node), params.id)))
    },
  )
  door(
    app,
    node,
    {
      method: 'PATCH',
      url: '/persons/:id',
      scope: 'people:manage',
      action: 'person.change',
      summary: 'Change, disable or enable a person',
      description:
        'What is left out stays. Nobody changes his own roles, caveats, organisation or standing. Whose privileges change is signed out everywhere; whoever is disabled loses his keys too.',
      tag: 'people',
      params: ById,
      body: Type.Partial(Type.Object({ ...Fields, disabled: Type.Boolean() }, closed), closed),
      ifMatch: true,
      answers: { 200: PersonShown },
    },
    async (ask, { params, body, headers }) => {
      ask.detail.person = params.id
      const manager = managerOf(ask, node)
      const changed = await onPeople(ask, async (tx) => {
        const version = versionGiven(headers['if-match'], await readPerson(tx, manager, params.id))
        return await changePerson(tx, manager, params.id, version, body, worldOf(node))
      })
      return answerPerson(changed)
    },
  )
  shownOnce(app, (own) =>
    door(
      own,
      node,
      {
        method: 'POST',
        url: '/persons/:id/invitation',
        scope: 'people:manage',
        action: 'person.invite',
        summary: 'Invite a person to set up how he signs in',
        description:
          'The link is good once, for three days; links made before end. When it is used, all credentials from before end too. Give it to the person over a channel that you trust.',
        tag: 'people',
        params: ById,
        answers: { 201: Type.Object({ link: Type.String(), expiresAt: Time }, { title: 'Invitation' }) },
      },
      async (ask, { params, headers }) => {
        ask.detail.person = params.id
        const { token, expiresAt } = await onPeople(ask, (tx) => invite(tx, managerOf(ask, node), params.id, worldOf(node)))
        return { status: 201, body: { link: `${ownUrl(app, node.config, headers.host)}/welcome#${token}`, expiresAt } }
      },
    ),
  )
}

function answerPerson(person: Person, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, body: person, headers: { etag: etagOf(person), ...headers } }
}

function etagOf({ version }: Person): string {
  return `"${version}"`
}

/**
 * The version that a change is of.
 *
 * @throws CordonError `node/no-precondition`, `people/changed-meanwhile`
 */
function versionGiven(ifMatch: string | undefined, present: Person): number {
  if (isOf(ifMatch, etagOf(present))) return present.version
  throw new CordonError('people/changed-meanwhile', `the person was changed meanwhile: this is version ${present.version}`, {
    remedy: 'Read the person again and decide anew.',
  })
}
