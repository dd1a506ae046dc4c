import { request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

const MOST = 3

describe('streams of events', () => {
  let world: NodeWorld
  let ann: Someone
  beforeAll(async () => {
    world = await nodeWorld({ change: (config) => ({ ...config, limits: { ...config.limits, streams: MOST } }) })
    ann = await world.someone('Ann', ['analyst'])
  })
  afterAll(() => world.close())

  /** Asks for a stream, and breaks it off: after so many milliseconds where they are given, else when asked to. Gives the status, 0 where none came. */
  function open(after: number | null): { readonly status: Promise<number>; close(): void } {
    const asked = request(`${world.node.url}/api/v1/events`, { headers: { cookie: ann.cookie }, agent: false })
    const status = new Promise<number>((resolve) => {
      asked.once('response', (response) => {
        response.resume()
        response.once('error', () => {})
        resolve(response.statusCode as number)
      })
      asked.once('error', () => resolve(0))
      asked.once('close', () => resolve(0))
    })
    asked.end()
    if (after !== null) void setTimeout(after).then(() => asked.destroy())
    return { status, close: () => void asked.destroy() }
  }

  /** Whether every place is free again within some seconds. */
  async function allFree(): Promise<boolean> {
    for (let tries = 0; tries < 50; tries++) {
      const all = Array.from({ length: MOST }, () => open(null))
      const statuses = await Promise.all(all.map(({ status }) => status))
      for (const { close } of all) close()
      if (statuses.every((status) => status === 200)) return true
      await setTimeout(100)
    }
    return false
  }

  it('are no more than the limit, also where they come all at once', async () => {
    const all = Array.from({ length: 12 }, () => open(null))
    const statuses = await Promise.all(all.map(({ status }) => status))
    for (const { close } of all) close()
    expect(statuses.filter((status) => status === 200)).toHaveLength(MOST)
    expect(statuses.filter((status) => status === 429)).toHaveLength(12 - MOST)
    expect(await allFree()).toBe(true)
  })

  it('end when their listener has gone, at whatever moment he went', async () => {
    for (let at = 0; at < 40; at++) {
      const { status } = open(at % 20)
      await status
    }
    expect(await allFree()).toBe(true)
  })
})
