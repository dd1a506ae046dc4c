import { retryAfterOf } from './problem-error.ts'

/** How a client tries again. */
export type Patience = {
  /** How often a request is sent at most; 1 for never again. */
  readonly attempts: number
  /** Longest wait in seconds between two attempts. A node that asks for longer is not waited for. */
  readonly longest: number
}

/** What a client takes from the world. */
export type World = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Waits milliseconds, or until the signal ends it (then it throws). */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Evenly from 0 (included) to 1 (excluded). */
  readonly random: () => number
}

/** The node, or what stands before it, is not able just now, and has not begun. */
const NOT_NOW = new Set([429, 503])

/**
 * Sends a request, and again where that is safe: what was not begun (429, 503) always, what may have been done (the connection broke) only where doing it twice is doing it once: reading, and a POST with an Idempotency-Key.
 * Waits as Retry-After says, else twice as long each time with chance in it, so that many clients do not come back together.
 */
export async function sendPatiently(request: Request, { attempts, longest }: Patience, { fetch, sleep, random }: World): Promise<Response> {
  const repeatable = request.method === 'GET' || request.method === 'HEAD' || request.headers.has('idempotency-key')
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= attempts
    // Each attempt sends the body anew.
    const sent = last ? request : request.clone()
    let wait = Math.min(longest, 0.25 * 2 ** (attempt - 1)) * (0.5 + random() / 2)
    try {
      const response = await fetch(sent)
      if (last || !NOT_NOW.has(response.status)) return response
      wait = retryAfterOf(response, Date.now()) ?? wait
      if (wait > longest) return response
      // An answer that nobody reads would hold its connection.
      await response.body?.cancel()
    } catch (error) {
      if (last || !repeatable || request.signal.aborted) throw error
    }
    await sleep(wait * 1000, request.signal)
  }
}

/** Waits, and ends with the signal's reason where it is aborted. */
export async function sleepFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', abort, { once: true })
  })
}
