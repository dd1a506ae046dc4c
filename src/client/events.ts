import { ProblemError, problemOf } from './problem-error.ts'
import type { World } from './retry.ts'
import { EventReader, type StreamEvent } from './sse.ts'

/** A change of an object. It holds nothing of the object: read it. */
export type Change = {
  readonly object: string
  readonly version: number
  readonly kind: string
  readonly action: string
  /** UTC, milliseconds. */
  readonly time: string
  /** Where the stream is after this change: give it as `after` to go on from here another day. */
  readonly cursor: string
}

/** What is listened for. */
export type Listening = {
  /** Kinds of objects; all without. */
  readonly kinds?: readonly string[]
  /** Go on after this cursor; from now on without. Cursors are of one person and one choice of kinds. */
  readonly after?: string
  /** Ends the stream: the loop over it then ends without an error. */
  readonly signal?: AbortSignal
}

/** The node says something every 15 seconds; a connection on which nothing came for so long is dead, milliseconds. */
const SILENT_MS = 45_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Changes as they happen, for as long as the loop runs. A connection that breaks is made again after the last change that was given out, so nothing is missed and nothing comes twice.
 * It ends with a ProblemError where the node refuses: the session or key has ended (`node/not-signed-in`), the scope is missing, the cursor is another's.
 */
export async function* changes(
  url: string,
  headers: Readonly<Record<string, string>>,
  listening: Listening,
  world: World,
): AsyncGenerator<Change> {
  const ended = listening.signal ?? new AbortController().signal
  let last = listening.after ?? ''
  let wait = FIRST_WAIT_MS
  let asked: number | null = null
  while (!ended.aborted) {
    const connection = new AbortController()
    const signal = AbortSignal.any([ended, connection.signal])
    let timer: ReturnType<typeof setTimeout> | undefined
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(() => connection.abort(), SILENT_MS)
    }
    try {
      alive()
      const response = await world.fetch(request(url, headers, listening.kinds ?? [], last, signal))
      if (!response.ok || response.body === null) throw await problemOf(response)
      const reader = new EventReader(last)
      const text = new TextDecoder()
      for await (const piece of piecesOf(response.body)) {
        alive()
        const events = reader.take(text.decode(piece, { stream: true }))
        wait = FIRST_WAIT_MS
        asked = reader.retry ?? asked
        for (const event of events) {
          if (event.event === 'signed-out') throw signedOut()
          // The place of a change that the loop has not taken yet is not passed.
          last = event.id
          if (event.event === 'change') yield changeOf(event)
        }
        last = reader.id
      }
    } catch (error) {
      if (ended.aborted) return
      if (error instanceof RangeError || (error instanceof ProblemError && !isPassing(error))) throw error
      if (error instanceof ProblemError && error.retryAfter !== null) asked = error.retryAfter * 1000
    } finally {
      clearTimeout(timer)
      connection.abort()
    }
    try {
      await world.sleep(Math.min(LONGEST_WAIT_MS, asked ?? wait) * (0.75 + world.random() / 4), ended)
    } catch {
      return
    }
    wait = Math.min(LONGEST_WAIT_MS, wait * 2)
  }
}

function request(
  url: string,
  headers: Readonly<Record<string, string>>,
  kinds: readonly string[],
  last: string,
  signal: AbortSignal,
): Request {
  const address = new URL(`${url}/api/v1/events`)
  for (const kind of kinds) address.searchParams.append('kind', kind)
  return new Request(address, {
    headers: { ...headers, accept: 'text/event-stream', ...(last !== '' && { 'last-event-id': last }) },
    signal,
    redirect: 'error',
  })
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Not every browser can loop over a stream.
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

function changeOf({ data, id }: StreamEvent): Change {
  return { ...(JSON.parse(data) as Omit<Change, 'cursor'>), cursor: id }
}

/** The node is stopping, or has too many streams. */
function isPassing({ status }: ProblemError): boolean {
  return status === 429 || status >= 500
}

function signedOut(): ProblemError {
  return new ProblemError({
    code: 'node/not-signed-in',
    status: 401,
    detail: 'the session or key has ended',
    remedy: 'Sign in again, or use another key.',
  })
}
