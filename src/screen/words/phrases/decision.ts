import type { Phrases } from '../codes.ts'

/** What earlier decisions do to a hit: {q} is the decision, {l} its reason. */
export const DECISION_PHRASES = {
  'decision-suppresses': {
    en: 'decided before as a false positive, {q}: {l}',
    fr: 'déjà jugé faux positif, {q} : {l}',
    ko: '이전에 오탐으로 판정됨, {q}: {l}',
    ja: '以前に誤検知と判定、{q}：{l}',
  },
  'decision-lapsed-customer-changed': {
    en: 'decision {q} no longer holds: what is known of the customer changed ({l})',
    fr: 'la décision {q} ne vaut plus : les données du client ont changé ({l})',
    ko: '결정 {q}은(는) 효력을 잃음: 고객 정보가 바뀜 ({l})',
    ja: '決定 {q} は失効：顧客の情報が変わった（{l}）',
  },
  'decision-lapsed-entry-changed': {
    en: 'decision {q} no longer holds: the entry on the list changed ({l})',
    fr: 'la décision {q} ne vaut plus : l’inscription sur la liste a changé ({l})',
    ko: '결정 {q}은(는) 효력을 잃음: 명단 항목이 바뀜 ({l})',
    ja: '決定 {q} は失効：リストの項目が変わった（{l}）',
  },
  'decision-lapsed-entry-unknown': {
    en: 'decision {q} does not hold: the entry as it was decided on is not known ({l})',
    fr: 'la décision {q} ne vaut pas : l’inscription sur laquelle elle porte n’est pas connue ({l})',
    ko: '결정 {q}은(는) 적용되지 않음: 결정 당시의 명단 항목을 알 수 없음 ({l})',
    ja: '決定 {q} は適用されない：決定時のリスト項目が不明（{l}）',
  },
  'decision-lapsed-expired': {
    en: 'decision {q} has expired ({l})',
    fr: 'la décision {q} a expiré ({l})',
    ko: '결정 {q}은(는) 기한이 지남 ({l})',
    ja: '決定 {q} は期限切れ（{l}）',
  },
  'decision-lapsed-needs-second': {
    en: 'decision {q} does not hold: a second person is needed for such a hit ({l})',
    fr: 'la décision {q} ne vaut pas : une deuxième personne est requise pour un tel résultat ({l})',
    ko: '결정 {q}은(는) 적용되지 않음: 이런 일치에는 두 번째 담당자가 필요함 ({l})',
    ja: '決定 {q} は適用されない：このような一致には二人目の確認が必要（{l}）',
  },
} as const satisfies Record<string, Phrases>
