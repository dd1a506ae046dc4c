import type { Hit, ScreenAnswer } from '../../match/answer.ts'
import type { Phrases } from '../codes.ts'

/** What the answer as a whole says. */
export const ANSWER_PHRASES = {
  'no-potential-match': {
    en: 'No potential match on {lists} as of {at}. This does not clear anybody.',
    fr: 'Aucune correspondance potentielle sur {lists} au {at}. Cela ne vaut pas mise hors de cause.',
    ko: '{at} 기준 {lists}에서 일치 가능 항목 없음. 문제가 없다는 확인은 아님.',
    ja: '{at} 現在、{lists} に一致の可能性のある項目なし。問題がないことの証明ではない。',
  },
  'not-screened': {
    en: 'Nothing could be looked for on {lists} as of {at}: see the notes. This is no answer about anybody.',
    fr: 'Rien n’a pu être recherché sur {lists} au {at} : voir les notes. Cela ne renseigne sur personne.',
    ko: '{at} 기준 {lists}에서 조회할 수 있는 것이 없음(비고 참조). 누구에 대한 답도 아님.',
    ja: '{at} 現在、{lists} で照会できるものがなかった（注記参照）。誰についての回答でもない。',
  },
  'potential-match': {
    en: '{alerts} of {hits} potential matches alert, on {lists} as of {at}.',
    fr: '{hits} correspondances potentielles, dont {alerts} en alerte, sur {lists} au {at}.',
    ko: '{at} 기준 {lists}에서 일치 가능성 {hits}건, 그중 경보 {alerts}건.',
    ja: '{at} 現在、{lists} に一致の可能性 {hits} 件、うちアラート {alerts} 件。',
  },
  'held-weak-alias': {
    en: 'held: weak alias alone',
    fr: 'sans alerte : alias faible seul',
    ko: '보류: 약한 별칭만 일치',
    ja: '保留：弱い別名のみ',
  },
  'held-below-alert': {
    en: 'shown, below the alert score',
    fr: 'affiché seulement : sous le seuil d’alerte',
    ko: '표시만 함(경보 기준 점수 미만)',
    ja: '表示のみ（アラート基準点未満）',
  },
  'held-suppressed': {
    en: 'held: suppressed by a decision',
    fr: 'sans alerte : écarté par une décision',
    ko: '보류: 이전 결정에 따라 경보에서 제외',
    ja: '保留：過去の決定によりアラート対象外',
  },
  alert: { en: 'ALERT', fr: 'ALERTE', ko: '경보', ja: 'アラート' },
} as const satisfies Record<ScreenAnswer['outcome'] | 'alert' | `held-${NonNullable<Hit['held']>}`, Phrases>
