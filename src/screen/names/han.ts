import { pinyin } from 'pinyin-pro'
import { HAN_VARIANTS } from './han-variants.ts'
import { scriptOf } from './script.ts'

const SIMPLER = new Map<string, string>()
{
  const chars = [...HAN_VARIANTS.replaceAll('\n', '')]
  for (let i = 0; i + 1 < chars.length; i += 2) SIMPLER.set(chars[i]!, chars[i + 1]!)
}

/** A text with every Han character in its simplified form, so that 羅志偉 and 罗志伟 are one. */
export function simplify(text: string): string {
  let out = ''
  for (const char of text) out += SIMPLER.get(char) ?? char
  return out
}

/** Chinese family names of two characters, simplified. */
const DOUBLE = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 长孙 慕容 司徒 夏侯 轩辕 端木 百里 东郭 南宫 西门 呼延 宇文 鲜于 闻人 申屠 太史 澹台 公冶 宗政 濮阳 淳于 单于 钟离 独孤 拓跋 赫连 南门 东门 左丘'.split(
    ' ',
  ),
)

/**
 * The Mandarin reading of a Han run without tones, as passports write it: family name, then given name as one word, where the run has two to four characters and nothing says
 * that it is no person's name; otherwise all as one word. ü is `yu` (passports: Lyu); characters without a reading vanish. Family names with a reading of their own (单 Shan, 解 Xie)
 * are read so. Kanji names of Japanese are read as Chinese: their own reading needs a dictionary that we have not.
 */
export function mandarinWords(run: string, person: boolean): readonly { readonly text: string; readonly original: string }[] {
  const chars = [...run].filter((char) => scriptOf(char.codePointAt(0)!) === 'han')
  const simple = chars.map((char) => SIMPLER.get(char) ?? char)
  const readings = pinyin(simple.join(''), { toneType: 'none', surname: person ? 'head' : 'off', type: 'array', v: true }).map(plain)
  // Surrogate pairs and characters without reading may come out in another number; then there is no telling which is whose.
  const family = simple.length >= 3 && DOUBLE.has(simple[0]! + simple[1]!) ? 2 : 1
  if (!person || chars.length < 2 || chars.length > 4 || readings.length !== chars.length) {
    const text = readings.join('')
    return text === '' ? [] : [{ text, original: run }]
  }
  return [
    { text: readings.slice(0, family).join(''), original: chars.slice(0, family).join('') },
    { text: readings.slice(family).join(''), original: chars.slice(family).join('') },
  ].filter((word) => word.text !== '')
}

function plain(reading: string): string {
  let out = ''
  for (const char of reading) {
    if (char >= 'a' && char <= 'z') out += char === 'v' ? 'yu' : char
    else if (char === 'ü') out += 'yu'
  }
  return out
}
