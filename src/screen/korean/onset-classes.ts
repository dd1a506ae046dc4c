import { mask, ONSETS } from './jamo.ts'

/**
 * Classes of onsets that no rule of compare.ts crosses. None makes one class of onsets into another: plain, aspirated and tense sounds are one class, and
 * ㄹ, ㄴ and none are one by the initial-sound rule. So whatever compares at all has a sequence of classes in common, and the index files by it.
 */
export const ONSET_CLASSES: readonly (readonly [string, number])[] = [
  ['k', mask(ONSETS, 'ㄱㄲㅋ')],
  ['t', mask(ONSETS, 'ㄷㄸㅌ')],
  ['p', mask(ONSETS, 'ㅂㅃㅍ')],
  ['c', mask(ONSETS, 'ㅈㅉㅊ')],
  ['s', mask(ONSETS, 'ㅅㅆ')],
  ['n', mask(ONSETS, 'ㄴㄹㅇ')],
  ['m', mask(ONSETS, 'ㅁ')],
  ['h', mask(ONSETS, 'ㅎ')],
]
