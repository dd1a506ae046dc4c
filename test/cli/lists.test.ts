import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATA, haveData } from '../screen/shared.ts'
import { cordon } from './terminal.ts'

let folder: string
const at = (name: string): string => join(folder, name)
/** A store of its own for each test that changes one. */
const store = (name: string): string[] => ['--store', at(name)]

/** An own list of so many persons. */
const persons = (count: number): string =>
  `id,name,kind\n${Array.from({ length: count }, (_, i) => `p${i + 1},RI Yong ${i + 1},person`).join('\n')}\n`

async function json<T>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as T
}

interface Imported {
  readonly outcome: string
  readonly inService: string
  readonly event: { readonly refusals: readonly { readonly code: string }[] }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-lists-'))
  await writeFile(at('60.csv'), persons(60))
  await writeFile(at('61.csv'), persons(61))
  await writeFile(at('9.csv'), persons(9))
  await writeFile(at('nobody.csv'), persons(0))
  await writeFile(at('empty.csv'), '')
})
afterAll(() => rm(folder, { recursive: true }))

describe('cordon lists', () => {
  it.each(['import', 'status', 'history', 'diff'])('explains %s with examples', async (name) => {
    const { exit, out, err } = await cordon('lists', name, '--help')
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(`Examples:\n  $ cordon lists ${name}`)
  })

  it('takes a list in, says so, and knows it again', async () => {
    const own = [...store('again'), '--list', 'own']
    const { exit, out } = await cordon('lists', 'import', at('60.csv'), ...own)
    expect(exit).toBe(0)
    expect(out).toMatch(/^In service: version undated-[0-9a-f]{16} of own\.\n\nlist: +own\n[\s\S]*entries: +60 \(60 person\)/)
    const second = await json<Imported>('lists', 'import', at('60.csv'), ...own)
    expect(second.outcome).toBe('confirmed-unchanged')
    const { lists } = await json<{ lists: object[] }>('lists', 'status', ...store('again'))
    expect(lists).toMatchObject([
      { list: 'own', inService: { version: second.inService, counts: { entries: 60 } }, versions: 1, events: 2, alarms: [] },
    ])
  })

  it('is told of in numbers that agree with their nouns', async () => {
    await json('lists', 'import', at('60.csv'), ...store('one'), '--list', 'own')
    expect((await cordon('lists', 'status', ...store('one'))).out).toContain('  1 version, 1 event, log sha-256')
  })

  it('tells what came, and whether somebody was listed on a day', async () => {
    for (const name of ['60.csv', '61.csv']) await json('lists', 'import', at(name), ...store('grown'), '--list', 'own')
    const diff = await json<{ added: { id: string }[]; removed: object[] }>('lists', 'diff', 'own', ...store('grown'))
    expect(diff).toMatchObject({ added: [{ id: 'p61' }], removed: [] })
    const now = new Date().toISOString()
    const [answer] = (await json<{ lists: { knew: { matches: object[] } }[] }>('lists', 'history', 'p61', '--on', now, ...store('grown')))
      .lists
    expect(answer?.knew.matches).toMatchObject([{ id: 'p61', name: 'RI Yong 61' }])
    const early = await cordon('lists', 'history', 'p61', '--on', '2001-01-01', ...store('grown'))
    expect(early.out).toContain('What we knew: nothing; no version was in service yet.')
  })

  it.each([
    ['of no bytes', 'empty.csv', 'schema', ['--format', 'own-csv']],
    ['of a header alone', 'nobody.csv', 'no-entries', []],
    ['that lost most of its entries', '9.csv', 'shrunken', []],
  ])('refuses a file %s with 3, and the version before stays in service', async (_what, name, code, more) => {
    const own = [...store(`refused-${code}`), '--list', 'own']
    const before = await json<Imported>('lists', 'import', at('60.csv'), ...own)
    const { exit, out, err } = await cordon('lists', 'import', at(name), ...own, ...more, '--json')
    expect({ exit, err }).toEqual({ exit: 3, err: '' })
    const refused = JSON.parse(out) as Imported
    expect(refused).toMatchObject({ outcome: 'refused', inService: before.inService })
    expect(refused.event.refusals.map((refusal) => refusal.code)).toContain(code)
    const screened = await json<{ lists: object[]; notes: { code: string }[] }>('screen', 'name', 'Ri Yong 1', ...store(`refused-${code}`))
    expect(screened.lists).toMatchObject([{ list: 'own', version: before.inService, entries: 60 }])
    expect(screened.notes.map((note) => note.code)).toContain('list-stale')
  })

  it('takes a shrunken list where a second person says so', async () => {
    const own = [...store('overruled'), '--list', 'own']
    await json('lists', 'import', at('60.csv'), ...own)
    const allow = ['--allow', 'shrunken', '--reason', 'delisting of 3 May', '--by', 'Kim']
    expect((await cordon('lists', 'import', at('9.csv'), ...own, ...allow, '--approved-by', 'kim ')).exit).toBe(2)
    expect(await json('lists', 'import', at('9.csv'), ...own, ...allow, '--approved-by', 'Lee')).toMatchObject({ outcome: 'imported' })
  })

  it('finds a changed byte in the store, with 1', async () => {
    const own = [...store('harmed'), '--list', 'own']
    await json('lists', 'import', at('60.csv'), ...own)
    expect((await cordon('lists', 'status', ...store('harmed'), '--verify')).exit).toBe(0)
    const log = join(at('harmed'), 'own', 'versions.jsonl')
    await writeFile(log, (await readFile(log, 'utf8')).replace('"entries":60', '"entries":61'))
    const { exit, out } = await cordon('lists', 'status', ...store('harmed'), '--verify')
    expect(exit).toBe(1)
    expect(out).toMatch(/ALARM corrupt/)
    expect((await cordon('screen', 'name', 'Ri Yong 1', ...store('harmed'))).err).toContain('list/corrupt')
  })

  it('names of a list cannot move the cursor or turn the text around', async () => {
    await writeFile(at('hostile.csv'), 'id,name\nx1,"RI \u001b\u202eYong 62"\n')
    await json('lists', 'import', at('hostile.csv'), ...store('hostile'), '--list', 'own')
    for (const args of [
      ['lists', 'history', 'x1', '--on', new Date().toISOString()],
      ['screen', 'name', 'Ri Yong 62'],
    ]) {
      const { exit, out } = await cordon(...args, ...store('hostile'))
      expect([exit, out.includes('Yong 62')]).toEqual([0, true])
      for (const control of ['\u001b', '\u202e']) expect(out).not.toContain(control)
    }
  })

  it.each([
    [['import', 'FILE'], 2, 'list/bad-option'],
    [['import', 'FILE', '--list', '../x'], 2, 'list/bad-option'],
    [['import', 'FILE', '--list', 'own', '--format', 'none'], 2, 'list/bad-option'],
    [['import', 'missing.csv', '--list', 'own'], 3, 'list/file'],
    [['diff', 'own'], 2, 'cli/usage'],
    [['status', '--at', 'yesterday'], 2, 'list/bad-option'],
    [['history', 'x', '--on', '2024-02-30'], 2, 'list/bad-option'],
  ])('%j ends with %i and %s', async (args, code, error) => {
    const { exit, err } = await cordon('lists', ...args.map((arg) => (arg === 'FILE' ? at('60.csv') : arg)), ...store('none'), '--json')
    expect(exit).toBe(code)
    expect(JSON.parse(err).error).toMatchObject({ code: error, remedy: expect.stringMatching(/.{5}/) })
    expect(existsSync(at('none'))).toBe(false)
  })
})

