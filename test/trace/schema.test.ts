import { beforeAll, describe, expect, it } from 'vitest'
import { CordonError } from '../../src/chain/index.ts'
import type { TraceDocument } from '../../src/trace/index.ts'
import { parseTrace, serialize, serializeLines } from '../../src/trace/serialize.ts'
import schema from '../../src/trace/trace.schema.json' with { type: 'json' }
import { heistDocument, smallDocument } from './report/sample.ts'

let sample: TraceDocument
beforeAll(async () => {
  sample = await smallDocument()
})

/** A deep copy that can be changed. */
function copy(): any {
  return structuredClone(sample)
}

function refusal(change: (document: any) => void): CordonError {
  const document = copy()
  change(document)
  try {
    parseTrace(JSON.stringify(document), 'trace.json')
  } catch (error) {
    if (error instanceof CordonError) return error
    throw error
  }
  throw new Error('the document was taken')
}

describe('the canonical text of a trace', () => {
  it('comes back as the same document, and as the same bytes', () => {
    const text = serialize(sample)
    expect(parseTrace(text)).toEqual(sample)
    expect(serialize(parseTrace(text))).toBe(text)
  })

  it('does not depend on the order in which properties were set', () => {
    const turned = (value: any): any => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, turned(inner)]),
      )
    }
    const document = { ...sample, parameters: { ...sample.parameters, minAmount: { b: '1', a: '2', '*': '3' } } }
    expect(serialize(turned(document))).toBe(serialize(document))
    expect(serialize(document)).toContain('"minAmount": { "*": "3", "a": "2", "b": "1" }')
  })

  it('has one line per flow and ends with a newline, so that two traces differ by lines', () => {
    const lines = serialize(sample).split('\n')
    expect(lines.filter((line) => line.startsWith('    { "transaction": ') && line.includes('"depth"'))).toHaveLength(sample.flows.length)
    expect(lines.at(-1)).toBe('')
    for (const piece of serializeLines(sample)) expect(piece.endsWith('\n')).toBe(true)
  })

  it('refuses to write what the schema does not have, rather than to leave it out', () => {
    expect(() => serialize({ ...sample, madeAt: '2024' } as TraceDocument)).toThrow(/madeAt is not a property/)
    const flows = [{ ...sample.flows[0], colour: 'red' }, ...sample.flows.slice(1)]
    expect(() => serialize({ ...sample, flows } as TraceDocument)).toThrow(/flows\[0\]\.colour/)
  })

  it('keeps hostile text exactly, escaped as JSON', async () => {
    const label = 'a"\\\n\u0000\u202e</script>\ud800'
    const document = await smallDocument({}, { exchange: label })
    const text = serialize(document)
    expect(parseTrace(text).entities.map((entity) => entity.label)).toContain(label)
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('the schema', () => {
  it('takes what the engine writes under every policy and in both directions', async () => {
    for (const policy of ['poison', 'haircut', 'fifo', 'lifo', 'tiho'] as const) {
      const document = await smallDocument({ policy, opening: 'unknown', minAmount: { '*': '5' }, until: '2023-06-06', maxDepth: 2 })
      expect(parseTrace(serialize(document))).toEqual(document)
    }
    const backward = await smallDocument({ direction: 'backward' })
    expect(parseTrace(serialize(backward))).toEqual(backward)
  })

  it('takes a trace of real size', async (context) => {
    const document = await heistDocument('harmony-2022')
    if (document === null) return context.skip('the heist data is not on this machine')
    const text = serialize(document)
    expect(serialize(parseTrace(text))).toBe(text)
  })

  it('takes every kind of seed', () => {
    const seeds = [
      { kind: 'account', account: '0x11', asset: null, from: null },
      { kind: 'amount', account: '0x11', asset: 'usd', amount: '5', from: '2023-06-02 21:49' },
      { kind: 'transaction', transaction: `0x${'0'.repeat(64)}` },
      { kind: 'transfer', transaction: 'f'.repeat(64), index: 3 },
    ]
    const text = JSON.stringify({ ...copy(), seeds })
    expect(serialize(parseTrace(text))).toContain('{ "kind": "transfer", "transaction": ')
  })

  it('describes every property, allows no others, and requires all', () => {
    const visit = (node: any, path: string): void => {
      if (typeof node !== 'object' || node === null) return
      if (node.properties !== undefined) {
        expect(node.additionalProperties, path).toBe(false)
        expect(node.required, path).toEqual(Object.keys(node.properties).filter((key) => key !== 'bitcoin'))
        for (const [key, child] of Object.entries<any>(node.properties)) {
          const described =
            child.description ?? (child.$ref === undefined ? undefined : (schema.$defs as any)[child.$ref.slice(8)].description)
          if (key !== 'kind') expect(described, `${path}.${key}`).toBeTypeOf('string')
        }
      }
      for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`)
    }
    visit(schema, '')
  })

  it.each<[string, (d: any) => void, string, RegExp]>([
    ['a missing list', (d) => delete d.flows, 'flows', /flows is missing/],
    ['a missing property deep inside', (d) => delete d.flows[3].block, 'flows[3].block', /is missing/],
    [
      'a property too many',
      (d) => {
        d.endpoints[0].note = 'x'
      },
      'endpoints[0].note',
      /not a property of a trace/,
    ],
    [
      'an amount as a number',
      (d) => {
        d.flows[0].amount = 600
      },
      'flows[0].amount',
      /must be string/,
    ],
    [
      'an amount with a point',
      (d) => {
        d.flows[0].amount = '1.5'
      },
      'flows[0].amount',
      /pattern/,
    ],
    [
      'an amount with a leading zero',
      (d) => {
        d.flows[0].amount = '01'
      },
      'flows[0].amount',
      /pattern/,
    ],
    [
      'a negative amount',
      (d) => {
        d.conservation[0].held = '-1'
      },
      'conservation[0].held',
      /pattern/,
    ],
    [
      'an unknown policy',
      (d) => {
        d.parameters.policy = 'nearest'
      },
      'parameters.policy',
      /must be one of poison, haircut, fifo, lifo, tiho/,
    ],
    [
      'an unknown reason',
      (d) => {
        d.notFollowed.push({ account: '0x1', asset: 'usd', amount: '1', reason: 'tired', transfers: 1 })
      },
      'notFollowed[0].reason',
      /must be one of depth/,
    ],
    [
      'an unknown kind of seed',
      (d) => {
        d.seeds[0].kind = 'hunch'
      },
      'seeds[0]',
      /kind/,
    ],
    [
      'a seed with the fields of another kind',
      (d) => {
        d.seeds[0] = { kind: 'transaction', account: '0x1' }
      },
      'seeds[0].transaction',
      /is missing/,
    ],
    [
      'a time without a zone',
      (d) => {
        d.flows[0].time = '2023-06-02 21:49:23'
      },
      'flows[0].time',
      /pattern|must/,
    ],
    [
      'no seed',
      (d) => {
        d.seeds = []
      },
      'seeds',
      /fewer than 1/,
    ],
    [
      'markup for an account',
      (d) => {
        d.flows[0].to = '<img src=x> '
      },
      'flows[0].to',
      /pattern/,
    ],
    [
      'a confidence over 100',
      (d) => {
        d.entities[0].confidence = 101
      },
      'entities[0].confidence',
      /<= 100/,
    ],
    [
      'a count with a fraction',
      (d) => {
        d.completeness.transfersRead = 1.5
      },
      'completeness.transfersRead',
      /integer/,
    ],
    [
      'another format',
      (d) => {
        d.format = 'other'
      },
      'format',
      /must be "cordon-trace"/,
    ],
    [
      'more transactions than an end point lists',
      (d) => {
        d.endpoints[0].transactions = Array(21).fill(`0x${'0'.repeat(64)}`)
      },
      'endpoints[0].transactions',
      /more than 20/,
    ],
  ])('refuses %s, and says where', (_, change, field, message) => {
    const error = refusal(change)
    expect(error.code).toBe('trace/not-a-trace')
    expect(error.place).toEqual({ file: 'trace.json', field })
    expect(error.message).toMatch(message)
  })

  it('names a later version as such', () => {
    const error = refusal((d) => {
      d.formatVersion = 2
    })
    expect(error.code).toBe('trace/other-version')
  })

  it.each(['', '{', 'null', '[]', '"x"', '{"format":"cordon-trace","formatVersion":1}'])('refuses %j', (text) => {
    expect(() => parseTrace(text)).toThrow(CordonError)
  })
})
