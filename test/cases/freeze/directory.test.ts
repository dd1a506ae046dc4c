import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freezeGate, loadExchanges, readExchanges } from '../../../src/cases/freeze/index.ts'
import { NOW, REQUEST } from './example.ts'

const ENTRY = `exchanges:
  - id: lbank
    name: LBank
    legal_name: LBK
    kind: exchange
    website: https://www.lbank.com/
    channels:
      - id: email
        kind: email
        address: enforcement@lbank.com
        source: https://support.lbank.com/
        read_as: stored copy
    read: 2026-11-25
`

describe('The directory that comes with Cordon', () => {
  test('has 30 exchanges and more, each with at least one channel, its source and how it was read', async () => {
    const list = (await loadExchanges(null)).list()
    expect(list.length).toBeGreaterThanOrEqual(30)
    for (const entry of list) {
      expect(entry.channels.length, entry.id).toBeGreaterThan(0)
      for (const channel of entry.channels) expect(channel.source, entry.id).toMatch(/^https:/)
    }
  })

  test('gives an e-mail address only where it was read in a stored copy', async () => {
    const mails = (await loadExchanges(null)).list().flatMap(({ channels }) => channels.filter(({ kind }) => kind === 'email'))
    expect(mails.length).toBeGreaterThan(0)
    for (const mail of mails) expect(mail.readAs, mail.address).toBe('stored copy')
  })

  test('names those who are not to be asked, and the gate refuses them', async () => {
    const directory = await loadExchanges(null)
    expect(directory.listNotAsked().map(({ id }) => id)).toEqual(['garantex', 'grinex', 'huione'])
    for (const { id } of directory.listNotAsked())
      expect(freezeGate({ ...REQUEST, exchange: id }, { directory, now: NOW, confirm: null }).faults[0]?.code).toBe('not-asked')
  })
})

describe('Own entries', () => {
  test('take the place of those of the same id, and cannot make one who is not to be asked into one who is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exchanges-'))
    try {
      const own = join(folder, 'own.yaml')
      await writeFile(
        own,
        `${ENTRY.replace('enforcement@', 'duty@')}${ENTRY.replace('exchanges:\n', '').replaceAll('lbank\n', 'huione\n')}`,
      )
      const directory = await loadExchanges(own)
      expect(directory.exchange('lbank')).toMatchObject({ own: true, channels: [{ address: 'duty@lbank.com' }] })
      expect(directory.exchange('okx')?.own).toBe(false)
      expect(freezeGate({ ...REQUEST, exchange: 'huione' }, { directory, now: NOW, confirm: null }).faults[0]?.code).toBe('not-asked')
      await expect(loadExchanges(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'cases/exchanges' })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('A directory file', () => {
  test.each<[string, string, RegExp, number]>([
    ['a field that there is not', ENTRY.replace('kind: exchange', 'sort: exchange'), /no field "sort"/, 5],
    ['no name', ENTRY.replace('name: LBank', 'name: ~'), /name is missing/, 3],
    ['an address that is none', ENTRY.replace('enforcement@lbank.com', 'enforcement at lbank'), /no e-mail address/, 10],
    [
      'a page without https',
      ENTRY.replace('kind: email', 'kind: portal').replace('enforcement@lbank.com', 'http://lbank.com'),
      /no https address/,
      10,
    ],
    ['a kind that there is not', ENTRY.replace('kind: email', 'kind: pigeon'), /no kind/, 9],
    ['a country that is none', ENTRY.replace('website:', 'jurisdiction: Japan\n    website:'), /no country/, 6],
    ['a time that is none', ENTRY.replace('read: 2026-11-25', 'answer_within: soon\n    read: 2026-11-25'), /no length of time/, 13],
    ['a day that is none', ENTRY.replace('2026-11-25', '2026-02-31'), /no day/, 13],
    ['honesty that there is not', ENTRY.replace('stored copy', 'surely'), /no read_as/, 12],
    ['a list that is none', 'exchanges: lbank\n', /no list/, 1],
    [
      'a mark that cannot be seen',
      ENTRY.replace('enforcement@lbank', '"enforcement@lb\\u200bank').replace('.com\n        source', '.com"\n        source'),
      /control characters/,
      10,
    ],
    ['no YAML', 'exchanges: [', /not a readable YAML/, 1],
    ['another top', 'people: []\n', /no field "people"/, 1],
  ])('with %s is refused, with file and line', (_, text, message, line) => {
    expect(() => readExchanges(text, 'own.yaml', true)).toThrow(
      expect.objectContaining({
        code: 'cases/exchanges',
        message: expect.stringMatching(message),
        place: expect.objectContaining({ file: 'own.yaml', line }),
      }),
    )
  })

  test('with an entry twice is refused', () => {
    expect(() => readExchanges(ENTRY + ENTRY.replace('exchanges:\n', ''), 'own.yaml', true)).toThrow(/two entries lbank/)
  })
})
