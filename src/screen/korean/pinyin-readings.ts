import { PINYIN_TABLE } from './pinyin-table.ts'

/** More ways than this to cut a word are not looked at: the longest Korean name has four syllables, and each has one or two. */
const MOST_SPLITS = 32
/** Letters; `zhuangshuangchuang` is as long as three syllables get. */
const LONGEST_WORD = 30

let table: ReadonlyMap<string, readonly string[]> | null = null

/**
 * The Korean readings of the Han characters usual in names that a pinyin syllable stands for, commonest first: `tie` → 철 (鐵), 첩 (帖). Tone marks, case and the dots of ü are
 * forgiven: `lü`, `lv`, `lyu` are one syllable and a plain `lu` stands for both. Empty for what is no syllable of pinyin or none that a Korean name has.
 *
 * Chinese papers write a Korean's name so (金铁三, Kim Chol Sam: Jin Tiesan). One syllable is up to twenty Korean ones, so this proposes and never confirms.
 */
export function koreanReadingsOfPinyin(syllable: string): readonly string[] {
  table ??= readTable()
  return table.get(plain(syllable)) ?? []
}

/**
 * Every way to cut an unspaced pinyin word into syllables, fewest first: `tiesan` → [tie, san], [ti, e, san]. An apostrophe, hyphen or space is a cut. Empty where
 * the word cannot be cut, is longer than 30 letters, or could be cut in more than 32 ways.
 */
export function splitPinyin(word: string): readonly (readonly string[])[] {
  table ??= readTable()
  if (word.length > 2 * LONGEST_WORD) return []
  const pieces = plain(word)
    .split(/['’ʼ\s-]+/u)
    .filter((piece) => piece !== '')
  if (pieces.join('').length > LONGEST_WORD) return []
  let splits: readonly (readonly string[])[] = pieces.length === 0 ? [] : [[]]
  for (const piece of pieces) {
    const ways = splitPiece(piece, table)
    if (splits.length * ways.length > MOST_SPLITS) return []
    splits = splits.flatMap((before) => ways.map((way) => [...before, ...way]))
  }
  return [...splits].sort((a, b) => a.length - b.length)
}

function splitPiece(piece: string, syllables: ReadonlyMap<string, unknown>): readonly (readonly string[])[] {
  const splitsFrom: (readonly string[])[][] = Array.from({ length: piece.length + 1 }, () => [])
  splitsFrom[piece.length] = [[]]
  for (let start = piece.length - 1; start >= 0; start -= 1) {
    for (let end = Math.min(piece.length, start + 6); end > start; end -= 1) {
      const syllable = piece.slice(start, end)
      if (!syllables.has(syllable)) continue
      for (const rest of splitsFrom[end] ?? []) {
        if ((splitsFrom[start]?.length ?? 0) > MOST_SPLITS) break
        splitsFrom[start]?.push([syllable, ...rest])
      }
    }
  }
  return splitsFrom[0] ?? []
}

/** Lower case, without tone marks; the dots of ü stay. */
function plain(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .trim()
}

function readTable(): ReadonlyMap<string, readonly string[]> {
  const readings = new Map<string, readonly string[]>()
  for (const line of PINYIN_TABLE.trim().split('\n')) {
    const [syllable, hangul] = line.split(' ')
    if (syllable !== undefined && hangul !== undefined) readings.set(syllable, [...hangul])
  }
  for (const [syllable, hangul] of [...readings]) {
    if (!syllable.includes('ü')) continue
    for (const u of ['v', 'yu', 'u']) {
      const other = syllable.replace('ü', u)
      readings.set(other, [...new Set([...(readings.get(other) ?? []), ...hangul])])
    }
  }
  return readings
}
