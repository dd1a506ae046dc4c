import { compareKorean, parseKorean } from '../korean/index.ts'

/** Titles and forms of address that stand behind a person's name in Korean, Japanese and Chinese. */
const TITLES =
  `국무위원장 국방위원장 부위원장 위원장 총비서 총서기 제1비서 비서 제1부부장 부부장 부장 대장 상장 중장 소장 장군 원수 차수 대통령 총리 장관 주석 선생님 선생 대표 사장 동지
  国務委員長 國務委員長 国务委员长 副委員長 委員長 委员长 総書記 總書記 总书记 第一書記 第一书记 元帥 元帅 大将 大將 将軍 將軍 将军 大統領 大统领 総理 總理 总理 首相 国家主席 主席 先生 女士 同志 社長 代表`.split(
    /\s+/,
  )
/** One letter is also the end of a name. */
const ADDRESSES = '님 씨 氏 様 さん さま'.split(' ')

const TITLE = new RegExp(`^(?<name>.*?)(?<gap>[\\s・]*)(?:${[...TITLES, ...ADDRESSES].join('|')})$`, 'su')
const NAME = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Katakana}ー・\s]+$/u
const BRACKETED = /^(?<name>[\p{Script=Hangul}\p{Script=Han}\s]{2,9}?)\s*[(（［[](?<reading>[^()（）［\][]{1,40})[)）］\]]$/u
/** Of a name in front of a title without a space. */
const LEAST_LETTERS = 3
/** Two titles may follow each other: 국무위원장 동지. */
const MOST_TITLES = 3

/**
 * A person's name in Hangul, Han or Kana without the titles behind it (김정은 국무위원장, 金正恩総書記) and without its reading or its other writing in brackets (金正恩(キム・ジョンウン)), where that reads as the same Korean name; Latin letters, which say more, stay. A
 * name that would be left with less than three letters before a title without a space keeps it: the title may be its end. All other texts are given back as they are.
 */
export function withoutTitle(text: string): string {
  const whole = text.trim()
  let name = withoutReading(whole)
  for (let titles = 0; titles < MOST_TITLES; titles++) {
    const found = TITLE.exec(name)?.groups
    if (found === undefined) break
    const before = withoutReading(found.name!)
    const letters = before.replace(/[\s・ー]/gu, '').length
    const apart = found.gap !== '' || before !== found.name
    if (!NAME.test(before) || letters < (apart ? 2 : LEAST_LETTERS)) break
    name = before
  }
  return name === whole ? text : name
}

function withoutReading(text: string): string {
  const found = BRACKETED.exec(text)?.groups
  if (found === undefined) return text
  const name = found.name!.trim()
  const reading = found.reading!.trim()
  return NAME.test(reading) && compareKorean(parseKorean(name), parseKorean(reading)) !== null ? name : text
}
