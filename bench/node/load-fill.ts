/** Fills the store of a node for `npm run load`: organisations, people with keys, labels, objects, sanctions lists. Run as a process of its own, so that the node that is measured begins fresh. */
import { join } from 'node:path'
import { openCase } from '../../src/cases/index.ts'
import { readConfig } from '../../src/node/config/index.ts'
import { createObject } from '../../src/node/objects/create.ts'
import { createApiKey } from '../../src/node/people/api-keys.ts'
import type { Caller } from '../../src/node/people/caller.ts'
import { insertPerson } from '../../src/node/people/persons.ts'
import { NEVER_BY_KEY, type Role, scopesOf } from '../../src/node/people/roles.ts'
import type { RowWritten } from '../../src/node/record/entry.ts'
import { ORGANISATION, tellRows, written } from '../../src/node/record/rows.ts'
import { importIntoStore } from '../../src/node/screening/import-work.ts'
import { type RunningNode, startNode } from '../../src/node/start.ts'
import { transact } from '../../src/node/transact.ts'
import { readVersion } from '../../src/screen/index.ts'
import { type Label, mayRead, type Reader, TLPS } from '../../src/share/index.ts'
import { DATA, haveNames } from '../accuracy/names/lists.ts'
import { chance } from './load-chance.ts'
import type { LoadCaller } from './load-plan.ts'

/** What is to be made. */
export type FillOrder = {
  readonly environment: Readonly<Record<string, string>>
  readonly objects: number
  readonly labels: number
  readonly seed: number
}

export type Filled = {
  readonly callers: readonly LoadCaller[]
  readonly names: readonly string[]
  readonly wallets: readonly string[]
  readonly words: readonly string[]
  /** Why nothing will be screened, or null. */
  readonly notScreened: string | null
}

const ORGANISATIONS: readonly (readonly [code: string, nation: string])[] = [
  ['home', 'USA'],
  ['npa', 'JPN'],
  ['knp', 'KOR'],
  ['doj', 'USA'],
]
const PEOPLE_EACH = 4
const ROLES: readonly Role[] = ['analyst', 'compliance']
const WORDS =
  'bridge mixer exchange deposit wallet validator hot cold drained laundered frozen recovered peel chain swap vault signer phishing recruiter insider'.split(
    ' ',
  )
/** Objects made in one transaction. */
const TOGETHER = 100
const LISTS: readonly (readonly [list: string, files: readonly string[]])[] = [
  ['un-sc', ['un_consolidated_2026-02-27.xml']],
  ['us-csl', ['us_csl_2022-04.csv']],
  ['us-ofac-sdn', ['ofac_sdn_2024-05-03.csv', 'ofac_csv_2025-12/alt.csv', 'ofac_csv_2025-12/add.csv', 'ofac_csv_2025-12/sdn_comments.csv']],
]

async function fill({ environment, objects, labels, seed }: FillOrder): Promise<Filled> {
  const config = await readConfig(null, environment)
  const node = await startNode({ config })
  try {
    const people = await makePeople(node)
    const made = await makeObjects(node, people, objects, labels, chance(seed))
    const callers = people.map(({ key, caller }): LoadCaller => {
      const open = made.filter(({ label }) => mayRead(readerOf(caller), label, new Date()))
      const closed = made.filter(({ kind, label }) => kind === 'case' && !mayRead(readerOf(caller), label, new Date()))
      return {
        key,
        organisation: caller.organisation,
        cases: open.filter(({ kind }) => kind === 'case').map(({ id }) => id),
        objects: open.map(({ id }) => id),
        closed: closed.slice(0, 500).map(({ id }) => id),
      }
    })
    const screened = await makeLists(node, config.library.lists)
    return { callers, words: WORDS, ...screened }
  } finally {
    await node.stop()
  }
}

type Person = { readonly key: string; readonly caller: Caller }

async function makePeople({ parts }: RunningNode): Promise<Person[]> {
  const { database, clock, random, authenticate } = parts
  const world = { clock, random }
  const people: Person[] = []
  for (const [code, nation] of ORGANISATIONS) {
    await database.system(async (tx) => {
      const made = await tx.query<RowWritten>(
        `insert into organisation (code, name, nation, kind) values ($1, $1, $2, 'agency') on conflict do nothing returning ${written(ORGANISATION)}`,
        [code, nation],
      )
      await tellRows(tx, made, { now: clock(), random })
    })
    for (let at = 0; at < PEOPLE_EACH; at++) {
      const key = await database.system(async (tx) => {
        const person = await insertPerson(tx, { organisation: code, name: `${code} ${at}`, email: null, roles: ROLES, caveats: [] }, world)
        const scopes = scopesOf(ROLES)
        const maker = { ...person, person: person.id, scopes, nation, roles: ROLES } as unknown as Caller
        const wish = {
          name: 'load',
          scopes: scopes.filter((scope) => !NEVER_BY_KEY.includes(scope)),
          expiresAt: new Date(clock().getTime() + 86_400_000),
          rate: { perMinute: 60_000, burst: 5_000 },
        }
        return (await createApiKey(tx, maker, wish, world)).key
      })
      const caller = await authenticate({ authorization: `Bearer ${key}`, session: null, certificate: null })
      if (caller === null) throw new Error('the key that was just made does not hold')
      people.push({ key, caller })
    }
  }
  return people
}

