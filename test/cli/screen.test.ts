import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { DEFAULT_EXPOSURE, DEFAULT_SETTING, READERS, type ScreenAnswer } from '../../src/screen/index.ts'
import { DATA, haveData } from '../screen/shared.ts'
import { cordon } from './terminal.ts'

let folder: string
const at = (name: string): string => join(folder, name)
const store = (): string[] => ['--store', at('store')]

const LAZARUS = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96'
/** Names, numbers and the wallet as the UN and OFAC list them. */
const OWN = `id,name,kind,weak_aliases,birth_date,nationality,imo,imo_company,wallet,programme
p1,"KIM, Yong Chol",person,,1962-02-18,KP,,,,DPRK
p2,"PAK, Han Se",person,Kang Myong Chol,,KP,,,,DPRK
c1,Chongchongang Shipping Company,organisation,,,KP,,5342883,,DPRK
v1,AM NOK GANG,vessel,,,KP,8132835,,,DPRK
w1,LAZARUS GROUP,organisation,,,,,,ETH:${LAZARUS},DPRK3
`
/** When only the first version of the list was in service. */
let before: string
let firstVersion: string

async function json<T = ScreenAnswer>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  return JSON.parse(out) as T
}
const screen = (...args: string[]): Promise<ScreenAnswer> => json('screen', ...args, ...store())
const found = ({ hits }: ScreenAnswer): string[] => hits.map(({ entry }) => entry)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-screen-'))
  await writeFile(at('first.csv'), OWN)
  await writeFile(at('second.csv'), `${OWN}p3,"RI, Je Son",person,,1938,KP,,,,DPRK\n`)
  const first = await json<{ inService: string }>('lists', 'import', at('first.csv'), '--list', 'own', ...store())
  firstVersion = first.inService
  before = new Date().toISOString()
  await json('lists', 'import', at('second.csv'), '--list', 'own', ...store())
})
afterAll(() => rm(folder, { recursive: true }))

