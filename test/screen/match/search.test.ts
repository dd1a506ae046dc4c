import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import type { Hit, ScreenAnswer, Setting } from '../../../src/screen/match/answer.ts'
import { buildIndex, packIndex, unpackIndex } from '../../../src/screen/match/build.ts'
import { MATCHER } from '../../../src/screen/match/matcher.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'
import { searchIndex } from '../../../src/screen/match/search.ts'
import { LANGUAGES } from '../../../src/screen/words/codes.ts'
import { explainAnswer } from '../../../src/screen/words/explain.ts'
import { country, day, entry, ids, NOW, paper, screenerOf, service } from './listed.ts'

const ENTRIES = [
  entry('kim', 'person', ['KIM|Yong Chol'], {
    births: [day('1962-02-18')],
    countries: country('KP'),
    sex: 'male',
    identifiers: [paper('passport', '472310082', 'KP')],
    programmes: ['DPRK3'],
    legalBasis: ['E.O. 13687'],
    listedOn: day('2015-01-02'),
  }),
  entry('ri', 'person', ['RI|Yong Gil'], { countries: country('KP') }),
  entry('han', 'person', ['HAN Jang Su', 'Yongguk']),
  entry('boss', 'person', ['JO, Yong Won', 'weak:The Boss'], { births: [day('1957-10-24')] }),
  entry('putin', 'person', ['Vladimir Vladimirovich PUTIN', 'Владимир Владимирович Путин'], { countries: country('RU') }),
  entry('komid', 'organisation', ['Korea Mining Development Trading Corporation', 'KOMID'], {
    identifiers: [paper('imo-company', '5991896')],
  }),
  entry('ship', 'vessel', ['WISE HONEST'], {
    identifiers: [paper('imo-ship', '8905490'), paper('mmsi', '445161000'), paper('call-sign', 'HMYZ')],
    countries: country('KP'),
  }),
  entry('bet', 'organisation', ['1XBET']),
  entry('wallet', 'organisation', ['LAZARUS GROUP'], {
    wallets: [{ asset: 'ETH', address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f96' }],
  }),
]

const screener = await screenerOf(ENTRIES)

function ask(name: string, more: Partial<ScreenQuery> = {}, setting: Partial<Setting> = {}): ScreenAnswer {
  return screener.screen({ ...nameQuery(name), ...more }, setting)
}

function hitOn(answer: ScreenAnswer, id: string): Hit {
  const hit = answer.hits.find((one) => one.entry === id)
  if (hit === undefined) throw new Error(`${id} is not among the hits: ${ids(answer).join(', ')}`)
  return hit
}

function codes(answer: ScreenAnswer): readonly string[] {
  return answer.notes.map((note) => note.code)
}

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return error instanceof CordonError ? error.code : String(error)
  }
  return 'nothing was refused'
}

describe('a listed person is found under the name', () => {
  it.each([
    ['Kim Yong Chol', 'as listed'],
    ['Yong Chol KIM', 'family name last'],
    ['Gim Yeongcheol', 'Revised Romanization'],
    ["KIM YO'NG-CH'O'L", 'ICS-630-01'],
    ['Kimyongchol', 'run together'],
    ['김영철', 'Hangul'],
    ['김영철', 'Hangul as conjoining letters'],
    ['金英哲', 'Hanja'],
    ['キム・ヨンチョル', 'Katakana'],
    ['ｷﾑ･ﾖﾝﾁｮﾙ', 'half-width Katakana'],
    ['きむ・よんちょる', 'Hiragana'],
    ['ＫＩＭ　Ｙｏｎｇ　Ｃｈｏｌ', 'full-width Latin'],
    ['Kim \u202eYong\u202c Chol', 'with an override of the direction of writing'],
    ['Kim\u200b Yong\u00ad Chol', 'with characters of no width'],
    ['Kim Yong\ud800 Chol', 'with half a surrogate pair'],
  ])('%s (%s)', (name) => {
    const answer = ask(name)
    expect(ids(answer)).toEqual(['kim'])
    expect(hitOn(answer, 'kim').alert).toBe(true)
  })

  it.each([
    ['이영길', 'ri'],
    ['Lee Young-gil', 'ri'],
    ['Владимир Путин', 'putin'],
    ['Wladimir Putin', 'putin'],
    ['Putin, Vladimir', 'putin'],
    ['K.O.M.I.D.', 'komid'],
    ['Korea Mining Development Trading Corp.', 'komid'],
    ['M/V Wise Honest', 'ship'],
    ['WISEHONEST', 'ship'],
    ['1xBet', 'bet'],
  ])('%s is %s', (name, id) => {
    expect(ids(ask(name))[0]).toBe(id)
    expect(hitOn(ask(name), id).alert).toBe(true)
  })

  it('family and given name in fields of their own, in any script, without a name as a whole', () => {
    expect(ids(ask('', { family: 'Kim', given: 'Yong-chol' }))).toEqual(['kim'])
    expect(ids(ask('', { family: '김', given: '영철' }))).toEqual(['kim'])
    expect(ids(ask('', { family: 'ｷﾑ', given: 'ﾖﾝﾁｮﾙ' }))).toEqual(['kim'])
    expect(ids(ask('', { family: 'ＫＩＭ\u200b', given: 'Yong\u202e Chol' }))).toEqual(['kim'])
  })

  it('another name of the customer, each of which is looked for', () => {
    const answer = ask('Hong Gildong', { otherNames: ['홍길동', '김영철'] })
    expect(ids(answer)).toEqual(['kim'])
    expect(hitOn(answer, 'kim').asked).toBe('김영철')
  })

  it.each(['Kim Yong Su', '김영수', 'Pak Yong Chol', 'Emily Johnson', '山田太郎', 'Kim'])('and not under %s', (name) => {
    expect(ask(name).hits.filter((hit) => hit.alert)).toEqual([])
  })
})

