/** One event of a stream. */
export type StreamEvent = {
  readonly event: string
  readonly data: string /** The last id that the stream gave, on this event or before. */
  readonly id: string
}

/** Characters of one event at most: what does not end is no stream of events. */
const LONGEST = 1_048_576

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) from pieces of text that end anywhere. `retry` is told of the milliseconds that the stream asks clients to wait before they come back; `id` of every id, also without an event.
 */
export class EventReader {
  private rest = ''
  private started = false
  private event = ''
  private data: string[] = []
  private size = 0
  /** The last id, to come back with. */
  id: string
  /** Milliseconds to wait before coming back, where the stream said so. */
  retry: number | null = null

  constructor(id = '') {
    this.id = id
  }

  /** Takes a piece and gives the events that end in it. Throws RangeError for an event that is too long. */
  take(piece: string): StreamEvent[] {
    let text = this.rest + piece
    if (!this.started && text !== '') {
      if (text.startsWith('\uFEFF')) text = text.slice(1)
      this.started = true
    }
    const events: StreamEvent[] = []
    let from = 0
    for (;;) {
      const end = lineEnd(text, from)
      if (end === null) break
      const event = this.line(text.slice(from, end.at))
      if (event !== null) events.push(event)
      from = end.next
    }
    this.rest = text.slice(from)
    if (this.rest.length + this.size > LONGEST) throw new RangeError(`an event is longer than ${LONGEST} characters`)
    return events
  }

  private line(line: string): StreamEvent | null {
    if (line === '') return this.dispatch()
    const colon = line.indexOf(':')
    if (colon === 0) return null
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') this.event = value
    else if (field === 'data') {
      this.data.push(value)
      this.size += value.length + 1
    } else if (field === 'id' && !value.includes('\0')) this.id = value
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.retry = Number(value)
    return null
  }

  private dispatch(): StreamEvent | null {
    const event = this.data.length === 0 ? null : { event: this.event || 'message', data: this.data.join('\n'), id: this.id }
    this.event = ''
    this.data = []
    this.size = 0
    return event
  }
}

/** Where a line ends (LF, CR or both) and the next begins; null where it has not ended. A CR at the very end waits: a LF may follow. */
function lineEnd(text: string, from: number): { at: number; next: number } | null {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10) return { at, next: at + 1 }
    if (code !== 13) continue
    if (at + 1 === text.length) return null
    return { at, next: text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1 }
  }
  return null
}
