import { createHash } from 'node:crypto'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import type { NodeWorld, Reply, Someone } from '../world.ts'

/** Uploads bytes in one piece, and gives the upload's id. */
export async function upload(world: NodeWorld, who: Someone, name: string, content: Uint8Array | string): Promise<string> {
  const bytes = Buffer.from(content)
  const made = await who.ask('POST', '/api/v1/uploads', { name, bytes: bytes.length, sha256: sha256(bytes) })
  if (made.status !== 201) throw new Error(made.text)
  if (bytes.length > 0 || made.json.offset === 0) {
    const sent = await patch(world, who, made.json.id, 0, bytes)
    if (sent.status !== 200) throw new Error(sent.text)
  }
  return made.json.id
}

/** Sends bytes of an upload. */
export async function patch(
  world: NodeWorld,
  who: Pick<Someone, 'cookie'>,
  id: string,
  offset: number,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return await send(world.node.url, who.cookie, id, offset, bytes, headers)
}

export async function send(
  url: string,
  cookie: string,
  id: string,
  offset: number,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'x-cordon-csrf': csrfOf(cookie.split('=')[1] ?? ''),
      'content-type': 'application/octet-stream',
      'upload-offset': String(offset),
      ...headers,
    },
    body: Buffer.from(bytes),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : undefined }
}

/** Waits until a job has ended, and gives it. */
export async function ended(who: Pick<Someone, 'ask'>, job: string, seconds = 60): Promise<any> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const { json } = await who.ask('GET', `/api/v1/jobs/${job}`)
    if (!['queued', 'running', 'stopping'].includes(json?.body?.status)) return json
    if (Date.now() > until) throw new Error(`job ${job} is still ${json.body.status}: ${JSON.stringify(json.progress)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
