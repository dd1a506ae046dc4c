import { randomUUID } from 'node:crypto'
import type { Channel, ClaimedMessage, Render, Rendered } from './message.ts'
import { type NextStep, nextStep, type Outcome, type RetryPolicy } from './schedule.ts'

/**
 * Where messages wait. What an implementation must hold, so that nothing is lost when a receiver, a worker or the connection between them fails at any moment:
 *
 * - `claim` gives messages that are due and that no other claim holds until its `until`, and counts an attempt. A claim that is never settled ends by itself.
 * - `settle` is one transaction. A result whose lease has ended, and that another may have claimed, changes nothing, except that delivered is delivered.
 * - ids never change. So each message is sent at least once, and a receiver can tell that it had one before.
 */
export type OutboxStore = {
  claim(question: ClaimQuestion): Promise<readonly ClaimedMessage[]>
  settle(settled: readonly Settled[], now: Date): Promise<void>
}

export type ClaimQuestion = {
  readonly now: Date
  /** When the claim ends. */
  readonly until: Date
  /** UUID of the claim. */
  readonly lease: string
  readonly limit: number
  /** Messages of one endpoint that may be on their way at once. */
  readonly perEndpoint: number
  /** How many of `limit` may go to endpoints that failed several times in a row; each of them gets one at a time. */
  readonly failing: number
}

/** What became of a claimed message. */
export type Settled = {
  readonly message: ClaimedMessage
  readonly state: 'waiting' | 'delivered' | 'dead' | 'dropped'
  /** ISO 8601 UTC: when it is tried again; null where it is not. */
  readonly due: string | null
  readonly refusals: number
  readonly status: number | null
  readonly reason: string | null
  /** Whether the endpoint is switched off. */
  readonly disable: boolean
}

/** Sends one message over a channel. What it throws counts as an attempt that may go better later. */
export type Send = (message: ClaimedMessage, content: Rendered, signal: AbortSignal) => Promise<Outcome>

export type OutboxOptions = {
  readonly clock: () => Date
  /** Evenly from 0 (included) to 1 (excluded). */
  readonly chance: () => number
  readonly retries: RetryPolicy
  /** Messages on their way at once, over all endpoints. At most half of them go to endpoints that are failing. */
  readonly concurrency: number
  readonly perEndpoint: number
  /** Seconds for which a claim holds. An attempt is given up a little before, so it must be longer than a request may take. */
  readonly lease: number
  /** Seconds after which the outbox is looked into without being woken: for retries, and for what other processes put in. */
  readonly poll: number
  /** Seconds that messages on their way are given when the worker stops. */
  readonly grace: number
  /** Told of every result once it is kept, for the record and for metrics. */
  readonly onSettled: (settled: Settled) => void
  /** Told when the store fails; the worker waits and goes on. */
  readonly onError: (error: unknown) => void
}

export type OutboxSettings = Omit<OutboxOptions, 'clock' | 'chance' | 'onSettled' | 'onError' | 'retries'>

export const OUTBOX: OutboxSettings = { concurrency: 32, perEndpoint: 4, lease: 60, poll: 2, grace: 5 }

export type OutboxWorker = {
  /** Look now: something was put in. */
  wake(): void
  /** Claims nothing more, waits for what is on its way, and keeps its results; for twice the grace at most. */
  stop(): Promise<void>
}

/** Milliseconds for which results are gathered while others are still on their way. */
const TOGETHER = 10

/**
 * Starts a worker. Any number may run on one store, in any number of processes. A slow or dead endpoint holds up its own messages: it has at most `perEndpoint` on their way, one while it keeps failing,
 * and all failing endpoints together at most half of the worker.
 */
