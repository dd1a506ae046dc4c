import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openInput } from '../../../src/screen/batch/index.ts'
import type { Ask } from '../../../src/screen/decide/index.ts'
import { folders } from '../decide/plain-screener.ts'
import { DATA, haveData } from '../shared.ts'
import { rowsOf } from './rows.ts'

const fresh = folders()
const named = (ask: Ask | undefined) => (ask?.about === 'name' ? ask.query : null)

describe('customers in CSV', () => {
  it('columns are known by many names, in four languages, and what is known goes with the name', async () => {
    const [row] = await rowsOf(
      fresh(),
      '顧客番号;氏名;フリガナ;生年月日;国籍;性別;旅券番号\n17;金英哲;キム・ヨンチョル;1964年7月17日;北朝鮮;男;836110035\n',
    )
    expect(row?.subjects[0]).toMatchObject({
      customer: '17',
      faults: [],
      asks: [
        {
          query: {
            name: '金英哲',
            otherNames: ['キム・ヨンチョル'],
            birth: { from: '1964-07-17' },
            countries: ['KP'],
            sex: 'male',
            papers: [{ kind: 'passport' }],
          },
        },
      ],
    })
    const [english] = await rowsOf(
      fresh(),
      'Customer ID,Full Name,First Name,Middle Name,Last Name,Aliases,Date of Birth,Nationality,Gender,Passport No,Passport Country,Notes\nC-17,Yong Chol Kim,Yong,Chol,Kim,金英哲; Kim Young Chul,17 Jul 1964,"Korea, North",M,836110035,KP,vip\n',
    )
    expect(english?.subjects).toEqual([
      {
        customer: 'C-17',
        role: null,
        faults: [],
        asks: [
          {
            about: 'name',
            query: {
              name: 'Yong Chol Kim',
              family: 'Kim',
              given: 'Yong Chol',
              otherNames: ['金英哲', 'Kim Young Chul'],
              kind: 'person',
              birth: { from: '1964-07-17', to: '1964-07-17', circa: false, text: '17 Jul 1964' },
              countries: ['KP'],
              sex: 'male',
              papers: [{ kind: 'passport', value: '836110035', country: 'KP' }],
            },
          },
        ],
      },
    ])
    expect(english?.unused).toEqual(['Notes'])
  })

  it('names in parts make the name; wallets and ship numbers are asked by themselves', async () => {
    const rows = await rowsOf(
      fresh(),
      'id,first_name,last_name,type,imo,flag,wallet,wallet_2,BTC address,asset\n1,Yong Chol,Kim,person,,,0xab;0xcd,0xef,12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h,ETH\n2,,JIN TENG,vessel,IMO 9163154,Sierra Leone,,,,\n3,,,,,,,,,\n',
    )
    expect(rows[0]?.subjects[0]?.asks).toMatchObject([
      { about: 'name', query: { name: 'Yong Chol Kim', kind: 'person', otherNames: [] } },
      { about: 'wallet', address: '0xab', asset: 'ETH' },
      { about: 'wallet', address: '0xcd', asset: 'ETH' },
      { about: 'wallet', address: '0xef', asset: 'ETH' },
      { about: 'wallet', address: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h', asset: 'BTC' },
    ])
    expect(rows[1]?.subjects[0]?.asks[1]).toEqual({
      about: 'vessel',
      query: { imo: 'IMO 9163154', mmsi: null, callSign: null, name: 'JIN TENG', flag: 'SL' },
    })
    expect(rows[2]).toMatchObject({
      record: 3,
      line: 4,
      subjects: [],
      refused: { reason: "names nobody: no name, paper, ship's number or wallet" },
    })
  })

  it('a mapping overrules names of columns, and one that does not fit is refused before anything is read', async () => {
    const text = 'Kundenname,name,Adr1\nKim,reseller,0xab\n'
    const [row] = await rowsOf(fresh(), text, { name: ['Kundenname'], wallet: ['Adr1'] })
    expect(row?.subjects[0]?.asks).toMatchObject([{ query: { name: 'Kim', otherNames: [] } }, { address: '0xab' }])
    expect(row?.unused).toEqual(['name'])
    await expect(rowsOf(fresh(), text, { name: ['nom'] })).rejects.toMatchObject({ code: 'screen/bad-mapping' })
    await expect(rowsOf(fresh(), text, { nom: ['name'] } as never)).rejects.toMatchObject({ code: 'screen/bad-mapping' })
    await expect(rowsOf(fresh(), text, { name: ['Adr1'], wallet: ['Adr1'] })).rejects.toMatchObject({ code: 'screen/bad-mapping' })
    await expect(rowsOf(fresh(), 'a,b\n1,2\n')).rejects.toMatchObject({ code: 'screen/no-columns' })
    await expect(rowsOf(fresh(), '')).rejects.toMatchObject({ code: 'screen/no-columns' })
    await expect(rowsOf(fresh(), 'name\n')).resolves.toEqual([])
  })

  it('what cannot be understood is told, and the customer is looked for all the same', async () => {
    const [row] = await rowsOf(fresh(), 'name,dob,nationality,gender,type\nKim,1990-02-31,Atlantis,perhaps,gold\n')
    expect(row?.subjects[0]?.asks).toMatchObject([{ query: { name: 'Kim', birth: null, countries: [], sex: null, kind: null } }])
    expect(row?.subjects[0]?.faults.map(({ field, text }) => [field, text])).toEqual([
      ['type', 'gold'],
      ['dob', '1990-02-31'],
      ['gender', 'perhaps'],
      ['nationality', 'Atlantis'],
    ])
  })

  it('a row that does not fit is refused with its line, and a stray quote does not swallow those behind it', async () => {
    const rows = await rowsOf(fresh(), 'id,name\n1,Kim\n2,"Pak\n3,Ri\n4,"Han\nso",\n5,Cho,9\n6,"Jo\nint"\n')
    expect(rows.map(({ line, subjects, refused }) => [line, subjects[0]?.customer ?? null, refused?.reason ?? null])).toEqual([
      [2, '1', null],
      [3, null, 'quote never closed'],
      [4, '3', null],
      [5, null, 'quote never closed'],
      [6, null, "names nobody: no name, paper, ship's number or wallet"],
      [7, null, 'has 3 fields where the header has 2'],
      [8, '6', null],
    ])
    expect(named(rows[6]?.subjects[0]?.asks[0])?.name).toBe('Jo\nint')
  })

  it('rows that are no UTF-8 are refused one by one', async () => {
    const text = Buffer.concat([Buffer.from('id,name\n1,Kim\n2,'), Buffer.from([0xff, 0xe9]), Buffer.from('\n3,김\n')])
    const rows = await rowsOf(fresh(), text)
    expect(rows.map(({ refused }) => refused?.reason ?? null)).toEqual([null, 'is no UTF-8', null])
  })

  it('every customer of a real file of 20 scripts is read, with birth date and sex', async ({ skip }) => {
    if (!haveData('names/clean_customers_global.csv')) skip()
    let [rows, births, sexes, countries] = [0, 0, 0, 0]
    for await (const { subjects, refused } of (await openInput(`${DATA}names/clean_customers_global.csv`)).rows()) {
      rows++
      expect(refused).toBe(null)
      const query = named(subjects[0]?.asks[0])
      expect(query?.otherNames).toEqual([])
      expect(subjects[0]?.faults.filter(({ field }) => field !== 'nationality')).toEqual([])
      if (query?.birth?.from != null) births++
      if (query?.sex != null) sexes++
      if (query?.countries.length === 1) countries++
    }
    expect(rows).toBeGreaterThan(10_000)
    // 2,552 say `other`, which is no sex that a list knows, and no fault.
    expect([births, sexes]).toEqual([rows, rows - 2_552])
    expect(countries / rows).toBeGreaterThan(0.99)
  })
})

describe('customers in JSON', () => {
  it('lines are objects with the same names; lists are several values; numbers keep their digits', async () => {
    const rows = await rowsOf(
      fresh(),
      '\ufeff{"customerId":12345678901234567890,"fullName":"Kim","aliases":["金","Gim"],"dateOfBirth":1964,"nationality":["KR","US"],"wallets":["0xab",{"address":"12Qt","asset":"BTC"}],"score":1}\n\n{"name":"Pak","aliases":{"a":1}}\n',
    )
    expect(rows[0]?.subjects[0]).toMatchObject({
      customer: '12345678901234567890',
      asks: [
        { query: { name: 'Kim', otherNames: ['金', 'Gim'], birth: { from: '1964-01-01' }, countries: ['KR', 'US'] } },
        { address: '0xab', asset: null },
        { address: '12Qt', asset: 'BTC' },
      ],
    })
    expect(rows[0]?.unused).toEqual(['score'])
    expect(rows[1]).toMatchObject({ record: 2, line: 3, subjects: [{ faults: [{ field: 'aliases', reason: 'is no text' }] }] })
  })

  it('lines that are no objects are refused with their number', async () => {
    const text = Buffer.concat([
      Buffer.from('{"name":"a"}\n{"name":\nnull\n[1]\n"x"\n{}\n{"__proto__":{"name":"b"}}\n'),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from('{"name":"z"}'),
    ])
    const rows = await rowsOf(fresh(), text)
    expect(rows.map(({ line, refused }) => [line, refused === null])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
      [5, false],
      [6, false],
      [7, false],
      [8, false],
      [9, true],
    ])
  })

  it('a document over several lines, or a list, is read as one', async () => {
    expect(await rowsOf(fresh(), JSON.stringify([{ name: 'a' }, 7, { name: 'b' }], null, 2))).toMatchObject([
      { record: 1, line: null },
      { record: 2, refused: { reason: 'is no object' } },
      { record: 3 },
    ])
    expect(await rowsOf(fresh(), JSON.stringify({ name: 'a', aliases: ['b'] }, null, 2))).toMatchObject([
      { subjects: [{ asks: [{ query: { otherNames: ['b'] } }] }] },
    ])
    await expect(rowsOf(fresh(), '[{"name":"a"},')).rejects.toMatchObject({ code: 'screen/not-json-lines' })
  })

  it('whatever a line holds, it is one row, with subjects or refused', async () => {
    const folder = fresh()
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.dictionary(
              fc.constantFrom('name', 'id', 'dob', 'wallets', 'aliases', 'originator', 'nationality', 'imo', 'passport'),
              fc.jsonValue(),
            ),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        async (values) => {
          const rows = await rowsOf(folder, `{"name":"first"}\n${values.map((value) => JSON.stringify(value)).join('\n')}\n`)
          expect(rows.map(({ record }) => record)).toEqual(Array.from({ length: values.length + 1 }, (_, at) => at + 1))
          for (const { subjects, refused } of rows) expect(subjects.length > 0).toBe(refused === null)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('customers in Parquet', () => {
  it('come in their order, with dates and lists as text', async () => {
    const path = join(fresh(), 'it’s customers.parquet')
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(
      `COPY (SELECT 12345678901234567 + i AS id, 'Name ' || i AS full_name, ['A' || i, NULL, 'B'] AS aliases, DATE '1964-07-17' AS dob, TIMESTAMP '2020-01-01' AS seen, CASE WHEN i = 3 THEN NULL ELSE '0xab' END AS wallet FROM range(5000) t(i)) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    )
    connection.closeSync()
    const rows = []
    for await (const row of (await openInput(path)).rows()) rows.push(row)
    expect(rows).toHaveLength(5000)
    rows.forEach((row, at) => {
      expect(named(row.subjects[0]?.asks[0])?.name).toBe(`Name ${at}`)
    })
    expect(rows[3]).toMatchObject({
      record: 4,
      line: null,
      unused: ['seen'],
      subjects: [{ customer: '12345678901234570', asks: [{ query: { otherNames: ['A3', 'B'], birth: { from: '1964-07-17' } } }] }],
    })
    expect(rows[4]?.subjects[0]?.asks).toHaveLength(2)
  })

  it('a file that is cut off is refused', async () => {
    await expect(rowsOf(fresh(), 'PAR1 and nothing else PAR1')).rejects.toMatchObject({ code: 'screen/not-parquet' })
  })
})
