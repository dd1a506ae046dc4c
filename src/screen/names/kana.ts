import { toRomaji } from 'wanakana'

/** The Hepburn romanisation of a kana run, long vowels written once (ou, oo → o), ヴァ as va, without apostrophes. */
export function latinOfKana(run: string): string {
  const romaji = toRomaji(run).toLowerCase()
  let out = ''
  for (const char of romaji) if (char >= 'a' && char <= 'z') out += char
  return shortVowels(out.replaceAll('vua', 'va').replaceAll('vui', 'vi').replaceAll('vue', 've').replaceAll('vuo', 'vo'))
}

function shortVowels(romaji: string): string {
  return romaji.replace(/o[uo]+|u{2,}|a{2,}|i{2,}|e{2,}/g, (long) => long[0]!)
}

const MORAE = /^(?:(?:[kgnhbpmr]y?|[szjdtwyf]|sh|ch|ts|tch|ssh|[kst](?=[kst]))?(?:[aiueo]|oh(?![aiueoy]))|n(?![aiueo])|m(?=[bp]))+$/

/** A Latin word that can be Japanese and writes a long o or u (Satou, Satoh, Oono, Yuuki) with the vowel short, as passports have it; null for all others. */
export function shortJapanese(word: string): string | null {
  if (word.length < 3 || !/o[uoh]|uu/.test(word) || !MORAE.test(word)) return null
  const short = shortVowels(word.replace(/oh(?![aiueoy])/g, 'o'))
  return short === word ? null : short
}
