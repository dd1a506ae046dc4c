/** A row of name_bench_cases.csv as far as its label goes. */
export interface NameBenchRow {
  readonly name1: string
  readonly name2: string
  /** As the file has it. */
  readonly isMatch: boolean
}

/** Rows whose label is wrong, by `name1|name2`, with the reason; all are Korean, and all are marked as a match in the file. */
export const WRONG_LABELS: Readonly<Record<string, string>> = {
  'Kim Myong-sik|Kim Myong-guk': '명식 and 명국: the second syllables differ in onset, vowel and coda; both are common given names',
  'Kim Pong-ryul|Kim Pyong-ryul': '봉률 and 병률: pong and pyong are different syllables in every romanisation',
  'Kim Yong-chol|Kim Yong-chun':
    '영철 and 영춘: two listed persons, a general and a vice marshal (stands twice, as Person and as LegalEntity)',
  'Lee Jae Hyung|Lee Jae Myung': '재형 and 재명: the same pair in Hangul (이재형, 이재명) stands in the file as no match',
  'KO TAE BIN|KO TAE HUN': '태빈 and 태훈: the second syllables share nothing',
  'KIM KYONG MIN|KIM KYONG IL': '경민 and 경일: the second syllables share nothing but the vowel',
  'KU JA YOUNG|KU JA HYONG': '자영 and 자형: hyong has an onset that no spelling of 영 has',
  'JANG YONG MIN|JANG YONG SON': '영민 and 영선 (or 용선): the second syllables differ in onset and vowel',
  'RI MYONG-CHUL|RI PYONG CHUL': '명철 and 병철: m and p are different onsets in every romanisation',
  'SON YONG HYOK|SON JONG HYOK': '영혁 and 정혁 (or 종혁): no system writes ㅇ and ㅈ alike',
  'HAN BONG SU|HAN JANG SU': '봉수 and 장수: the first syllables of the given names share only the coda',
  'KO CHOL HUN|KO CHOL MAN': '철훈 and 철만: the second syllables share only the coda',
}

/** The label that a row of name_bench_cases.csv ought to have: the file's own, save where two Korean names that no romanisation makes one are marked as a match. */
export function correctedLabel(row: NameBenchRow): boolean {
  return Object.hasOwn(WRONG_LABELS, `${row.name1}|${row.name2}`) ? false : row.isMatch
}

/** Which half a row is in: prices and thresholds are chosen on half 0 alone. FNV-1a over both names, so that it depends on nothing else. */
export function halfOf(row: NameBenchRow): 0 | 1 {
  let hash = 0x811c9dc5
  for (const char of `${row.name1}|${row.name2}`) {
    hash ^= char.codePointAt(0)!
    hash = Math.imul(hash, 0x01000193) >>> 0
  }
  hash ^= hash >>> 15
  return (hash & 1) as 0 | 1
}
