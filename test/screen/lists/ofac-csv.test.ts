import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ofacCsv } from '../../../src/screen/lists/ofac-csv.ts'
import { DATA, haveData } from '../shared.ts'
import { dataFile, madeFile, readList } from './us-files.ts'

const SDN = 'lists/ofac_sdn_2024-05-03.csv'
const FOUR = [SDN, 'lists/ofac_csv_2025-12/alt.csv', 'lists/ofac_csv_2025-12/add.csv', 'lists/ofac_csv_2025-12/sdn_comments.csv']
const WALLETS = 'lists/ofac_wallets_2024-09-27'

const sdnRow = (number: string, name: string, type = '-0- ', remarks = '-0- ') =>
  `${number},"${name}",${type},"DPRK2] [CYBER2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,${remarks}\r\n`
const sdn = (content: string) => madeFile('sdn.csv', content)
const reader = ofacCsv

describe("OFAC's lists as CSV", () => {
  test('the four files are recognised by their columns in any order, and not by their names', () => {
    const main = madeFile('x1', sdnRow('1', 'RI, Yong Gil'))
    const alt = madeFile('x2', '1,2,"aka","LEE, Yong Gil",-0- \r\n')
    const add = madeFile('x3', '1,3,-0- ,"Pyongyang","Korea, North",-0- \r\n')
    const comments = madeFile('x4', '1,"; DOB 1960."\r\n\x1a')
    expect(reader.recognises([main])).toBe(true)
    expect(reader.recognises([comments, add, alt, main])).toBe(true)
    expect(reader.recognises([alt, add])).toBe(false)
    expect(reader.recognises([main, main])).toBe(false)
    expect(reader.recognises([main, madeFile('y.csv', 'name,address\n')])).toBe(false)
    expect(reader.recognises([])).toBe(false)
    expect(reader.recognises([madeFile('e.csv', '')])).toBe(false)
  })

  test('the files are joined by entry number, and the raw record holds a row of each', async () => {
    const read = await readList(
      reader,
      [
        sdn(sdnRow('1', 'RI, Yong Gil', '"individual"', '"DOB 1960; Passport 1 (Korea, North)."') + sdnRow('2', 'OCEAN CO., LTD.')),
        madeFile('alt.csv', '2,5,"fka","SEA CO.",-0- \r\n1,2,"aka","LEE, Yong Gil",-0- \r\n1,3,"nka","YI",-0- \r\n'),
        madeFile('add.csv', '1,3,"1 Some Street","Pyongyang","Korea, North",-0- \r\n1,4,-0- ,-0- ,-0- ,-0- \r\n'),
        madeFile('comments.csv', '2,"Linked To: RI, Yong Gil."\r\n'),
      ],
      'us-ofac-cons',
    )
    expect(read.notes).toEqual([])
    expect(read.entry('1')).toMatchObject({
      list: 'us-ofac-cons',
      kind: 'person',
      names: [
        { full: 'RI, Yong Gil', family: 'RI', given: 'Yong Gil', quality: 'primary', type: 'primary' },
        { full: 'LEE, Yong Gil', family: 'LEE', given: 'Yong Gil', quality: 'strong', type: 'aka' },
        { full: 'YI', family: null, given: null, quality: 'strong', type: 'nka' },
      ],
      programmes: ['DPRK2', 'CYBER2'],
      addresses: [{ text: '1 Some Street, Pyongyang, Korea, North', country: { code: 'KP' } }],
      place: { file: 'sdn.csv', line: 1 },
    })
    expect(read.entry('1').raw.split('\n')).toHaveLength(5)
    expect(read.entry('2')).toMatchObject({
      kind: 'organisation',
      names: [{ full: 'OCEAN CO., LTD.', family: null }, { type: 'fka' }],
      links: [{ name: 'RI, Yong Gil' }],
    })
  })

  test('missing companions and a list that is not named are said', async () => {
    const read = await readList(reader, [sdn(sdnRow('1', 'A'))], 'mine')
    expect(read.reasons).toEqual({ 'read as the SDN list': 1, 'no alt file': 1, 'no add file': 1, 'no comments file': 1 })
    expect(read.entry('1').list).toBe('us-ofac-sdn')
  })

  test('rows of companions without an entry get a note each', async () => {
    const read = await readList(reader, [
      sdn(sdnRow('1', 'A')),
      madeFile('alt.csv', '9,1,"aka","B",-0- \r\n9,2,"aka","C",-0- \r\n'),
      madeFile('add.csv', '8,1,-0- ,"X","Y",-0- \r\n'),
      madeFile('c.csv', '7,"x"\r\n'),
    ])
    expect(read.reasons).toEqual({ 'alias of no entry': 2, 'address of no entry': 1, 'comments on no entry': 1 })
    expect(read.notes[1]).toMatchObject({ file: 'alt.csv', line: 2, entry: '9' })
  })

  test('remarks that end after 1,000 characters go on in the comments, in the middle of a word', async () => {
    const wallet = 'Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
    const whole =
      `${Array.from({ length: 20 }, (_, count) => `Tax ID No. ${100000000 + count} (Russia)`).join('; ')}; ${'Website www.example.com; '.repeat(20)}`.slice(
        0,
        970,
      )
    const text = `${whole}; ${wallet}.`
    const main = sdn(sdnRow('1', 'A', undefined, `"${text.slice(0, 1000)}"`))
    const joined = await readList(reader, [main, madeFile('c.csv', `1,"${text.slice(1000)}"\r\n`)])
    expect(joined.entry('1').wallets).toEqual([{ asset: 'XBT', address: '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h' }])
    const cut = await readList(reader, [main])
    expect(cut.entry('1').wallets).toEqual([])
    expect(cut.reasons).toMatchObject({ 'remarks cut off, and no comments go on with them': 1 })
    expect(cut.entry('1').remarks.at(-1)).toBe(text.slice(972, 1000).trim())
  })

  test('the columns of ships: call sign, flag, owner, and what has no field of its own', async () => {
    const row = '1,"ARTAVIL","vessel","IRAN",-0- ,"T2EU4","Tanker","99,144","56,068","Iran","NITC","MMSI 572469210."\r\n'
    const entry = (await readList(reader, [sdn(row)])).entry('1')
    expect(entry).toMatchObject({
      kind: 'vessel',
      countries: [{ code: 'IR', text: 'Iran' }],
      links: [{ relation: 'Vessel Owner', name: 'NITC' }],
      identifiers: [
        { kind: 'call-sign', value: 'T2EU4' },
        { kind: 'mmsi', value: '572469210' },
      ],
      remarks: ['Vessel Type Tanker', 'Vessel Tonnage 99,144', 'Vessel Gross Registered Tonnage 56,068'],
    })
  })

  test('a broken row is refused with its line, and the rows around it are read', async () => {
    const rows = [
      sdnRow('1', 'A'),
      '2,"unclosed,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n',
      '3,"ten columns",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n',
      sdnRow('x4', 'no number'),
      sdnRow('5', '-0- '),
      '6,"B" "C",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n',
      sdnRow('7', 'D', '"submarine"'),
      sdnRow('8', '31 FEBRUARY', '"individual"', '"DOB 31 Feb 1960."'),
    ]
    const read = await readList(reader, [sdn(rows.join(''))])
    expect(read.entries.map((entry) => [entry.id, entry.kind])).toEqual([
      ['1', 'organisation'],
      ['7', 'unknown'],
      ['8', 'person'],
    ])
    expect(read.notes.filter((note) => note.severity === 'refused' && note.line !== null).map((note) => [note.line, note.reason])).toEqual([
      [2, 'quote never closed'],
      [3, 'not 12 columns'],
      [4, 'no entry number'],
      [5, 'a row without a name'],
      [6, 'text behind a closing quote'],
    ])
    expect(read.reasons['a type of entry that is not known']).toBe(1)
    expect(read.entry('8').births).toEqual([{ from: null, to: null, circa: false, text: '31 Feb 1960' }])
  })

  test('an entry number used twice hides neither entry; the same row twice is one', async () => {
    const read = await readList(reader, [sdn(sdnRow('1', 'A') + sdnRow('1', 'B') + sdnRow('1', 'A') + sdnRow('1', 'C'))])
    expect(read.entries.map((entry) => [entry.id, entry.names[0]?.full])).toEqual([
      ['1', 'A'],
      ['1#2', 'B'],
      ['1#3', 'C'],
    ])
    expect(read.reasons).toMatchObject({ 'the same row again': 1, 'an entry number used before': 2 })
  })

  test('bytes that are no UTF-8 are read as Windows-1252, and it is said', async () => {
    const bytes = Uint8Array.from(
      [...new TextEncoder().encode(sdnRow('1', 'M?LLER, Jos?', '"individual"'))].map((byte, at, all) =>
        byte === 0x3f ? (all[at - 1] === 0x4d ? 0xdc : 0xe9) : byte,
      ),
    )
    const read = await readList(reader, [madeFile('sdn.csv', bytes)])
    expect(read.entry('1').names[0]).toMatchObject({ full: 'MÜLLER, José', family: 'MÜLLER' })
    expect(read.reasons['no UTF-8; read as Windows-1252']).toBe(1)
  })

  test.each([
    ['an empty file', ''],
    ['a web page', '<!DOCTYPE html><html></html>'],
    ['a changed schema', '1,"A",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a thirteenth"\r\n'],
  ])('%s is no list: the error says which file and what was expected', async (_, content) => {
    await expect(readList(reader, [sdn(content)])).rejects.toMatchObject({ code: 'list/schema', place: { file: 'sdn.csv' } })
  })

  test('a field of 10 MB ends the reading', async () => {
    await expect(readList(reader, [sdn(sdnRow('1', 'A') + sdnRow('2', 'x'.repeat(10_000_000)))])).rejects.toMatchObject({
      code: 'list/row-size',
      place: { line: 2 },
    })
  })

  test('a file cut off in the middle of a row loses that row and says so', async () => {
    const whole = sdnRow('1', 'A') + sdnRow('2', 'B', '"individual"', '"DOB 01 Jan 1960."')
    const read = await readList(reader, [sdn(whole.slice(0, -14))])
    expect(read.entries).toHaveLength(1)
    expect(read.notes.at(-1)).toMatchObject({ severity: 'refused', line: 2, reason: 'quote never closed' })
  })
})

