import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { japanMof } from '../../../src/screen/lists/japan-mof.ts'
import { stringItems } from '../../../src/screen/lists/xlsx-text.ts'
import { fileOf, readAll, readFromDisk, sheetRow, workbook } from './given-files.ts'

/**
 * Headers as they stand on the ministry's sheets (blanks within them included), from the column table of a public crawler of this list (opensanctions, jp_mof_sanctions.yml); values in its shapes, of persons
 * whom the Security Council lists.
 */
const TITLE = '北朝鮮のミサイル又は大量破壊兵器計画に関連する者（個人）'
const HEADER = [
  '告示日付',
  '告示 番号',
  '日 本 語 表 記',
  '英 語 表 記',
  '別 名 ・ 別 称',
  '確定に十分でない別名',
  '旧 称',
  '生 年 月 日',
  '出 生 地',
  '国 籍',
  '旅 券 番 号',
  '役 職',
  '住 所・所在地',
  'そ の 他 の 情 報',
]
const YUN = [
  '2009年7月24日（2013年1月1日改訂）',
  '外務省告示第389号',
  '尹浩真（ユン・ホジン）',
  'YUN Ho-jin',
  '（ａ）Yun Ho-chin（ｂ）Yun Ho Chin；ユン・ホチン',
  '不明',
  '',
  '（ａ）１９４４年１０月１３日（ｂ）1946年頃',
  '平壌',
  '北朝鮮',
  '北朝鮮旅券番号：654410025（2013年10月1日失効）',
  '南川江貿易会社責任者',
  '不明',
  'ウラン濃縮計画に必要な物品の輸入を監督。IMO番号：８１３２８３５。XBT 1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V；ETH：0x098B716B8Aaf21512996dC57EB0615e2383E2f96',
]
const RI = [
  '2016年3月4日',
  '外務省告示第67号',
  '李万建（リ・マンゴン）',
  'RI Man Gon',
  '',
  '',
  '',
  '1945年10月29日',
  '',
  '北朝鮮',
  'P0381230469',
  '',
  '',
  '',
]
const KIM = [
  '2017年6月9日',
  '外務省告示第200号',
  'キム・チョルナム',
  'KIM Chol Nam',
  '(a) Kim Chol-nam\n(b) Jin Zhenan、金哲男',
  'Mr Kim',
  '金鉄男',
  '1970年2月19日又は1971年',
  '(a) Pyongyang (b) Dandong',
  '北朝鮮、中国',
  '563120238',
  '(a) 部長 (b) 代表',
  '丹東',
  '',
]

const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')).join('\r\n')
const LIST = csv([[TITLE], ['令和7年1月10日現在'], HEADER, YUN, RI, KIM])
const read = (text: string | Uint8Array) => readAll(japanMof, [fileOf('list.csv', text)], 'jp-mof')

