import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listedCountry } from '../../../src/screen/lists/countries.ts'

describe('countries of the lists', () => {
  test.each([
    [
      'KP',
      "Korea, North|North Korea|DPRK|D.P.R.K.|Democratic People's Republic of Korea|Democratic People’s Republic of Korea|Corée du Nord|北朝鮮|북한|조선민주주의인민공화국|朝鮮民主主義人民共和国|kp|KP",
    ],
    ['KR', 'Korea, South|Republic of Korea|Korea, Republic of|韓国|대한민국|한국'],
    ['MM', 'Burma|Myanmar|ミャンマー'],
    ['CI', "Ivory Coast|Cote d'Ivoire|Côte d’Ivoire|Cote d Ivoire"],
    ['BS', 'Bahamas, The|The Bahamas|Bahamas'],
    ['CD', 'Congo, Democratic Republic of the|Democratic Republic of the Congo|コンゴ民主共和国'],
    ['CG', 'Congo, Republic of the|Republic of the Congo'],
    ['SY', 'Syrian Arab Republic|Syria|シリア・アラブ共和国'],
    ['RU', 'Russian Federation|Russia|Region: Russia|ロシア連邦'],
    ['IR', 'Iran (Islamic Republic of)|Iran|Islamic Republic of Iran'],
    ['HK', 'Hong Kong|China, Hong Kong Special Administrative Region|香港|홍콩'],
    ['MO', 'Macau|Macao'],
    ['TW', 'Taiwan|台湾'],
    ['PS', 'Palestinian|West Bank|Region: Gaza|State of Palestine'],
    ['XK', 'Kosovo'],
    ['IM', 'Man, Isle of'],
    ['VG', 'Virgin Islands, British|British Virgin Islands'],
    ['KN', 'St. Kitts & Nevis|Saint Kitts and Nevis|St. Kitts and Nevis'],
    ['MK', 'North Macedonia, The Republic of'],
    ['GB', 'UK|United Kingdom of Great Britain and Northern Ireland'],
    ['TZ', 'United Republic of Tanzania|Tanzania'],
    ['DM', 'Dominica'],
    ['DO', 'Dominican Republic'],
    ['GN', 'Guinea'],
    ['GW', 'Guinea-Bissau'],
    ['GQ', 'Equatorial Guinea'],
    ['NE', 'Niger'],
    ['NG', 'Nigeria'],
  ])('%s is %s', (code, texts) => {
    for (const text of texts.split('|')) expect(listedCountry(text)).toEqual({ code, text })
  })

  test.each([
    'Korea',
    'Congo',
    'Yugoslavia',
    'Netherlands Antilles',
    'Region: Crimea',
    'undetermined',
    'None Identified',
    '-0-',
    '',
    'ZZ',
    'EU',
    'UN',
    'State of Texas',
    'x'.repeat(10_000),
  ])('"%s" names no country, or more than one', (text) => {
    expect(listedCountry(text)).toEqual({ code: null, text })
  })

  test('the 249 countries of ISO 3166-1 and Kosovo are known by code and by name in four languages', () => {
    const codes = [
      'A',
      'B',
      'C',
      'D',
      'E',
      'F',
      'G',
      'H',
      'I',
      'J',
      'K',
      'L',
      'M',
      'N',
      'O',
      'P',
      'Q',
      'R',
      'S',
      'T',
      'U',
      'V',
      'W',
      'X',
      'Y',
      'Z',
    ]
    const known = codes.flatMap((first) => codes.map((second) => first + second)).filter((code) => listedCountry(code).code === code)
    expect(known).toHaveLength(250)
    for (const language of ['en', 'fr', 'ja', 'ko']) {
      const names = new Intl.DisplayNames([language], { type: 'region' })
      for (const code of known) expect(listedCountry(names.of(code) ?? ''), `${language} ${code}`).toMatchObject({ code })
    }
  })

  test('case, surrounding blanks and the kind of apostrophe do not matter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Korea, North', "Lao People's Democratic Republic", 'Türkiye', 'Viet Nam'),
        fc.boolean(),
        fc.boolean(),
        (name, upper, curly) => {
          const text = ` ${curly ? name.replace("'", '’') : name} `
          expect(listedCountry(upper ? text.toUpperCase() : text).code).toBe(listedCountry(name).code)
          expect(listedCountry(name).code).not.toBeNull()
        },
      ),
    )
  })
})
