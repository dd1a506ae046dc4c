/** Arabic, Persian and Urdu letters in Latin ones, as far as they are written: short vowels are not. */
const ARABIC: Readonly<Record<string, string>> = {
  ا: 'a',
  آ: 'a',
  أ: 'a',
  إ: 'i',
  ٱ: 'a',
  ء: '',
  ئ: 'i',
  ؤ: 'u',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ٹ: 't',
  ة: 'a',
  ث: 'th',
  ج: 'j',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ڈ: 'd',
  ذ: 'dh',
  ر: 'r',
  ڑ: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  ع: '',
  غ: 'gh',
  ف: 'f',
  ڤ: 'v',
  ق: 'q',
  ك: 'k',
  ک: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ں: 'n',
  ه: 'h',
  ہ: 'h',
  ھ: 'h',
  ۀ: 'h',
  ۃ: 'a',
  و: 'w',
  ي: 'y',
  ی: 'y',
  ى: 'a',
  ے: 'y',
  ې: 'y',
}

const HEBREW: Readonly<Record<string, string>> = {
  א: 'a',
  ב: 'b',
  ג: 'g',
  ד: 'd',
  ה: 'h',
  ו: 'w',
  ז: 'z',
  ח: 'h',
  ט: 't',
  י: 'y',
  כ: 'k',
  ך: 'k',
  ל: 'l',
  מ: 'm',
  ם: 'm',
  נ: 'n',
  ן: 'n',
  ס: 's',
  ע: '',
  פ: 'f',
  ף: 'f',
  צ: 's',
  ץ: 's',
  ק: 'k',
  ר: 'r',
  ש: 'sh',
  ת: 't',
}

/** An Arabic-script word without its article, and whether it had one. عبدالله keeps its inner article: it is one word. */
export function withoutArticle(word: string): { readonly word: string; readonly article: boolean } {
  const article = (word.startsWith('ال') || word.startsWith('أل')) && word.length > 4
  return { word: article ? word.slice(2) : word, article }
}

/** What follows Abd al- in a name written as one word (عبدالرحمن), which lists write as two; null for other words, and for عبدالله. */
export function servantOf(word: string): string | null {
  const rest = word.startsWith('عبدال') ? word.slice(5) : ''
  return rest.length >= 3 && rest !== 'لله' && rest !== 'له' && rest !== 'لہ' ? rest : null
}

/** Letters of an Arabic-script word in Latin; points and other marks vanish. */
export function latinOfArabic(word: string): string {
  // At the start of a word ayn is heard as the vowel that it carries (Ali, Umar).
  return (word.startsWith('ع') ? 'a' : '') + spell(word, ARABIC)
}

export function latinOfHebrew(word: string): string {
  return spell(word, HEBREW)
}

function spell(word: string, letters: Readonly<Record<string, string>>): string {
  let out = ''
  for (const char of word) out += letters[char] ?? ''
  return out
}