describe('the list of the Ministry of Finance as CSV', () => {
  test('is recognised by its headers in UTF-8 and Shift_JIS, not by its name', () => {
    expect(japanMof.recognises([fileOf('a.txt', LIST)])).toBe(true)
    expect(japanMof.recognises([fileOf('mof.csv', 'id,name\n1,告示番号')])).toBe(false)
  })

  test('takes the English name as primary, Chinese characters as original script and Kana as an alias', async () => {
    const { entries } = await read(LIST)
    expect(entries.map(({ kind }) => kind)).toEqual(['person', 'person', 'person'])
    expect(entries[0]!.names.map(({ full, quality, type }) => [full, quality, type])).toEqual([
      ['YUN Ho-jin', 'primary', 'primary'],
      ['尹浩真', 'strong', 'original-script'],
      ['ユン・ホジン', 'strong', 'aka'],
      ['Yun Ho-chin', 'strong', 'aka'],
      ['Yun Ho Chin', 'strong', 'aka'],
      ['ユン・ホチン', 'strong', 'aka'],
    ])
    expect(entries[2]!.names.map(({ full, quality, type }) => [full, quality, type])).toEqual([
      ['KIM Chol Nam', 'primary', 'primary'],
      ['キム・チョルナム', 'strong', 'aka'],
      ['Kim Chol-nam', 'strong', 'aka'],
      ['Jin Zhenan', 'strong', 'aka'],
      ['金哲男', 'strong', 'original-script'],
      ['金鉄男', 'strong', 'fka'],
      ['Mr Kim', 'weak', 'aka'],
    ])
  })

  test('splits cells that hold several values and drops 不明', async () => {
    const [yun, , kim] = (await read(LIST)).entries
    expect(yun!.births).toEqual([
      { from: '1944-10-13', to: '1944-10-13', circa: false, text: '１９４４年１０月１３日' },
      { from: '1946-01-01', to: '1946-12-31', circa: true, text: '1946年頃' },
    ])
    expect(yun!.addresses).toEqual([])
    expect(kim!.births.map(({ from, to }) => [from, to])).toEqual([
      ['1970-02-19', '1970-02-19'],
      ['1971-01-01', '1971-12-31'],
    ])
    expect(kim!.birthPlaces).toEqual(['Pyongyang', 'Dandong'])
    expect(kim!.countries.map(({ code }) => code)).toEqual(['KP', 'CN'])
    expect(kim!.titles).toEqual(['部長', '代表'])
  })

  test('keeps programme, notice, dates of notice and revision, and the day that the list is of', async () => {
    const { entries, published } = await read(LIST)
    expect(published).toEqual(['2025-01-10'])
    expect(entries[0]).toMatchObject({ programmes: [TITLE], legalBasis: ['外務省告示第389号'] })
    expect(entries[0]!.listedOn?.from).toBe('2009-07-24')
    expect(entries[0]!.amendedOn?.from).toBe('2013-01-01')
    expect(entries[0]!.place).toEqual({ file: 'list.csv', line: 4 })
    expect(entries[0]!.raw).toContain('１９４４年１０月１３日')
  })

  test('takes papers, IMO numbers and wallets out of their cells', async () => {
    const [yun, ri] = (await read(LIST)).entries
    expect(yun!.identifiers.filter(({ kind }) => kind === 'passport')).toEqual([
      {
        kind: 'passport',
        value: '654410025',
        country: { code: 'KP', text: '北朝鮮' },
        issued: null,
        expires: null,
        note: '北朝鮮旅券番号：654410025（2013年10月1日失効）',
      },
    ])
    expect(yun!.identifiers.find(({ value }) => value === '8132835')?.kind).toBe('imo-ship')
    expect(yun!.wallets).toEqual([
      { asset: 'XBT', address: '1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V' },
      { asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' },
    ])
    expect(ri!.identifiers[0]).toMatchObject({ kind: 'passport', value: 'P0381230469', note: null })
  })

  test.each([
    ['1963年から1968年の間', '1963-01-01', '1968-12-31', false],
    ['1955年-1958年頃', '1955-01-01', '1958-12-31', true],
    ['1937年~1945年', '1937-01-01', '1945-12-31', false],
    ['1967年から1969年までの間', '1967-01-01', '1969-12-31', false],
    ['おおよそ1970年', '1970-01-01', '1970-12-31', true],
    ['1978年の頃', '1978-01-01', '1978-12-31', true],
    ['昭和39年7月17日', '1964-07-17', '1964-07-17', false],
    ['Born on 10 July 1942', '1942-07-10', '1942-07-10', false],
    ['1970年6月5日生まれ', '1970-06-05', '1970-06-05', false],
    ['1961年2月31日', null, null, false],
    ['おおむね30～35歳', null, null, true],
  ])('reads the birth date %s', async (text, from, to, circa) => {
    const { entries, reasons } = await read(csv([HEADER, RI.with(7, text)]))
    expect(entries[0]!.births).toEqual([{ from, to, circa, text }])
    expect(reasons).toEqual(from === null ? ['date not understood'] : [])
  })

  test('gives a row the same id wherever it stands, and when its aliases and later notices are amended', async () => {
    const before = (await read(LIST)).entries
    const amended = YUN.with(4, 'a new alias').with(1, '外務省告示第389号、第12号')
    const after = (await read(csv([[TITLE], HEADER, KIM, amended, RI]))).entries
    const byName = (entries: typeof before) => new Map(entries.map(({ names, id }) => [names[0]!.full, id]))
    expect(byName(after)).toEqual(byName(before))
    expect(before[0]!.id).toMatch(/^jp-mof:[0-9a-f]{12}$/)
  })

  test('tells homonyms of one notice apart by birth and paper, in whatever order, and refuses a row given twice', async () => {
    const other = RI.with(7, '1950年1月1日').with(10, 'X1234567')
    const one = await read(csv([HEADER, RI, other, RI]))
    const two = await read(csv([HEADER, other, RI]))
    expect(new Set(one.entries.map(({ id }) => id)).size).toBe(2)
    expect(new Set(two.entries.map(({ id }) => id))).toEqual(new Set(one.entries.map(({ id }) => id)))
    expect(one.notes).toContainEqual(expect.objectContaining({ severity: 'refused', reason: 'row given twice', line: 4 }))
  })

  test('reads Shift_JIS, in which Japanese spreadsheets save CSV', async () => {
    // The header and 2016年3月4日,第67号,リ・マンゴン,RI Man Gon in code page 932.
    const bytes = Buffer.from(
      '8d908ea693fa95742c8d908ea694d48d862c93fa967b8cea955c8b4c2c89708cea955c8b4c0d0a32303136944e338c8e3493fa2c91e636378d862c838a8145837d8393835383932c5249204d616e20476f6e0d0a',
      'hex',
    )
    expect(japanMof.recognises([fileOf('list.csv', bytes)])).toBe(true)
    const { entries } = await read(bytes)
    expect(entries[0]).toMatchObject({ legalBasis: ['第67号'], listedOn: { from: '2016-03-04' } })
    expect(entries[0]!.names.map(({ full }) => full)).toEqual(['RI Man Gon', 'リ・マンゴン'])
  })

  test('names what it expected and found where no row is a header', async () => {
    await expect(read('日付,番号,氏名\n1,2,3')).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringMatching(/expected the columns 告示日付, 告示番号, 日本語表記, 英語表記; found: 日付, 番号, 氏名/),
    })
    await expect(read('')).rejects.toMatchObject({ code: 'list/schema' })
  })

  test('notes unknown columns and refuses rows without a name', async () => {
    const { entries, notes } = await read(
      csv([
        [...HEADER, '新しい欄'],
        [...RI, 'x'],
        ['2016年3月4日', '第1号', '不明', '―', 'alias', '', '', '', '', '', '', '', '', '', ''],
      ]),
    )
    expect(entries).toHaveLength(1)
    expect(notes.map(({ reason, severity }) => [reason, severity])).toEqual([
      ['column not understood', 'note'],
      ['row without a name', 'refused'],
    ])
  })
})