describe('cordon screen name', () => {
  it.each(['name', 'wallet', 'vessel'])('%s is explained with examples', async (name) => {
    const { exit, out, err } = await cordon('screen', name, '--help')
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out).toContain(`Examples:\n  $ cordon screen ${name}`)
  })

  it.each([
    ['Latin', 'Kim Yong Chol'],
    ['Latin of the South', 'Kim Yeongcheol'],
    ['Latin of another romanisation', 'Kim Yŏng-ch’ŏl'],
    ['Hangul', '김영철'],
    ['Hanja', '金英哲'],
    ['Kana', 'キム・ヨンチョル'],
    ['half-width Kana', 'ｷﾑ･ﾖﾝﾁｮﾙ'],
    ['full-width Latin', 'ＫＩＭ　ＹＯＮＧ　ＣＨＯＬ'],
  ])('finds a listed person in %s', async (_script, name) => {
    const answer = await screen('name', name)
    expect(found(answer)[0]).toBe('p1')
    expect(answer.hits[0]).toMatchObject({ alert: true, held: null, primary: 'KIM, Yong Chol', programmes: ['DPRK'] })
  })

  it('says of nobody that there is no potential match, on which lists and as of when', async () => {
    const { exit, out } = await cordon('screen', 'name', 'Margarethe Oberhuber', ...store())
    expect(exit).toBe(0)
    expect(out).toMatch(/^No potential match on own undated-[0-9a-f]{16} as of \d{4}-\d\d-\d\dT[\d:.]+Z\. This does not clear anybody\.\n/)
    expect(out).not.toMatch(/clear(ed|ance)/)
  })

  it('answers as of an earlier time with the version that was in service then', async () => {
    expect(found(await screen('name', 'Ri Je Son'))).toEqual(['p3'])
    const then = await screen('name', 'Ri Je Son', '--at', before)
    expect(found(then)).toEqual([])
    expect(then.lists).toMatchObject([{ list: 'own', version: firstVersion, entries: 5 }])
    const { exit, err } = await cordon('screen', 'name', 'Ri Je Son', '--at', '2001-01-01', ...store())
    expect([exit, err.includes('screen/no-lists')]).toEqual([3, true])
  })

  it('shows OFAC’s kind of score where Latin letters meet Latin letters, and says where it does not apply', async () => {
    expect((await cordon('screen', 'name', 'Kim Yong Chol', ...store())).out).toMatch(/name 0\.9\d+, OFAC-compatible 100\n/)
    expect((await cordon('screen', 'name', '김영철', ...store())).out).toMatch(/name 0\.9\d+, OFAC-compatible does not apply\n/)
  })

  it('gives an answer that can be repeated: question, lists, matcher, setting, reasons', async () => {
    const answer = await json<ScreenAnswer & { ask: object }>('screen', 'name', '김영철', '--birth', '1962', '--country', 'KP', ...store())
    expect(Object.keys(answer).sort()).toEqual(['ask', 'at', 'hits', 'lists', 'matcher', 'notes', 'outcome', 'query', 'setting'])
    expect(answer).toMatchObject({
      ask: { about: 'name', query: answer.query },
      query: { name: '김영철', countries: ['KP'], birth: { from: '1962-01-01', to: '1962-12-31' } },
      matcher: expect.stringMatching(/^cordon-\d+$/),
      outcome: 'potential-match',
      setting: { list: expect.any(Number), alert: expect.any(Number), weakAlerts: false },
      lists: [{ list: 'own', version: expect.any(String), confirmed: expect.any(String), entries: 6 }],
    })
    const rules = answer.hits[0]?.reasons.map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['korean-name', 'birth-overlaps', 'country-same', 'sex-missing']))
  })

  it('lets what contradicts lower a score, and what is missing leave it', async () => {
    const [name, agrees, contradicts] = await Promise.all([
      screen('name', 'Kim Yong Chol'),
      screen('name', 'Kim Yong Chol', '--birth', '1962-02-18'),
      screen('name', 'Kim Yong Chol', '--birth', '1991-07-01', '--country', 'FR'),
    ])
    const score = (answer: ScreenAnswer): number => answer.hits[0]?.score ?? 0
    expect(score(name)).toBe(name.hits[0]?.nameScore)
    expect(score(agrees)).toBeGreaterThan(score(name))
    expect(score(contradicts)).toBeLessThan(score(name))
  })

  it('is held to a matcher, and refuses where it is another', async () => {
    const { matcher } = await screen('name', 'Kim Yong Chol')
    expect(found(await screen('name', 'Kim Yong Chol', '--matcher', matcher))).toContain('p1')
    const { exit, out, err } = await cordon('screen', 'name', 'Kim Yong Chol', '--matcher', 'cordon-0', ...store(), '--json')
    expect({ exit, out }).toEqual({ exit: 3, out: '' })
    expect(JSON.parse(err).error).toMatchObject({ code: 'screen/other-matcher', remedy: expect.stringContaining('cordon-0') })
  })

  it('does not alert on a weak alias alone, unless told to', async () => {
    const [hit] = (await screen('name', 'Kang Myong Chol')).hits
    expect(hit).toMatchObject({ entry: 'p2', alert: false, held: 'weak-alias', matched: { full: 'Kang Myong Chol', quality: 'weak' } })
    expect((await cordon('screen', 'name', 'Kang Myong Chol', ...store())).out).toContain('held: weak alias alone')
    expect((await screen('name', 'Kang Myong Chol', '--weak-alerts')).hits[0]).toMatchObject({ entry: 'p2', alert: true })
  })

  it.each([
    ['en', /matches alert[\s\S]*ALERT[\s\S]*compared syllable by syllable[\s\S]*no birth date to compare/, /No potential match/],
    ['fr', /correspondances[\s\S]*ALERTE[\s\S]*syllabe par syllabe[\s\S]*pas de date de naissance/, /Aucune correspondance/],
    ['ko', /경보[\s\S]*음절 단위 비교[\s\S]*비교할 생년월일이 없음/, /일치 가능 항목 없음/],
    ['ja', /アラート[\s\S]*音節ごとに比較[\s\S]*比較できる生年月日がない/, /一致の可能性のある項目なし/],
  ])('explains itself in %s', async (language, explained, nobody) => {
    const { out } = await cordon('screen', 'name', '김영철', '--language', language, ...store())
    expect(out).toMatch(explained)
    expect((await cordon('screen', 'name', 'Oberhuber', '--language', language, ...store())).out).toMatch(nobody)
  })
})

