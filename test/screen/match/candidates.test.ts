import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { unConsolidated } from '../../../src/screen/lists/un-consolidated.ts'
import { buildIndex, KINDS } from '../../../src/screen/match/build.ts'
import { listedText } from '../../../src/screen/match/listed-text.ts'
import { DEFAULT_SETTING, MATCHER } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { rarityIn } from '../../../src/screen/match/rarity.ts'
import { searchIndex } from '../../../src/screen/match/search.ts'
import { DATA, haveData } from '../shared.ts'
import { entry, NOW, service } from './listed.ts'
import { random, variants } from './variants.ts'

/** The best score of a name by the index, and by comparing it with every name there is. */
async function searches(entries: readonly ListEntry[]) {
  const lists = [service('test', entries.length)]
  const index = await buildIndex([{ service: lists[0]!, entries }], MATCHER)
  const screener = searchIndex(index, lists, [], () => NOW)
  const names = entries.flatMap((each) =>
    each.names.map((name) => {
      const { full, told } = listedText(name)
      return { text: full, prepared: prepareName(full, each.kind, told) }
    }),
  )
  const weigh = rarityIn(index.index, names.length)
  return {
    byIndex(text: string): number {
      const { hits } = screener.screen(nameQuery(text), { list: 0, alert: 0, limit: 1000 })
      return Math.max(0, ...hits.map((hit) => hit.nameScore))
    },
    byScan(text: string): { readonly score: number; readonly listed: string } {
      const asked = new Map(KINDS.map((kind) => [kind, prepareName(text, kind === 'unknown' ? 'organisation' : kind, null)]))
      let best = { score: 0, listed: '' }
      for (const { text: listed, prepared } of names) {
        const score = scoreNamePair(asked.get(prepared.kind)!, prepared, weigh)
        if (score > best.score) best = { score, listed }
      }
      return { ...best, score: Math.round(best.score * 1000) / 1000 }
    },
  }
}

type Searches = Awaited<ReturnType<typeof searches>>

interface Comparison {
  readonly asked: number
  /** Queries whose best name by scan alerts. */
  readonly alerting: number
  /** Of these, those whose best name by index scores less. */
  readonly less: readonly string[]
}

function compare({ byIndex, byScan }: Searches, texts: Iterable<string>): Comparison {
  let asked = 0
  let alerting = 0
  const less: string[] = []
  for (const text of texts) {
    asked++
    const scan = byScan(text)
    if (scan.score < DEFAULT_SETTING.alert) continue
    alerting++
    const found = byIndex(text)
    if (found < scan.score) less.push(`${text}: ${scan.score} for ${scan.listed} by scan, ${found} by index`)
  }
  return { asked, alerting, less }
}

function* variantsOf(names: readonly string[], next: () => number): Generator<string> {
  for (const name of names) for (const { text } of variants(name, next)) yield text
}

const FAMILIES = ['KIM', 'RI', 'PAK', 'CHOE', 'JONG', 'KANG', 'HAN', 'O', 'NO', 'RYU', 'SON', 'HWANG', 'PAEK', 'JANG', 'YUN', 'JO']
const GIVEN = ['Yong', 'Chol', 'Su', 'Song', 'Hyok', 'Kwang', 'Il', 'Nam', 'Ho', 'Myong', 'Gil', 'Un', 'Chun', 'Pong', 'Tae', 'Won']

/** Names of every kind that lists have: 256 Korean persons, so that keys are crowded, and others. */
function mixed(): readonly ListEntry[] {
  const koreans = FAMILIES.flatMap((family, f) =>
    GIVEN.map((given, g) => entry(`k${f}-${g}`, 'person', [`${family}|${given} ${GIVEN[(g * 7 + f) % GIVEN.length]}`])),
  )
  const persons = [
    ['Vladimir Vladimirovich PUTIN', 'Владимир Владимирович Путин'],
    ['Hassan NASRALLAH', 'حسن نصر الله'],
    ['ABU BAKR AL-BAGHDADI', 'Ibrahim Awad Ibrahim Ali al-Badri al-Samarrai', 'أبو بكر البغدادي'],
    ['Saifuddin ABDULRAHMAN', 'Saif al-Din Abd al-Rahman'],
    ['LI Fangwei', 'Karl Lee', '李方伟'],
    ['CHAN, Kwok Hung', '陳國雄'],
    ['Alexander Georgievich SHCHERBAKOV', 'Александр Георгиевич Щербаков'],
    ['Jean-Pierre BEMBA Gombo'],
    ['Gulbuddin HEKMATYAR', 'گلبدین حکمتیار'],
    ['José María DE LA CRUZ Fernández'],
    ['Nguyễn Văn THẮNG'],
    ['A. Q. KHAN', 'Abdul Qadeer Khan'],
    ['Mohammad Mohsen FAKHRIZADEH-MAHABADI'],
    ['Dimitris PAPADOPOULOS', 'Δημήτρης Παπαδόπουλος'],
    ['Юрій ВІТРЕНКО', 'Yuriy Vitrenko'],
    ['김영철', '金英哲', 'キム・ヨンチョル'],
  ].map((names, i) => entry(`p${i}`, 'person', names))
  const bodies = [
    ['Korea Mining Development Trading Corporation', 'KOMID', '조선광업개발무역회사'],
    ['Kangbong Trading Corporation'],
    ['Foreign Trade Bank of the Democratic People’s Republic of Korea'],
    ['Joint Stock Company Rosoboronexport', 'Рособоронэкспорт'],
    ['Ansar al-Sharia in Tunisia', 'أنصار الشريعة'],
    ['Dandong Hongxiang Industrial Development Co., Ltd.', '丹东鸿祥实业发展有限公司'],
    ['Al-Haramain & Al Masjed Al-Aqsa Charity Foundation'],
    ['3 Rivers Shipping Company', 'Three Rivers Shipping'],
  ].map((names, i) => entry(`b${i}`, 'organisation', names))
  const ships = [['WISE HONEST'], ['CHONG CHON GANG'], ['JI SONG 6'], ['KUM UN SAN 3']].map((names, i) => entry(`v${i}`, 'vessel', names))
  return [...koreans, ...persons, ...bodies, ...ships]
}

