import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldName } from '../../../src/screen/names/fold.ts'
import { withoutTitle } from '../../../src/screen/names/index.ts'

test.each<[string, string]>([
  ['김정은 위원장', '김정은'],
  ['김정은 국무위원장 동지', '김정은'],
  ['김일 대장', '김일'],
  ['김정은님', '김정은'],
  ['김영철 장군', '김영철'],
  ['金正恩委員長', '金正恩'],
  ['金正恩総書記', '金正恩'],
  ['金正恩总书记', '金正恩'],
  ['习近平主席', '习近平'],
  ['キム・ジョンウンさん', 'キム・ジョンウン'],
  ['金正恩氏', '金正恩'],
  ['金正恩(キム・ジョンウン)', '金正恩'],
  ['金正恩（キム・ジョンウン）委員長', '金正恩'],
  ['김정은(金正恩)', '김정은'],
])('%s is %s', (text, name) => {
  expect(withoutTitle(text)).toBe(name)
})

test.each([
  '김사장',
  '김일님',
  '김일대장',
  '위원장',
  'さん',
  '',
  'Kim Jong Un',
  'Kim Jong Un 위원장',
  '山田太郎(ヤマダ タロウ)',
  '金正恩(キム・ジョンイル)',
  '金正恩(Kim Jong Un)',
  '김정은(',
  ')',
])('%s is left as it is: the title may be part of the name, the bracket may say more', (text) => {
  expect(withoutTitle(text)).toBe(text)
})

test('What is left is the beginning of the text, and nothing further is taken off Latin letters', () => {
  const parts = fc.constantFrom('김', '정은', '金正恩', 'キム', ' ', '(', ')', '委員長', '위원장', '님', 'さん', 'Kim', '・', '1')
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      const name = withoutTitle(text)
      expect(name === text || text.trim().startsWith(name)).toBe(true)
      if (/Kim|1/.test(name)) expect(name).toBe(text)
    }),
  )
})

test.each([
  ['Chairman Kim Jong Un', 'Kim Jong Un'],
  ['Supreme Leader Kim Jong Un', 'Kim Jong Un'],
  ['Sayyed Hassan Nasrallah', 'Hassan Nasrallah'],
  ['Vice Premier Pak Pong Ju', 'Pak Pong Ju'],
])('Titles before a Latin name are titles: %s', (titled, name) => {
  const words = foldName(titled, 'person').tokens.filter(({ role }) => role !== 'title')
  expect(words.map(({ original }) => original).join(' ')).toBe(name)
})

test('A syllable read from a Han character is no particle', () => {
  expect(foldName('李安南', 'person').tokens.map(({ role }) => role)).not.toContain('particle')
  expect(foldName('李 安 南', 'person').tokens.map(({ role }) => role)).toEqual(['word', 'word', 'word'])
})
