import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFreezeDocument } from '../../../src/cases/index.ts'
import type { NodeWorld, Someone } from '../world.ts'
import { act, BEGIN, change, deskWorld, house, LBANK, open, REQUEST, type SetClock, setClock } from './papers.ts'

const PDFTOTEXT = ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext', '/opt/homebrew/bin/pdftotext'].find((path) => existsSync(path))
const LANGUAGES = { en: 'Freeze', fr: 'Gel', ko: '동결', ja: '凍結' } as const
const HASHES = REQUEST.points.map(({ txHash }) => txHash)

describe('the papers of a request', () => {
  let world: NodeWorld
  let clock: SetClock
  let people: Awaited<ReturnType<typeof house>>
  let id: string
  let sent: string
  const pdfs = new Map<string, Buffer>()
  beforeAll(async () => {
    clock = setClock(BEGIN)
    world = await deskWorld(clock)
    people = await house(world)
    const { analyst, supervisor, releaser } = people
    await supervisor.ask('POST', '/api/v1/exchanges', { entry: LBANK })
    id = (await open(analyst, { team: [supervisor, releaser] })).json.id
  })
  afterAll(() => world.close())

  const paper = async (who: Someone, query: string) => {
    const response = await fetch(`${world.node.url}/api/v1/requests/${id}/document?${query}`, { headers: { cookie: who.cookie } })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  it('are previews while it is written, and say so', async () => {
    const { headers, bytes } = await paper(people.analyst, 'format=json')
    expect(headers.get('content-disposition')).toContain(`freeze-request-${id}-preview.json`)
    expect(JSON.parse(bytes.toString())).toMatchObject({ id, issuedAt: null, caseNumber: REQUEST.caseNumber })
    expect((await paper(people.analyst, 'format=text&language=fr')).headers.get('content-language')).toBe('fr')
  })

  it('are what was sent, byte for byte, once it was sent', async () => {
    const { supervisor, releaser, analyst } = people
    clock.pass(1)
    await act(supervisor, id, { action: 'authorise' })
    clock.pass(1)
    const { body } = (await act(releaser, id, { action: 'send' })).json
    sent = body.sent.json
    // The directory changes afterwards; what was sent does not.
    const own = await supervisor.ask('GET', '/api/v1/exchanges/lbank/own')
    await supervisor.ask(
      'PUT',
      '/api/v1/exchanges/lbank/own',
      { ...LBANK, legalName: 'Another Ltd' },
      { 'if-match': own.headers.get('etag') as string },
    )
    const { headers, bytes } = await paper(analyst, '')
    expect(bytes.toString()).toBe(sent)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.sent.sha256)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('repr-digest')).toBe(`sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`)
    expect(readFreezeDocument(bytes.toString(), null)).toMatchObject({ id, exchange: { legalName: LBANK.legalName } })
    expect(
      (
        await fetch(`${world.node.url}/api/v1/requests/${id}/document`, {
          headers: { cookie: analyst.cookie, 'if-none-match': headers.get('etag') as string },
        })
      ).status,
    ).toBe(304)
    const schema = (await analyst.ask('GET', '/api/v1/exchanges/request-schema')).json
    expect(schema).toMatchObject({ $id: expect.stringContaining('freeze-request'), additionalProperties: false })
  })

  it.each(Object.keys(LANGUAGES))('come as plain text with whole hashes (%s)', async (language) => {
    const { headers, bytes } = await paper(people.analyst, `format=text&language=${language}`)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(headers.get('content-language')).toBe(language)
    for (const hash of HASHES) expect(bytes.toString()).toContain(hash)
    expect(bytes.toString()).toContain(LANGUAGES[language as keyof typeof LANGUAGES])
  })

  it.each(Object.keys(LANGUAGES))('come as PDF (%s)', async (language) => {
    const first = await paper(people.analyst, `format=pdf&language=${language}`)
    expect(first.headers.get('content-type')).toBe('application/pdf')
    expect(first.headers.get('content-disposition')).toContain(`freeze-request-${id}.${language}.pdf`)
    expect(first.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    pdfs.set(language, first.bytes)
    expect(first.headers.get('etag')).toBe(`"${createHash('sha256').update(first.bytes).digest('hex')}"`)
  })

  it('are the same bytes for everybody and each time', async () => {
    for (const query of ['format=pdf&language=ko', 'format=text&language=ja', 'format=json']) {
      const [one, two] = [await paper(people.analyst, query), await paper(people.releaser, query)]
      expect(one.bytes.equals(two.bytes)).toBe(true)
    }
    expect((await paper(people.releaser, 'format=pdf&language=ko')).bytes.equals(pdfs.get('ko') as Buffer)).toBe(true)
  })

  it.skipIf(PDFTOTEXT === undefined)('have the whole hashes in the text of the PDF (needs pdftotext)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cordon-pdf-'))
    try {
      for (const language of Object.keys(LANGUAGES)) {
        const file = join(folder, `${language}.pdf`)
        writeFileSync(file, pdfs.get(language) as Buffer)
        const text = execFileSync(PDFTOTEXT as string, ['-layout', file, '-'], { encoding: 'utf8' })
        for (const hash of HASHES) expect(text).toContain(hash)
        expect(text).toContain(REQUEST.points[0]?.to)
        expect(text).toContain(createHash('sha256').update(sent).digest('hex'))
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('do not hold the node up while a PDF is made', async () => {
    let isMade = false
    const made = paper(people.analyst, 'format=pdf&language=ja').then(() => {
      isMade = true
    })
    let answered = 0
    while (!isMade) {
      await people.analyst.ask('GET', '/api/v1/health')
      if (!isMade) answered++
    }
    await made
    expect(answered).toBeGreaterThan(5)
  })

  it('show the new draft after it was reopened, and refuse forms and languages that there are not', async () => {
    const { analyst } = people
    const answer = { status: 'refused', at: clock.now.toISOString(), reference: 'x', reason: 'another number is needed' }
    await act(analyst, id, { action: 'answer', answer })
    expect((await paper(analyst, '')).bytes.toString()).toBe(sent)
    await act(analyst, id, { action: 'reopen', reason: 'to ask again' })
    await change(analyst, id, { ...REQUEST, caseNumber: '2026-CY-0500' })
    expect(JSON.parse((await paper(analyst, '')).bytes.toString())).toMatchObject({ issuedAt: null, caseNumber: '2026-CY-0500' })
    for (const query of ['format=docx', 'language=de', 'format=pdf&x=1']) expect((await paper(analyst, query)).status).toBe(400)
    expect((await paper(people.colleague, 'format=pdf')).status).toBe(404)
  })
})
