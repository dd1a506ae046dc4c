import { HANJA_TABLE } from './hanja-table.ts'

/** Character → readings. Made at the first question: 12,000 characters, some milliseconds. */
let table: ReadonlyMap<string, readonly string[]> | null = null

/**
 * The Korean readings of a Han character as Hangul syllables, most usual first where the source tells: `金` → 금, 김. Traditional, simplified and Japanese forms are all
 * in the table (鐵, 铁, 鉄 → 철). These are the dictionary's readings, before the initial-sound rule: 李 is 리, never 이. Empty for anything else, also for more than one character.
 *
 * Source: Unicode Han Database (UAX #38), fields kHangul and kKorean, variants by kTraditionalVariant.
 */
export function readingsOf(char: string): readonly string[] {
  table ??= readTable()
  // NFC turns the compatibility ideographs of KS X 1001 (U+F900 ff.: a second 李, 金 or 樂 for each reading) into the ordinary ones.
  return table.get(char) ?? table.get(char.normalize('NFC')) ?? []
}

function readTable(): ReadonlyMap<string, readonly string[]> {
  const readings = new Map<string, string[]>()
  for (const line of HANJA_TABLE.trim().split('\n')) {
    const [reading, ...chars] = line
    if (reading === undefined) continue
    for (const char of chars) {
      const known = readings.get(char)
      if (known === undefined) readings.set(char, [reading])
      else known.push(reading)
    }
  }
  return readings
}