function readerOf({ person, organisation, nation }: Caller): Reader {
  return { person, organisation, nation, caveats: [], community: 'member', disabled: false }
}

type Made = { readonly id: string; readonly kind: string; readonly label: Label }

async function makeObjects(
  { parts }: RunningNode,
  people: readonly Person[],
  count: number,
  labels: number,
  next: () => number,
): Promise<Made[]> {
  const made: Made[] = []
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  const shelves = people.map(({ caller }, who) =>
    Array.from({ length: Math.ceil(labels / people.length) }, (_, at) => labelOf(caller, at, at * people.length + who, people, pick)),
  )
  for (let done = 0; done < count; done += TOGETHER) {
    const who = Math.floor(next() * people.length)
    const { caller } = people[who] as Person
    await transact(parts, caller, { door: 'cli', action: 'load.fill' }, async (ask) => {
      for (let at = 0; at < Math.min(TOGETHER, count - done); at++) {
        const label = pick(shelves[who] as Label[])
        const text = Array.from({ length: 40 }, () => pick(WORDS)).join(' ')
        const isCase = next() < 0.4
        const body = isCase ? openCase({ title: `${pick(WORDS)} ${pick(WORDS)} ${done + at}`, summary: text }) : { text }
        const { id, kind } = await createObject(ask, { kind: isCase ? 'case' : 'note', body, label })
        made.push({ id, kind, label })
      }
    })
    if (done % 2_000 === 0) process.send?.({ told: `${done + TOGETHER} of ${count} objects` })
  }
  return made
}

/** A label of a caller: the first is his organisation's alone, as most are; half of the others too, the rest are open to nations or organisations. The expiry makes each another one. */
function labelOf({ organisation }: Caller, at: number, day: number, people: readonly Person[], pick: <T>(from: readonly T[]) => T): Label {
  const closed = {
    policy: 'cordon-1',
    tlp: 'AMBER+STRICT',
    nations: [],
    organisations: [],
    caveats: [],
    persons: [],
    originator: organisation,
  } as const
  if (at === 0) return { ...closed, expires: null }
  const expires = new Date(Date.UTC(2040, 0, 1) + day * 86_400_000).toISOString()
  if (at % 2 === 0) return { ...closed, expires }
  const nations = at % 4 === 1 ? ['JPN', 'KOR', 'USA'].filter((_, nation) => ((at >> 2) + 1) & (1 << nation)) : []
  const other = pick(people).caller
  const organisations = at % 4 === 3 && other.organisation !== organisation ? [other.organisation] : []
  const tlp = pick(TLPS.filter((each) => each !== 'RED' && each !== 'AMBER+STRICT'))
  return { ...closed, tlp, nations, organisations, expires }
}

async function makeLists(node: RunningNode, store: string): Promise<Pick<Filled, 'names' | 'wallets' | 'notScreened'>> {
  if (!haveNames()) return { names: [], wallets: [], notScreened: 'the lists are not at ../shared/data/lists' }
  for (const [list, files] of LISTS)
    await importIntoStore({ store, upload: files.map((name) => ({ path: join(DATA, 'lists', name), name })), by: 'home/load', list }, {})
  process.send?.({ told: 'sanctions lists are imported; their index is being made' })
  await node.parts.screening.lists.refresh()
  const names: string[] = []
  const wallets: string[] = []
  for (const { list, version } of node.parts.screening.lists.current.lists)
    for await (const entry of readVersion(store, list, version)) {
      if (names.length < 4_000 && entry.kind === 'person') names.push(entry.names[0]?.full ?? '')
      for (const { address } of entry.wallets) wallets.push(address)
    }
  return { names: names.filter((name) => name !== ''), wallets, notScreened: null }
}

process.once('message', (order: FillOrder) => {
  fill(order).then(
    (filled) => process.send?.({ filled }, () => process.disconnect()),
    (error: unknown) => {
      console.error(error)
      process.exitCode = 1
      process.disconnect()
    },
  )
})
