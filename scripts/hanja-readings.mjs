/**
 * Writes the tables of Korean readings, src/screen/korean/hanja-table.ts and pinyin-table.ts, from the Unicode Han Database (UAX #38).
 * Usage: node scripts/hanja-readings.mjs DIR   (DIR holds Unihan_Readings.txt, Unihan_Variants.txt and Unihan_OtherMappings.txt, also as .bz2 where bunzip2 is installed:
 * Debian's package unicode-data has them in /usr/share/unicode)
 *
 * Readings of a character, first source that has any: kHangul; the Yale romanisation of kKorean; those of the traditional form (kTraditionalVariant); those of a form that
 * means the same (kSemanticVariant, kZVariant, kSimplifiedVariant, kJinmeiyoKanji, either way). A character that both has readings and is another one's simplification (叶, 后) gets both.
 * KS X 1001 writes a character once for each reading, also 이 beside 리 and 노 beside 로: a reading that the initial-sound rule makes of another is left out.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinyin } from 'pinyin-pro'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node scripts/hanja-readings.mjs DIR (with Unihan_Readings.txt, Unihan_Variants.txt, Unihan_OtherMappings.txt)')
  process.exit(2)
}

/** field → character → value */
const fields = new Map()
let version = ''
for (const name of ['Readings', 'Variants', 'OtherMappings']) {
  const path = join(folder, `Unihan_${name}.txt`)
  const text = existsSync(path)
    ? readFileSync(path, 'utf8')
    : execFileSync('bunzip2', ['-c', `${path}.bz2`], { encoding: 'utf8', maxBuffer: 1 << 28 })
  version = /^# Unicode version: (\S+)/m.exec(text)?.[1] ?? version
  for (const line of text.split('\n')) {
    const [code, field, value] = line.split('\t')
    if (value === undefined || !code.startsWith('U+')) continue
    if (!fields.has(field)) fields.set(field, new Map())
    fields.get(field).set(String.fromCodePoint(Number.parseInt(code.slice(2), 16)), value)
  }
}
const fieldOf = (field, char) => fields.get(field)?.get(char)
const variantsOf = (field, char) =>
  [...(fieldOf(field, char) ?? '').matchAll(/U\+([0-9A-F]+)/g)]
    .map((m) => String.fromCodePoint(Number.parseInt(m[1], 16)))
    .filter((c) => c !== char)

const onsets = ['K', 'KK', 'N', 'T', 'TT', 'L', 'M', 'P', 'PP', 'S', 'SS', '', 'C', 'CC', 'CH', 'KH', 'TH', 'PH', 'H']
const vowels = ['A', 'AY', 'YA', 'YAY', 'E', 'EY', 'YE', 'YEY', 'O', 'WA', 'WAY', 'OY', 'YO', 'WU', 'WE', 'WEY', 'WI', 'YU', 'U', 'UY', 'I']
const codas = { '': 0, K: 1, N: 4, T: 7, L: 8, M: 16, P: 17, NG: 21 }
const syllable = (onset, vowel, coda) => String.fromCharCode(0xac00 + (onset * 21 + vowel) * 28 + coda)
const yale = new Map()
for (const [o, onset] of onsets.entries())
  for (const [v, vowel] of vowels.entries())
    for (const [coda, c] of Object.entries(codas)) yale.set(onset + vowel + coda, syllable(o, v, c))

/** What the initial-sound rule makes of a syllable: 리 → 이, 로 → 노, 녀 → 여; the syllable itself where it makes nothing of it. */
function atTheBeginning(hangul) {
  const index = hangul.charCodeAt(0) - 0xac00
  const onset = Math.floor(index / 588)
  const vowel = Math.floor(index / 28) % 21
  const soft = [2, 3, 6, 7, 12, 17, 20].includes(vowel)
  if (onset === 5) return syllable(soft ? 11 : 2, vowel, index % 28)
  if (onset === 2 && soft) return syllable(11, vowel, index % 28)
  return hangul
}
function withoutInitialForms(readings) {
  return readings.filter((r) => !readings.some((other) => other !== r && atTheBeginning(other) === r))
}

/** Readings with their marks: E school, N names (the court's list), 0 and 1 the KS X standards. */
const marked = (char) =>
  (fieldOf('kHangul', char) ?? '')
    .split(' ')
    .filter(Boolean)
    .map((item) => item.split(':'))
const rank = (marks) => (marks.includes('E') ? 0 : marks.includes('N') ? 1 : 2)
function ownReadings(char) {
  const hangul = withoutInitialForms(
    marked(char)
      .sort((a, b) => rank(a[1]) - rank(b[1]))
      .map(([reading]) => reading),
  )
  if (hangul.length > 0) return hangul
  const korean = (fieldOf('kKorean', char) ?? '')
    .split(' ')
    .map((word) => yale.get(word))
    .filter((reading) => reading !== undefined)
  return withoutInitialForms([...new Set(korean)])
}