describe('a name that was made to do harm', () => {
  it.each([
    ['a right-to-left override', '\u202eKim Yong Chol\u202c'],
    ['zero-width characters', 'K\u200bim Yo\u200dng Chol\ufeff'],
    ['lone surrogates', '\ud800Kim Yong Chol\udfff'],
    ['control characters', 'Kim\u0007 Yong\u001b Chol'],
  ])('with %s is found, and told of', async (_what, name) => {
    const answer = await screen('name', name)
    expect(found(answer)[0]).toBe('p1')
    expect(answer.notes.map(({ code }) => code)).toContain('name-changed')
    const { out } = await cordon('screen', 'name', name, ...store())
    for (const control of ['\u202e', '\u001b', '\u0007']) expect(out).not.toContain(control)
  })

  it.each(['!!!', '\u200b\u200b', '\u3164', '\ud800', '・・・'])('that folds to nothing matches nobody, and says so: %j', async (name) => {
    const answer = await screen('name', name)
    expect(answer.hits).toEqual([])
    expect(answer.notes.map(({ code }) => code)).toContain('name-empty')
    expect((await cordon('screen', 'name', name, ...store())).out).toMatch(/^Nothing could be looked for.*\n(Note.*\n)*Note \(name-empty\)/)
  })

  it('of 10 MB is refused at once', async () => {
    const { exit, out, err } = await cordon('screen', 'name', 'Kim Yong Chol '.repeat(750_000), ...store(), '--json')
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err.length).toBeLessThan(2_000)
    expect(JSON.parse(err).error.code).toBe('screen/name-too-long')
  })
})

describe('cordon screen vessel', () => {
  it('finds a ship by its number and by its name', async () => {
    for (const imo of ['8132835', 'IMO 8132835', 'ＩＭＯ ８１３２８３５'])
      expect(found(await screen('vessel', '--imo', imo))).toEqual(['v1'])
    expect(found(await screen('vessel', '--name', 'Amnok Gang', '--flag', 'North Korea'))).toEqual(['v1'])
  })

  it('does not take a company’s number for a ship’s', async () => {
    const answer = await screen('vessel', '--imo', '5342883')
    expect(answer.hits).toEqual([])
    expect(answer.notes).toMatchObject([{ code: 'imo-fault', text: expect.stringContaining('company') }])
    expect(found(await screen('name', '--paper', 'imo-company:5342883'))).toEqual(['c1'])
  })

  it('says where a number is mistyped', async () => {
    expect((await screen('vessel', '--imo', '8132836')).notes).toMatchObject([{ code: 'imo-fault' }])
  })
})

