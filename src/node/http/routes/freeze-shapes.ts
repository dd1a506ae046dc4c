import { type TSchema, Type } from 'typebox'
import { ANSWER_STATUSES, FREEZE_ACTIONS, FREEZE_KINDS, FREEZE_LANGUAGES, FREEZE_STATES } from '../../../cases/index.ts'
import { ACTIONS } from '../../freeze/index.ts'
import { Id, LabelInput, objectOf, Time } from '../shapes.ts'

export const closed = { additionalProperties: false } as const
export const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
const text = (description?: string) => Type.String(description === undefined ? {} : { description })
const Written = Type.String({ minLength: 1, maxLength: 10_000 })

const FileReference = Type.Object({ name: text(), sha256: text('of the file’s bytes, hex') }, closed)

/** One deposit at an exchange. */
const FreezePoint = Type.Object(
  {
    id: text('unique in the request: answers refer to it'),
    txHash: text('whole, never shortened'),
    chain: text('CAIP-2'),
    block: orNull(Type.Integer()),
    from: text(),
    to: text('the deposit address; on EVM chains with its checksum'),
    asset: text('CAIP-19'),
    symbol: orNull(text()),
    amount: text('base units, a whole number'),
    decimals: orNull(Type.Integer()),
    time: text('UTC with time of day'),
    usd: orNull(Type.Object({ amount: text(), source: text() }, closed)),
    memo: orNull(text()),
  },
  { ...closed, title: 'FreezePoint' },
)

/** What is asked of an exchange. A draft may lack things: empty texts and null. */
export const FreezeRequest = Type.Object(
  {
    caseNumber: text(),
    exchange: text('id in the directory of exchanges'),
    channel: orNull(text('id of a channel of that exchange')),
    language: Type.Enum([...FREEZE_LANGUAGES], { description: 'of the request’s own words' }),
    agency: Type.Object({ name: text(), unit: orNull(text()), nation: text('three letters'), address: orNull(text()) }, closed),
    authority: Type.Object({ basis: text(), competentAuthority: text(), offence: text() }, closed),
    requester: Type.Object(
      {
        name: text(),
        title: text(),
        email: text(),
        phone: orNull(text()),
        proof: Type.Object(
          {
            kind: Type.Enum(['badge', 'appointment-letter', 'warrant-card', 'power-of-attorney', 'other']),
            reference: text(),
            file: orNull(FileReference),
          },
          closed,
        ),
      },
      closed,
    ),
    order: orNull(
      Type.Object(
        { reference: text(), issuedBy: text(), issuedAt: text(), file: FileReference, text: text('its words, to be copied') },
        closed,
      ),
    ),
    asked: Type.Object(
      {
        kind: Type.Enum([...FREEZE_KINDS]),
        reach: Type.Enum(['amounts', 'account', 'holder']),
        scope: text(),
        durationHours: orNull(Type.Integer()),
        records: Type.Array(Type.Enum(['identity', 'account', 'transactions', 'access-logs', 'devices', 'bank-details', 'communications'])),
      },
      closed,
    ),
    incident: Type.Object({ at: text('when the theft began: the clock counts from it'), summary: text() }, closed),
    points: Type.Array(FreezePoint),
    chronology: Type.Array(Type.Object({ time: text(), text: text() }, closed)),
    nonDisclosure: Type.Object({ asked: Type.Boolean(), basis: orNull(text()), until: orNull(text()) }, closed),
    treaty: orNull(
      Type.Object(
        {
          kind: Type.Enum(['mlat', 'budapest-24-7', 'second-additional-protocol', 'letters-rogatory', 'voluntary', 'other']),
          reference: text(),
        },
        closed,
      ),
    ),
    contacts: Type.Array(
      Type.Object(
        {
          role: Type.Enum(['duty', 'legal', 'technical']),
          name: text(),
          email: text(),
          phone: orNull(text()),
          hours: orNull(text()),
        },
        closed,
      ),
    ),
    marking: Type.Object(
      {
        tlp: Type.Enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']),
        needToKnow: Type.Boolean(),
        note: orNull(text()),
      },
      closed,
    ),
  },
  { ...closed, title: 'FreezeRequest' },
)

export const FreezeStep = Type.Object(
  {
    at: Time,
    by: Id,
    action: text(),
    from: orNull(text()),
    to: text(),
    reason: orNull(text()),
    request: text('SHA-256 of the request as it was after this step'),
  },
  { title: 'FreezeStep' },
)

const Amounts = Type.Array(Type.Object({ point: Type.String({ maxLength: 100 }), amount: Type.String({ maxLength: 100 }) }, closed), {
  maxItems: 500,
  description: 'what is held or frozen per point, base units; points that are left off are not held',
})

export const FreezeAnswer = Type.Object(
  {
    status: Type.Enum([...ANSWER_STATUSES]),
    at: text(),
    reference: text(),
    amounts: Amounts,
    until: orNull(text()),
    reason: orNull(text()),
    document: orNull(FileReference),
    more: orNull(text()),
    by: Id,
    recordedAt: Time,
  },
  { title: 'FreezeAnswer' },
)