/** Modern Japanese form → traditional one (kJinmeiyoKanji names the modern form at the traditional: 樂 says U+697D 楽), and a form → others that name it as the same. */
const named = new Map()
for (const field of ['kJinmeiyoKanji', 'kSemanticVariant', 'kZVariant'])
  for (const char of fields.get(field).keys())
    for (const variant of variantsOf(field, char)) named.set(variant, [...(named.get(variant) ?? []), char])
// Forms of Japan's lists for which the database names no traditional one.
for (const [modern, traditional] of [
  '剤劑',
  '弐貳',
  '挙擧',
  '斎齋',
  '桟棧',
  '渓溪',
  '満滿',
  '犠犧',
  '猟獵',
  '粛肅',
  '縄繩',
  '舎舍',
  '舗舖',
  '闘鬪',
  '霊靈',
  '髄髓',
  '齢齡',
  '巌巖',
  '穣穰',
  '邉邊',
])
  named.set(modern, [...(named.get(modern) ?? []), traditional])

const readings = new Map()
const chars = new Set(['kHangul', 'kKorean', 'kMandarin'].flatMap((field) => [...fields.get(field).keys()]))
for (const char of chars) {
  // Compatibility ideographs, a second 李 for 이: whoever asks normalises them away.
  if (char.normalize('NFC') !== char) continue
  const found = [...ownReadings(char), ...variantsOf('kTraditionalVariant', char).flatMap(ownReadings)]
  if (found.length === 0) {
    const close = ['kSemanticVariant', 'kZVariant', 'kSimplifiedVariant'].flatMap((field) => variantsOf(field, char))
    found.push(...[...close, ...(named.get(char) ?? [])].flatMap(ownReadings))
  }
  if (found.length > 0) readings.set(char, withoutInitialForms([...new Set(found)]))
}

function table(map) {
  const inverse = new Map()
  for (const [key, values] of map) for (const value of values) inverse.set(value, [...(inverse.get(value) ?? []), key])
  return [...inverse].sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

/** Characters usual in names, by tone-less pinyin: those that Korean schools or the court's list have with this reading and KS X 1001 contains. */
const byPinyin = new Map()
const plain = (word) =>
  word
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/g, '')
    .normalize('NFC')
for (const char of fields.get('kHangul').keys()) {
  if (char.normalize('NFC') !== char) continue
  const usual = marked(char)
    .filter(([, marks]) => marks.includes('0') && /[EN]/.test(marks))
    .map(([reading]) => reading)
  if (usual.length === 0) continue
  const spoken = new Set((fieldOf('kMandarin', char) ?? '').split(' ').filter(Boolean).map(plain))
  for (const word of (fieldOf('kXHC1983', char) ?? '').split(' ').filter(Boolean)) spoken.add(plain(word.split(':')[1]))
  spoken.add(plain(pinyin(char, { mode: 'surname', toneType: 'none', v: false })))
  for (const word of spoken) {
    if (!/^[a-zü]+$/.test(word)) continue
    const counts = byPinyin.get(word) ?? new Map()
    for (const reading of usual) counts.set(reading, (counts.get(reading) ?? 0) + 1)
    byPinyin.set(word, counts)
  }
}

const notice = (what) => `/**
 * ${what}
 *
 * Made by scripts/hanja-readings.mjs from the Unicode Han Database ${version}; not edited by hand.
 * Copyright © 1991-2022 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in https://www.unicode.org/copyright.html (Unicode License, a permissive one);
 * the data have been rearranged and selected from.
 */`

const hanja = table(readings).map(([reading, list]) => reading + list.join(''))
writeFileSync(
  join(home, 'src/screen/korean/hanja-table.ts'),
  `${notice('Han characters by Korean reading: one line a reading, the Hangul syllable first, then every character that is read so.')}
export const HANJA_TABLE = \`
${hanja.join('\n')}
\`\n`,
)
const pinyinLines = [...byPinyin]
  .sort((a, b) => (a[0] < b[0] ? -1 : 1))
  .map(
    ([word, counts]) =>
      `${word} ${[...counts]
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .map(([reading]) => reading)
        .join('')}`,
  )
writeFileSync(
  join(home, 'src/screen/korean/pinyin-table.ts'),
  `${notice('Korean readings by tone-less pinyin: the characters usual in Korean names that sound so in Chinese, read in Korean; the reading of most characters first.')}
export const PINYIN_TABLE = \`
${pinyinLines.join('\n')}
\`\n`,
)
for (const field of ['kJoyoKanji', 'kJinmeiyoKanji', 'kGB0', 'kBigFive', 'kKPS0', 'kKoreanName', 'kKoreanEducationHanja']) {
  const all = [...(fields.get(field)?.keys() ?? [])].map((char) => char.normalize('NFC'))
  const without = all.filter((char) => !readings.has(char))
  console.log(`${field}: ${all.length - without.length} of ${all.length} have a reading; none: ${without.slice(0, 40).join('')}`)
}
const sizes = [...byPinyin.values()].map((counts) => counts.size).sort((a, b) => a - b)
console.log(
  `${readings.size} characters, ${hanja.length} readings; ${byPinyin.size} pinyin syllables, ${sizes[sizes.length >> 1]} readings each in the middle, ${sizes.at(-1)} at most`,
)