describe('cordon screen wallet', () => {
  it.each([
    LAZARUS,
    LAZARUS.toLowerCase(),
    `0x${LAZARUS.slice(2).toUpperCase()}`,
    `ethereum:${LAZARUS}@1?value=1`,
    `eip155:56:${LAZARUS.toLowerCase()}`,
  ])('finds %s', async (address) => {
    const answer = await screen('wallet', address)
    expect(answer.hits).toMatchObject([{ entry: 'w1', score: 1, alert: true, matched: null, reasons: [{ rule: 'wallet-address' }] }])
  })

  it('finds the address under the name of another EVM chain, and keeps the question', async () => {
    const answer = await json<ScreenAnswer & { ask: object }>('screen', 'wallet', LAZARUS, '--asset', 'MATIC', ...store())
    expect(found(answer)).toEqual(['w1'])
    expect(answer.ask).toEqual({ about: 'wallet', address: LAZARUS, asset: 'MATIC' })
  })

  it('says of a mistyped address that it is none', async () => {
    const answer = await screen('wallet', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3')
    expect(answer).toMatchObject({ outcome: 'not-screened', notes: [{ code: 'wallet-fault' }] })
  })

  it('shows no score of a name where none was compared', async () => {
    const { out } = await cordon('screen', 'wallet', LAZARUS, ...store())
    expect(out).toMatch(/ALERT {2}1\.000 {2}LAZARUS GROUP {2}\(organisation\)\n.*programmes: DPRK3\n {2}- this very address is listed/)
  })
})

describe('the documents of screening', () => {
  const read = (page: string): string => readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')

  it('name every format of lists that is read', () => {
    expect(READERS.map(({ format }) => format).filter((format) => !read('screening.md').includes(`\`${format}\``))).toEqual([])
  })

  it('explain every option of lists, and of screen name, wallet and vessel', () => {
    const terminal = { out: () => {}, err: () => {}, columns: () => null, now: () => 0, signal: new AbortController().signal }
    const groups = program({ terminal, exit: 0 }, false).commands.filter((group) => ['lists', 'screen'].includes(group.name()))
    const commands = groups.flatMap((group) =>
      group.commands.filter((command) => !['batch', 'again', 'decide', 'decisions'].includes(command.name())),
    )
    const options = commands.flatMap((command) => command.options.map((option) => `${command.name()} ${option.long}`))
    expect(options.length).toBeGreaterThan(40)
    expect(options.filter((option) => !read('cli.md').includes(option.split(' ')[1] as string))).toEqual([])
  })

  it('give the defaults as they are', () => {
    const rows = read('cli.md').split('\n')
    const row = (option: string): string[] =>
      rows.filter((line) => line.startsWith(`| \`${option}`)).map((line) => line.split(' | ')[1] as string)
    const { list, alert, limit } = DEFAULT_SETTING
    expect([row('--list-score'), row('--alert-score'), row('--limit N')]).toEqual([[`\`${list}\``], [`\`${alert}\``], [`\`${limit}\``]])
    const { policy, maxAccounts, hubTransfers, maxTransfers, minPart, maxAssets } = DEFAULT_EXPOSURE
    for (const [option, value] of Object.entries({
      '--max-accounts': maxAccounts,
      '--hub-transfers': hubTransfers,
      '--max-transfers': maxTransfers,
      '--min-part': minPart,
      '--max-assets': maxAssets,
      '--policy': policy,
    }))
      expect([option, row(option).includes(`\`${value}\``)]).toEqual([option, true])
  })
})

describe('what is refused', () => {
  it.each([
    [['name', ''], 2, 'screen/bad-query'],
    [['name', 'Kim', '--birth', '2020-02-30'], 2, 'cli/usage'],
    [['name', 'Kim', '--country', 'Atlantis'], 2, 'cli/usage'],
    [['name', 'Kim', '--family', 'Kim'], 2, 'cli/usage'],
    [['name', 'Kim', '--paper', 'library-card:7'], 2, 'cli/usage'],
    [['name', 'Kim', '--alert-score', '7'], 2, 'cli/usage'],
    [['name', 'Kim', '--language', 'de'], 2, 'cli/usage'],
    [['name', 'Kim', '--at', 'yesterday'], 2, 'list/bad-option'],
    [['name', 'Kim', '--list', 'un-sc'], 3, 'screen/no-lists'],
    [['vessel'], 2, 'cli/usage'],
    [['wallet', LAZARUS, '--max-hops', '3'], 2, 'cli/usage'],
    [['wallet', LAZARUS, '--ledger', 'x', '--esplora', 'y'], 2, 'cli/usage'],
  ])('%j ends with %i and %s', async (args, code, error) => {
    const { exit, out, err } = await cordon('screen', ...args, ...store(), '--json')
    expect({ exit, out }).toEqual({ exit: code, out: '' })
    expect(JSON.parse(err).error).toMatchObject({ code: error, remedy: expect.stringMatching(/.{5}/) })
  })

  it('a store without lists is no answer', async () => {
    const { exit, err } = await cordon('screen', 'name', 'Kim', '--store', at('nowhere'))
    expect([exit, err.includes('screen/no-lists')]).toEqual([3, true])
  })
})

describe.skipIf(!haveData('lists'))('the UN’s list (skipped where ../shared/data/lists is missing)', () => {
  const un = (): string[] => ['--store', at('un')]
  beforeAll(async () => {
    await json('lists', 'import', `${DATA}lists/un_consolidated_2026-02-27.xml`, ...un())
  })

  it.each([
    ['김영철', 'KPi.024'],
    ['Kim Yeong-cheol', 'KPi.024'],
    ['리제선', 'KPi.002'],
    ['이제선', 'KPi.002'],
    ['リ・ジェソン', 'KPi.002'],
    ['Korea Mining Development Trading Corporation', 'KPe.001'],
  ])('has %s as %s', async (name, entry) => {
    const { hits } = await json('screen', 'name', name, ...un())
    expect(hits.slice(0, 5).map((hit) => hit.entry)).toContain(entry)
  })

  it('has nobody of this name', async () => {
    expect((await json('screen', 'name', 'Margarethe Oberhuber', ...un())).outcome).toBe('no-potential-match')
  })
})
