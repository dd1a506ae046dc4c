import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventReader, type StreamEvent } from '../../src/client/sse.ts'

const read = (text: string): StreamEvent[] => new EventReader().take(text)

describe('server-sent events (WHATWG HTML, section 9.2.6)', () => {
  test('an event is its data lines, with the id of the stream', () => {
    expect(read('id: 7\nevent: change\ndata: {"a":\ndata: 1}\n\n')).toEqual([{ event: 'change', data: '{"a":\n1}', id: '7' }])
  })

  test('comments, unknown fields and events without data are passed over', () => {
    expect(read(': still here\n\nid: 1\nfoo: bar\n\nevent: x\n\ndata: y\n\n')).toEqual([{ event: 'message', data: 'y', id: '1' }])
  })

  test('one space after the colon is not part of the value, and a field may have no colon', () => {
    expect(read('data:  two\ndata\n\n')).toEqual([{ event: 'message', data: ' two\n', id: '' }])
  })

  test('an id with NUL is passed over, an empty one is an id', () => {
    expect(read('id: 1\nid: a\0b\ndata: x\n\nid\ndata: y\n\n').map(({ id }) => id)).toEqual(['1', ''])
  })

  test('retry is digits alone', () => {
    const reader = new EventReader()
    reader.take('retry: 3000\nretry: soon\n\n')
    expect(reader.retry).toBe(3000)
  })

  test('a byte order mark at the beginning is passed over, even in a piece of its own', () => {
    const reader = new EventReader()
    expect([...reader.take('\uFEFF'), ...reader.take('data: x\n\n')]).toEqual([{ event: 'message', data: 'x', id: '' }])
  })

  test('an event that does not end is an error, not memory without end', () => {
    const reader = new EventReader()
    expect(() => {
      for (let i = 0; i < 3_000; i++) reader.take(`data: ${'x'.repeat(1_000)}\n`)
    }).toThrow(RangeError)
    expect(() => new EventReader().take('x'.repeat(2_000_000))).toThrow(RangeError)
  })

  test('however the text is cut, and whatever ends its lines, the events are the same', () => {
    const line = fc.oneof(
      fc.constant(''),
      fc.constant(': comment'),
      fc
        .tuple(fc.constantFrom('data', 'id', 'event', 'retry', 'other'), fc.constantFrom(': ', ':', ''), fc.string())
        .map((parts) => parts.join('')),
    )
    const lines = fc.array(
      line.map((text) => text.replaceAll(/[\r\n]/g, '')),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(200), { maxLength: 30 }), (parts, end, cuts) => {
        const plain = read(parts.map((part) => `${part}\n`).join(''))
        // A last LF lets a CR that waits for it end its line.
        const text = `${parts.map((part) => part + end).join('')}${end === '\r' ? ': end\n' : ''}`
        const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
        const reader = new EventReader()
        const events = [...places, text.length].flatMap((place, at) => reader.take(text.slice(places[at - 1] ?? 0, place)))
        expect(events).toEqual(plain)
      }),
    )
  })
})
