import { isOriginalScript, known, squeezed, valuesOf } from './cells.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { Identifier, ListedCountry, ListedDate, ListedName } from './entry.ts'

const LABEL = /^(?:a\.?k\.?a\.?|f\.?k\.?a\.?|n\.?k\.?a\.?|別名|別称|旧称|通称|旧名)\s*[:：.]?\s*/i
const KANA = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・･＝=\s-]+$/u
const HAN = /^[\p{Script=Han}\p{Script=Hangul}・\s]+$/u

/** The names of a cell: split where values are, at `、` as well, and where a name stands in Chinese characters and in Kana, one in brackets behind the other: `尹浩真（ユン・ホジン）`. */
export function mofNames(cell: string): string[] {
  return valuesOf(squeezed(cell))
    .flatMap((value) => value.split('、'))
    .map((value) => known(numberedParts(value.trim()).replace(LABEL, '')))
    .flatMap((value) => {
      const [, before, inside] = /^([^()（）]+?)\s*[（(]([^()（）]+)[）)]$/.exec(value) ?? []
      if (before === undefined || inside === undefined) return [value]
      return (HAN.test(before) && KANA.test(inside)) || (KANA.test(before) && HAN.test(inside)) ? [before.trim(), inside.trim()] : [value]
    })
    .filter((value) => value !== '')
}

/** `1: YUN 2: HO-JIN 3: na 4: na`, as the Security Council's press releases write names, as `YUN HO-JIN`. */
function numberedParts(name: string): string {
  if (!/^1[:：]\s*\S.*\b2[:：]/.test(name)) return name
  return name
    .split(/\s*\b[1-4][:：]\s*/)
    .filter((part) => part !== '' && !/^(?:na|n\/a|不明)$/i.test(part))
    .join(' ')
}

export interface MofNameCells {
  readonly english: readonly string[]
  readonly japanese: readonly string[]
  readonly alias: readonly string[]
  readonly former: readonly string[]
  readonly weak: readonly string[]
}

/**
 * The names of a row. The first English one is the primary (Latin letters are what passports and payments carry), or the first Japanese one where there is none. Names in Chinese characters or Hangul are
 * `original-script`; Kana is the ministry's spelling and so an alias.
 */
export function mofListedNames(cells: MofNameCells): ListedName[] {
  const names: ListedName[] = []
  const seen = new Set<string>()
  const add = (full: string, quality: ListedName['quality'], type: ListedName['type']) => {
    if (seen.has(full)) return
    seen.add(full)
    if (names.length === 0)
      names.push({ full, family: null, given: null, quality: quality === 'weak' ? 'weak' : 'primary', type: 'primary' })
    else names.push({ full, family: null, given: null, quality, type: type === 'aka' && isOriginalScript(full) ? 'original-script' : type })
  }
  for (const full of [...cells.english, ...cells.japanese].flatMap(mofNames)) add(full, 'strong', 'aka')
  for (const full of cells.alias.flatMap(mofNames)) add(full, 'strong', 'aka')
  for (const full of cells.former.flatMap(mofNames)) add(full, 'strong', 'fka')
  for (const full of cells.weak.flatMap(mofNames)) add(full, 'weak', 'aka')
  return names
}

/** Birth dates of a cell: alternatives (又は, または, 及び, 、) each by itself; `1963年から1968年の間`, `1955年-1958年頃`, `おおよそ1970年`, `1978年の頃`. The text of each stays as written. */
export function mofBirths(cell: string): ListedDate[] {
  return valuesOf(cell)
    .flatMap((value) => value.split(/又は|または|及び|および|、|\bor\b/))
    .map((value) => known(value))
    .filter((value) => value !== '')
    .map(mofDate)
}

/** Days of a cell and whether each is one of a revision (`（2013年1月1日改訂）`). */
export function mofDays(cell: string): { readonly date: ListedDate; readonly revised: boolean }[] {
  return valuesOf(cell)
    .flatMap((value) => value.split(/[、()（）]/))
    .map((value) => known(value))
    .filter((value) => /\d/.test(value.normalize('NFKC')))
    .map((value) => ({ date: mofDate(value), revised: /改訂|改正|修正|変更/.test(value) }))
}

function mofDate(text: string): ListedDate {
  const roughly = /^(?:おおよそ|およそ|おおむね|概ね|約)|の頃$/.test(text.normalize('NFKC').trim())
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(?:おおよそ|およそ|おおむね|概ね|約)/, '')
    .replace(/^Born(?:on|in)?/i, '')
    .replace(/[()]/g, '')
    .replace(/(?:に)?(?:改訂|改正|修正|変更)(?:日)?$/, '')
    .replace(/(?:まで)?の間$|まで$|の頃$|生まれ$|生$/, '')
    .replace(/(?<=[年月日\d])[-‐–—~〜](?=\d{4}年)/, '~')
    .replace(/(\d)(?=[A-Za-z])|([A-Za-z])(?=\d)/g, '$1$2 ')
  const { from, to, circa } = parseListedDate(plain)
  return { from, to, circa: circa || roughly, text }
}

/** Countries of a cell: `トルコ、ヨルダン`, `米国及びシリア`. */
export function mofCountries(cell: string): ListedCountry[] {
  return valuesOf(cell)
    .flatMap((value) => value.split(/[、，/／]|及び|および|又は|または/))
    .map((value) => known(value).replace(/。$/, ''))
    .filter((value) => value !== '')
    .map(listedCountry)
}

/** Passports and identity papers: `北朝鮮旅券番号：654410025（2013年10月1日失効）` is the number, the country, and the rest as a note. A text without a number is kept whole. */
export function mofPapers(cell: string, kind: 'passport' | 'national-id'): Identifier[] {
  return valuesOf(squeezed(cell))
    .flatMap((value) => value.split('、'))
    .map((value) => known(value))
    .filter((value) => value !== '')
    .map((value) => {
      const plain = value.normalize('NFKC')
      const found =
        /^(?:(?<country>[^\d:：]{0,40}?)(?:(?:外交|公用|一般)?(?:旅券|パスポート)|身分証(?:明書)?|ID)?(?:番号)?\s*[:：]\s*)?(?<number>(?=[A-Z0-9 \-/]*\d)[A-Z0-9][A-Z0-9\-/]*(?: [A-Z0-9\-/]+)*)\s*(?<rest>.*)$/iu.exec(
          plain,
        )
      const number = found?.groups?.number?.trim()
      const country = found?.groups?.country?.trim() ?? ''
      const listed = country === '' ? null : listedCountry(country)
      const known = listed?.code == null ? null : listed
      return {
        kind,
        value: number ?? value,
        country: known,
        issued: null,
        expires: null,
        note: number === undefined || number === plain ? null : value,
      }
    })
}
