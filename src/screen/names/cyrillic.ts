/**
 * Cyrillic to Latin as passports and lists mostly write it (BGN/PCGN without marks). The many other ways (German, French, ISO 9, ICAO) meet it in sound.ts, which takes
 * й = y = i = j, х = kh, ж = zh, щ = shch = schtsch, ю = iu, -ий = -y and so on for one.
 */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'i',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ђ: 'dj',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
  ѓ: 'g',
  ќ: 'k',
  ѕ: 'dz',
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'ng',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
  ҳ: 'h',
  ҷ: 'j',
  ҙ: 'dh',
  ҫ: 's',
  ӣ: 'i',
  ӯ: 'u',
}

const UKRAINIAN = /[іїєґ]/
const UKRAINIAN_G = /г/

/** Lower-case Cyrillic in Latin letters; characters that are not Cyrillic letters vanish. */
export function latinOfCyrillic(word: string): string {
  let out = ''
  for (const char of word) out += LETTERS[char] ?? (char >= 'a' && char <= 'z' ? char : '')
  return out
}

/** Other spellings that sound alone does not bring together: Ukrainian г is h (Hroisman) although Russian lists write g; ё is also written yo. */
export function alternativesOfCyrillic(word: string): string[] {
  const found: string[] = []
  if (UKRAINIAN_G.test(word) && (UKRAINIAN.test(word) || word.startsWith('г'))) found.push(latinOfCyrillic(word.replaceAll('г', 'һ')))
  if (word.includes('ё')) found.push(latinOfCyrillic(word.replaceAll('ё', 'ио')))
  return found
}
