import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasNames, pieces, unquoted } from '../../../src/screen/lists/un-aliases.ts'

function names(text: string, note: string | null = null): string[] {
  return aliasNames({ text, note, quality: 'strong', type: 'aka' }).names.map(({ full, type }) =>
    type === 'aka' ? full : `${full} [${type}]`,
  )
}

/** Each as it stands in the list of 27 February 2026, under the reference number given. */
describe('aliases of the UN list are taken apart', () => {
  it('splits what semicolons and list marks pack together', () => {
    expect(names('Halen Bakhtiar; Haleh Bakhtiari; Haleh Bakhtiyar')).toEqual(['Halen Bakhtiar', 'Haleh Bakhtiari', 'Haleh Bakhtiyar']) // IRi
    expect(names('Mohammed Sabet; Mohammad Sabet b) M. Javad Kareemi Sabet; M. Jawad Kareemi Sabet')).toEqual([
      'Mohammed Sabet',
      'Mohammad Sabet',
      'M. Javad Kareemi Sabet',
      'M. Jawad Kareemi Sabet',
    ])
  })

  it('makes two names of one that is given in two scripts', () => {
    expect(names('Jin Tiesan (金铁三)')).toEqual(['Jin Tiesan', '金铁三 [original-script]']) // KPi.035
    expect(names('Akrin Saleh Akrin (أقرين صالح أقرين)')).toEqual(['Akrin Saleh Akrin', 'أقرين صالح أقرين [original-script]'])
    expect(names('حسن غول (Hassan Ghul; Hassan Gul; Hasan Gul)')).toEqual([
      'حسن غول [original-script]',
      'Hassan Ghul',
      'Hassan Gul',
      'Hasan Gul',
    ])
    expect(names('Agha Jan Alizai اغا جان عالیزی')).toEqual(['Agha Jan Alizai', 'اغا جان عالیزی [original-script]'])
    expect(names('Amir Khazmat (original script: Амир Хазмат)')).toEqual(['Amir Khazmat', 'Амир Хазмат [original-script]'])
    expect(names('Hay’at Tahrir al-Sham (HTS) (هيئة تحرير الشام (original script); Hay’et Tahrir al-Sham; Tahrir al-Sham)')).toEqual([
      'Hay’at Tahrir al-Sham (HTS)',
      'هيئة تحرير الشام [original-script]',
      'Hay’et Tahrir al-Sham',
      'Tahrir al-Sham',
    ]) // QDe.137
    expect(names('أنصار الشريعة بليبيا (Ansar al Charia in Libya (ASL))')).toEqual([
      'أنصار الشريعة بليبيا [original-script]',
      'Ansar al Charia in Libya (ASL)',
    ])
  })

  it('takes a name in another script out of the note', () => {
    expect(names('Bach', 'original script: Бэч')).toEqual(['Bach', 'Бэч [original-script]']) // QDi.367
    expect(names('Merai Zoghbai', 'previously listed as, in Arabic: مرعي زغبي')).toEqual([
      'Merai Zoghbai [fka]',
      'مرعي زغبي [original-script]',
    ])
    expect(names('شيخ يونس الموريتاني', 'Yunis al-Mauritani; Younis al-Mauritani')).toEqual([
      'شيخ يونس الموريتاني [original-script]',
      'Yunis al-Mauritani',
      'Younis al-Mauritani',
    ])
  })

  it('takes quotes away around whole names only, and keeps apostrophes as they are written', () => {
    expect(names('"KOMID"')).toEqual(['KOMID'])
    expect(names('“Chief Kahwa”')).toEqual(['Chief Kahwa'])
    expect(names('"HASSAN, Sheikh"')).toEqual(['HASSAN, Sheikh'])
    expect(names('“General” Sidiki')).toEqual(['“General” Sidiki'])
    expect(names("Yun Ho-chin Cho'n; Kim Cho’ng-sik")).toEqual(["Yun Ho-chin Cho'n", 'Kim Cho’ng-sik'])
  })

  it('keeps what is no name as a remark', () => {
    const alias = aliasNames({ text: 'EL PARA (COMBAT NAME)', note: null, quality: 'weak', type: 'aka' })
    expect(alias.names).toEqual([{ full: 'EL PARA', family: null, given: null, quality: 'weak', type: 'aka' }])
    expect(alias.remarks).toEqual(['EL PARA (COMBAT NAME): COMBAT NAME'])
    expect(names('Khirullah Said Wali Khairkhwa, born in Kandahar on 01 Jan.1967')).toEqual(['Khirullah Said Wali Khairkhwa'])
    expect(names('Abdel Ilah Sabri (false identity related to fraudulent South African identification number 6910275240086)')).toEqual([
      'Abdel Ilah Sabri',
    ])
    expect(names('Ezatullah Haqqani (previously listed as)')).toEqual(['Ezatullah Haqqani [fka]'])
    expect(aliasNames({ text: 'Tango Romeo', note: 'Call sign', quality: 'weak', type: 'aka' }).remarks).toEqual(['Tango Romeo: Call sign'])
  })

  it('leaves acronyms, commas and mixed names alone', () => {
    for (const name of [
      'Lord’s Resistance Movement (LRM)',
      'Ali, Ahmed Khalfan',
      'Leader (Hong Kong) International Trading Limited',
      'Hilarion Santos, III (third)',
      'Al Taibah, Intl.',
    ]) {
      expect(names(name)).toEqual([name])
    }
    expect(names('華信船務(香港)有限公司')).toEqual(['華信船務(香港)有限公司 [original-script]']) // KPe.059
    expect(names(') Abdelrahman Mouhamad Zafir al Dabissi Juhan')).toEqual(['Abdelrahman Mouhamad Zafir al Dabissi Juhan'])
  })

  it('never loses a word, whatever the brackets', () => {
    const words = fc.array(fc.constantFrom('Kim', '金', '(', ')', ';', 'Ри', '"', 'a)', '-', "Cho'n"), { maxLength: 14 })
    fc.assert(
      fc.property(words, (parts) => {
        const found = aliasNames({ text: parts.join(' '), note: null, quality: 'strong', type: 'aka' })
        const kept = [...found.names.map(({ full }) => full), ...found.remarks].join(' ')
        for (const word of parts) if (/^\p{L}[\p{L}'n]*$/u.test(word)) expect(kept).toContain(word)
        for (const { full } of found.names) expect(full).toBe(full.trim())
      }),
    )
  })

  it('takes long and hostile aliases in linear time', () => {
    for (const text of [
      '('.repeat(2_000),
      '(金 '.repeat(600),
      'a) '.repeat(650),
      '"'.repeat(2_000),
      ' '.repeat(100_000),
      'x;'.repeat(50_000),
      '('.repeat(1e6),
    ]) {
      const start = performance.now()
      aliasNames({ text, note: text, quality: 'strong', type: 'aka' })
      expect(performance.now() - start).toBeLessThan(500)
    }
  })
})

describe('its small parts', () => {
  it('splits at semicolons outside brackets only', () => {
    expect(pieces('A (b; c); D ;; ')).toEqual(['A (b; c)', 'D'])
    expect(pieces('COMPAGNIE AERIENNE DES GRANDS LACS (CAGL) ; GREAT LAKES BUSINESS COMPANY (GLBC)')).toHaveLength(2) // CDe.003
  })

  it('unquotes a quoted whole and nothing else', () => {
    expect(['"a"', '“a”', '"a" b', '""', 'a'].map(unquoted)).toEqual(['a', 'a', '"a" b', '""', 'a'])
  })
})
