/** Scripts in which a word is not what stands between two spaces: Chinese and Japanese have none, and Korean joins particles to its words (자금, 자금을). */
const JOINED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Takes a condition over a place of the statement, and the value for it. */
type Add = (condition: (place: string) => string, value: string) => void

/**
 * Adds what an object must hold for these words to occur in it, all of them.
 *
 * Words are looked up in the index of words, whole. A word in Chinese, Japanese or Korean letters is found wherever its letters stand in what people wrote, which looks through every object that the caller may read.
 */
export function addWords(words: string, add: Add): void {
  const parts = words.split(/\s+/u).filter((part) => part !== '')
  const joined = parts.filter((part) => JOINED.test(part))
  const whole = parts.filter((part) => !JOINED.test(part))
  if (whole.length > 0 || joined.length === 0) add((place) => `search @@ plainto_tsquery('simple', ${place})`, whole.join(' '))
  for (const part of joined) add((place) => `body::text ilike ${place}`, patternOf(part))
}

/** A text as it stands in JSON, anywhere. */
function patternOf(text: string): string {
  const written = JSON.stringify(text).slice(1, -1)
  return `%${written.replace(/[\\%_]/g, '\\$&')}%`
}
