export { compareKorean, type KoreanComparison, type KoreanRule } from './compare.ts'
export { koreanKeys } from './keys.ts'
export { type KoreanName, parseKorean } from './parse.ts'
export type { Position } from './syllable.ts'
