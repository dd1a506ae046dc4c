/** Finals that Wade-Giles and pinyin write differently; all others are written alike. */
const FINALS: Readonly<Record<string, string>> = {
  ung: 'ong',
  iung: 'iong',
  ien: 'ian',
  ieh: 'ie',
  ueh: 'ue',
  eh: 'e',
  ih: 'i',
  uei: 'ui',
  erh: 'er',
  ssu: 'si',
  szu: 'si',
}
const SAME = new Set('a ai an ang ao e ei en eng i ia iang iao in ing iu o ou u ua uai uan uang ui un uo yu'.split(' '))

/** What the final o is after which initial: lo is luo, ko is ge. */
const OPEN: Readonly<Record<string, string>> = {
  l: 'uo',
  t: 'uo',
  n: 'uo',
  s: 'uo',
  ts: 'uo',
  ch: 'uo',
  j: 'uo',
  sh: 'uo',
  k: 'e',
  h: 'e',
  '': 'e',
}

/** Initials and what they may be; without its apostrophe an aspirated one cannot be told. */
const INITIALS: readonly (readonly [string, readonly string[]])[] = [
  ['hs', ['x']],
  ['ch', ['zh', 'ch']],
  ['ts', ['z', 'c']],
  ['tz', ['z', 'c']],
  ['sh', ['sh']],
  ['p', ['b', 'p']],
  ['t', ['d', 't']],
  ['k', ['g', 'k']],
  ['j', ['r']],
  ['m', ['m']],
  ['f', ['f']],
  ['n', ['n']],
  ['l', ['l']],
  ['h', ['h']],
  ['s', ['s']],
  ['y', ['y']],
  ['w', ['w']],
  ['', ['']],
]

/** What no other romanisation of the neighbourhood writes: hs, ts and tz, -ih, -ieh, -ien, -ueh, -erh, ssu. */
const MARKED = /^(?:hs|t[sz])|(?:ih|ieh|ien|ueh|erh)$|^(?:ssu|szu)$/

/**
 * The pinyin of a name in Wade-Giles, one list of spellings a word (Hsi Chin-ping → xi, jin/qin, bing/ping); null where not every word is a syllable of Wade-Giles, or
 * none is marked as one and the name may as well be pinyin or Korean.
 *
 * @param words lower-case a-z
 */
export function pinyinOfWadeGiles(words: readonly string[]): string[][] | null {
  if (words.length < 2 || words.length > 4 || !words.some((word) => MARKED.test(word))) return null
  const out: string[][] = []
  for (const word of words) {
    const spellings = syllable(word)
    if (spellings.length === 0) return null
    out.push(spellings)
  }
  return out
}

function syllable(word: string): string[] {
  if (word === 'ssu' || word === 'szu') return ['si']
  if (word === 'tzu' || word === 'tsu') return ['zi', 'ci', 'zu', 'cu']
  if (word === 'erh') return ['er']
  for (const [initial, readings] of INITIALS) {
    if (!word.startsWith(initial)) continue
    const rest = word.slice(initial.length)
    const open = rest === 'o' ? OPEN[initial] : undefined
    if (open !== undefined) return readings.map((reading) => reading + open)
    const final = FINALS[rest] ?? (SAME.has(rest) ? rest : null)
    if (final === null) continue
    // Before i and ü (written yu or u with dots) ch is j or q; chih is zhi.
    const soft = initial === 'ch' && final.startsWith('i') && rest !== 'ih'
    return (soft ? ['j', 'q'] : readings).map((reading) => reading + final)
  }
  return []
}
