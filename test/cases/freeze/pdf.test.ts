import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  FREEZE_LANGUAGES,
  type FreezeDocument,
  type FreezeFonts,
  type FreezeLanguage,
  freezePdf,
  installedFonts,
  readFreezeDocument,
} from '../../../src/cases/freeze/index.ts'
import { REQUEST, sent } from './example.ts'

/** Where `node_modules` with the fonts lies, if not here. */
const elsewhere = process.env.CORDON_FONTS
const fonts = ((): FreezeFonts | null => {
  try {
    return installedFonts(elsewhere)
  } catch {
    return null
  }
})()
const poppler = ((): boolean => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const document = readFreezeDocument(sent().sent?.json as string, null)
const folder = mkdtempSync(join(tmpdir(), 'freeze-pdf-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pdf = (value: FreezeDocument, language: FreezeLanguage) => freezePdf(value, language, fonts as FreezeFonts)
const run = async (tool: string, args: readonly string[], value: FreezeDocument, language: FreezeLanguage): Promise<string> => {
  const file = join(folder, `${language}.pdf`)
  writeFileSync(file, await pdf(value, language))
  return execFileSync(tool, [...args, file, ...(tool === 'pdftotext' ? ['-'] : [])], { encoding: 'utf8' })
}
const why = fonts === null ? ' (skipped: the font packages are not installed)' : ''
const whyRead = why !== '' ? why : poppler ? '' : ' (skipped: pdftotext is not installed)'

describe(`A request as PDF${why}`, () => {
  test.skipIf(fonts === null).each(FREEZE_LANGUAGES)('in %s has the same bytes when it is made again', async (language) => {
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(hash(await pdf(document, language))).toBe(hash(await pdf(document, language)))
  })

  test('says which font package is missing', () => {
    expect(() => installedFonts(join(folder, 'x.mjs'))).toThrow(
      expect.objectContaining({
        code: 'cases/freeze-fonts',
        message: expect.stringMatching(/@expo-google-fonts\/pt-sans is not installed/),
      }),
    )
  })
})

describe(`The text in a PDF${whyRead}`, () => {
  const skip = fonts === null || !poppler

  test.skipIf(skip).each(FREEZE_LANGUAGES)(
    'in %s gives hashes, addresses and the hash of the JSON whole, each on one line',
    async (language) => {
      const lines = (await run('pdftotext', ['-layout'], document, language)).split('\n').map((line) => line.trimEnd())
      for (const { txHash, from, to, asset, amount } of REQUEST.points)
        for (const value of [txHash, from, to, asset, amount])
          expect(
            lines.some((line) => line.endsWith(` ${value}`)),
            value,
          ).toBe(true)
      expect(lines.some((line) => line.endsWith(` ${sent().sent?.sha256}`))).toBe(true)
    },
  )

  test.skipIf(skip)('is marked at the head and foot of each page, with case number and page number', async () => {
    const pages = (await run('pdftotext', ['-layout'], document, 'en')).split('\f').filter((page) => page !== '')
    expect(pages.length).toBeGreaterThan(1)
    for (const [i, page] of pages.entries()) {
      const lines = page.split('\n').filter((line) => line.trim() !== '')
      const foot = lines.slice(-2).join(' ')
      for (const words of ['TLP:RED', 'NEED TO KNOW']) {
        expect(lines[0]).toContain(words)
        expect(foot).toContain(words)
      }
      expect(foot).toContain(`Page ${i + 1} of ${pages.length}`)
      expect(foot).toContain(REQUEST.caseNumber)
    }
  })

  test.skipIf(skip)('is tagged, titled and dated by the request', async () => {
    const info = await run('pdfinfo', [], document, 'ko')
    expect(info).toMatch(/Title: +자산 동결 요청서 – 2026-CY-0417/)
    expect(info).toMatch(/Tagged: +yes/)
    expect(await run('pdfinfo', ['-isodates'], document, 'ko')).toMatch(/CreationDate: +2026-02-21T15:12:00Z/)
    expect(await run('pdfinfo', ['-struct'], document, 'ko')).toMatch(/^Document\s+H1/m)
  })

  test.skipIf(skip)('never drops a character that no font has', async () => {
    const odd = { ...document, agency: { ...document.agency, name: 'Police 😀 경찰청 警察庁 Préfecture' } }
    expect(await run('pdftotext', ['-layout'], odd, 'fr')).toContain('Police [U+1F600] 경찰청 警察庁 Préfecture')
  })

  test.skipIf(skip)('numbers the parts of a code that does not go on one line', async () => {
    const [first] = document.points
    if (first === undefined) throw new Error('the example has points')
    const memo = 'a'.repeat(150)
    const text = await run('pdftotext', ['-layout'], { ...document, points: [{ ...first, memo }] }, 'en')
    const parts = [...text.matchAll(/(a{20,}) +\[part (\d) of (\d)\]/g)]
    expect(parts.map(([, , part]) => part)).toEqual(parts.map((_, i) => String(i + 1)))
    expect(parts.map(([, piece]) => piece).join('')).toBe(memo)
  })

  test.skipIf(skip)('runs over as many pages as it needs', async () => {
    const [first] = document.points
    if (first === undefined) throw new Error('the example has points')
    const points = Array.from({ length: 120 }, (_, i) => ({ ...first, id: `p${i + 1}` }))
    const text = await run('pdftotext', ['-layout'], { ...document, points }, 'ja')
    expect(text.match(new RegExp(first.txHash, 'g'))).toHaveLength(120)
    expect(text.split('\f').length).toBeGreaterThan(25)
  })
})