/** A request with what became of it. */
export const Request = objectOf(
  Type.Object(
    {
      format: Type.Literal('cordon-freeze'),
      formatVersion: Type.Literal(1),
      state: Type.Enum([...FREEZE_STATES]),
      request: FreezeRequest,
      history: Type.Array(FreezeStep),
      sent: orNull(
        Type.Object({ at: Time, channel: text(), json: text('the document that was sent, byte for byte'), sha256: text('of it') }),
      ),
      acknowledged: orNull(Type.Object({ at: Time, reference: text() })),
      answers: Type.Array(FreezeAnswer),
      until: orNull(text('until when value is held by the exchange’s last word')),
    },
    { title: 'FreezeBody' },
  ),
  'FreezeRequestObject',
)

export const RequestListed = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    organisation: text('owner'),
    createdBy: Id,
    createdAt: Time,
    changedAt: Time,
    marking: text('the label as it is shown'),
    state: Type.Enum([...FREEZE_STATES]),
    caseNumber: text(),
    exchange: text(),
    kind: Type.Enum([...FREEZE_KINDS]),
    points: Type.Integer({ description: 'how many' }),
    overdue: Type.Array(text(), { description: 'deadlines that are overdue' }),
    next: Type.Object({ id: text('what to do next'), at: Time }),
  },
  { title: 'FreezeRequestListed' },
)

export const RequestGiven = Type.Object(
  {
    request: FreezeRequest,
    team: Type.Optional(
      Type.Array(Id, {
        maxItems: 100,
        uniqueItems: true,
        description: 'people of your organisation who are to know of it, beside yourself',
      }),
    ),
    label: Type.Optional(LabelInput),
    case: Type.Optional(
      Type.String({
        format: 'uuid',
        description:
          'case of your organisation that is to hold it. It is closed from then on to whoever the request is closed to; to keep it open, refer to it instead (POST /objects/{id}/links)',
      }),
    ),
  },
  { ...closed, title: 'FreezeRequestGiven' },
)

export const ChangeGiven = Type.Object({ request: FreezeRequest, reason: Written }, { ...closed, title: 'FreezeChangeGiven' })

const MayHaveNone = { description: 'left off: none' }
export const ActionGiven = Type.Object(
  {
    action: Type.Enum([...ACTIONS]),
    reason: Type.Optional(Written),
    reference: Type.Optional(Type.String({ maxLength: 1000, description: 'the exchange’s number; of a seizure, the order’s' })),
    at: Type.Optional(Type.String({ maxLength: 40, description: 'when it was received, UTC' })),
    until: Type.Optional(Type.String({ maxLength: 40, description: 'the new end of a hold, UTC' })),
    answer: Type.Optional(
      Type.Object(
        {
          status: Type.Enum([...ANSWER_STATUSES]),
          at: Type.String({ maxLength: 40 }),
          reference: Type.String({ maxLength: 1000 }),
          amounts: Type.Optional(Amounts),
          until: Type.Optional(orNull(Type.String({ maxLength: 40 }))),
          reason: Type.Optional(orNull(Type.String({ maxLength: 10_000, ...MayHaveNone }))),
          document: Type.Optional(
            orNull(Type.Object({ name: Type.String({ maxLength: 255 }), sha256: Type.String({ maxLength: 64 }) }, closed)),
          ),
          more: Type.Optional(orNull(Type.String({ maxLength: 10_000, description: 'why more is held than was asked' }))),
        },
        { ...closed, title: 'FreezeAnswerGiven' },
      ),
    ),
  },
  { ...closed, title: 'FreezeActionGiven' },
)

export const TeamGiven = Type.Object(
  {
    add: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
    remove: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
    reason: Type.String({ minLength: 1, maxLength: 2000 }),
  },
  { ...closed, title: 'FreezeTeamGiven' },
)

const Fault = Type.Object(
  { code: text(), field: text('path in the request'), what: text(), remedy: text('what to do') },
  { title: 'FreezeFault' },
)

export const Gate = Type.Object(
  {
    passed: Type.Boolean(),
    faults: Type.Array(Fault, { description: 'nothing leaves while there are any' }),
    warnings: Type.Array(Fault, { description: 'for people to weigh' }),
    points: Type.Array(
      Type.Object({
        id: text(),
        confirmation: orNull(
          Type.Enum(['ok', 'differs', 'unknown'], { description: 'what the ledgers of the node say of it; null where the node has none' }),
        ),
      }),
    ),
  },
  { title: 'FreezeGate' },
)

const Deadline = Type.Object({
  id: text(),
  point: orNull(text()),
  at: Time,
  remaining: Type.Integer({ description: 'seconds; negative once it has passed' }),
  state: Type.Enum(['ahead', 'met', 'passed', 'overdue']),
})
export const Clock = Type.Object(
  {
    now: Time,
    deadlines: Type.Array(Deadline),
    overdue: Type.Array(Deadline),
    next: Type.Object({ id: text(), at: Time }),
    possible: Type.Array(Type.Enum([...FREEZE_ACTIONS]), { description: 'what you can do with it now' }),
  },
  { title: 'FreezeClock' },
)

const Standing = { asked: text(), held: text(), frozen: text(), short: text('of what was asked') }
export const Standings = Type.Object(
  {
    points: Type.Array(Type.Object({ id: text(), ...Standing })),
    assets: Type.Array(Type.Object({ asset: text(), ...Standing })),
  },
  { title: 'FreezeStanding', description: 'base units' },
)
