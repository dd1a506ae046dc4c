import { describe, expect, it } from 'vitest'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { LISTS, listFor, READERS, readerFor } from '../../../src/screen/lists/registry.ts'
import { importList, nameContains, verifyStore, wasListed } from '../../../src/screen/versions/index.ts'
import { hasShared, shared } from '../../attribution/shared.ts'
import { latestVersions } from './in-service.ts'
import { stores } from './places.ts'
import { file } from './plain-list.ts'

const place = stores()
const NOW = Date.parse('2026-03-01T00:00:00Z')

describe('the registry', () => {
  it('names each format once, and only lists that it knows', () => {
    expect(new Set(READERS.map(({ format }) => format)).size).toBe(READERS.length)
    expect(READERS.flatMap(({ lists }) => lists).filter((list) => !LISTS.some(({ id }) => id === list))).toEqual([])
  })

  it('has no reader for a file of nothing, of noise, or of another kind', () => {
    for (const content of [
      '',
      '\u0000\u0001\u0002',
      '<html><body>404</body></html>',
      '{"error":"rate limit"}',
      'a,b\n1,2\n',
      Buffer.alloc(70_000, 0xff),
    ]) {
      expect(() => readerFor([file(content)])).toThrow(expect.objectContaining({ code: 'list/unknown-format' }))
    }
  })

  it('takes a named format at its word, and knows which list it is of', () => {
    expect(readerFor([file('')], 'un-consolidated').format).toBe('un-consolidated')
    expect(() => readerFor([file('')], 'un')).toThrow(expect.objectContaining({ code: 'list/bad-option' }))
    expect(listFor(readerFor([file('')], 'un-consolidated'))).toBe('un-sc')
    expect(() => listFor(readerFor([file('')], 'un-consolidated'), 'us-csl')).toThrow(/not of the list us-csl/)
    expect(() => listFor(readerFor([file('')], 'ofac-csv'))).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('us-ofac-sdn or us-ofac-cons') }),
    )
    expect(listFor(readerFor([file('')], 'own-csv'), 'own-watch')).toBe('own-watch')
  })
})

describe.skipIf(!hasShared('lists'))('the lists as published (skipped where ../shared/data is missing)', () => {
  const companions = ['add', 'alt', 'sdn_comments'].map((name) => `lists/ofac_csv_2025-12/${name}.csv`)
  it.each<[string, string, readonly string[], string, number]>([
    ['un-sc', 'un-consolidated', ['lists/un_consolidated_2026-02-27.xml'], '2026-02-27', 1003],
    ['us-csl', 'us-csl', ['lists/us_csl_2022-04.csv'], 'undated', 14_160],
    ['us-ofac-cons', 'ofac-enhanced', ['lists/ofac_cons_enhanced_2025-01-10.zip'], '2025-01-10', 443],
    ['us-ofac-sdn', 'ofac-csv', ['lists/ofac_sdn_2024-05-03.csv', ...companions], 'undated', 14_965],
  ])('%s is recognised as %s, imported whole, and confirmed when it comes again', async (list, format, paths, date, entries) => {
    const store = place()
    const files = await sourceFiles(paths.map(shared))
    const reader = readerFor(files)
    expect(reader.format).toBe(format)
    const options = { store, list: listFor(reader, list), files, reader, by: 'Kim' }
    const { event, inService } = await importList({ ...options, clock: () => NOW })
    expect(event.kind).toBe('imported')
    expect(inService?.version.startsWith(`${date}-`)).toBe(true)
    expect(inService).toMatchObject({ list, counts: { entries }, notes: { refused: 0 } })
    expect((await importList({ ...options, clock: () => NOW + 1 })).event.kind).toBe('confirmed-unchanged')
    expect(await latestVersions(store)).toEqual([inService])
    expect(await verifyStore(store)).toMatchObject({ sound: true, versions: 1, leftovers: [] })
  })

  it('tell of Yun Ho-jin (KPi.001) that he was listed in 2009, and that nothing was known before the import', async () => {
    const store = place()
    const files = await sourceFiles([shared('lists/un_consolidated_2026-02-27.xml')])
    await importList({ store, list: 'un-sc', files, reader: readerFor(files), by: 'Kim', clock: () => NOW })
    for (const query of ['KPi.001', nameContains('yun ho jin')]) {
      const ask = async (on: string) => (await wasListed({ store, query, on }))[0]
      expect(await ask('2009-07-15')).toMatchObject({ knew: { version: null }, says: [{ id: 'KPi.001', verdict: 'not-listed' }] })
      expect(await ask('2009-07-16')).toMatchObject({ knew: { version: null }, says: [{ verdict: 'listed' }] })
      expect(await ask('2026-03-01')).toMatchObject({ knew: { matches: [{ id: 'KPi.001' }] }, says: [{ verdict: 'listed' }] })
    }
  })

  it('without the alias and address files are refused where the version in service has them', async () => {
    const store = place()
    const whole = await sourceFiles(['lists/ofac_sdn_2024-05-03.csv', ...companions].map(shared))
    const options = { store, list: 'us-ofac-sdn', reader: readerFor(whole), by: 'Kim', clock: () => NOW }
    await importList({ ...options, files: whole })
    const { event } = await importList({ ...options, files: whole.slice(0, 1) })
    expect(event).toMatchObject({
      kind: 'refused',
      refusals: [{ code: 'shrunken', message: expect.stringMatching(/names fell from \d+ to \d+/) }, { code: 'shrunken' }],
    })
  })
})
