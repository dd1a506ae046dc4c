import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Receiver } from '../../../src/node/files/receive.ts'

const ID = '0190aaaa-0000-7000-8000-000000000001'

describe('requests for one upload', () => {
  let folder: string
  let receiver: Receiver
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cordon-receive-'))
    receiver = new Receiver(folder, { limit: 1000, reserve: 0, idleMs: 60_000, minRate: 0 })
    await receiver.open()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** What a sender sends, and then nothing more until he is given up. */
  async function* silent(...parts: string[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield Buffer.from(part)
    await new Promise(() => {})
  }

  it('are at it one at a time, however many wait for one that has fallen silent', async () => {
    const first = receiver.alone(ID, (signal) => receiver.append(ID, 0, silent('01234'), 1000, signal)).catch(({ code }) => code)
    while ((await receiver.offset(ID)) < 5) await new Promise((resolve) => setTimeout(resolve, 1))
    let at = 0
    let most = 0
    const wait = (part: string) =>
      receiver
        .alone(ID, async (signal) => {
          most = Math.max(most, ++at)
          try {
            const offset = await receiver.offset(ID)
            return await receiver.append(ID, offset, silent(part), 1000, signal)
          } finally {
            at--
          }
        })
        .catch(({ code }) => code)
    // All of them find the first, and wait for it; each ends the one before it.
    const others = ['a', 'b', 'c', 'd'].map(wait)
    const last = receiver.alone(ID, async () => {
      const found = await receiver.digest(ID)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return [found, await readFile(receiver.path(ID), 'utf8'), at] as const
    })
    const [found, text, beside] = await last
    expect([await first, ...(await Promise.all(others))]).toEqual(Array(5).fill('uploads/taken-over'))
    expect([most, beside]).toEqual([1, 0])
    expect(found.bytes).toBe(text.length)
    expect(text).toMatch(/^01234a?b?c?d?$/)
  })
})
