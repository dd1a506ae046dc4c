import { expect } from 'vitest'
import type { Someone } from '../world.ts'

/** An event as it came. */
export type Heard = { readonly id: string; readonly data: { readonly object: string; readonly action: string; readonly kind: string } }

/** Somebody's stream of events. `begin`: the cursor of where it began; `until`: everything that came, as soon as it is enough. */
export type Stream = { readonly begin: string; until(enough: (all: readonly Heard[]) => boolean): Promise<Heard[]>; close(): void }

/** Opens a stream of events, from now or from after a cursor. */
export async function listen(someone: Pick<Someone, 'cookie'>, url: string, after?: string): Promise<Stream> {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/v1/events`, {
    headers: { cookie: someone.cookie, ...(after && { 'last-event-id': after }) },
    signal: stop.signal,
  })
  expect(response.status).toBe(200)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const first = await reader.read()
  text += decoder.decode(first.value)
  const all: Heard[] = []
  return {
    begin: /^id: (.*)$/m.exec(text)?.[1] ?? '',
    until: async (enough) => {
      for (;;) {
        const parts = text.split('\n\n')
        text = parts.pop() as string
        for (const part of parts) {
          const id = /^id: (.*)$/m.exec(part)?.[1]
          const data = /^data: (.*)$/m.exec(part)?.[1]
          if (id !== undefined && data !== undefined) all.push({ id, data: JSON.parse(data) })
        }
        if (enough(all)) return all
        const { value, done } = await reader.read()
        if (done) throw new Error(`the stream ended: ${JSON.stringify(all)}`)
        text += decoder.decode(value)
      }
    },
    close: () => stop.abort(),
  }
}