describe('the index loses no name that a scan of all names would alert on', () => {
  it('among names of all kinds and scripts', async () => {
    const entries = mixed()
    const both = await searches(entries)
    const names = entries.flatMap((each) => each.names.map(({ full }) => full))
    const some = names.filter((_, i) => i >= 256 || i % 8 === 0)
    const { alerting, less } = compare(both, variantsOf(some, random(1)))
    expect(alerting).toBeGreaterThan(500)
    expect(less).toEqual([])
  })

  it('in other scripts and romanisations than the list writes', async () => {
    const both = await searches(mixed())
    const { asked, alerting, less } = compare(both, [
      '김영철',
      '리용송',
      '이용송',
      '朴成浩',
      'パク・ソンホ',
      'Yi Yong-song',
      "RI YO'NG-SO'NG",
      'Lee Young Sung',
      'Jin Yingzhe',
      'Путин',
      'Poutine Vladimir',
      'بوتين فلاديمير',
      'Хасан Насралла',
      'חסן נסראללה',
      'Li Fang-wei',
      '李方偉',
      'Cherbakov Aleksandr',
      'Рособоронекспорт',
      '鸿祥实业',
      '조선광업개발무역',
      'KMDT Corp.',
      'FTBDPRK',
      'Ansar al Sharia',
    ])
    expect(alerting, `of ${asked}`).toBeGreaterThan(8)
    expect(less).toEqual([])
  })

  const un = 'lists/un_consolidated_2026-02-27.xml'
  if (!haveData(un)) process.stderr.write(`skipped: candidates on ${un}, the shared data is not on this machine\n`)
  test.skipIf(!haveData(un))(
    'on the list of the Security Council, but for one in a hundred whose words many names have (skipped where ../shared/data is missing)',
    async () => {
      const entries: ListEntry[] = []
      const context = { list: 'un-sc', note: () => {}, published: () => {} }
      for await (const each of unConsolidated.read(await sourceFiles([DATA + un]), context)) entries.push(each)
      const both = await searches(entries)
      const next = random(20_260_227)
      const names = entries.flatMap((each) => each.names.map(({ full }) => full))
      const some = Array.from({ length: 300 }, () => names[Math.floor(next() * names.length)] as string)
      // All variants of all of them take minutes: each name is asked for in one way, all ways in turn.
      const texts = some.flatMap((name, i) => {
        const all = variants(name, next)
        return all
          .slice(i % all.length)
          .slice(0, 1)
          .map(({ text }) => text)
      })
      const { asked, alerting, less } = compare(both, texts)
      process.stderr.write(`candidates: ${asked} names asked, ${alerting} alert by scan, ${less.length} of them score less by index\n`)
      expect(alerting).toBeGreaterThan(150)
      expect(less.length, less.join('\n')).toBeLessThanOrEqual(alerting / 100)
    },
  )

  test.skipIf(!haveData(un))('persons of public notices in Hangul, Han and Kana (skipped where ../shared/data is missing)', async () => {
    const entries: ListEntry[] = []
    const context = { list: 'un-sc', note: () => {}, published: () => {} }
    for await (const each of unConsolidated.read(await sourceFiles([DATA + un]), context)) entries.push(each)
    const both = await searches(entries.filter((each) => each.kind === 'person'))
    const table = readFileSync(new URL('../../../data/screen/listed-persons-hangul.csv', import.meta.url), 'utf8')
    const forms = table
      .split('\n')
      .slice(1)
      .filter((line) => line.startsWith('un-sc'))
      .flatMap((line) =>
        line
          .replace(/"[^"]*"/g, '')
          .split(',')
          .slice(3, 6),
      )
      .filter((form) => /^[가-힣\p{Script=Han}ァ-ヴー・]+$/u.test(form))
    const { alerting, less } = compare(both, forms)
    expect(alerting).toBeGreaterThan(100)
    expect(less).toEqual([])
  })
})
