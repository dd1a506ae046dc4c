import type { KoreanRule } from '../../korean/index.ts'
import type { Phrases } from '../codes.ts'

/** What each rule of the Korean comparison says. {q} is the query's text, {l} the list's. */
export const KOREAN_PHRASES = {
  'korean-name': {
    en: '“{q}” and “{l}” are spellings of one Korean name, compared syllable by syllable',
    fr: '« {q} » et « {l} » sont deux graphies d’un même nom coréen, comparées syllabe par syllabe',
    ko: '“{q}”와(과) “{l}”은(는) 같은 한국어 이름의 표기임(음절 단위 비교)',
    ja: '「{q}」と「{l}」は同じ韓国・朝鮮人名の表記（音節ごとに比較）',
  },
  'same-syllable': {
    en: '“{q}” = “{l}”: same syllable',
    fr: '« {q} » = « {l} » : même syllabe',
    ko: '“{q}” = “{l}”: 같은 음절',
    ja: '「{q}」＝「{l}」：同じ音節',
  },
  'initial-sound': {
    en: '“{q}” = “{l}”: initial-sound rule (ㄹ and ㄴ fall away or change at the beginning of a word in the South)',
    fr: '« {q} » = « {l} » : règle du son initial (au Sud, ㄹ et ㄴ tombent ou changent en début de mot)',
    ko: '“{q}” = “{l}”: 두음법칙(남측 표기에서 어두의 ㄹ·ㄴ이 바뀌거나 없어짐)',
    ja: '「{q}」＝「{l}」：頭音法則（韓国の表記では語頭のㄹ・ㄴが脱落または変化する）',
  },
  'initial-sound-inside': {
    en: '“{q}” ~ “{l}”: initial-sound rule inside a given name',
    fr: '« {q} » ~ « {l} » : règle du son initial à l’intérieur du prénom',
    ko: '“{q}” ~ “{l}”: 이름 안에서 적용된 두음법칙',
    ja: '「{q}」～「{l}」：名の途中での頭音法則',
  },
  'loose-spelling': {
    en: '“{q}” ~ “{l}”: spelling outside the romanisation systems, as people use it',
    fr: '« {q} » ~ « {l} » : graphie d’usage, hors des systèmes de transcription',
    ko: '“{q}” ~ “{l}”: 로마자 표기법을 따르지 않은 관용 표기',
    ja: '「{q}」～「{l}」：ローマ字表記法によらない慣用つづり',
  },
  assimilated: {
    en: '“{q}” ~ “{l}”: written as pronounced before the next consonant',
    fr: '« {q} » ~ « {l} » : écrit comme il se prononce devant la consonne suivante',
    ko: '“{q}” ~ “{l}”: 뒤 자음에 동화된 발음대로 적음',
    ja: '「{q}」～「{l}」：次の子音に同化した発音どおりの表記',
  },
  aspirated: {
    en: '“{q}” ~ “{l}”: plain and aspirated consonants exchanged',
    fr: '« {q} » ~ « {l} » : consonne simple et consonne aspirée échangées',
    ko: '“{q}” ~ “{l}”: 예사소리와 거센소리가 바뀜',
    ja: '「{q}」～「{l}」：平音と激音の入れ替わり',
  },
  'near-vowel': {
    en: '“{q}” ~ “{l}”: neighbouring vowel, a slip of hearing or typing',
    fr: '« {q} » ~ « {l} » : voyelle voisine, mal entendue ou mal tapée',
    ko: '“{q}” ~ “{l}”: 비슷한 모음(잘못 듣거나 잘못 입력함)',
    ja: '「{q}」～「{l}」：近い母音（聞き違い・打ち違い）',
  },
  'coda-slip': {
    en: '“{q}” ~ “{l}”: final consonant left out or mistyped',
    fr: '« {q} » ~ « {l} » : consonne finale omise ou mal tapée',
    ko: '“{q}” ~ “{l}”: 받침이 빠졌거나 잘못 적힘',
    ja: '「{q}」～「{l}」：終声（パッチム）の脱落または誤入力',
  },
  order: {
    en: 'family name and given name stand in the other order',
    fr: 'le nom de famille et le prénom sont inversés',
    ko: '성과 이름의 순서가 바뀜',
    ja: '姓と名の順序が逆',
  },
  'chinese-reading': {
    en: '“{q}” / “{l}”: one of them is the Chinese reading (pinyin) of the Han characters',
    fr: '« {q} » / « {l} » : l’un des deux est la lecture chinoise (pinyin) des caractères han',
    ko: '“{q}” / “{l}”: 한쪽은 한자의 중국어 독음(병음)',
    ja: '「{q}」／「{l}」：一方は漢字の中国語読み（ピンイン）',
  },
  'run-together': {
    en: 'family name and given name are written as one word',
    fr: 'le nom et le prénom sont écrits en un seul mot',
    ko: '성과 이름을 한 단어로 적음',
    ja: '姓と名を一語で表記',
  },
  'no-family-name': {
    en: 'one of the names has no family name',
    fr: 'l’un des noms est sans nom de famille',
    ko: '한쪽 이름에 성이 없음',
    ja: '一方の名前に姓がない',
  },
} as const satisfies Record<'korean-name' | KoreanRule, Phrases>
