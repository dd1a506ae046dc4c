import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followTheMoney } from '../../../src/screen/lists/follow-the-money.ts'
import { type TextLine, textLines } from '../../../src/screen/lists/json-lines.ts'
import { fileOf, readAll } from './given-files.ts'

/** Schemata and properties of FollowTheMoney 4.11 (its schema/*.yaml); envelope (caption, target, last_seen, datasets) as OpenSanctions exports it. */
const PERSON = {
  id: 'NK-park',
  caption: 'PARK Jin Hyok',
  schema: 'Person',
  target: true,
  last_seen: '2025-06-01T06:00:00',
  datasets: ['us_ofac_sdn'],
  properties: {
    name: ['Jin Hyok Park', 'PARK Jin Hyok', '박진혁'],
    firstName: ['Jin Hyok'],
    lastName: ['Park'],
    alias: ['Pak Jin Hek'],
    weakAlias: ['Jin'],
    previousName: ['Kim Hyon Woo'],
    birthDate: ['1984-08-15', '1984'],
    nationality: ['kp'],
    gender: ['male'],
    position: ['programmer'],
    passportNumber: ['290333974'],
    email: ['tty198410@gmail.com'],
    topics: ['sanction', 'crime'],
    notes: ['A programmer.'],
    programId: ['US-DPRK3'],
    address: ['Dandong'],
    addressEntity: ['addr-1'],
    modifiedAt: ['2020-01-01', '2024-05-05'],
  },
}
const LINES = [
  // What others say of an entity may stand before it or behind it.
  {
    id: 'sanction-1',
    schema: 'Sanction',
    properties: {
      entity: ['NK-park'],
      authority: ['OFAC'],
      authorityId: ['22995'],
      program: ['DPRK3'],
      provisions: ['E.O. 13722'],
      listingDate: ['2018-09-06'],
      reason: ['Cyber-enabled'],
      endDate: ['2030-01-01'],
    },
  },
  PERSON,
  { id: 'addr-1', schema: 'Address', properties: { full: ['Potonggang District, Pyongyang'], country: ['kp'] } },
  {
    id: 'passport-1',
    schema: 'Passport',
    properties: { holder: ['NK-park'], number: ['A000111'], country: ['kp'], startDate: ['2010-01-01'], endDate: ['2020'] },
  },
  {
    id: 'wallet-1',
    schema: 'CryptoWallet',
    target: true,
    properties: { holder: ['NK-park'], publicKey: ['1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V'], currency: ['XBT'] },
  },
  {
    id: 'wallet-2',
    schema: 'CryptoWallet',
    target: true,
    caption: '0x098B',
    properties: {
      holder: ['somebody-not-here'],
      publicKey: ['0x098B716B8Aaf21512996dC57EB0615e2383E2f96'],
      currency: ['ETH'],
      topics: ['sanction'],
    },
  },
  {
    id: 'NK-chosun',
    schema: 'Company',
    target: true,
    caption: 'Chosun Expo',
    properties: { name: ['Chosun Expo'], imoNumber: ['1790183'], registrationNumber: ['55'], leiCode: ['L'], idNumber: ['9'] },
  },
  { id: 'own-1', schema: 'Employment', properties: { employee: ['NK-park'], employer: ['NK-chosun'], role: ['developer'] } },
  { id: 'own-2', schema: 'Ownership', properties: { owner: ['NK-chosun'], asset: ['NK-ship'] } },
  {
    id: 'NK-ship',
    schema: 'Vessel',
    target: true,
    caption: 'CHONG CHON GANG',
    properties: { name: ['CHONG CHON GANG'], imoNumber: ['7937317'], mmsi: ['445114000'], callSign: ['HMZD'], flag: ['kp'] },
  },
  {
    id: 'NK-plane',
    schema: 'Airplane',
    target: true,
    properties: { name: ['P-813'], registrationNumber: ['P-813'], serialNumber: ['64048'] },
  },
  { id: 'NK-wife', schema: 'Person', target: false, caption: 'A Relative', properties: { name: ['A Relative'] } },
  { id: 'fam-1', schema: 'Family', properties: { person: ['NK-park'], relative: ['NK-wife'], relationship: ['spouse'] } },
  { id: 'NK-odd', schema: 'Spaceship', properties: { name: ['X'] } },
  { id: 'NK-nameless', schema: 'Organization', properties: { country: ['kp'] } },
]
const ftm = (lines: readonly unknown[]) => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
const read = (text: string, piece?: number) => readAll(followTheMoney, [fileOf('entities.ftm.json', text, piece)], 'os-sanctions')

