/** Characters that lines can be broken before and after: ideographs, kana and full-width marks. Korean is broken at blanks, as its official letters are. */
const ANYWHERE = /[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffef]/
/** Marks that do not begin a line, and marks that do not end one (JIS X 4051). */
const NOT_FIRST = /^[、。，．・：；？！）］｝」』】〕〉》’”…‥々ー゛゜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ%)\]},.:;!?»]/
const NOT_LAST = /[（［｛「『【〔〈《‘“([{«]$/

/** Pieces of a paragraph between which a line may end. A blank stays at the end of its piece. */
function pieces(text: string): string[] {
  const units: string[] = []
  let word = ''
  for (const char of text) {
    if (ANYWHERE.test(char)) {
      if (word !== '') units.push(word)
      word = ''
      units.push(char)
    } else {
      word += char
      if (char === ' ') {
        units.push(word)
        word = ''
      }
    }
  }
  if (word !== '') units.push(word)
  const joined: string[] = []
  for (const unit of units) {
    const before = joined.at(-1)
    if (before !== undefined && !before.endsWith(' ') && (NOT_FIRST.test(unit) || NOT_LAST.test(before)))
      joined[joined.length - 1] = before + unit
    else joined.push(unit)
  }
  return joined
}

/**
 * Breaks a paragraph into lines no wider than `width`. Nothing is lost but blanks at the end of a line; a piece that is wider than a line is broken between characters.
 *
 * @param measure width of a text, in the unit of `width`
 */
export function brokenLines(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const piece of pieces(paragraph)) {
      if (line !== '' && measure((line + piece).trimEnd()) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      if (line === '' && measure(piece.trimEnd()) > width) {
        for (const char of piece) {
          if (line !== '' && measure(line + char) > width) {
            lines.push(line)
            line = ''
          }
          line += char
        }
      } else line += piece
    }
    lines.push(line.trimEnd())
  }
  return lines
}
