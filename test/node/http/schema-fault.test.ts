import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { schemaFault } from '../../../src/node/http/schema-fault.ts'
import { validatorCompiler } from '../../../src/node/http/validator.ts'

const closed = { additionalProperties: false } as const
const ASKED = Type.Object(
  {
    title: Type.String({ minLength: 1 }),
    priority: Type.Optional(Type.Enum(['low', 'high'])),
    at: Type.Optional(Type.Union([Type.String({ format: 'date-time' }), Type.Null()])),
    object: Type.Optional(Type.String({ format: 'uuid' })),
    questions: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Object({ about: Type.Literal('name'), name: Type.String({ minLength: 1 }) }, closed),
          Type.Object({ about: Type.Literal('wallet'), address: Type.String() }, closed),
        ]),
      ),
    ),
  },
  closed,
)

const compile = validatorCompiler()
/** The fault of a body, as a door finds it. */
function faultOf(body: unknown) {
  const check = compile({ schema: ASKED, method: 'POST', url: '/', httpPart: 'body' }) as unknown as {
    (value: unknown): boolean
    errors?: unknown[]
  }
  expect(check(body)).toBe(false)
  return schemaFault(check.errors ?? [], 'body')
}

describe('what a request got wrong by its schema', () => {
  it.each([
    ['a field that is missing', { titel: 'x' }, 'title', "body must have required property 'title'"],
    ['a field that is not known', { title: 'x', titel: 'y' }, 'titel', 'body has a field that is not known here: "titel"'],
    ['a word that is none of those', { title: 'x', priority: 'urgent' }, 'priority', 'body/priority must be one of "low", "high"'],
    ['a text that is too short', { title: '' }, 'title', 'body/title must NOT have fewer than 1 characters'],
    [
      'of several kinds the one that was meant',
      {
        title: 'x',
        questions: [
          { about: 'wallet', address: 'a' },
          { about: 'name', name: '' },
        ],
      },
      'questions[1].name',
      'body/questions/1/name must NOT have fewer than 1 characters',
    ],
  ])('names %s', (_what, body, place, detail) => {
    expect(faultOf(body)).toMatchObject({ place, detail, remedy: expect.stringContaining('/openapi.json') })
  })

  it('says how a time and an id are written', () => {
    expect(faultOf({ title: 'x', at: '2026-02-21' })).toEqual({
      place: 'at',
      detail: 'body/at must match format "date-time"',
      remedy: 'Write a time in UTC, as 2026-02-21T14:13:35Z.',
    })
    expect(faultOf({ title: 'x', object: '7' })).toMatchObject({ place: 'object', remedy: expect.stringContaining('36 characters') })
  })

  it('gives back no more than a little of what a caller wrote', () => {
    const fault = faultOf({ title: 'x', ['k'.repeat(100_000)]: 1 })
    expect(JSON.stringify(fault).length).toBeLessThan(1_000)
  })
})
