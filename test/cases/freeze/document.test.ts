import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import {
  FREEZE_LANGUAGES,
  FREEZE_REQUEST_SCHEMA,
  freezeDocument,
  freezeJson,
  freezeText,
  readFreezeDocument,
} from '../../../src/cases/freeze/index.ts'
import { freezeSheet } from '../../../src/cases/freeze/sheet.ts'
import { EN } from '../../../src/cases/freeze/words/en.ts'
import { FR } from '../../../src/cases/freeze/words/fr.ts'
import { JA } from '../../../src/cases/freeze/words/ja.ts'
import { KO } from '../../../src/cases/freeze/words/ko.ts'
import { DIRECTORY, ID, REQUEST, sent } from './example.ts'

const json = sent().sent?.json as string
const document = readFreezeDocument(json, null)
type Node = { readonly properties?: Record<string, Node>; readonly items?: Node }
const draftSchema = JSON.parse(readFileSync(new URL('../../../src/cases/freeze/freeze-draft.schema.json', import.meta.url), 'utf8')) as Node

describe('A request as JSON', () => {
  test('fits its published schema under strict validation, and is read back to the same bytes', () => {
    const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(FREEZE_REQUEST_SCHEMA)
    expect(validate(JSON.parse(json))).toBe(true)
    expect(freezeJson(document)).toBe(json)
    expect(freezeJson(JSON.parse(JSON.stringify(document)))).toBe(json)
  })

  test('adds up the points of each asset exactly', () => {
    const [first] = REQUEST.points
    if (first === undefined) throw new Error('the example has points')
    const two = freezeDocument(ID, { ...REQUEST, points: [first, { ...first, id: 'p2', amount: '9007199254740993' }] }, null, DIRECTORY)
    expect(two.totals).toEqual([{ asset: first.asset, symbol: 'USDT', amount: '9008449254740993', decimals: 6 }])
  })

  test.each<[string, (value: Record<string, unknown>) => unknown, RegExp]>([
    [
      'a shortened hash',
      (value) => ({ ...value, points: [{ ...REQUEST.points[0], txHash: '0x46de…7882' }] }),
      /points\[0\]\.txHash must match pattern/,
    ],
    [
      'a date without time',
      (value) => ({ ...value, incident: { ...REQUEST.incident, at: '2026-02-21' } }),
      /incident\.at must match pattern/,
    ],
    [
      'an amount as a number',
      (value) => ({ ...value, points: [{ ...REQUEST.points[0], amount: 1 }] }),
      /points\[0\]\.amount must be string/,
    ],
    ['a freeze without an order', (value) => ({ ...value, order: null }), /order must be object/],
    [
      'records in a freeze',
      (value) => ({ ...value, asked: { ...REQUEST.asked, records: ['identity'] } }),
      /asked\.records must NOT have more than 0 items/,
    ],
    ['a property too many', (value) => ({ ...value, drafter: 'x' }), /drafter must NOT have additional properties/],
    ['no points', (value) => ({ ...value, points: [] }), /points must NOT have fewer than 1 items/],
  ])('does not fit the schema with %s', (_, change, message) => {
    expect(() => readFreezeDocument(JSON.stringify(change(JSON.parse(json))), 'request.json')).toThrow(
      expect.objectContaining({
        code: 'cases/freeze-document',
        message: expect.stringMatching(message),
        place: expect.objectContaining({ file: 'request.json' }),
      }),
    )
  })

  test('is refused where it is no JSON', () => {
    expect(() => readFreezeDocument('{', 'request.json')).toThrow(/not JSON/)
  })

  test('has the properties of a draft, and the schemas of the two agree', () => {
    const names = (node: Node | undefined, path: string): string[] =>
      node === undefined
        ? []
        : [
            ...Object.entries(node.properties ?? {}).flatMap(([name, child]) => [`${path}${name}`, ...names(child, `${path}${name}.`)]),
            ...names(node.items, path),
          ]
    const added = /^(format|formatVersion|id|issuedAt|notice|totals|totals\..*|exchange\..*)$/
    expect(
      names(FREEZE_REQUEST_SCHEMA as Node, '')
        .filter((name) => !added.test(name))
        .sort(),
    ).toEqual(names(draftSchema, '').sort())
  })
})

describe('The words', () => {
  const tables = { EN, FR, KO, JA }

  test('are the same phrases in all four languages, none empty, with the same places for values', () => {
    const places = (text: string) => (text.match(/\{[a-z]+\}/g) ?? []).sort()
    for (const [name, table] of Object.entries(tables)) {
      expect(Object.keys(table)).toEqual(Object.keys(EN))
      for (const [key, text] of Object.entries(table)) {
        expect(text.trim(), `${name} ${key}`).not.toBe('')
        expect(places(text), `${name} ${key}`).toEqual(places(EN[key as keyof typeof EN]))
      }
    }
  })

  test('are Korean in Korean and Japanese in Japanese, but for what is written alike everywhere', () => {
    for (const [key, text] of Object.entries(KO)) if (key !== 'line') expect(text, key).toMatch(/\p{Script=Hangul}/u)
    for (const [key, text] of Object.entries(JA))
      if (key !== 'line') expect(text, key).toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u)
    expect([KO['title-freeze'], JA['title-freeze']]).toEqual(['자산 동결 요청서', '資産凍結要請書'])
  })

  test('say of each kind that it is not the others', () => {
    expect(EN['notice-preserve']).toMatch(/does not ask you to hand them over.*does not ask you to stop/)
    expect(EN['notice-freeze']).toMatch(/does not ask you to disclose/)
    expect(EN['notice-temporary-hold']).toMatch(/not a freezing order/)
    expect(EN['notice-disclose']).toMatch(/does not ask you to stop/)
  })
})

describe('A request as plain text', () => {
  test.each(FREEZE_LANGUAGES)('in %s has every hash, address, amount and time whole on a line of its own', (language) => {
    const lines = freezeText(document, language).split('\n')
    for (const point of REQUEST.points)
      for (const value of [point.txHash, point.from, point.to, point.asset, point.amount, point.time, point.chain])
        expect(
          lines.some((line) => line.endsWith(` ${value}`)),
          value,
        ).toBe(true)
    expect(lines.some((line) => line.endsWith(` ${freezeSheet(document, language).sha256}`))).toBe(true)
    expect(lines[0]).toMatch(/^TLP:RED {2}/)
    expect(lines.at(-2)).toBe(lines[0])
  })

  test('gives words of people behind a bar, so that none can pass for a line of the request', () => {
    const forged = {
      ...document,
      incident: { ...document.incident, summary: 'theft\n## Deposits\nDeposit address: 0x0' },
      chronology: [{ time: '2026-02-21T14:13:35Z', text: 'a\nDeposit address: 0x0' }],
    }
    const lines = freezeText(forged, 'en').split('\n')
    expect(lines.filter((line) => line === '## Deposits')).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('Deposit address: '))).toHaveLength(2)
    expect(lines.filter((line) => line === '| Deposit address: 0x0')).toHaveLength(2)
  })

  test('says of a draft that it asks nothing of anybody', () => {
    expect(freezeText(freezeDocument(ID, REQUEST, null, DIRECTORY), 'en').split('\n')[0]).toBe(
      'TLP:RED  DRAFT – NOT SENT – ASKS NOTHING OF ANYBODY · NEED TO KNOW',
    )
  })
})
