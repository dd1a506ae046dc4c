import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTags } from '../../src/attribution/index.ts'
import { withFiles } from './shared.ts'

const PACK = `title: t
creator: c
label: a hot wallet
category: exchange
currency: ETH
source: s
confidence: forensic
tags:
- address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'
`
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('loading tags', () => {
  it('reads all packs inside a folder and lists what else is there', async () => {
    const tags = await withFiles(
      {
        'b.yaml': PACK,
        'a.csv': 'address,label\n0x098b716b8aaf21512996dc57eb0615e2383e2f96,thief\n',
        'README.md': '# hello',
        'flows.csv': 'From,To\na,b\n',
        'other.json': '[1]',
        'plain.yml': 'a: b\n',
      },
      (folder) => loadTags([folder]),
    )
    expect(tags.packs.map(({ file, title, tags: count }) => [file, title, count])).toEqual([
      ['a.csv', 'a.csv', 1],
      ['b.yaml', 't', 1],
    ])
    expect(tags.packs[1]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(tags.report.skipped.map(({ file }) => file)).toEqual(['README.md', 'flows.csv', 'other.json', 'plain.yml'])
    expect(tags.size).toBe(2)
  })

  it('gives the same answer whatever the order of the paths, and counts a file that is named twice once', async () => {
    await withFiles({ 'b.yaml': PACK, 'a.yaml': PACK.replace('a hot wallet', 'somebody else') }, async (folder) => {
      const one = await loadTags([join(folder, 'a.yaml'), join(folder, 'b.yaml')])
      const two = await loadTags([join(folder, 'b.yaml'), join(folder, 'a.yaml'), join(folder, 'b.yaml')])
      expect(two.packs).toEqual(one.packs)
      expect(two.size).toBe(2)
      expect(two.entityOf('0xfa8e3920daf271dab92be9b87d9998ddd94fef08')).toEqual(one.entityOf('0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08'))
    })
  })

  it('says what is wrong with a path or with a file that is named itself', async () => {
    await withFiles(
      { 'broken.yaml': 'a: [', 'nothing.yaml': 'a: b\n', 'bad.json': '{', 'empty.csv': '', 'empty.yaml': '' },
      async (folder) => {
        expect(await code(loadTags([join(folder, 'missing.yaml')]))).toBe('attribution/not-found')
        expect(await code(loadTags([join(folder, 'broken.yaml')]))).toBe('attribution/yaml')
        expect(await code(loadTags([join(folder, 'nothing.yaml')]))).toBe('attribution/unknown-format')
        expect(await code(loadTags([join(folder, 'empty.yaml')]))).toBe('attribution/unknown-format')
        expect(await code(loadTags([join(folder, 'empty.csv')]))).toBe('attribution/unknown-format')
        expect(await code(loadTags([join(folder, 'bad.json')]))).toBe('attribution/json')
      },
    )
  })

  it('refuses broken files of a folder one by one and loads the rest', async () => {
    const tags = await withFiles(
      { 'broken.yaml': 'title: t\ntags: [', 'good.yaml': PACK, 'bytes.yaml': new Uint8Array([0, 255, 1, 2]) },
      (folder) => loadTags([folder]),
    )
    expect(tags.size).toBe(1)
    expect(tags.report.refused.map(({ file }) => file)).toEqual(['broken.yaml'])
    expect(tags.report.skipped.map(({ file }) => file)).toEqual(['bytes.yaml'])
  })

  it('does not read a sparse file of 40 GB', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'huge.yaml')
      await writeFile(file, 'title: t\n')
      await truncate(file, 40 * 1024 ** 3)
      expect(await code(loadTags([file]))).toBe('attribution/too-large')
    })
  })

  it('notes YAML tags that packs do not have instead of obeying them', async () => {
    const tags = await withFiles({ 'a.yaml': `header: !include /etc/passwd\n${PACK}` }, (folder) => loadTags([folder]))
    expect(tags.size).toBe(1)
    expect(tags.report.notes[0]).toMatchObject({ file: 'a.yaml', line: 1, note: expect.stringContaining('!include') })
  })
})

describe('a plain list of tags', () => {
  const csv = (text: string) => withFiles({ 'list.csv': text }, (folder) => loadTags([join(folder, 'list.csv')]))

  it('is read by its header, in any order of columns', async () => {
    const tags = await csv(
      'Confidence,Label,Address,Concept,Actor,Source,Mood\nforensic,"Hot wallet, ""main""",0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08,exchange;hot_wallet,binance,https://example.org,good\n',
    )
    expect(tags.tagsOf('0xfa8e3920daf271dab92be9b87d9998ddd94fef08')).toMatchObject([
      {
        label: 'Hot wallet, "main"',
        confidence: 'forensic',
        concepts: ['exchange', 'hot_wallet'],
        actor: 'binance',
        source: 'https://example.org',
        currency: 'ETH',
      },
    ])
    expect(tags.report.notes.map(({ field }) => field)).toEqual(['mood', 'currency'])
  })

  it('reports refused lines with their numbers, also after fields that run over lines', async () => {
    const tags = await csv(
      'address;label\r\n0x12;short\r\n"0xfa8e3920daf271dab92be9b87d9998ddd94fef08";"two\r\nlines"\r\n\r\n0x098b716b8aaf21512996dc57eb0615e2383e2f96;;\r\nrHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh;no currency\r\n',
    )
    expect(tags.size).toBe(1)
    expect(tags.report.refused.map(({ line, field }) => [line, field])).toEqual([
      [2, 'address'],
      [6, ''],
      [7, 'currency'],
    ])
  })

  it('is refused when a quote is never closed', async () => {
    expect(await code(csv('address,label\na,"b\n'))).toBe('attribution/csv')
  })
})
