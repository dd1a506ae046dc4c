import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ask } from '../../../src/node/ask.ts'
import { type CaseExport, exportCase } from '../../../src/node/cases/export.ts'
import { verifyCaseExport, verifyExportedCase } from '../../../src/node/cases/verify-export.ts'
import type { Tx } from '../../../src/node/database/tx.ts'
import { readObject } from '../../../src/node/objects/read.ts'
import { signRecord } from '../../../src/node/record/checkpoints.ts'
import { proofsOfVersions, signedNote } from '../../../src/node/record/proof.ts'
import { treeOf } from '../../../src/node/record/tree.ts'
import { peek } from '../../../src/node/tracing/index.ts'
import { formatBundle, formatVerifierKey, parseCheckpoint, parseNote, proveInclusion } from '../../../src/share/index.ts'
import { cordon } from '../../cli/terminal.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { made } from './made.ts'

const KOREA = { tlp: 'AMBER', nations: ['KOR'] }

describe('the export of a case', () => {
  let world: NodeWorld
  let ann: Someone
  let kim: Someone
  beforeAll(async () => {
    world = await nodeWorld({ change: (config) => ({ ...config, record: { ...config.record, checkpointSeconds: 3600 } }) })
    await world.organisation('kr-npa', 'KOR')
    ann = await world.someone('Ann', ['analyst'])
    kim = await world.someone('Kim', ['analyst'], 'kr-npa')
  })
  afterAll(() => world.close())

  const sign = async () => {
    const { database, keys, config, clock } = world.node.parts
    await signRecord({ database, keys, data: config.data, clock }, -1)
  }
  const opened = async () => {
    const { id } = (await ann.ask('POST', '/api/v1/cases', { case: { title: 'Exported' }, label: KOREA })).json
    const note = (await ann.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text: 'ten thousand' }, label: KOREA })).json
    await ann.ask('POST', `/api/v1/objects/${id}/links`, { target: note.id })
    return { id, note }
  }
  // Whoever checks an export knows the key of the record from elsewhere.
  const policy = () => {
    const { key } = world.node.parts.keys.record
    return { origin: key.name, logKeys: [key], witnesses: [], quorum: 0 }
  }

  it('is checked offline, object by object, against the record of the node', async () => {
    const { id, note } = await opened()
    const early = await ann.ask('GET', `/api/v1/cases/${id}/export`)
    expect(early.json).toMatchObject({ status: 409, code: 'log/not-signed-yet' })
    await sign()
    const known = policy()
    const reply = await ann.ask('GET', `/api/v1/cases/${id}/export`)
    expect(reply.status, reply.text).toBe(200)
    expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="case-${id}.json"`)
    const document = reply.json as CaseExport
    expect(document).toMatchObject({
      format: 'cordon-case',
      formatVersion: 1,
      case: id,
      exportedBy: { person: ann.id, organisation: 'home' },
    })
    expect(document.objects.map((object) => object.id)).toEqual([id, note.id])
    expect(document.links).toEqual([
      { source: id, target: note.id, link: 'holds' },
      { source: id, target: note.id, link: 'refers' },
    ])
    expect(() => verifyCaseExport(document, known)).not.toThrow()
    for (const change of [
      '"ten thousand"|"six thousand"',
      '"version":1|"version":2',
      '"nations":["KOR"]|"nations":["JPN"]',
      `"changedBy":"${ann.id}"|"changedBy":"${kim.id}"`,
    ]) {
      const [from, to] = change.split('|') as [string, string]
      const forged = reply.text.replaceAll(from, to)
      expect(forged).not.toBe(reply.text)
      expect(() => verifyCaseExport(JSON.parse(forged), known), change).toThrow(expect.objectContaining({ code: 'cases/export-differs' }))
    }
    expect(verifyExportedCase(reply.text, known)).toMatchObject({
      case: id,
      objects: [
        { id, kind: 'case', version: 2 },
        { id: note.id, kind: 'note', version: 1 },
      ],
    })
    const [first, second] = document.objects as [CaseExport['objects'][number], CaseExport['objects'][number]]
    const swapped = {
      objects: [
        { ...first, proof: second.proof },
        { ...second, proof: first.proof },
      ],
    }
    expect(() => verifyCaseExport(swapped, known)).toThrow(expect.objectContaining({ code: 'cases/export-differs' }))
  })

  it('is checked on a command line that knows no node, and says of a document that was changed where', async () => {
    const { id, note } = await opened()
    await sign()
    const reply = await ann.ask('GET', `/api/v1/cases/${id}/export`)
    const folder = await mkdtemp(join(tmpdir(), 'cordon-export-'))
    try {
      const file = join(folder, 'case.json')
      const key = formatVerifierKey(world.node.parts.keys.record.key)
      await writeFile(file, reply.text)
      const good = await cordon('audit', 'export', file, '--key', key)
      expect(good).toMatchObject({ exit: 0, err: '' })
      expect(good.out).toContain(`2 objects of the case ${id} are as the record`)
      await writeFile(file, reply.text.replace('ten thousand', 'one thousand'))
      const forged = await cordon('audit', 'export', file, '--key', key)
      expect(forged).toMatchObject({ exit: 3, out: '' })
      expect(forged.err).toContain(`the note ${note.id} is not as the record has it`)
      await writeFile(file, JSON.stringify(reply.json.objects[0].proof))
      expect((await cordon('audit', 'export', file, '--key', key)).err).toContain('cases/bad-export')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('is refused where it is no export, or the case is not in it', async () => {
    const { id } = await opened()
    await sign()
    const whole = (await ann.ask('GET', `/api/v1/cases/${id}/export`)).json as CaseExport
    for (const document of [
      'x',
      null,
      [],
      { ...whole, format: 'cordon-other' },
      { ...whole, formatVersion: 2 },
      { ...whole, objects: null },
      { ...whole, objects: [null] },
      { ...whole, objects: [{ ...whole.objects[0], label: undefined }] },
      { ...whole, objects: [] },
      { ...whole, objects: whole.objects.slice(1) },
    ]) {
      const text = document === 'x' ? 'x' : JSON.stringify(document)
      expect(() => verifyExportedCase(text, policy()), text.slice(0, 80)).toThrow(expect.objectContaining({ code: 'cases/bad-export' }))
    }
    const [first, ...rest] = whole.objects
    for (const forged of [
      { ...first, hash: '0'.repeat(64) },
      { ...first, version: 1 },
    ])
      expect(() => verifyExportedCase(JSON.stringify({ ...whole, objects: [forged, ...rest] }), policy())).toThrow(
        expect.objectContaining({ code: 'cases/export-differs' }),
      )
  })

  /** What Ann is answered, and each statement that it took. */
  const counted = async <T>(work: (ask: Ask) => Promise<T>) => {
    const { parts } = world.node
    const caller = await parts.authenticate({ authorization: null, session: ann.cookie.split('=')[1] ?? '', certificate: null })
    const statements: string[] = []
    const answer = await peek(parts, caller as NonNullable<typeof caller>, async (ask) => {
      const query: Tx['query'] = (sql, values) => {
        statements.push(sql)
        return ask.tx.query(sql, values)
      }
      return await work({ ...ask, tx: { ...ask.tx, query } })
    })
    return { answer, statements }
  }
  const exported = (id: string) =>
    counted(async (ask) => {
      await readObject(ask, 'case', id)
      return await exportCase(world.node.parts, ask, id)
    })

  it('asks the database as often for many objects as for two, and proves each as if it were alone', async () => {
    const small = await opened()
    const large = await opened()
    for (let n = 0; n < 40; n++)
      expect((await ann.ask('POST', `/api/v1/cases/${large.id}/notes`, { note: { text: `note ${n}` }, label: KOREA })).status).toBe(201)
    await sign()
    const few = await exported(small.id)
    const many = await exported(large.id)
    expect([few.answer.objects.length, many.answer.objects.length]).toEqual([2, 42])
    expect(many.statements).toEqual(few.statements)
    const alone = await world.node.parts.database.system(async (tx) => {
      const { note } = (await signedNote(tx)) as { note: string }
      const { size } = parseCheckpoint(parseNote(note).text)
      const proofs = []
      for (const { id, version } of many.answer.objects) {
        const [row] = await tx.query<{ index: number; entry: string }>(
          'select index, entry from log join change on seq = index where object = $1 and version = $2',
          [id, version],
        )
        const { index, entry } = row as { index: number; entry: string }
        const path = await proveInclusion(treeOf(tx), index, size)
        proofs.push(JSON.parse(formatBundle({ entry: Buffer.from(entry), index, path, checkpoint: note })))
      }
      return proofs
    })
    expect(JSON.stringify(many.answer.objects.map(({ proof }) => proof))).toBe(JSON.stringify(alone))
    expect(() => verifyCaseExport(many.answer, policy())).not.toThrow()

    const versions = Array.from({ length: 1001 }, (_, i) => many.answer.objects[i % 42] as CaseExport['objects'][number])
    const pages = await counted(({ tx }) => proofsOfVersions(tx, versions))
    expect(pages.statements).toHaveLength(1 + 2 * 3)
    expect(pages.answer.map((proof) => JSON.parse(formatBundle(proof)))).toEqual(versions.map(({ proof }) => proof))
  })

  it('says the same to a reader whether something was left out or not', async () => {
    const [plain, referred] = [await opened(), await opened()]
    // Korea writes a note for itself that refers to the second case.
    await kim.ask('POST', `/api/v1/cases/${referred.id}/notes`, { note: { text: 'ours' } })
    await sign()
    const shape = async (id: string) => {
      const { objects, case: _case, exportedAt: _at, links, ...rest } = (await ann.ask('GET', `/api/v1/cases/${id}/export`)).json
      return { ...rest, objects: objects.length, links: links.length }
    }
    expect(await shape(referred.id)).toEqual(await shape(plain.id))
    const theirs = (await kim.ask('GET', `/api/v1/cases/${referred.id}/export`)).json
    expect(theirs.objects).toHaveLength(2)
    expect(JSON.stringify(theirs)).not.toContain('"ours"')
  })

  it('is for whoever may export, and leaves a trace in the record', async () => {
    const { id } = await opened()
    await sign()
    const subscriber = await world.someone('Sub', ['subscriber'])
    expect((await subscriber.ask('GET', `/api/v1/cases/${id}/export`)).status).toBe(403)
    await world.organisation('jp-npa', 'JPN')
    const sato = await world.someone('Sato', ['analyst'], 'jp-npa')
    expect((await sato.ask('GET', `/api/v1/cases/${id}/export`)).status).toBe(404)
    await ann.ask('GET', `/api/v1/cases/${id}/export`)
    const auditor = await world.someone('Aud', ['auditor'])
    const { items } = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json
    const entry = items
      .map(({ entry: text }: { entry: string }) => JSON.parse(text))
      .findLast(({ action, outcome }: { action: string; outcome: string }) => action === 'case.export' && outcome === 'done')
    expect(entry).toMatchObject({ actor: { person: ann.id }, detail: { objects: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })
    expect(entry.objects.map((object: { id: string }) => object.id)).toContain(id)
  })

  it('has the custody of its files: what was written down, what was done, and what is missing', async () => {
    const { id } = await opened()
    const sha256 = 'a'.repeat(64)
    const file = await made(world, ann, 'file', {
      sha256,
      bytes: 3,
      name: 'page.html\nForged: yes',
      mediaType: 'text/html',
      sniffed: 'text/html',
      receivedAt: '2026-01-02T03:04:05.000Z',
      receivedBy: ann.id,
      madeBy: null,
      provenance: { url: 'https://example.org/x', capturedAt: '2026-01-02T03:00:00Z', tool: 'wget', originalSha256: sha256 },
    })
    await ann.ask('POST', `/api/v1/cases/${id}/contents`, { object: file })
    const { standard, files } = (await ann.ask('GET', `/api/v1/cases/${id}/custody`)).json
    expect(standard).toContain('Berkeley Protocol')
    expect(files).toHaveLength(1)
    expect(files[0]).toMatchObject({
      file,
      organisation: 'home',
      collection: { url: 'https://example.org/x', capturedBy: null, tool: 'wget', hashAtCapture: sha256 },
      preservation: { receivedBy: ann.id, asCaptured: true },
      lastVerified: null,
      stepsLeftOut: false,
      gaps: [
        { asks: 'VI.C, 155 (g)', what: 'who collected it' },
        { asks: 'VI.C, 155 (g)', what: 'the version of the tool' },
      ],
    })
    expect(files[0].steps.map(({ action, person }: Record<string, string>) => [action, person]).slice(0, 2)).toEqual([
      ['file.create', ann.id],
      ['case.attach', ann.id],
    ])
    const text = await ann.ask('GET', `/api/v1/cases/${id}/custody/text`)
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text.text).toContain(`SHA-256:       ${sha256}`)
    expect(text.text).toContain('1. page.html Forged: yes')
    expect(text.text).toContain(`Received by:   Ann (${ann.id})`)
    expect(text.text).toContain(`file.create  Ann (${ann.id}) of home`)
    expect(text.text).toMatch(/Not written down:\n {5}VI\.C, 155 \(g\): who collected it/)
    // The file is Ann's organisation's alone, and so is the case now.
    expect((await kim.ask('GET', `/api/v1/cases/${id}/custody`)).status).toBe(404)
    const subscriber = await world.someone('Reader', ['subscriber'])
    expect((await subscriber.ask('GET', `/api/v1/cases/${id}/custody`)).status).toBe(403)
  })
})