describe.skipIf(!FOUR.every(haveData))('the SDN list of 3 May 2024 (skipped where ../shared/data is missing)', () => {
  const list = haveData(SDN) ? readList(reader, FOUR.map(dataFile)) : null
  const read = async () => (await list) as Awaited<NonNullable<typeof list>>

  test('14,965 entries are read and none refused; rows of the later companions that have no entry are counted', async () => {
    const { entries, notes, reasons } = await read()
    const kinds = Object.groupBy(entries, (entry) => entry.kind)
    expect(entries).toHaveLength(14_965)
    expect([kinds.person?.length, kinds.organisation?.length, kinds.vessel?.length, kinds.aircraft?.length]).toEqual([6854, 6884, 851, 376])
    expect(notes.filter((note) => note.severity === 'refused')).toEqual([])
    expect(reasons).toEqual({
      'comments to remarks that are complete; the files may be of different days': 5,
      'remarks cut off, and no comments go on with them': 1,
      'alias of no entry': 2460,
      'address of no entry': 4893,
      'comments on no entry': 6,
    })
  })

  test('no text of a remark is lost: what is in the remarks column is in the entry', async () => {
    const words = (text: string) => text.toLowerCase().match(/[a-z0-9]{4,}/g) ?? []
    for (const entry of (await read()).entries) {
      const { raw, ...rest } = entry
      const became = JSON.stringify(rest).toLowerCase()
      const lost = words(raw.split('\n')[0] ?? '').filter((word) => !became.includes(word) && !GRAMMAR.has(word))
      expect(lost, entry.id).toEqual([])
    }
  })

  test('KIM Hyok Chol (22995): a representative of a bank, with birth date and a passport that expired', async () => {
    expect((await read()).entry('22995')).toMatchObject({
      kind: 'person',
      names: [
        { full: 'KIM, Hyok Chol', family: 'KIM', given: 'Hyok Chol', quality: 'primary' },
        { full: "KIM, Hyo'k-ch'o'l", quality: 'strong', type: 'aka' },
      ],
      programmes: ['DPRK4'],
      births: [{ from: '1978-07-09', to: '1978-07-09' }],
      titles: ['Korea United Development Bank representative'],
      addresses: [{ text: 'Zhuhai, China', country: { code: 'CN' } }],
      identifiers: [{ kind: 'passport', value: '472235761', expires: { from: '2017-06-06' } }],
      remarks: [],
    })
  })

  test('LI Jiadong (28264): his remarks go on in the comments within the word "Phone"', async () => {
    const entry = (await read()).entry('28264')
    expect(entry).toMatchObject({
      sex: 'male',
      countries: [{ code: 'CN' }],
      links: [{ relation: 'Linked To', name: 'LAZARUS GROUP' }],
      remarks: [],
    })
    expect(entry.wallets).toHaveLength(12)
    expect(entry.identifiers.map((one) => one.value)).toEqual(['8613314257947', '8618004121000', '210302198701102136'])
    expect(entry.names.filter((name) => name.quality === 'weak').map((name) => name.full)).toEqual(['blackjack1987', 'khaleesi'])
  })

  test('the Lazarus Group (27307): an alias is cut within "WHOIS HACKING TEAM"', async () => {
    const names = (await read()).entry('27307').names.map((name) => name.full)
    expect(names).toContain('WHOIS HACKING TEAM')
    expect(names).toContain('TEMP.HERMIT')
  })

  test('ARTAVIL (15036): a tanker with call sign, IMO number and former names, one of them weak', async () => {
    expect((await read()).entry('15036')).toMatchObject({
      kind: 'vessel',
      names: [
        { full: 'ARTAVIL' },
        { full: 'ABADAN', type: 'fka', quality: 'strong' },
        { full: 'SHONA' },
        { full: 'ALPHA', type: 'fka', quality: 'weak' },
      ],
      countries: [{ code: 'IR' }],
      identifiers: [
        { kind: 'call-sign', value: 'T2EU4' },
        { kind: 'imo-ship', value: '9187629' },
        { kind: 'mmsi', value: '572469210' },
      ],
    })
  })

  test('PATRIOT (24508): a ship linked to two companies', async () => {
    expect((await read()).entry('24508')).toMatchObject({
      identifiers: [{ kind: 'imo-ship', value: '9003550' }],
      links: [{ name: 'PRIMORYE MARITIME LOGISTICS CO LTD' }, { name: 'GUDZON SHIPPING CO LLC' }],
    })
  })

  test('CHONGBONG SHIPPING CO LTD (19569): the number that OFAC calls a vessel identification is the company’s', async () => {
    expect((await read()).entry('19569')).toMatchObject({
      kind: 'organisation',
      identifiers: [{ kind: 'imo-company', value: '5878589' }],
      addresses: [{ country: { code: 'KP' } }],
    })
  })

  test('P-537 (20542): an aircraft of Air Koryo', async () => {
    expect((await read()).entry('20542')).toMatchObject({
      kind: 'aircraft',
      names: [{ full: 'P-537' }],
      links: [{ relation: 'Aircraft Operator', name: 'Air Koryo' }],
      remarks: ['Aircraft Manufacture Date 1966', 'Aircraft Model AN24-B'],
    })
  })

  test('MSN 449 (18151): an aircraft with its serial number and the tail number that it had', async () => {
    expect((await read()).entry('18151').identifiers).toMatchObject([
      { kind: 'aircraft-tail', value: 'YI-NAE', note: 'Previous Aircraft Tail Number' },
      { kind: 'aircraft-serial', value: '449' },
    ])
  })

  test('BAZZI Wael (26745): a birth date between two days', async () => {
    expect((await read()).entry('26745')).toMatchObject({
      births: [
        { from: '1989-10-01', to: '1989-10-31' },
        { from: '1989-10-31', to: '1989-10-31' },
      ],
      identifiers: [
        { kind: 'passport', value: 'EN312261', country: { code: 'BE' } },
        { kind: 'national-id', value: '89103150321' },
      ],
    })
  })

  test('SOLEIMANI Qasem (10481): five programmes, and a country once though it is nationality and citizenship', async () => {
    expect((await read()).entry('10481')).toMatchObject({
      programmes: ['SDGT', 'SYRIA', 'NPWMD', 'IRGC', 'IFSR'],
      countries: [{ code: 'IR' }],
      birthPlaces: ['Qom, Iran'],
    })
  })

  test('AL-TIKRITI Qusay (7844): what the list tells in sentences stays in its words', async () => {
    expect((await read()).entry('7844').remarks).toEqual([
      "Saddam Hussein al-Tikriti's second son",
      'oversaw Special Republican Guard, Special Security Organization, and Republican Guard.',
    ])
  })

  test('Sberbank (17018): listed under Directive 2 and 3 on one day', async () => {
    const entry = (await read()).entry('17018')
    expect(entry.listedOn).toMatchObject({ from: '2022-02-24' })
    expect(entry.identifiers.filter((one) => one.kind === 'swift')).toMatchObject([{ value: 'SABRRUMM' }])
  })

  test('the 521 wallets are all among those extracted from the list of September 2024; what that has besides was listed later, or stood behind the end of the one entry that is cut off', async () => {
    const { entries, notes } = await read()
    // The comments are of 2025: where the remarks of 2024 are complete, what they say was said later.
    const later = new Set(notes.filter((note) => note.reason.startsWith('comments to remarks')).map((note) => note.entry))
    const ours = new Set(
      entries.flatMap(({ id, raw, wallets }) =>
        wallets
          .filter((wallet) => !later.has(id) || raw.split('\n', 1)[0]?.includes(wallet.address))
          .map((wallet) => `${wallet.asset} ${wallet.address}`),
      ),
    )
    const theirs = new Set<string>()
    for (const file of readdirSync(DATA + WALLETS)) {
      const asset = /_([A-Z]+)\.txt$/.exec(file)?.[1]
      for (const address of readFileSync(`${DATA}${WALLETS}/${file}`, 'utf8').split('\n'))
        if (address.trim() !== '') theirs.add(`${asset} ${address.trim()}`)
    }
    expect(ours.size).toBe(521)
    expect([...ours].filter((wallet) => !theirs.has(wallet))).toEqual([])
    const text = readFileSync(DATA + SDN, 'latin1')
    const missing = [...theirs].filter((wallet) => !ours.has(wallet))
    expect(missing).toHaveLength(133)
    expect(missing.filter((wallet) => text.includes(wallet.split(' ')[1] as string))).toEqual([])
  })
})

/** Words of the format itself: labels, and the kinds of entries and companions. */
const GRAMMAR = new Set(
  (
    'individual vessel aircraft nationality citizen gender male female linked digital currency address issued expires passport email website number identification registration ' +
    'swift mmsi legal entity phone title rank position occupation alternate operator country national listing date'
  ).split(' '),
)