describe('a notice without a machine form', () => {
  const table = 'id,kind,hangul,latin,birth,nationality\nkr-1,person,김영철,KIM Yong Chol,1962-02-18,KP\n'
  const manifest = (sha256: string): string => `format: reviewed-notice
list: kr-mofa
title: 대북 독자제재 대상 지정
authority: Ministry of Foreign Affairs, Republic of Korea
operator: Kim Minji
reviewer: Lee Junho
url: https://www.mofa.go.kr/notice
read_on: 2025-01-09
notice: { number: 외교부고시 제2024-12호, date: 2024-12-26 }
document: { name: notice.pdf, sha256: ${'0'.repeat(64)} }
entries: { name: entries.csv, sha256: ${sha256} }
expected_count: 1
`
  it('is taken in as two persons approved it, and refused once a byte differs', async () => {
    const { createHash } = await import('node:crypto')
    await writeFile(at('entries.csv'), table)
    await writeFile(at('notice.yaml'), manifest(createHash('sha256').update(table).digest('hex')))
    const files = [at('notice.yaml'), at('entries.csv'), '--list', 'kr-mofa', ...store('notice')]
    expect(await json('lists', 'import', ...files)).toMatchObject({ outcome: 'imported', read: { published: '2024-12-26' } })
    const { hits } = await json<{ hits: object[] }>('screen', 'name', 'キム・ヨンチョル', ...store('notice'))
    expect(hits).toMatchObject([
      { list: 'kr-mofa', entry: 'kr-1', alert: true, legalBasis: [expect.stringContaining('외교부고시 제2024-12호')] },
    ])
    await writeFile(at('entries.csv'), table.replace('1962', '1963'))
    const { exit, out, err } = await cordon('lists', 'import', ...files)
    expect(exit).toBe(3)
    expect(out + err).toMatch(/entries.sha256/)
  })
})

describe.skipIf(!haveData('lists'))('the real lists (skipped where ../shared/data/lists is missing)', () => {
  it.each([
    ['un_consolidated_2026-02-27.xml', 'un-sc', 1003, []],
    ['ofac_cons_enhanced_2025-01-10.zip', 'us-ofac-cons', 443, ['--list', 'us-ofac-cons']],
  ])('%s is known by its content', async (file, list, entries, more) => {
    const result = await json<{ event: { list: string }; read: { counts: { entries: number } } }>(
      'lists',
      'import',
      `${DATA}lists/${file}`,
      ...more,
      ...store('real'),
    )
    expect([result.event.list, result.read.counts.entries]).toEqual([list, entries])
    const { out } = await cordon('lists', 'status', list, ...store('real'))
    expect(out).toContain(`${entries.toLocaleString('en-US')} entries`)
  })
})