describe('FollowTheMoney entities', () => {
  test('are recognised by their form', () => {
    expect(followTheMoney.recognises([fileOf('x', ftm(LINES))])).toBe(true)
    expect(followTheMoney.recognises([fileOf('entities.ftm.json', '{"datasets":[{"name":"x"}]}')])).toBe(false)
  })

  test('become entries with what other lines say of them', async () => {
    const { entries, published } = await read(ftm(LINES))
    expect(published).toEqual(['2025-06-01T06:00:00'])
    expect(entries.map(({ id, kind }) => [id, kind])).toEqual([
      ['NK-park', 'person'],
      ['wallet-2', 'unknown'],
      ['NK-chosun', 'organisation'],
      ['NK-ship', 'vessel'],
      ['NK-plane', 'aircraft'],
    ])
    const park = entries[0]!
    expect(park).toMatchObject({
      list: 'os-sanctions',
      programmes: ['DPRK3', 'US-DPRK3'],
      legalBasis: ['E.O. 13722', 'OFAC: 22995'],
      listedOn: { from: '2018-09-06' },
      amendedOn: { from: '2024-05-05' },
      births: [{ from: '1984-08-15' }, { from: '1984-01-01', to: '1984-12-31' }],
      countries: [{ code: 'KP', text: 'kp' }],
      sex: 'male',
      titles: ['programmer'],
      addresses: [
        { text: 'Dandong', country: null },
        { text: 'Potonggang District, Pyongyang', country: { code: 'KP' } },
      ],
      wallets: [{ asset: 'XBT', address: '1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V' }],
      links: [
        { relation: 'works for (developer)', name: 'Chosun Expo', id: 'NK-chosun' },
        { relation: 'related to (spouse)', name: 'A Relative', id: 'NK-wife' },
      ],
      remarks: ['A programmer.', 'Cyber-enabled', 'Sanction ends 2030-01-01', 'Topics: sanction, crime'],
      place: { file: 'entities.ftm.json', line: 2 },
      raw: JSON.stringify(PERSON),
    })
    expect(park.names.map(({ full, quality, type }) => [full, quality, type])).toEqual([
      ['PARK Jin Hyok', 'primary', 'primary'],
      ['Jin Hyok Park', 'strong', 'aka'],
      ['박진혁', 'strong', 'original-script'],
      ['Pak Jin Hek', 'strong', 'aka'],
      ['Kim Hyon Woo', 'strong', 'fka'],
      ['Jin', 'weak', 'aka'],
    ])
    expect(park.names[0]).toMatchObject({ family: 'Park', given: 'Jin Hyok' })
    expect(park.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['passport', '290333974'],
      ['email', 'tty198410@gmail.com'],
      ['passport', 'A000111'],
    ])
    expect(park.identifiers[2]).toMatchObject({ country: { code: 'KP' }, issued: { from: '2010-01-01' }, expires: { to: '2020-12-31' } })
  })

  test('tell the IMO number of a ship from that of a company, and a tail number from a registration', async () => {
    const { entries } = await read(ftm(LINES))
    const kinds = (id: string) => entries.find((entry) => entry.id === id)!.identifiers.map(({ kind, value }) => [kind, value])
    expect(kinds('NK-chosun')).toEqual(
      expect.arrayContaining([
        ['imo-company', '1790183'],
        ['registration', '55'],
        ['registration', '9'],
        ['lei', 'L'],
      ]),
    )
    expect(kinds('NK-ship')).toEqual([
      ['imo-ship', '7937317'],
      ['mmsi', '445114000'],
      ['call-sign', 'HMZD'],
    ])
    expect(kinds('NK-plane')).toEqual([
      ['aircraft-tail', 'P-813'],
      ['aircraft-serial', '64048'],
    ])
    expect(entries.find(({ id }) => id === 'NK-ship')!.links).toEqual([{ relation: 'owned by', name: 'Chosun Expo', id: 'NK-chosun' }])
  })

  test('give a wallet whose holder is no entry as an entry of its own', async () => {
    const wallet = (await read(ftm(LINES))).entries.find(({ id }) => id === 'wallet-2')!
    expect(wallet.wallets).toEqual([{ asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' }])
    expect(wallet.names[0]!.full).toBe('0x098B716B8Aaf21512996dC57EB0615e2383E2f96')
  })

  test('leave a note where they are no target, of an unknown schema, or without a name', async () => {
    const { notes } = await read(ftm(LINES))
    expect(notes.map(({ reason, entry, severity }) => [reason, entry, severity])).toEqual([
      ['schema not understood', 'NK-odd', 'note'],
      ['not a target of the export', 'NK-wife', 'note'],
      ['entity without a name', 'NK-nameless', 'refused'],
    ])
  })

  test('read the nested export to the same entries, and take nothing nested for an entry', async () => {
    const { id: _, ...flat } = PERSON
    const nested = {
      ...flat,
      id: 'NK-park',
      properties: {
        ...PERSON.properties,
        addressEntity: [LINES[2]],
        sanctions: [{ ...(LINES[0] as object), properties: { ...(LINES[0] as { properties: object }).properties, entity: [] } }],
        passports: [LINES[3]],
        cryptoWallets: [{ ...(LINES[4] as object), properties: { publicKey: ['1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V'], currency: ['XBT'] } }],
        employers: [{ id: 'own-1', schema: 'Employment', properties: { role: ['developer'], employer: [LINES[6]] } }],
        familyPerson: [
          { id: 'fam-1', schema: 'Family', properties: { relationship: ['spouse'], person: ['NK-park'], relative: [LINES[11]] } },
        ],
      },
    }
    const one = (await read(ftm([nested]))).entries
    const other = (await read(ftm(LINES))).entries[0]!
    expect(one).toHaveLength(1)
    const { raw: _raw, place: _place, ...rest } = one[0]!
    expect(rest).toEqual(Object.fromEntries(Object.entries(other).filter(([key]) => key !== 'raw' && key !== 'place')))
  })

  test('come out the same however the bytes are cut, with CR LF and without a last line end', async () => {
    const whole = await read(ftm(LINES))
    for (const piece of [1, 13, 1024]) expect(await read(ftm(LINES), piece)).toEqual(whole)
    expect((await read(ftm(LINES).replaceAll('\n', '\r\n'))).entries).toEqual(whole.entries)
  })

  test('keep two entities under one id and refuse lines that are none, with their lines', async () => {
    const company = { id: 'a', schema: 'Company', properties: { name: ['A'] } }
    const { entries, notes } = await read(
      ftm([
        company,
        { ...company, properties: { name: ['B'] } },
        company,
        '{"id":',
        '[]',
        '{"id":"x","schema":"Person"}',
        '{"id":7,"schema":"Person","properties":{}}',
      ]),
    )
    expect(entries.map(({ id }) => id)).toEqual(['a', 'a#2'])
    expect(notes.filter(({ severity }) => severity === 'refused').map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'line is no entity'],
      [5, 'line is no entity'],
      [6, 'line is no entity'],
      [7, 'line is no entity'],
      [3, 'entity given twice'],
    ])
  })

  test('say what was expected where no line is an entity', async () => {
    await expect(read('{"name":"index","resources":[]}')).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringMatching(/expected FollowTheMoney entities.*found: line 1 has no id/),
      place: { line: 1 },
    })
    await expect(read('')).rejects.toMatchObject({ code: 'list/schema', message: expect.stringContaining('the file is empty') })
    await expect(readAll(followTheMoney, [fileOf('x', Buffer.from([0x7b, 0xff, 0xfe]))])).rejects.toMatchObject({
      code: 'list/schema',
      message: expect.stringContaining('UTF-8'),
    })
  })

  test('cannot overflow the stack, reach a prototype, or make a list of links slow', async () => {
    const deep = `${'{"id":"a","schema":"Person","properties":{"name":['.repeat(5_000)}"x"${']}}'.repeat(5_000)}`
    expect((await read(ftm([PERSON, deep]))).notes).toContainEqual(
      expect.objectContaining({ severity: 'refused', text: expect.stringContaining('deeper') }),
    )
    const { entries } = await read(
      '{"id":"__proto__","schema":"Person","properties":{"__proto__":["polluted"],"constructor":["x"],"name":["A"]}}',
    )
    expect(entries[0]).toMatchObject({ id: '__proto__', names: [{ full: 'A' }] })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect((await read('{"id":"a","schema":"constructor","properties":{"name":["A"]}}')).reasons).toEqual(['schema not understood'])
    const wallets = Array.from({ length: 20_000 }, (_, k) => ({
      id: `w${k}`,
      schema: 'CryptoWallet',
      properties: { holder: ['NK-park'], publicKey: [`k${k}`] },
    }))
    const started = performance.now()
    expect((await read(ftm([PERSON, ...wallets]))).entries[0]!.wallets).toHaveLength(20_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('never throw on JSON of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.json({ maxDepth: 4 }), { maxLength: 5 }),
        fc.object({ key: fc.constantFrom('name', 'holder', 'entity', 'birthDate', 'sanctions'), maxDepth: 3 }),
        async (lines, properties) => {
          const { entries, notes } = await read(
            ftm([{ id: 'good', schema: 'Person', properties: { name: ['A'] } }, { id: 'x', schema: 'Person', properties }, ...lines]),
          )
          expect(entries[0]!.id).toBe('good')
          // The second line and every line of JSON is an entry or is spoken of.
          expect(entries.length - 1 + notes.length).toBeGreaterThanOrEqual(1 + lines.length)
        },
      ),
    )
  })
})

describe('lines of text', () => {
  test('are cut at the limit and counted', async () => {
    const lines: TextLine[] = []
    for await (const line of textLines(fileOf('x', `${'a'.repeat(50)}\n\n  \nb\r\n${'한'.repeat(20)}`, 7), undefined, 30)) lines.push(line)
    expect(lines).toEqual([
      { line: 1, text: 'a'.repeat(30), whole: false },
      { line: 4, text: 'b', whole: true },
      { line: 5, text: '한'.repeat(20), whole: true },
    ])
  })
})