describe('changed names', () => {
  it('are found, and what was changed is noted', () => {
    expect(codes(ask('Kim \u202eYong Chol'))).toEqual(['name-changed'])
    expect(ask('Kim \u202eYong Chol').notes[0]?.text).toContain('bidi-control')
    expect(codes(ask('Kim Yong\ud800 Chol'))).toEqual(['name-changed'])
    expect(codes(ask('Kim Yong Chol'))).toEqual([])
  })

  it.each(['...', '🙂', '\u202e', '\ud800', '-', '—', '\u3164', '\u200b', '%', '*', '•・', '\u0301', '_', "'", '\u0000'])(
    '%j folds to nothing, matches nothing, and the answer says so',
    (name) => {
      const answer = ask(name)
      expect(answer.hits).toEqual([])
      expect(answer.outcome).toBe('not-screened')
      expect(codes(answer)).toContain('name-empty')
    },
  )

  it('a listed name that folds to nothing is found by nobody, and by no other such name', async () => {
    const odd = await screenerOf([entry('dots', 'person', ['...']), entry('smile', 'unknown', ['🙂', '\ud800']), ...ENTRIES])
    for (const name of ['...', '🙂', 'Kim Yong Chol', '김영철', 'a', 'Wise Honest'])
      expect(ids(odd.screen(nameQuery(name), { list: 0, alert: 0 })).filter((id) => id === 'dots' || id === 'smile')).toEqual([])
  })

  it('10 MB of a name, of a part of it, of another name are refused at once', () => {
    const long = 'Kim Yong Chol '.repeat(750_000)
    const start = performance.now()
    expect(refusal(() => ask(long))).toBe('screen/name-too-long')
    expect(refusal(() => ask('x', { otherNames: [long] }))).toBe('screen/name-too-long')
    expect(refusal(() => ask('', { family: long, given: 'x' }))).toBe('screen/name-too-long')
    expect(refusal(() => ask('x', { family: 'Kim', given: long }))).toBe('screen/name-too-long')
    expect(codes(ask('', { papers: [{ kind: 'passport', value: long, country: null }] }))).toEqual(['paper-not-understood'])
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('a query without a name or a paper is refused', () => {
    expect(refusal(() => ask(''))).toBe('screen/bad-query')
    expect(refusal(() => ask(' \n'))).toBe('screen/bad-query')
  })

  it('a listed name of a page of text keeps no list from being screened: it is compared by its beginning, and the answer says so', async () => {
    const page = `ACME HOLDING ${'and whatever else stood in the cell '.repeat(100)}`
    const odd = await screenerOf([
      entry('page', 'organisation', ['Page Ltd', page]),
      entry('swelling', 'organisation', ['\ufdfa'.repeat(500)]),
      ...ENTRIES,
    ])
    const answer = odd.screen(nameQuery('Kim Yong Chol'))
    expect(ids(answer)).toEqual(['kim'])
    expect(answer.notes).toEqual([{ code: 'listed-name-cut', text: expect.stringContaining('2 listed names') }])
    const found = odd.screen(nameQuery(page.slice(0, 490)))
    expect(ids(found)).toContain('page')
    expect(hitOn(found, 'page').matched?.full).toBe(page)
  })

  it('a listed name with the separator of the index in it is one name still', async () => {
    const odd = await screenerOf([entry('odd', 'person', ['Kim\u0001 Yong\u0001 Chol'])])
    expect(ids(odd.screen(nameQuery('Kim Yong Chol')))).toEqual(['odd'])
  })
})

describe('weak aliases', () => {
  it('are held alone, and the answer says why', () => {
    const answer = ask('The Boss')
    expect(hitOn(answer, 'boss')).toMatchObject({ alert: false, held: 'weak-alias', matched: { full: 'The Boss', quality: 'weak' } })
    expect(hitOn(answer, 'boss').reasons.map((reason) => reason.rule)).toContain('weak-alias')
    expect(answer.outcome).toBe('potential-match')
  })

  it('alert where that is asked for', () => {
    expect(hitOn(ask('The Boss', {}, { weakAlerts: true }), 'boss')).toMatchObject({ alert: true, held: null })
  })

  it('alert where the day of birth agrees, and not where no more than the year does', () => {
    expect(hitOn(ask('The Boss', { birth: day('1957-10-24') }), 'boss').alert).toBe(true)
    expect(hitOn(ask('The Boss', { birth: { from: '1957-01-01', to: '1957-12-31', circa: false, text: '1957' } }), 'boss').held).toBe(
      'weak-alias',
    )
  })

  it('do not hold back a strong name of the same entry', () => {
    expect(hitOn(ask('Jo Yong Won', { otherNames: ['The Boss'] }), 'boss').alert).toBe(true)
  })

  it('a given name alone among the aliases is as vague where a whole name is asked for, whatever its list calls it', () => {
    const answer = ask('Kim Yong Guk')
    expect(hitOn(answer, 'han')).toMatchObject({ alert: false, held: 'weak-alias', matched: { full: 'Yongguk', quality: 'strong' } })
  })
})

describe('papers', () => {
  const passport = (value: string, code: string | null = null) => ({ kind: 'passport' as const, value, country: code })

  it('a passport number finds its bearer without a name', () => {
    const answer = ask('', { papers: [passport('472 310 082')] })
    expect(ids(answer)).toEqual(['kim'])
    expect(hitOn(answer, 'kim')).toMatchObject({ alert: true, matched: null, asked: null, nameScore: 0, ofacCompatible: 0 })
    expect(hitOn(answer, 'kim').reasons.find((reason) => reason.rule === 'paper-same')).toMatchObject({
      about: 'paper',
      listed: '472310082',
    })
  })

  it('a passport of another country with the same number is another passport', () => {
    expect(ids(ask('', { papers: [passport('472310082', 'KP')] }))).toEqual(['kim'])
    expect(ids(ask('', { papers: [passport('472310082', 'CN')] }))).toEqual([])
  })

  it('the number of another kind of paper is another number', () => {
    expect(ids(ask('', { papers: [{ kind: 'tax-id', value: '472310082', country: null }] }))).toEqual([])
  })

  it('a number that is none is told', () => {
    expect(codes(ask('', { papers: [passport('...')] }))).toEqual(['paper-not-understood'])
    expect(ask('', { papers: [{ kind: 'imo-ship', value: '123', country: null }] })).toMatchObject({
      outcome: 'not-screened',
      notes: [{ code: 'paper-not-understood' }],
    })
  })

  it("a company's IMO number is never a ship's, nor a ship's a company's", () => {
    const imo = (kind: 'imo-ship' | 'imo-company', value: string) => ids(ask('', { papers: [{ kind, value, country: null }] }))
    expect(imo('imo-ship', '8905490')).toEqual(['ship'])
    expect(imo('imo-company', '8905490')).toEqual([])
    expect(imo('imo-company', 'IMO 5991896')).toEqual(['komid'])
    expect(imo('imo-ship', 'IMO 5991896')).toEqual([])
    expect(ids(screener.vessel({ imo: '5991896', mmsi: null, callSign: null, name: null, flag: null }))).toEqual([])
  })

  it('a ship is found by each of its numbers and by its name, and more of them weigh more', () => {
    const ship = { imo: null, mmsi: null, callSign: null, name: null, flag: null }
    for (const one of [
      { imo: '8905490' },
      { mmsi: '445161000' },
      { callSign: 'hmyz' },
      { name: 'Wise Honest' },
      { name: 'M/V WISE HONEST' },
    ])
      expect(ids(screener.vessel({ ...ship, ...one }))).toEqual(['ship'])
    const name = hitOn(screener.vessel({ ...ship, name: 'Wise Honest' }), 'ship').score
    const both = hitOn(screener.vessel({ ...ship, name: 'Wise Honest', imo: '8905490' }), 'ship').score
    expect(both).toBeGreaterThan(name)
    expect(refusal(() => screener.vessel(ship))).toBe('screen/bad-query')
  })
})

describe('wallets', () => {
  const address = '0x098b716b8aaf21512996dc57eb0615e2383e2f96'

  it('a listed wallet alerts, on the chain that the list names and, for less, on another', () => {
    expect(screener.wallet(address, 'ETH').hits).toMatchObject([{ entry: 'wallet', score: 1, alert: true }])
    expect(screener.wallet(address, null).hits).toMatchObject([{ entry: 'wallet', alert: true }])
    expect(screener.wallet(address, 'ETH').hits[0]?.reasons.map((reason) => reason.rule)).toEqual(['wallet-address'])
  })

  it('another wallet has no hit, and what is no wallet is told to be none', () => {
    expect(screener.wallet('0x098b716b8aaf21512996dc57eb0615e2383e2f97', 'ETH')).toMatchObject({ hits: [], outcome: 'no-potential-match' })
    expect(codes(screener.wallet('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'XBT'))).toContain('wallet-fault')
    expect(screener.wallet('', null)).toMatchObject({ outcome: 'not-screened', notes: [{ code: 'wallet-fault' }] })
  })
})

describe('kinds', () => {
  it('of another kind than was asked for the entry is less likely, and the answer says why', () => {
    const same = hitOn(ask('Wise Honest', { kind: 'vessel' }), 'ship')
    const other = ask('Wise Honest', { kind: 'person' }, { list: 0 })
    expect(same.alert).toBe(true)
    expect(hitOn(other, 'ship').score).toBeLessThan(same.score)
    expect(hitOn(other, 'ship').reasons.map((reason) => reason.rule)).toContain('kind-other')
  })

  it('of unknown kind the entry is found as anything', async () => {
    const unknown = await screenerOf([
      entry('u', 'unknown', ['KIM Yong Chol']),
      entry('v', 'unknown', ['Ocean Maritime Management Company']),
    ])
    for (const kind of [null, 'person', 'unknown'] as const) expect(ids(unknown.screen({ ...nameQuery('김영철'), kind }))).toEqual(['u'])
    for (const kind of [null, 'organisation', 'unknown'] as const)
      expect(ids(unknown.screen({ ...nameQuery('Ocean Maritime Management Co. Ltd'), kind }))).toEqual(['v'])
  })
})

describe('an answer', () => {
  it('carries query, time, matcher, setting, lists with their versions, and what the entry says', () => {
    const answer = ask('김영철')
    expect(answer).toMatchObject({
      query: { name: '김영철' },
      at: NOW.toISOString(),
      matcher: MATCHER,
      setting: { weakAlerts: false },
      lists: [service('test', ENTRIES.length)],
      outcome: 'potential-match',
    })
    expect(answer.hits[0]).toMatchObject({
      list: 'test',
      version: service('test', 0).version,
      entry: 'kim',
      kind: 'person',
      primary: 'KIM, Yong Chol',
      programmes: ['DPRK3'],
      legalBasis: ['E.O. 13687'],
      listedOn: { text: '2015-01-02' },
      births: [{ text: '1962-02-18' }],
    })
  })

  it('without hits says on which lists of which versions nothing was found, in four languages, and clears nobody', () => {
    const answer = ask('Emily Johnson')
    expect(answer).toMatchObject({ outcome: 'no-potential-match', hits: [] })
    const said = LANGUAGES.map((language) => explainAnswer(answer, language))
    expect(new Set(said).size).toBe(4)
    for (const sentence of said) {
      expect(sentence).toContain(`test ${service('test', 0).version}`)
      expect(sentence).toContain(NOW.toISOString())
      expect(sentence).not.toMatch(/[{}]/)
    }
    expect(said[0]).toMatch(/No potential match.*does not clear/)
  })

  it('where nothing could be looked for is another sentence, and where something could it is not', () => {
    const nothing = ask('...')
    for (const language of LANGUAGES)
      expect(explainAnswer(nothing, language)).not.toBe(explainAnswer({ ...nothing, outcome: 'no-potential-match' }, language))
    expect(explainAnswer(nothing, 'en')).toMatch(/^Nothing could be looked for on test .*This is no answer about anybody\.$/)
    expect(ask('...', { otherNames: ['Emily Johnson'] }).outcome).toBe('no-potential-match')
    expect(ask('...', { otherNames: ['김영철'] }).outcome).toBe('potential-match')
  })

  it('is the same to the byte for the same query, but for its time', async () => {
    let seconds = 0
    const index = await buildIndex([{ service: service('test', ENTRIES.length), entries: ENTRIES }], MATCHER)
    const one = searchIndex(index, [service('test', ENTRIES.length)], [], () => new Date(NOW.getTime() + 1000 * seconds++))
    const other = searchIndex(unpackIndex(packIndex(index)), [service('test', ENTRIES.length)], [], () => NOW)
    const names = ['김영철', 'Putin', 'Wise Honest', 'Korea Trading', '...', 'Yong Won']
    const first = names.map((name) => one.screen(nameQuery(name), { list: 0 }))
    const again = [...names]
      .reverse()
      .map((name) => one.screen(nameQuery(name), { list: 0 }))
      .reverse()
    const elsewhere = names.map((name) => other.screen(nameQuery(name), { list: 0 }))
    const text = (answers: readonly ScreenAnswer[]) => answers.map((answer) => JSON.stringify({ ...answer, at: '' }))
    expect(text(again)).toEqual(text(first))
    expect(text(elsewhere)).toEqual(text(first))
    expect(new Set([...first, ...again].map(({ at }) => at)).size).toBe(2 * names.length)
  })

  it('shows no more hits than the limit, says how many there are beyond it, and is no empty answer for that', async () => {
    const many = await screenerOf(Array.from({ length: 30 }, (_, i) => entry(`e${i}`, 'person', ['Kim Yong Chol'])))
    const answer = many.screen(nameQuery('김영철'), { limit: 7 })
    expect(answer.hits).toHaveLength(7)
    expect(answer.notes).toEqual([{ code: 'more-hits', text: expect.stringContaining('23') }])
    const all = many.screen(nameQuery('김영철'), { limit: 100 })
    expect(ids(all)).toHaveLength(30)
    expect(ids(all).slice(0, 7)).toEqual(ids(answer))
    expect(codes(all)).toEqual([])
  })

  it.each([{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { limit: Number.NaN }, { list: -0.1 }, { alert: 1.1 }, { alert: Number.NaN }])(
    'is refused under the setting %j',
    (setting) => {
      expect(refusal(() => ask('Kim', {}, setting))).toBe('screen/bad-setting')
      expect(refusal(() => screener.wallet('x', null, setting))).toBe('screen/bad-setting')
    },
  )

  it('has each entry once, however many of its names match, and entries that say the same each', async () => {
    const twins = await screenerOf([
      entry('a', 'person', ['Kim Yong Chol', '김영철', 'Gim Yeong Cheol']),
      entry('b', 'person', ['Kim Yong Chol', '김영철', 'Gim Yeong Cheol']),
    ])
    expect(ids(twins.screen({ ...nameQuery('김영철'), otherNames: ['Kim Yong Chol'] }))).toEqual(['a', 'b'])
  })

  it('tells entries of one id on two lists apart', async () => {
    const lists = [service('first', 1, '2025-01-01-1111111111111111'), service('second', 1, '2025-01-01-2222222222222222')]
    const entries = [
      entry('1', 'person', ['Kim Yong Chol'], { list: 'first' }),
      entry('1', 'person', ['Kim Yong Chol'], { list: 'second', remarks: ['other'] }),
    ]
    const both = await buildIndex(
      lists.map((each, i) => ({ service: each, entries: [entries[i]!] })),
      MATCHER,
    )
    const two = searchIndex(both, lists, [], () => NOW)
    expect(two.screen(nameQuery('김영철')).hits.map(({ list, version }) => [list, version])).toEqual(
      lists.map(({ list, version }) => [list, version]),
    )
    expect(two.entryHash('first', '1')).not.toBe(two.entryHash('second', '1'))
  })
})

describe('the hash of an entry in service', () => {
  it('is there for each entry, changes with what the entry says, and is null where there is no such entry', async () => {
    const before = screener.entryHash('test', 'kim')
    expect(before).toMatch(/^[0-9a-f]{64}$/)
    const same = await screenerOf([...ENTRIES].reverse())
    expect(same.entryHash('test', 'kim')).toBe(before)
    const changed = await screenerOf(ENTRIES.map((one) => (one.id === 'kim' ? { ...one, births: [day('1962-02-19')] } : one)))
    expect(changed.entryHash('test', 'kim')).not.toBe(before)
    expect(screener.entryHash('test', 'nobody')).toBeNull()
    expect(screener.entryHash('elsewhere', 'kim')).toBeNull()
  })
})
