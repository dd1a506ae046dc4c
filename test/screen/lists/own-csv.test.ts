import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownCsv } from '../../../src/screen/lists/own-csv.ts'
import { fileOf, readAll } from './given-files.ts'

const FULL = `id,name,kind,aliases,weak_aliases,former_names,birth_date,nationality,sex,programme,passport,imo,wallet,notes,colour
p1,RI Yong Gil,person,Ri Young-gil; 리영길,Yong,,1955-10-20; 1957,KP,male,fraud,A123;B456,,XBT:1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V;0x098B716B8Aaf21512996dC57EB0615e2383E2f96,"kept; as it stands",red
v1,"CHONG CHON GANG; the ship",ship,,,OLD NAME,,DPRK,,,,7937317,,,
x1,Somebody,alien,,,,31.2.1960,,,,,,,,
`
const read = (text: string, list = 'house-list') => readAll(ownCsv, [fileOf('own.csv', text)], list)

describe('an own list as CSV', () => {
  test('takes the id of the list from the caller and every column that it knows', async () => {
    expect(ownCsv.recognises([fileOf('a', FULL)])).toBe(true)
    expect(ownCsv.recognises([fileOf('a', 'name,kind\nA,person\n')])).toBe(false)
    const { entries } = await read(FULL)
    expect(entries[0]).toMatchObject({
      list: 'house-list',
      id: 'p1',
      kind: 'person',
      programmes: ['fraud'],
      sex: 'male',
      countries: [{ code: 'KP' }],
      births: [{ from: '1955-10-20' }, { from: '1957-01-01', to: '1957-12-31' }],
      wallets: [
        { asset: 'XBT', address: '1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V' },
        { asset: '', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' },
      ],
      remarks: ['kept; as it stands'],
    })
    expect(entries[0]!.names.map(({ full, quality, type }) => [full, quality, type])).toEqual([
      ['RI Yong Gil', 'primary', 'primary'],
      ['Ri Young-gil', 'strong', 'aka'],
      ['리영길', 'strong', 'original-script'],
      ['Yong', 'weak', 'aka'],
    ])
    expect(entries[0]!.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['passport', 'A123'],
      ['passport', 'B456'],
    ])
    expect(entries[1]).toMatchObject({ kind: 'vessel', countries: [{ code: 'KP' }], identifiers: [{ kind: 'imo-ship', value: '7937317' }] })
    expect(entries[1]!.names.map(({ full, type }) => [full, type])).toEqual([
      ['CHONG CHON GANG; the ship', 'primary'],
      ['OLD NAME', 'fka'],
    ])
  })

  test('tells of columns, kinds and dates that it does not understand', async () => {
    const { notes, entries } = await read(FULL)
    expect(notes.map(({ reason, text, line }) => [reason, text, line])).toEqual([
      ['column not understood', 'colour', 1],
      ['kind not understood', 'alien', 4],
      ['date not understood', '31.2.1960', 4],
    ])
    expect(entries[2]).toMatchObject({ kind: 'unknown', births: [{ from: null, to: null, text: '31.2.1960' }] })
  })

  test('reads tabs and semicolons as well, whatever the cells below hold', async () => {
    const semicolons = 'id;name;aliases\n1;A, B, C, D, E, F;"X;Y"\n'
    expect((await read(semicolons)).entries[0]!.names.map(({ full }) => full)).toEqual(['A, B, C, D, E, F', 'X', 'Y'])
    expect((await read('id\tname\n1\tA,B;C\n')).entries[0]!.names[0]!.full).toBe('A,B;C')
  })

  test('reads empty cells, quotes and line ends between tabs', async () => {
    const { entries, notes } = await read(
      'id\tname\taliases\tweak_aliases\tkind\tbirth_date\n1\tKIM Yong Chol\t\t\t"person"\t1975-01-02\n2\t"RI\nYong"\t\t\t\t\n',
    )
    expect(notes).toEqual([])
    expect(entries.map(({ id, kind, names }) => [id, kind, names.map(({ full }) => full)])).toEqual([
      ['1', 'person', ['KIM Yong Chol']],
      ['2', 'unknown', ['RI\nYong']],
    ])
    expect(entries[0]!.births.map(({ from }) => from)).toEqual(['1975-01-02'])
  })

  test('keeps a row with fewer fields than columns, and says so', async () => {
    const { entries, notes } = await read('id,name,kind,nationality\n1,A,person\n2,B,person,KP\n')
    expect(entries.map(({ id }) => id)).toEqual(['1', '2'])
    expect(notes).toEqual([
      {
        file: 'own.csv',
        line: 2,
        field: null,
        entry: '1',
        severity: 'note',
        reason: 'fewer fields than columns',
        text: '1,A,person',
      },
    ])
  })

  test('keeps two entries under one id apart and one row given twice once', async () => {
    const { entries, reasons } = await read('id,name\n1,A\n1,B\n1,A\n')
    expect(entries.map(({ id, names }) => [id, names[0]!.full])).toEqual([
      ['1', 'A'],
      ['1#2', 'B'],
    ])
    expect(reasons).toEqual(['id used twice', 'row given twice'])
  })

  test('refuses rows without id or name, with too many fields or broken quotes, and says where', async () => {
    const { entries, notes } = await read('id,name\n,A\n2,\n3,C,x\n4,"D"x\n5,E\n6,"F\n')
    expect(entries.map(({ id }) => id)).toEqual(['5'])
    expect(notes.map(({ line, severity }) => [line, severity])).toEqual([2, 3, 4, 5, 7].map((line) => [line, 'refused']))
  })

  test('names the columns that it expected and found', async () => {
    await expect(read('identifier,names\n1,A\n')).rejects.toMatchObject({
      code: 'list/schema',
      place: { file: 'own.csv', line: 1 },
      message: expect.stringContaining('expected the columns id, name; found: identifier, names'),
    })
    await expect(read('')).rejects.toMatchObject({ code: 'list/schema' })
  })

  test('refuses a row of more than a mebibyte and text that is no UTF-8', async () => {
    await expect(read(`id,name\n1,${'A'.repeat(2 << 20)}\n`)).rejects.toMatchObject({ code: 'list/row-size' })
    await expect(readAll(ownCsv, [fileOf('x', Buffer.from('id,name\n1,\xff\xfe\n', 'latin1'))])).rejects.toMatchObject({
      code: 'list/encoding',
    })
  })

  test('neither loses a row nor throws, whatever the cells hold', async () => {
    const quoted = (cell: string) => `"${cell.replace(/"/g, '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            id: fc.string({ maxLength: 8 }),
            name: fc.string({ unit: 'grapheme', maxLength: 20 }),
            kind: fc.string({ maxLength: 8 }),
            birth: fc.string({ maxLength: 12 }),
          }),
          { maxLength: 8 },
        ),
        async (rows) => {
          const text = [
            'id,name,kind,birth_date',
            ...rows.map(({ id, name, kind, birth }) => [id, name, kind, birth].map(quoted).join(',')),
          ].join('\n')
          const { entries, notes } = await read(text.replaceAll('\0', ' '))
          expect(entries.length + notes.filter(({ severity }) => severity === 'refused').length).toBe(rows.length)
          expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
          expect(entries.every(({ names }) => names.length > 0 && names.every(({ full }) => full.trim() !== ''))).toBe(true)
        },
      ),
    )
  })
})