const SI = (xml: string) => `<si>${xml}</si>`

describe('the list of the Ministry of Finance as XLSX', () => {
  const bodies = ['2016年3月4日', '第67号', '', 'OCEAN MARITIME MANAGEMENT COMPANY, LIMITED']
  const book = workbook([
    {
      name: '北朝鮮（個人）',
      rows:
        sheetRow(1, [TITLE]) +
        sheetRow(3, HEADER) +
        sheetRow(4, YUN) +
        sheetRow(5, [42_433, ...RI.slice(1, 7), 16_739, ...RI.slice(8)]) +
        sheetRow(6, [...KIM.slice(0, 7), 1970, ...KIM.slice(8)]),
    },
    {
      name: '団体',
      rows:
        sheetRow(1, ['北朝鮮のミサイル又は大量破壊兵器計画に関連する者（団体）']) +
        sheetRow(2, ['告示日付', '告示番号', '日本語表記', '英語表記', '所在地']) +
        sheetRow(3, [...bodies, 'Pyongyang；Dalian']),
    },
  ])

  test('reads every sheet with its own header and title, and numbers in date columns as days or years', async () => {
    const { entries, notes } = await readFromDisk(japanMof, 'list.xlsx', book)
    expect(notes).toEqual([])
    expect(entries.map(({ kind, place }) => [kind, place.file, place.line])).toEqual([
      ['person', 'list.xlsx#北朝鮮（個人）', 4],
      ['person', 'list.xlsx#北朝鮮（個人）', 5],
      ['person', 'list.xlsx#北朝鮮（個人）', 6],
      ['organisation', 'list.xlsx#団体', 3],
    ])
    expect(entries[1]!.listedOn?.from).toBe('2016-03-04')
    expect(entries[1]!.births[0]?.from).toBe('1945-10-29')
    expect(entries[2]!.births).toEqual([{ from: '1970-01-01', to: '1970-12-31', circa: false, text: '1970' }])
    expect(entries[3]!.programmes).toEqual(['北朝鮮のミサイル又は大量破壊兵器計画に関連する者（団体）'])
    expect(entries[3]!.addresses.map(({ text }) => text)).toEqual(['Pyongyang', 'Dalian'])
  })

  test('gives persons the ids that the CSV gives them', async () => {
    const fromBook = (await readFromDisk(japanMof, 'list.xlsx', book)).entries
    const fromText = (await read(LIST)).entries
    expect(fromBook.slice(0, 3).map(({ id }) => id)).toEqual(fromText.map(({ id }) => id))
  })

  test('joins rich text with its blanks, leaves furigana out and reads entities and Excel line ends', async () => {
    const strings = [
      ...['告示日付', '告示番号', '日本語表記', '英語表記', '別名'].map((text) => SI(`<t>${text}</t>`)),
      SI('<r><rPr><b/></rPr><t xml:space="preserve">YUN </t></r><r><t>Ho-jin &amp; &#x41;</t></r>'),
      SI('<t>尹浩真</t><rPh sb="0" eb="3"><t>ユンホジン</t></rPh><phoneticPr fontId="1"/>'),
      SI('<t>first_x000D_\nsecond</t>'),
    ]
    const cell = (place: string, index: number) => `<c r="${place}" t="s"><v>${index}</v></c>`
    const rows = `<row r="2">${['A', 'B', 'C', 'D', 'E'].map((column, k) => cell(`${column}2`, k)).join('')}</row><row r="9">${cell('C9', 6)}${cell('D9', 5)}${cell('E9', 7)}<c r="XFD9" s="1"/></row>`
    const { entries } = await readFromDisk(japanMof, 'list.xlsx', workbook([{ name: 'シート', rows }], strings))
    expect(entries[0]!.names.map(({ full }) => full)).toEqual(['YUN Ho-jin & A', '尹浩真', 'first', 'second'])
  })

  test('takes an empty reference to a shared text for an empty cell, and no other text than a number for one', async () => {
    const strings = ['告示日付', '告示番号', '英語表記', '別名', '出生地'].map((text) => SI(`<t>${text}</t>`))
    const header = `<row r="1">${['A', 'B', 'C', 'D', 'E'].map((column, k) => `<c r="${column}1" t="s"><v>${k}</v></c>`).join('')}</row>`
    const book = (cells: string) => workbook([{ name: 'シート', rows: `${header}<row r="2">${cells}</row>` }], strings)
    const name = '<c r="C2" t="inlineStr"><is><t>RI Man Gon</t></is></c>'
    const empty = '<c r="A2" t="b"/><c r="B2" t="s"/><c r="E2" t="s"><v></v></c>'
    const { entries } = await readFromDisk(japanMof, 'list.xlsx', book(empty + name))
    expect(entries[0]).toMatchObject({ names: [{ full: 'RI Man Gon' }], legalBasis: [], birthPlaces: [], listedOn: null })
    for (const index of ['0x1', '-1', '1.0', '5', 'length'])
      await expect(readFromDisk(japanMof, 'list.xlsx', book(`${name}<c r="D2" t="s"><v>${index}</v></c>`))).rejects.toMatchObject({
        code: 'list/schema',
        message: expect.stringContaining(`refers to text ${index} of 5`),
      })
  })

  test('takes the text of a cell from that cell, whatever its neighbours hold', async () => {
    const inline = (place: string, text: string) => `<c r="${place}" t="inlineStr">${text}</c>`
    const cells = [
      '<c r="A2" t="n"><is><t>stray</t></is><v>42433</v></c>',
      inline('B2', '<?note <c?><is a=">"><t>第67号</t></is>'),
      inline('C2', '<is><r><t xml:space="preserve">RI Man </t></r><r><t>Gon</t></r></is>'),
      inline('D2', ''),
      inline('E2', '<is><t>Pyongyang</t></is><extLst><x:c xmlns:x="x"><is><t>stray</t></is></x:c></extLst>'),
    ]
    const rows = `${sheetRow(1, ['告示日付', '告示番号', '英語表記', '別名', '出生地'])}<row r="2">${cells.join('')}</row>`
    const { entries } = await readFromDisk(japanMof, 'list.xlsx', workbook([{ name: 'シート', rows }]))
    expect(entries[0]).toMatchObject({
      listedOn: { from: '2016-03-04' },
      legalBasis: ['第67号'],
      names: [{ full: 'RI Man Gon' }],
      birthPlaces: ['Pyongyang'],
    })
    expect(entries[0]!.names).toHaveLength(1)
  })

  test('reads what other writers write: a prefix on every element, no references to cells, days from 1904', async () => {
    const row = (cells: readonly string[]) =>
      `<x:row>${cells.map((text) => (/^\d+$/.test(text) ? `<x:c><x:v>${text}</x:v></x:c>` : `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`)).join('')}</x:row>`
    const sheet = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${row(['告示日付', '告示番号', '英語表記'])}${row(['40971', '第67号', 'RI Man Gon'])}</x:sheetData></x:worksheet>`
    const { entries } = await readFromDisk(
      japanMof,
      'list.xlsx',
      workbook([{ name: 'a', rows: '' }], [], { date1904: true, files: { 'xl/worksheets/sheet1.xml': sheet } }),
    )
    expect(entries[0]).toMatchObject({ listedOn: { from: '2016-03-04' }, legalBasis: ['第67号'] })
  })

  test('notes a sheet whose header it does not find, and refuses a workbook that has none', async () => {
    const other = { name: '目次', rows: sheetRow(1, ['目次']) + sheetRow(2, ['1', '北朝鮮']) }
    const list = { name: '個人', rows: sheetRow(1, HEADER) + sheetRow(2, RI) }
    const { entries, notes } = await readFromDisk(japanMof, 'list.xlsx', workbook([other, list]))
    expect(entries).toHaveLength(1)
    expect(notes).toEqual([
      expect.objectContaining({
        severity: 'refused',
        reason: 'sheet without a header',
        file: 'list.xlsx#目次',
        text: expect.stringContaining('2 rows'),
      }),
    ])
    await expect(readFromDisk(japanMof, 'list.xlsx', workbook([other]))).rejects.toMatchObject({ code: 'list/schema' })
  })

  test('refuses bombs, declared entities, broken references and archives that are no workbook', async () => {
    const one = (rows: string) => workbook([{ name: 'a', rows }])
    await expect(readFromDisk(japanMof, 'b.xlsx', one(sheetRow(1, HEADER) + sheetRow(2, [' '.repeat(20_000_000)])))).rejects.toMatchObject({
      code: 'list/archive',
    })
    const entities = workbook([{ name: 'a', rows: '' }], [], {
      files: { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>' },
    })
    await expect(readFromDisk(japanMof, 'e.xlsx', entities)).rejects.toMatchObject({ code: 'list/xml' })
    await expect(readFromDisk(japanMof, 'r.xlsx', one('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'))).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('refers to text 7 of 0'),
    })
    await expect(readFromDisk(japanMof, 'c.xlsx', one('<row r="1"><c r="1A"><v>7</v></c></row>'))).rejects.toMatchObject({
      code: 'list/schema',
    })
    await expect(readFromDisk(japanMof, 'w.xlsx', one('<row r="1"><c r="XFD1"><v>7</v></c></row>'))).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('beyond column'),
    })
    const document = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<document/>') })
    await expect(readFromDisk(japanMof, 'd.docx', document)).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('has no part'),
    })
  })

  test('follows no relation out of the archive', async () => {
    const relations =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/worksheet" Target="../../../../etc/passwd"/><Relationship Id="rId2" Type="http://x/sharedStrings" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
    const book = workbook([{ name: 'a', rows: '' }], [], { files: { 'xl/_rels/workbook.xml.rels': relations } })
    await expect(readFromDisk(japanMof, 'list.xlsx', book)).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('has no part etc/passwd'),
    })
  })

  test('stays linear on strings built against the text scanner', () => {
    const cdata = `<si><t><![CDATA[${'<rPh '.repeat(500_000)}]]></t></si>`
    const guides = `<si>${'<rPh sb="0" eb="1"/>'.repeat(300_000)}<t>a</t></si>`
    const started = performance.now()
    expect(stringItems(cdata)[0]).toHaveLength(2_500_000)
    expect(stringItems(guides)).toEqual(['a'])
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})
