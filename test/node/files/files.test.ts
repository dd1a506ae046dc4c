import { randomBytes } from 'node:crypto'
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { patch, sha256, upload } from './work.ts'

let world: NodeWorld
let ann: Someone
let kim: Someone
beforeAll(async () => {
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      limits: { ...config.limits, uploadMiB: 1, uploadIdleSeconds: 1, uploadsPerPerson: 40, reserveMiB: 0 },
    }),
  })
  await world.organisation('kr-npa', 'KOR')
  ann = await world.someone('Ann', ['analyst'])
  kim = await world.someone('Kim', ['analyst'], 'kr-npa')
})
afterAll(() => world.close())

function csrfHeader({ cookie }: Someone): string {
  return csrfOf(cookie.split('=')[1] as string)
}

function own(who: Someone): Record<string, string> {
  return { cookie: who.cookie, 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrfHeader(who) }
}

async function keep(name: string, content: string, more: object = {}) {
  const made = await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, name, content), ...more })
  expect(made.status, made.text).toBe(201)
  return made.json
}

describe('a file', () => {
  it('is kept by its SHA-256 with what was told of its capture, and given back to the byte', async () => {
    const provenance = {
      url: 'https://example.org/post/1',
      capturedAt: '2026-11-01T10:00:00Z',
      capturedBy: 'A. Analyst',
      tool: 'wget',
      toolVersion: '1.24',
      notes: 'as seen',
    }
    const file = await keep('post.html', '<script>alert(1)</script>', { provenance })
    expect(file.body).toMatchObject({
      sha256: sha256('<script>alert(1)</script>'),
      bytes: 25,
      name: 'post.html',
      receivedBy: ann.id,
      madeBy: null,
      provenance,
    })
    expect(await readdir(join(world.data, 'files', 'sha256', file.body.sha256.slice(0, 2), file.body.sha256.slice(2, 4)))).toEqual([
      file.body.sha256,
    ])
    const content = await ann.ask('GET', `/api/v1/files/${file.id}/content`)
    expect(content.text).toBe('<script>alert(1)</script>')
    expect(Object.fromEntries(content.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="post.html"; filename*=UTF-8''post.html`,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  it('is given in parts, and not again to whoever has it', async () => {
    const file = await keep('digits.txt', '0123456789')
    const path = `/api/v1/files/${file.id}/content`
    const part = await ann.ask('GET', path, undefined, { range: 'bytes=2-4' })
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
    expect((await ann.ask('GET', path, undefined, { range: 'bytes=-3' })).text).toBe('789')
    expect((await ann.ask('GET', path, undefined, { range: 'bytes=7-' })).text).toBe('789')
    expect((await ann.ask('GET', path, undefined, { range: 'bytes=10-' })).status).toBe(416)
    expect((await ann.ask('GET', path, undefined, { range: 'bytes=2-4', 'if-range': '"other"' })).text).toBe('0123456789')
    const etag = part.headers.get('etag') as string
    expect((await ann.ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304)
  })

  it('of the same content is kept once, and is another object', async () => {
    const [a, b] = [await keep('a.txt', 'same content'), await keep('b.txt', 'same content')]
    expect(a.id).not.toBe(b.id)
    expect(a.body.sha256).toBe(b.body.sha256)
    expect((await ann.ask('GET', `/api/v1/files?sha256=${a.body.sha256}`)).json.items).toHaveLength(2)
  })

  it('is not there for another organisation, until its label releases it', async () => {
    const secret = await keep('secret.txt', 'need to know')
    for (const path of ['', '/content', '/custody']) expect((await kim.ask('GET', `/api/v1/files/${secret.id}${path}`)).status).toBe(404)
    expect((await kim.ask('POST', `/api/v1/files/${secret.id}/verify`)).status).toBe(404)
    expect((await kim.ask('GET', `/api/v1/files?sha256=${secret.body.sha256}`)).json.items).toEqual([])
    const released = await keep('released.txt', 'to Korea', { label: { tlp: 'AMBER', nations: ['KOR'] } })
    expect((await kim.ask('GET', `/api/v1/files/${released.id}/content`)).text).toBe('to Korea')
    expect((await kim.ask('PUT', `/api/v1/files/${released.id}/provenance`, {}, { 'if-match': '*' })).status).toBe(403)
  })

  it('keeps what it was said of it before when that is changed', async () => {
    const file = await keep('x.txt', 'x')
    const path = `/api/v1/files/${file.id}`
    expect((await ann.ask('PUT', `${path}/provenance`, { tool: 'curl' })).status).toBe(428)
    const { headers } = await ann.ask('GET', path)
    const changed = await ann.ask('PUT', `${path}/provenance`, { tool: 'curl' }, { 'if-match': headers.get('etag') as string })
    expect(changed.json).toMatchObject({ version: 2, body: { sha256: file.body.sha256, provenance: { tool: 'curl' } } })
  })

  it('has a chain of custody from the record: collected, viewed, exported, verified, each with person, time and hash', async () => {
    const file = await keep('evidence.txt', 'evidence', { label: { tlp: 'AMBER', nations: ['KOR'] } })
    await ann.ask('GET', `/api/v1/files/${file.id}`)
    await kim.ask('GET', `/api/v1/files/${file.id}/content`)
    await ann.ask('POST', `/api/v1/files/${file.id}/verify`)
    const { json } = await ann.ask('GET', `/api/v1/files/${file.id}/custody`)
    expect(json.items.map(({ event, person }: any) => [event, person])).toEqual([
      ['collected', ann.id],
      ['viewed', ann.id],
      ['exported', kim.id],
      ['verified', ann.id],
    ])
    expect(json.items[3].detail).toMatchObject({ same: true, sha256: file.body.sha256 })
    expect(json.items.every(({ hash, version }: any) => hash === file.hash && version === 1)).toBe(true)
    const page = await ann.ask('GET', `/api/v1/files/${file.id}/custody?limit=2`)
    const rest = await ann.ask('GET', `/api/v1/files/${file.id}/custody?limit=200&cursor=${page.json.next}`)
    expect([...page.json.items, ...rest.json.items].map(({ event }: any) => event).slice(0, 4)).toEqual([
      'collected',
      'viewed',
      'exported',
      'verified',
    ])
    const other = await world.someone('Sato', ['analyst'], 'kr-npa')
    expect((await other.ask('GET', `/api/v1/files/${file.id}/custody`)).json.items.some(({ person }: any) => person === ann.id)).toBe(true)
  })

  it('whose bytes the disk has changed is found out by hashing it again', async () => {
    const file = await keep('spoilt.txt', 'as it was')
    const { sha256: name } = file.body
    const path = join(world.data, 'files', 'sha256', name.slice(0, 2), name.slice(2, 4), name)
    expect(await readFile(path, 'utf8')).toBe('as it was')
    await chmod(path, 0o600)
    await writeFile(path, 'as it is!')
    const { json } = await ann.ask('POST', `/api/v1/files/${file.id}/verify`)
    expect(json).toMatchObject({ same: false, sha256: name, found: sha256('as it is!') })
    await keep('again.txt', 'as it was')
    expect((await ann.ask('POST', `/api/v1/files/${file.id}/verify`)).json.same).toBe(true)
  })
})

describe('an upload', () => {
  it('goes on where it broke off, in as many pieces as it takes', async () => {
    const bytes = Buffer.from('0123456789'.repeat(1000))
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'pieces.txt', bytes: bytes.length, sha256: sha256(bytes) })
    expect(json).toMatchObject({ offset: 0, state: 'open' })
    const first = await patch(world, ann, json.id, 0, bytes.subarray(0, 4321))
    expect(first.headers.get('upload-offset')).toBe('4321')
    expect(first.headers.get('upload-complete')).toBe('?0')
    const head = await fetch(`${world.node.url}/api/v1/uploads/${json.id}`, {
      method: 'HEAD',
      headers: { cookie: ann.cookie, 'sec-fetch-site': 'same-origin' },
    })
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([200, '4321', '10000'])
    const wrong = await patch(world, ann, json.id, 4000, bytes.subarray(4000))
    expect([wrong.status, wrong.json.code, wrong.headers.get('upload-offset')]).toEqual([409, 'uploads/other-offset', '4321'])
    expect((await ann.ask('POST', '/api/v1/files', { upload: json.id })).json.code).toBe('uploads/not-complete')
    const last = await patch(world, ann, json.id, 4321, bytes.subarray(4321))
    expect(last.json).toMatchObject({ state: 'complete', sha256: sha256(bytes), offset: 10_000 })
    expect((await patch(world, ann, json.id, 10_000, Buffer.alloc(0))).json.state).toBe('complete')
    expect((await ann.ask('POST', '/api/v1/files', { upload: json.id })).status).toBe(201)
    expect((await ann.ask('POST', '/api/v1/files', { upload: json.id })).json.code).toBe('uploads/used')
  })

  it('of a size that nobody knew before is complete when its sender says so', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'stream' })
    await patch(world, ann, json.id, 0, Buffer.from('ab'))
    const last = await patch(world, ann, json.id, 2, Buffer.from('c'), { 'upload-complete': '?1' })
    expect(last.json).toMatchObject({ state: 'complete', bytes: 3, sha256: sha256('abc') })
  })

  it('that does not hash to what was announced is refused, and begins anew', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'x', bytes: 3, sha256: sha256('abc') })
    const sent = await patch(world, ann, json.id, 0, Buffer.from('abd'))
    expect([sent.status, sent.json.code]).toEqual([422, 'uploads/other-hash'])
    expect((await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json).toMatchObject({ offset: 0, state: 'open' })
    expect((await patch(world, ann, json.id, 0, Buffer.from('abc'))).json.state).toBe('complete')
  })

  it('that is too large is refused before it is sent, and stopped where it lied about its size', async () => {
    const announced = await ann.ask('POST', '/api/v1/uploads', { name: 'x', bytes: 2 ** 20 + 1 })
    expect([announced.status, announced.json.code]).toEqual([413, 'node/too-large'])
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'x', bytes: 3 })
    expect((await patch(world, ann, json.id, 0, Buffer.from('abcd'))).status).toBe(413)
    const open = await ann.ask('POST', '/api/v1/uploads', { name: 'x' })
    expect((await patch(world, ann, open.json.id, 0, Buffer.alloc(2 ** 20 + 1))).status).toBe(413)
    const whole = await patch(world, ann, open.json.id, 0, Buffer.alloc(2 ** 20), { 'upload-complete': '?1' })
    expect(whole.json).toMatchObject({ state: 'complete', bytes: 2 ** 20 })
  })

  it('whose sender falls silent is given up, and what came is kept', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'slow', bytes: 1000 })
    const { port } = new URL(world.node.url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1')
      let text = ''
      socket.on('data', (part) => {
        text += part.toString()
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      socket.write(
        `PATCH /api/v1/uploads/${json.id} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-cordon-csrf: ${csrfHeader(ann)}\r\ncookie: ${ann.cookie}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/octet-stream\r\nupload-offset: 0\r\ncontent-length: 1000\r\n\r\nhello`,
      )
    })
    expect(answer).toContain('HTTP/1.1 408')
    expect(answer).toContain('upload-offset: 5')
    expect((await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json.offset).toBe(5)
  })

  it('that is gone on with elsewhere ends the earlier request', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'twice', bytes: 10 })
    let go = () => {}
    const stalled = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('01234'))
        go = () => controller.close()
      },
    })
    const first = fetch(`${world.node.url}/api/v1/uploads/${json.id}`, {
      method: 'PATCH',
      headers: { ...own(ann), 'content-type': 'application/octet-stream', 'upload-offset': '0' },
      body: stalled,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'closed',
    )
    for (let offset = 0; offset < 5; ) offset = (await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json.offset
    expect((await patch(world, ann, json.id, 5, Buffer.from('56789'))).json.state).toBe('complete')
    expect([409, 'closed']).toContain(await first)
    go()
  })

  it('is gone on with by one request at a time, and by none once it is complete', async () => {
    let kept = 0
    for (let round = 0; round < 6; round++) {
      const { json } = await ann.ask('POST', '/api/v1/uploads', { name: `raced ${round}` })
      /** A request that sends one part at once, and another when it is told to. */
      const slowly = (offset: number, now: string, later: string) => {
        let go = () => {}
        const parts = new ReadableStream({
          start(controller) {
            if (now !== '') controller.enqueue(Buffer.from(now))
            go = () => {
              controller.enqueue(Buffer.from(later))
              controller.close()
            }
          },
        })
        const answer = fetch(`${world.node.url}/api/v1/uploads/${json.id}`, {
          method: 'PATCH',
          headers: { ...own(ann), 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
          body: parts,
          duplex: 'half',
        } as RequestInit).then(
          ({ status }) => status,
          () => 0,
        )
        return { answer, go: () => go() }
      }
      const first = slowly(0, `0123${round}`, '')
      for (let offset = 0; offset < 5; ) offset = (await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json.offset
      // Both break the first off, and wait for it.
      const evil = round % 2 === 0 ? slowly(5, '', 'evil') : null
      const last = patch(world, ann, json.id, 5, Buffer.alloc(0), { 'upload-complete': '?1' })
      const late = evil ?? slowly(5, '', 'evil')
      const done = await last
      if (done.status !== 200) {
        late.go()
        await Promise.all([first.answer, late.answer])
        continue
      }
      const file = (await ann.ask('POST', '/api/v1/files', { upload: json.id })).json
      late.go()
      await Promise.all([first.answer, late.answer])
      expect((await ann.ask('GET', `/api/v1/files/${file.id}/content`)).text).toBe(`0123${round}`)
      expect(file.body.sha256).toBe(sha256(Buffer.from(`0123${round}`)))
      kept++
    }
    expect(kept).toBeGreaterThan(0)
  })

  it('is not doubled where it is sent twice at once', async () => {
    const content = randomBytes(300_000)
    for (let round = 0; round < 5; round++) {
      const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'doubled' })
      const sent = await Promise.all(
        [0, 1].map(() => patch(world, ann, json.id, 0, content, { 'upload-complete': '?1' }).catch(() => null)),
      )
      expect(sent.filter((each) => each?.status === 200).length).toBeLessThanOrEqual(1)
      // Whoever ended whom, it is gone on with from where it is.
      const { offset, state } = (await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json
      const whole =
        state === 'complete'
          ? (await ann.ask('GET', `/api/v1/uploads/${json.id}`)).json
          : (await patch(world, ann, json.id, offset, content.subarray(offset), { 'upload-complete': '?1' })).json
      expect(whole).toMatchObject({ state: 'complete', bytes: content.length, sha256: sha256(content) })
    }
  })

  it('is its sender’s alone, and needs the right to write', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'mine', bytes: 3 })
    const colleague = await world.someone('Bob', ['analyst'])
    const subscriber = await world.someone('Sub', ['subscriber'])
    for (const who of [colleague, kim]) {
      expect((await who.ask('GET', `/api/v1/uploads/${json.id}`)).status).toBe(404)
      expect((await patch(world, who, json.id, 0, Buffer.from('abc'))).status).toBe(404)
      expect((await who.ask('POST', '/api/v1/files', { upload: json.id })).status).toBe(404)
      expect((await who.ask('DELETE', `/api/v1/uploads/${json.id}`)).status).toBe(404)
    }
    expect((await subscriber.ask('POST', '/api/v1/uploads', { name: 'x' })).status).toBe(403)
    expect((await patch(world, subscriber, json.id, 0, Buffer.from('abc'))).status).toBe(403)
    expect((await patch(world, { cookie: '' }, json.id, 0, Buffer.from('abc'))).status).toBe(401)
    expect((await world.nobody('GET', `/api/v1/uploads/${json.id}`)).status).toBe(401)
  })

  it('of another site’s page is refused', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'csrf', bytes: 3 })
    expect((await patch(world, ann, json.id, 0, Buffer.from('abc'), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('that is taken back leaves nothing on the disk', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'back', bytes: 10 })
    await patch(world, ann, json.id, 0, Buffer.from('abc'))
    expect(await readdir(join(world.data, 'uploads'))).toContain(json.id)
    expect((await ann.ask('DELETE', `/api/v1/uploads/${json.id}`)).status).toBe(204)
    expect(await readdir(join(world.data, 'uploads'))).not.toContain(json.id)
    expect((await ann.ask('GET', `/api/v1/uploads/${json.id}`)).status).toBe(404)
  })

  it.each([
    '../../../etc/passwd',
    '..\\..\\boot.ini',
    '/etc/cron.d/x',
    'a\u0000b',
    '.',
    'con',
    'x'.repeat(300),
    '"; rm -rf /; echo "',
    'naïve\r\nset-cookie: a=b.csv',
  ])('named %j never becomes a path or a header', async (name) => {
    const before = await readdir(world.data)
    const made = await ann.ask('POST', '/api/v1/uploads', { name, bytes: 3 })
    if (name.includes('\u0000')) {
      expect([400, 422]).toContain(made.status)
      return
    }
    expect(made.status).toBe(201)
    await patch(world, ann, made.json.id, 0, Buffer.from('abc'))
    const file = await ann.ask('POST', '/api/v1/files', { upload: made.json.id })
    expect(file.json.body.name).toBe(name)
    const content = await ann.ask('GET', `/api/v1/files/${file.json.id}/content`)
    expect(content.text).toBe('abc')
    expect(content.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[!#$%&+\-.^_`|~0-9A-Za-z]+$/,
    )
    expect(content.headers.get('set-cookie')).toBeNull()
    expect(await readdir(world.data)).toEqual(before)
  })

  it.each(['..%2F..%2Fetc%2Fpasswd', '%2e%2e', 'a'.repeat(36), '00000000-0000-7000-8000-000000000000'])(
    'addressed as %s is not there',
    async (id) => {
      for (const path of [`/api/v1/uploads/${id}`, `/api/v1/files/${id}/content`])
        expect([400, 404]).toContain((await ann.ask('GET', path)).status)
      expect([400, 404]).toContain((await patch(world, ann, id, 0, Buffer.from('abc'))).status)
    },
  )

  it('is one of so many that one person may have', async () => {
    const carl = await world.someone('Carl', ['analyst'])
    for (let i = 0; i < 40; i++) expect((await carl.ask('POST', '/api/v1/uploads', { name: 'x' })).status).toBe(201)
    const over = await carl.ask('POST', '/api/v1/uploads', { name: 'x' })
    expect([over.status, over.json.code]).toEqual([429, 'uploads/too-many'])
    expect((await ann.ask('POST', '/api/v1/uploads', { name: 'x' })).status).toBe(201)
  })
})

describe('what is not a file', () => {
  it('does not come in as JSON where bytes are wanted, nor as bytes where JSON is', async () => {
    const { json } = await ann.ask('POST', '/api/v1/uploads', { name: 'x', bytes: 3 })
    expect((await ann.ask('PATCH', `/api/v1/uploads/${json.id}`, {}, { 'upload-offset': '0' })).status).toBe(415)
    const bytes = await fetch(`${world.node.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { ...own(ann), 'content-type': 'application/octet-stream' },
      body: 'abc',
    })
    expect(bytes.status).toBe(415)
  })
})
