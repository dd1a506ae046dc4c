import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyWebhook } from '../../../src/node/delivery/index.ts'
import { Receiver } from '../delivery/post-office.ts'
import { rule, until } from './made.ts'

const NODE = fileURLToPath(new URL('./killed-node.ts', import.meta.url))

type Live = { readonly child: ChildProcess; readonly url: string; readonly cookie: string; readonly csrf: string }

describe('a node that is killed', () => {
  let data: string
  let receiver: Receiver
  let live: Live
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'cordon-alerts-'))
    receiver = await new Receiver().start()
    live = await begin()
  }, 60_000)
  afterAll(async () => {
    if (live !== undefined) await kill()
    await receiver?.stop()
    await rm(data, { recursive: true, force: true })
  })

  const begin = async (): Promise<Live> => {
    const child = spawn(process.execPath, [NODE, data, `http://127.0.0.1:${receiver.port}`], { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of child.stdout) {
      const told = JSON.parse(String(line))
      child.stdout.resume()
      return { child, ...told }
    }
    throw new Error('the node ended before it listened')
  }
  const kill = async () => {
    const gone = once(live.child, 'exit')
    live.child.kill('SIGKILL')
    await gone
  }
  const ask = async (method: string, path: string, body?: unknown, headers: object = {}) => {
    const response = await fetch(`${live.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: live.cookie,
        'sec-fetch-site': 'same-origin',
        'x-cordon-csrf': live.csrf,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, etag: response.headers.get('etag') ?? '', json: (await response.json()) as any }
  }
  const act = async (id: string, action: object) => {
    const { etag } = await ask('GET', `/cases/${id}`)
    const acted = await ask('POST', `/cases/${id}/status`, action, { 'if-match': etag })
    expect(acted.status).toBe(200)
  }

  it('between what happened and its alert, and between the alert and its delivery, delivers each under one id', async () => {
    const hook = (await ask('POST', '/webhooks', { channel: 'webhook', url: receiver.url })).json
    const { id } = (await ask('POST', '/cases', { case: { title: 'Theft', summary: 'x' } })).json
    const made = await ask('POST', '/rules', { rule: rule({ event: 'case', changes: ['status'], cases: [id] }, { quietSeconds: 60 }) })
    expect(made.status).toBe(201)
    // Nobody has looked yet when it dies.
    receiver.answer = 503
    await act(id, { action: 'start' })
    await kill()
    live = await begin()
    const alerts = async () => (await ask('GET', '/alerts')).json.items
    const [alert] = await until('the alert', async () => {
      const found = await alerts()
      return found.length > 0 && found
    })
    const tried = await until('an attempt', async () => receiver.seen[0])
    expect(receiver.taken).toEqual([])
    await kill()
    receiver.answer = 200
    live = await begin()
    const got = await until('the message', async () => receiver.taken[0], 90)
    expect(got.id).toBe(tried.id)
    const headers = Object.fromEntries(Object.entries(got.headers).map(([name, value]) => [name, String(value)]))
    await verifyWebhook(headers, got.body, [hook.secret], { now: Date.now() / 1000 })
    expect(JSON.parse(got.body)).toMatchObject({ type: 'alert.opened', data: { id: alert.id, facts: [{ text: 'status.active' }] } })
    expect((await alerts()).length).toBe(1)
  }, 180_000)
})
