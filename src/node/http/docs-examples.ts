import type { Json } from './docs-components.ts'

/** An example of a door: what is sent, and what comes with which status. A test holds each against the door's schemas. */
export type DoorExample = { readonly body?: Json; readonly answer: readonly [status: number, body: Json] }

const ID = '01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10'
const PERSON = '01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21'

const LABEL = {
  policy: 'cordon-1',
  tlp: 'AMBER',
  nations: ['JPN', 'USA'],
  organisations: [],
  caveats: [],
  persons: [],
  originator: 'home',
  expires: null,
}

const CASE = {
  id: ID,
  kind: 'case',
  version: 1,
  organisation: 'home',
  createdBy: PERSON,
  createdAt: '2026-03-02T09:15:00.000Z',
  changedBy: PERSON,
  changedAt: '2026-03-02T09:15:00.000Z',
  label: LABEL,
  marking: 'TLP:AMBER REL TO USA, JPN',
  body: {
    title: 'Theft from an exchange, 21 February 2025',
    summary: 'Follow the first 400,000 ETH.',
    priority: 'high',
    tags: [],
    references: [],
    status: 'open',
    outcome: null,
    assignees: [],
    heist: null,
    history: [],
  },
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
}

const READ = { ...CASE, contents: { note: 3, trace: 1 }, actions: ['start', 'suspend', 'close'] }

/** Examples of the doors that most clients use first, by operation. */
export const EXAMPLES: Readonly<Record<string, DoorExample>> = {
  'case.create': {
    body: {
      case: { title: CASE.body.title, summary: CASE.body.summary, priority: 'high' },
      label: { tlp: 'AMBER', nations: ['JPN', 'USA'] },
    },
    answer: [201, { ...READ, contents: {} }],
  },
  'case.list': { answer: [200, { items: [CASE], next: 'b3BhcXVl' }] },
  'case.read': { answer: [200, READ] },
  'object.count': { answer: [200, { case: 12, file: 40, trace: 7 }] },
  'object.link': { body: { target: '01939f7e-9d40-7a5e-8c11-0b6f7c2d9e33' }, answer: [204, null] },
  'object.relabel': {
    body: { label: { tlp: 'AMBER', nations: ['JPN', 'KOR', 'USA'] }, reason: 'Korea follows the same accounts.' },
    answer: [200, { ...CASE, version: 2, label: { ...LABEL, nations: ['JPN', 'KOR', 'USA'] }, marking: 'TLP:AMBER REL TO USA, JPN, KOR' }],
  },
}
