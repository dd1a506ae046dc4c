import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCallSign } from '../../../src/screen/identifiers/call-sign.ts'
import { countriesContradict, parseDocument } from '../../../src/screen/identifiers/document.ts'
import { parseImo } from '../../../src/screen/identifiers/imo.ts'
import { parseMmsi } from '../../../src/screen/identifiers/mmsi.ts'
import { hasShared, shared } from './shared.ts'

const SDN = 'lists/ofac_sdn_2024-05-03.csv'

describe('IMO numbers', () => {
  test('the check digit of a ship is that of IMO Res. A.1117(30)', () => {
    // The example of the resolution: 9074729, 9x7 + 0x6 + 7x5 + 4x4 + 7x3 + 2x2 = 139.
    expect(parseImo('9074729')).toEqual({ number: '9074729', shipValid: true, companyValid: false })
    expect(parseImo('9074728')?.shipValid).toBe(false)
  })

  test.skipIf(!hasShared(SDN))(
    'of all vessels on OFAC’s list are valid as ships, of all bodies as companies (skipped where ../shared/data is missing)',
    () => {
      const rows = readFileSync(shared(SDN), 'utf8').split('\n')
      const numbers = rows.flatMap((row) =>
        [...row.matchAll(/IMO (\d{7})\b/g)].map((match) => ({ vessel: /,"?vessel ?"?,/i.test(row), imo: parseImo(match[1] as string) })),
      )
      const ships = numbers.filter(({ vessel }) => vessel)
      const companies = numbers.filter(({ vessel }) => !vessel)
      expect(ships.length).toBeGreaterThan(800)
      expect(companies.length).toBeGreaterThan(130)
      expect(ships.filter(({ imo }) => imo?.shipValid !== true)).toEqual([])
      expect(companies.filter(({ imo }) => imo?.companyValid !== true)).toEqual([])
    },
  )

  test('nothing else than seven digits is a number', () => {
    fc.assert(fc.property(fc.string(), (text) => parseImo(text) === null || /^\d{7}$/.test(parseImo(text)?.number as string)))
    for (const text of ['', 'IMO', '90747290', '907472', '9O74729', 'IMO 9074729 / 9074730', '-9074729']) expect(parseImo(text)).toBeNull()
  })
})

describe('MMSI', () => {
  const FORMS: readonly (readonly [string, string, string | null])[] = [
    ['445114000', 'ship', '445'],
    ['004451234', 'coast-station', '445'],
    ['044512345', 'group', '445'],
    ['111445123', 'aircraft', '445'],
    ['844512345', 'handheld', '445'],
    ['984451234', 'craft-of-a-ship', '445'],
    ['994451234', 'aid-to-navigation', '445'],
    ['970012345', 'beacon', null],
    ['123456789', 'unassigned', null],
  ]
  test.each(FORMS)('%s is of a %s', (text, kind, mid) => {
    expect(parseMmsi(text)).toEqual({ number: text, kind, mid, dprk: mid === '445' })
  })

  test('nine digits and nothing else', () => {
    for (const text of ['44511400', '4451140000', 'abcdefghi', '']) expect(parseMmsi(text)).toBeNull()
    expect(parseMmsi('440114000')?.dprk).toBe(false)
  })
})

describe('Call signs', () => {
  test('are upper case without separators, and those of the DPRK are known', () => {
    expect(parseCallSign('hm-ym')).toEqual({ sign: 'HMYM', dprk: true })
    expect(parseCallSign('P5 AB3')).toEqual({ sign: 'P5AB3', dprk: true })
    expect(parseCallSign('P4XY')?.dprk).toBe(false)
    expect(parseCallSign('3FYM9')).toEqual({ sign: '3FYM9', dprk: false })
  })

  test('a word that there is none is none', () => {
    for (const text of ['NONE', 'unknown', '-', 'A', 'ＡＢ', '不明']) expect(parseCallSign(text)).toBeNull()
  })
})

describe('Numbers of papers', () => {
  test('are compared without spaces and punctuation, in any script', () => {
    expect(parseDocument(' pd 472-310.104 ')).toEqual({ number: 'PD472310104' })
    expect(parseDocument('ＰＤ４７２')).toEqual({ number: 'PD472' })
    expect(parseDocument('№ 45 АВ')?.number).toBe('NO45АВ')
  })

  test('reading one again changes nothing, and no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
        ),
        (text) => {
          const read = parseDocument(text)
          if (read !== null) expect(parseDocument(read.number)).toEqual(read)
          parseCallSign(text)
          parseMmsi(text)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('only two known countries contradict each other', () => {
    expect(countriesContradict('KP', 'cn')).toBe(true)
    expect(countriesContradict('KP', 'kp')).toBe(false)
    expect(countriesContradict(null, 'CN')).toBe(false)
  })
})
