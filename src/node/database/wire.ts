import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

/** AuthenticationOk and ReadyForQuery (PostgreSQL's message formats): what a client waits for. PGlite has begun its session when it was opened. */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

const FAREWELL = 0x58
const READY = 0x5a
const READY_BYTES = 6

/**
 * The connection of a PostgreSQL client to PGlite: the bytes of PostgreSQL's protocol, without a network. All messages of one statement go over at once, and prepared statements are kept, where PGlite's own `query`
 * prepares each anew and goes over five times.
 */
export class Wire extends Duplex {
  private readonly db: PGlite
  private greeted = false

  constructor(db: PGlite) {
    super()
    this.db = db
  }

  /** What a client asks of a socket. */
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): void {}
  unref(): void {}

  override _read(): void {}

  override _write(message: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.ask(message, done)
  }

  override _writev(messages: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.ask(Buffer.concat(messages.map(({ chunk }) => chunk)), done)
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  private ask(messages: Buffer, done: (error?: Error | null) => void): void {
    if (!this.greeted) {
      this.greeted = true
      this.push(GREETING)
      done()
      return
    }
    // As a stream, since the other way PGlite parses every answer as well. The bytes are its memory, which it uses again.
    let end: Buffer = Buffer.alloc(0)
    const onRawData = (part: Uint8Array) => {
      const answer = Buffer.from(part)
      // An answer comes in parts of any length; a message may be cut anywhere.
      end = answer.length < READY_BYTES ? Buffer.concat([end, answer]).subarray(-READY_BYTES) : answer.subarray(-READY_BYTES)
      this.push(answer)
    }
    this.db.execProtocolRawStream(messages, { syncToFs: false, onRawData }).then(
      // The last message is ReadyForQuery, for whatever but the farewell.
      () =>
        done(
          messages[0] === FAREWELL || (end.length === READY_BYTES && end[0] === READY)
            ? null
            : new Error('the embedded database broke off'),
        ),
      done,
    )
  }
}