export function startOutbox(
  store: OutboxStore,
  channels: Readonly<Record<Channel, Send>>,
  render: Render,
  options: OutboxOptions,
): OutboxWorker {
  const inFlight = new Map<Promise<void>, ClaimedMessage>()
  const calledOff = new AbortController()
  const finished: Settled[] = []
  let stopping = false
  let rung = false
  let wakeUp = () => {}

  const ring = () => {
    rung = true
    wakeUp()
  }

  const wait = async (seconds: number) => {
    if (!rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000)
        wakeUp = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    rung = false
    // Others will be finished in a moment: kept and replaced together they cost one transaction, one by one they would cost one each.
    if (inFlight.size > 0 && !stopping) await new Promise((resolve) => setTimeout(resolve, TOGETHER))
  }

  const launch = (message: ClaimedMessage) => {
    const work = attempt(message, channels, render, options, calledOff.signal).then((settled) => {
      inFlight.delete(work)
      finished.push(settled)
      ring()
    })
    inFlight.set(work, message)
  }

  const keep = async () => {
    // A copy: others finish meanwhile.
    const batch = [...finished]
    if (batch.length === 0) return
    await store.settle(batch, options.clock())
    // Only now: what the store did not take is settled again.
    finished.splice(0, batch.length)
    for (const each of batch) options.onSettled(each)
  }

  const take = async () => {
    const limit = options.concurrency - inFlight.size
    if (stopping || limit <= 0) return
    const now = options.clock()
    const failing = Math.floor(options.concurrency / 2) - [...inFlight.values()].filter((message) => message.failing).length
    const until = new Date(now.getTime() + options.lease * 1000)
    const question = { now, until, lease: randomUUID(), limit, perEndpoint: options.perEndpoint, failing: Math.max(0, failing) }
    for (const message of await store.claim(question)) launch(message)
  }

  const run = async () => {
    while (!stopping || inFlight.size > 0 || finished.length > 0) {
      try {
        await keep()
        await take()
        await wait(options.poll)
      } catch (error) {
        options.onError(error)
        // When stopping, one failure is the end: the claims run out, and their messages are sent again.
        if (stopping) return
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
    }
  }

  const running = run()
  return {
    wake: ring,
    async stop() {
      stopping = true
      ring()
      const timer = setTimeout(() => calledOff.abort(), options.grace * 1000)
      let last: NodeJS.Timeout | undefined
      // A store that does not answer cannot keep the node from ending.
      const enough = new Promise<void>((resolve) => {
        last = setTimeout(resolve, options.grace * 2000)
      })
      await Promise.race([running, enough])
      clearTimeout(timer)
      clearTimeout(last)
    },
  }
}

async function attempt(
  message: ClaimedMessage,
  channels: Readonly<Record<Channel, Send>>,
  render: Render,
  { clock, chance, retries, lease }: OutboxOptions,
  signal: AbortSignal,
): Promise<Settled> {
  const settled = { message, due: null, refusals: message.refusals, status: null, reason: null, disable: false }
  // Each claim counts, so a message that takes its worker down with it does not do so for ever.
  if (message.attempts > retries.attempts) return { ...settled, state: 'dead', reason: 'no worker finished an attempt' }
  const outcome = await timely(lease * 0.9, signal, async (inTime): Promise<Outcome | null> => {
    const { endpoint, person, organisation, event, object } = message
    const content = await render({ endpoint, person, organisation }, { event, object })
    return content === null ? null : await channels[message.channel](message, content, inTime)
  })
  if (outcome === null) return { ...settled, state: 'dropped', reason: 'the recipient may not see it' }
  const refusals = message.refusals + (outcome.kind === 'refused' ? 1 : 0)
  const step = nextStep(outcome, { attempts: message.attempts, refusals }, retries, clock().getTime(), chance)
  return { ...settled, ...stateOf(step), refusals, status: outcome.status, reason: outcome.kind === 'delivered' ? null : outcome.reason }
}

function stateOf(step: NextStep): Pick<Settled, 'state' | 'due' | 'disable'> {
  if (step.kind === 'delivered') return { state: 'delivered', due: null, disable: false }
  if (step.kind === 'dead') return { state: 'dead', due: null, disable: step.disable }
  return { state: 'waiting', due: new Date(step.at).toISOString(), disable: false }
}

/** The work's outcome, or that it took too long, was called off, or failed. It never throws. */
async function timely(
  seconds: number,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<Outcome | null>,
): Promise<Outcome | null> {
  const own = new AbortController()
  const signal = AbortSignal.any([own.signal, stopped])
  const retry = (reason: string): Outcome => ({ kind: 'retry', status: null, reason })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(retry('the attempt took too long')), seconds * 1000)
    if (stopped.aborted) resolve(retry('the node was stopping'))
    stopped.addEventListener('abort', () => resolve(retry('the node was stopping')), { signal: own.signal })
  })
  try {
    return await Promise.race([late, work(signal)])
  } catch (error) {
    // The message of an unknown error may hold anything, and reasons are shown to the endpoint's owner.
    return retry(`the attempt failed (${error instanceof Error ? error.name : typeof error})`)
  } finally {
    clearTimeout(timer)
    own.abort()
  }
}
